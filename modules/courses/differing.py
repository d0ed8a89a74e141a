"""Which words of a text went and which came. Plain texts in, pieces of text out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from icu4py.breakers import WordBreaker

from modules.reference.words import WITHOUT_SPACES

type Fate = Literal["same", "gone", "new"]

# Below this share of words in common, one text was written in the place of another.
KINDRED = 0.4


@dataclass(frozen=True)
class Span:
    """Words in a row that stayed, went or came; never empty."""

    fate: Fate
    text: str


type Spans = tuple[Span, ...]


def differences(old: Sequence[str], new: Sequence[str]) -> tuple[Spans, ...]:
    """The parts that differ, in their order: what is the same in both is left out."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        spans(before, after)
        for action, a, b, c, d in matcher.get_opcodes()
        if action != "equal"
        for before, after in zip_longest(old[a:b], new[c:d], fillvalue="")
    )


def spans(old: str, new: str) -> Spans:
    """One text and what became of it, word by word; both whole where they have little in common."""
    before, after = words(old), words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < KINDRED:
        return tuple(_filled((("gone", before), ("new", after))))
    return tuple(_filled(_runs(matcher, before, after)))


def words(text: str) -> list[str]:
    """The words with the space after each; Khmer and Lao write none, a dictionary parts them."""
    if WITHOUT_SPACES.search(text):
        return list(WordBreaker(text, "km"))
    return [f"{word} " for word in text.split()]


def _runs(
    matcher: SequenceMatcher, before: list[str], after: list[str]
) -> Iterator[tuple[Fate, list[str]]]:
    for action, a, b, c, d in matcher.get_opcodes():
        if action == "equal":
            yield "same", before[a:b]
        else:
            yield "gone", before[a:b]
            yield "new", after[c:d]


def _filled(runs: Sequence[tuple[Fate, list[str]]] | Iterator) -> Iterator[Span]:
    for fate, run in runs:
        if text := "".join(run).strip():
            yield Span(fate, text)
