"""Lessons translated in part: the blocks that they leave in English."""

from typing import Any

from modules.blocks.languages import language_of_block, words_of
from modules.loading.entries import SOURCE_LANG, Entry

type RawBlock = dict[str, Any]


def own_blocks(lesson: Entry, english: Entry | None) -> list[RawBlock]:
    """What a file of `lesson` has to say: all its blocks, or those that it does not leave out.

    Questions have their words elsewhere; a lesson that leaves out no other block names them too.
    """
    blocks: list[RawBlock] = lesson.value["blocks"]
    left = left_in_english(lesson, english)
    return [raw for raw in with_words(lesson) if raw not in left] if left else blocks


def left_in_english(lesson: Entry, english: Entry | None) -> list[RawBlock]:
    """The blocks of a translation that say what the English ones say, or say it in English."""
    if english is None or lesson.lang == SOURCE_LANG:
        return []
    source = {words_of(raw["value"]) for raw in english.value["blocks"]}
    return [
        raw
        for raw in with_words(lesson)
        if words_of(raw["value"]) in source
        or language_of_block(raw["value"], lesson.lang) == SOURCE_LANG
    ]


def with_words(lesson: Entry) -> list[RawBlock]:
    """The blocks that say something themselves."""
    return [raw for raw in lesson.value["blocks"] if any(words_of(raw["value"]))]
