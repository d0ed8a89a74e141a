"""Glossary terms in another spelling than that of their record, in English texts.

A capital letter is free, and so is the plural of the last word. Not free: hyphens, spaces and
apostrophes ("self assessment"), American forms ("minimization") and doubled letters ("enrollment").
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*['’]?")
BETWEEN = re.compile(r"[\s-]*")
POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
AMERICAN = (("z", "s"), ("our", "or"), ("mme", "m"))


class Misspelling(NamedTuple):
    """What was written for which term; `line` counts from 0."""

    line: int
    written: str
    term: str


class Speller:
    """Knows the spellings of some terms."""

    def __init__(self, terms: Iterable[str]) -> None:
        forms = [form for term in terms for form in _forms(term)]
        self.known: Mapping[str, str] = {folded(form): form for form in reversed(forms)}
        self.right = frozenset(forms)
        self.longest = max((len(WORD.findall(form.replace("-", " "))) for form in forms), default=0)

    def misspellings(self, text: str) -> Iterator[Misspelling]:
        words = list(WORD.finditer(text))
        for first, start in enumerate(words):
            end = start
            for word in words[first : first + self.longest + 1]:
                if not BETWEEN.fullmatch(text, end.end(), max(word.start(), end.end())):
                    break
                end = word
                written = _said(text[start.start() : end.end()])
                term = self.known.get(folded(written))
                if term and written not in self.right:
                    yield Misspelling(text.count("\n", 0, start.start()), written, term)


def folded(words: str) -> str:
    """The letters that all spellings of `words` have in common."""
    letters = re.sub(r"[^a-z]", "", words.lower())
    for american, british in AMERICAN:
        letters = letters.replace(american, british)
    return re.sub(r"(.)\1", r"\1", letters)


def _said(text: str) -> str:
    words = " ".join(text.lower().replace("’", "'").split())
    return POSSESSIVE.sub("", words)


def _forms(term: str) -> Iterator[str]:
    """The names in a record ("one-stop shop / single window", "coverage, legal") and plurals."""
    for name in term.lower().split(" / "):
        last, comma, first = name.partition(", ")
        form = f"{first} {last}" if comma else name
        yield form
        yield f"{form[:-1]}ies" if re.search(r"[^aeiou]y$", form) else f"{form}s"
