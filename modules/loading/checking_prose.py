"""Whether texts name their sources, quote little, spell terms as the glossary, and read easily.

Sources are asked for in every language; the other rules are about English.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from modules.loading.checking_lessons import blocks_of, own_prose_of, prose_of
from modules.loading.entries import SOURCE_LANG, Entry
from modules.loading.errors import LibraryError, Place
from modules.loading.library import Library
from modules.loading.prose import (
    HEADING,
    LONGEST_SENTENCE,
    PARAGRAPH,
    TABLE,
    Reading,
    names_its_source,
    pieces,
    quotations,
    reading_of,
    word_count,
)
from modules.loading.spelling import Speller

# Kinds of blocks that say where each paragraph comes from.
CITING = ("text", "case", "law", "figures")
LONGEST_QUOTATION = 15  # words
MOST_EXCEPTIONS = Fraction(20, 100)  # of a lesson's paragraphs
IDENTIFIERS = ("key", "match")  # fields of a question that nobody reads


def source_tags(library: Library) -> Iterator[LibraryError]:
    """Each paragraph ends with its source; a table has that of the paragraph that leads to it."""
    for lesson in library.of_kind("lesson"):
        for place, raw, text in own_prose_of(lesson):
            if raw["type"] in CITING:
                yield from _without_source(place, text)


def _without_source(place: Place, text: str) -> Iterator[LibraryError]:
    parts = [part for part in pieces(text) if part.kind != HEADING]
    has_paragraph = any(part.kind == PARAGRAPH for part in parts)
    for part in parts:
        here = Place(place.file, place.line + part.line)
        if part.kind == PARAGRAPH and not names_its_source(part.text):
            yield here.error("this paragraph does not end with its source or (own).")
        if part.kind == TABLE and not has_paragraph:
            yield here.error("no paragraph says where this table comes from.")


def long_quotations(library: Library) -> Iterator[LibraryError]:
    for place, text in english_texts(library):
        for line, words in quotations(text):
            count = word_count(words)
            if count > LONGEST_QUOTATION:
                yield Place(place.file, place.line + line).error(
                    f'a quotation of {count} words: "{words}"; {LONGEST_QUOTATION} are allowed.'
                )


def term_spellings(library: Library) -> Iterator[LibraryError]:
    terms = (e.value["term"] for e in library.of_kind("term") if e.lang == SOURCE_LANG)
    speller = Speller(terms)
    for place, text in english_texts(library):
        for line, written, term in speller.misspellings(text):
            yield Place(place.file, place.line + line).error(
                f'"{written}" is written "{term}" in the glossary.'
            )


def readability(library: Library) -> Iterator[LibraryError]:
    for lesson in library.of_kind("lesson"):
        if lesson.lang != SOURCE_LANG:
            continue
        reading = reading_of_lesson(lesson)
        if reading.average >= LONGEST_SENTENCE:
            yield lesson.place.error(
                f"{float(reading.average):.1f} words a sentence; fewer than {LONGEST_SENTENCE}"
                " are easy to read."
            )
        if reading.share > MOST_EXCEPTIONS:
            yield lesson.place.error(
                f"{reading.exceptions} of {reading.paragraphs} paragraphs have long sentences or"
                f" more than one new term; at most {float(MOST_EXCEPTIONS):.0%} may."
            )


def reading_of_lesson(lesson: Entry) -> Reading:
    """Of what has to be read to learn: texts, cases, law boxes and tables."""
    return reading_of(
        raw["value"]["text"] for raw in lesson.value["blocks"] if raw["type"] in CITING
    )


def english_texts(library: Library) -> Iterator[tuple[Place, str]]:
    """What people read in lessons and questions, with the place of its first line."""
    for entry in library.entries.values():
        if entry.lang == SOURCE_LANG and entry.kind == "question":
            yield from ((entry.place, text) for text in _said(entry.value["table"]))
        if entry.lang == SOURCE_LANG and entry.kind == "lesson":
            for place, raw in blocks_of(entry):
                if raw["type"] == "figure":
                    yield place, raw["value"]["alt"]
            yield from ((place, text) for place, _raw, text in prose_of(entry))


def _said(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for inner in part:
            yield from _said(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name not in IDENTIFIERS:
                yield from _said(inner)


PROSE_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (
    *(source_tags, long_quotations, term_spellings, readability),
)
