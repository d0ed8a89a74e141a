"""What changed between two states of a course. Plain values in, plain values out.

A state is what a release kept or what stands today, in the words of one reader: what is not for
her is not in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from modules.courses.differing import Spans, differences

type State = Literal["new", "gone", "changed"]
type Facts = Mapping[str, Any]

CELL = "cell"  # begins the names of those facts of a blueprint


@dataclass(frozen=True)
class BlockText:
    """A block: its paragraphs, items and rows in order, and what is no text by name.

    `number` counts the blocks of its kind in the lesson.
    """

    anchor: str
    kind: str
    number: int = 1
    title: str = ""
    parts: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class LessonText:
    """A lesson in `lang` by its revision; `blocks` is None where its words are no longer kept."""

    key: str
    lang: str = "en"
    title: str = ""
    minutes: int = 0
    outcomes: tuple[str, ...] = ()
    purpose: str = ""
    blocks: tuple[BlockText, ...] | None = ()
    revision: int = 0


@dataclass(frozen=True)
class QuestionText:
    """A question as learners see it; hashes stand for its key and for all its words."""

    parts: tuple[str, ...]
    key_sha: str = ""
    words_sha: str = ""


@dataclass(frozen=True)
class CourseText:
    lessons: tuple[LessonText, ...] = ()
    questions: Mapping[str, QuestionText] = field(default_factory=dict)
    figures: Mapping[str, Facts] = field(default_factory=dict)
    outcomes: Mapping[str, Facts] = field(default_factory=dict)
    tests: Mapping[str, Facts] = field(default_factory=dict)
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    blueprints: Mapping[str, Facts] = field(default_factory=dict)
    coursework: Mapping[str, Facts] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """A fact by name, before and after; None where there was none."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class BlockChange:
    state: State
    block: BlockText  # as it is now, or as it was if it is gone
    words: tuple[Spans, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class LessonChange:
    """`facts` may name title, minutes, outcomes, purpose and place, which counts from 1."""

    state: State
    lesson: LessonText  # as it is now, or as it was if it is gone
    facts: tuple[Fact, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    is_lost: bool = False  # the words of before or after are no longer kept


@dataclass(frozen=True)
class QuestionChange:
    state: State
    key: str
    words: tuple[Spans, ...] = ()
    new_key: bool = False
    new_feedback: bool = False


@dataclass(frozen=True)
class EntryChange:
    """Of a figure, an outcome, a test, a form or a blueprint: what was known before and after."""

    state: State
    key: str
    facts: tuple[Fact, ...]
    old: Facts
    new: Facts


@dataclass(frozen=True)
class Changes:
    lessons: tuple[LessonChange, ...] = ()
    questions: tuple[QuestionChange, ...] = ()
    figures: tuple[EntryChange, ...] = ()
    outcomes: tuple[EntryChange, ...] = ()
    tests: tuple[EntryChange, ...] = ()
    forms: tuple[EntryChange, ...] = ()
    blueprints: tuple[EntryChange, ...] = ()
    coursework: tuple[EntryChange, ...] = ()

    def __bool__(self) -> bool:
        parts = (self.lessons, self.questions, self.figures, self.outcomes, self.tests, self.forms)
        return any((*parts, self.blueprints, self.coursework))


def compare(old: CourseText, new: CourseText) -> Changes:
    """Everything that differs: in the order of `new`, then what is gone."""
    return Changes(
        tuple(_lessons(old.lessons, new.lessons)),
        tuple(_questions(old.questions, new.questions)),
        *(
            tuple(_entries(before, after))
            for before, after in (
                (old.figures, new.figures),
                (old.outcomes, new.outcomes),
                (old.tests, new.tests),
                (
                    {label: {"questions": tuple(keys)} for label, keys in old.forms.items()},
                    {label: {"questions": tuple(keys)} for label, keys in new.forms.items()},
                ),
                (old.blueprints, new.blueprints),
                (old.coursework, new.coursework),
            )
        ),
    )


def _lessons(old: Sequence[LessonText], new: Sequence[LessonText]) -> Iterator[LessonChange]:
    before = {lesson.key: lesson for lesson in old}
    places = _moved([lesson.key for lesson in old], [lesson.key for lesson in new])
    for lesson in new:
        if lesson.key not in before:
            yield LessonChange("new", lesson)
        elif change := _lesson(before[lesson.key], lesson, places.get(lesson.key)):
            yield change
    kept = {lesson.key for lesson in new}
    yield from (LessonChange("gone", lesson) for lesson in old if lesson.key not in kept)


def _moved(old: list[str], new: list[str]) -> dict[str, Fact]:
    """Old and new place of the keys that changed sides with others; additions move nothing."""
    before, after = [k for k in old if k in new], [k for k in new if k in old]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {
        key for block in matcher.get_matching_blocks() for key in after[block.b :][: block.size]
    }
    return {
        key: Fact("place", old.index(key) + 1, new.index(key) + 1)
        for key in after
        if key not in stayed
    }


def _lesson(old: LessonText, new: LessonText, place: Fact | None) -> LessonChange | None:
    is_lost = None in (old.blocks, new.blocks) and old.revision != new.revision
    names = (
        ("minutes",)
        if None in (old.blocks, new.blocks)
        else ("title", "purpose", "minutes", "outcomes")
    )
    facts = facts_between({n: getattr(old, n) for n in names}, {n: getattr(new, n) for n in names})
    facts += (place,) if place else ()
    blocks = () if is_lost else tuple(_blocks(old.blocks or (), new.blocks or ()))
    if not (facts or blocks or is_lost):
        return None
    return LessonChange("changed", new if new.title else old, facts, blocks, is_lost)


def _blocks(old: Sequence[BlockText], new: Sequence[BlockText]) -> Iterator[BlockChange]:
    before = {block.anchor: block for block in old}
    for block in new:
        if block.anchor not in before:
            yield BlockChange("new", block, differences((), block.parts))
            continue
        then = before[block.anchor]
        words = differences(then.parts, block.parts)
        facts = facts_between(then.facts, block.facts)
        if words or facts:
            yield BlockChange("changed", block, words, facts)
    kept = {block.anchor for block in new}
    for block in old:
        if block.anchor not in kept:
            yield BlockChange("gone", block, differences(block.parts, ()))


def _questions(
    old: Mapping[str, QuestionText], new: Mapping[str, QuestionText]
) -> Iterator[QuestionChange]:
    for key, now in new.items():
        if key not in old:
            yield QuestionChange("new", key, differences((), now.parts))
        elif old[key] != now:
            words = differences(old[key].parts, now.parts)
            new_key = old[key].key_sha != now.key_sha
            yield QuestionChange("changed", key, words, new_key, not words and not new_key)
    for key, then in old.items():
        if key not in new:
            yield QuestionChange("gone", key, differences(then.parts, ()))


def _entries(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> Iterator[EntryChange]:
    for key, now in new.items():
        then = old.get(key)
        facts = facts_between(then or {}, now)
        if facts or then is None:
            yield EntryChange("new" if then is None else "changed", key, facts, then or {}, now)
    for key, then in old.items():
        if key not in new:
            yield EntryChange("gone", key, facts_between(then, {}), then, {})


def facts_between(old: Facts, new: Facts) -> tuple[Fact, ...]:
    """The facts that differ, by name; those of `new` in their order first."""
    names = dict.fromkeys([*new, *old])
    return tuple(
        Fact(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    )
