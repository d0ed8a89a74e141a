"""Lesson Markdown as prose: its pieces, its quotations, and how easily its English reads."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from modules.blocks.markdown import DEVICE_TAG, SOURCE_TAG, TERM, plain

HEADING, TABLE, PARAGRAPH = "heading", "table", "paragraph"
MARKED_END = re.compile(rf"(?:{SOURCE_TAG}|{DEVICE_TAG})\s*$")
ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])")
QUOTATION = re.compile(r"\"([^\"]+)\"|“([^”]+)”|^>(.+(?:\n>.+)*)", re.MULTILINE)
LONGEST_SENTENCE = 18  # words; sentences stay below it on average


class Piece(NamedTuple):
    """A heading, a table, or a paragraph, which an item of a list is too.

    `line` is its first line in the text, counted from 0.
    """

    kind: str
    text: str
    line: int


class Reading(NamedTuple):
    """How easily paragraphs read. An exception has long sentences or more than one new term."""

    words: int
    sentences: int
    paragraphs: int
    exceptions: int

    @property
    def average(self) -> Fraction:
        """Words a sentence."""
        return Fraction(self.words, self.sentences or 1)

    @property
    def share(self) -> Fraction:
        """Of paragraphs that are exceptions."""
        return Fraction(self.exceptions, self.paragraphs or 1)


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text in order."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        starts = line.startswith("#") or ITEM.match(line)
        if lines and (starts or not line.strip() or lines[0].startswith("#")):
            yield Piece(_kind(lines[0]), "\n".join(lines), number - len(lines))
            lines = []
        if line.strip():
            lines.append(line)


def _kind(line: str) -> str:
    return HEADING if line.startswith("#") else TABLE if line.startswith("|") else PARAGRAPH


def names_its_source(text: str) -> bool:
    """Whether a paragraph ends with a source tag, `(own)` or `(calc)`."""
    return MARKED_END.search(text) is not None


def word_count(text: str) -> int:
    """Words that readers see; marks and signs standing alone are none."""
    return sum(any(map(str.isalnum, word)) for word in plain(text).split())


def quotations(text: str) -> Iterator[tuple[int, str]]:
    """What stands between quotation marks or as a quoted block, with its line from 0."""
    for match in QUOTATION.finditer(text):
        words = next(filter(None, match.groups()))
        yield text.count("\n", 0, match.start()), " ".join(words.replace("\n>", "\n").split())


def reading_of(texts: Iterable[str]) -> Reading:
    """How easily the paragraphs of English texts read, in their order; tables have no sentences.

    A glossary term is new where a text marks it for the first time.
    """
    total = Reading(0, 0, 0, 0)
    known: set[str] = set()
    for piece in (piece for text in texts for piece in pieces(text)):
        terms = {match.group(1).strip() for match in re.finditer(TERM, piece.text)}
        if piece.kind == PARAGRAPH:
            words = word_count(piece.text)
            sentences = len(SENTENCE_END.split(plain(piece.text)))
            hard = words >= LONGEST_SENTENCE * sentences or len(terms - known) > 1
            total = Reading(*map(sum, zip(total, (words, sentences, 1, hard), strict=True)))
        known |= terms
    return total
