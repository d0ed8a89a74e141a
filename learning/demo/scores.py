"""Invented results: total marks on paper, and answers that are right as often as asked."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from learning.attempts.keying import options_of
from modules.papers.asking import ONE_CHOICE, PaperQuestion
from modules.papers.models import Purpose
from modules.questions.options import correct_keys

FULL = 15
BEFORE = (30, 55)  # per cent of the marks
AFTER = (55, 85)
MISSING = 5  # per cent of the participants who sit no test after
WORDS = "They meet every second month, decide together, and write down who does what until when."


def half_marks(percent: float) -> Fraction:
    """Per cent of the full mark, cut to half marks."""
    return Fraction(int(percent * FULL / 50), 2)


def totals(chance: random.Random, people: int) -> list[tuple[Fraction, Fraction | None]]:
    """Marks before and after. One has full marks after, two have less than before."""
    rows = [(_between(chance, BEFORE), _after(chance)) for _ in range(people)]
    rows[0] = (half_marks(52), Fraction(FULL))
    for place in (3, 8):
        rows[place] = (half_marks(54), half_marks(47))
    return rows


def raised(
    chance: random.Random, questions: Sequence[PaperQuestion], people: int, purpose: str
) -> dict[int, dict[str, int]]:
    """Hands of a room by question: only questions of which one option is right were asked."""
    limits = BEFORE if purpose == Purpose.PRE else AFTER
    found = {}
    for question in questions:
        if question.kind not in ONE_CHOICE:
            continue
        right = int(people * chance.uniform(*limits) / 100)
        left = people - right
        hands = {}
        for key in options_of(question):
            is_right = key in correct_keys(question.definition)
            hands[key] = right if is_right else chance.randrange(left + 1)
            left -= 0 if is_right else hands[key]
        found[question.item.position] = hands
    return found


def _between(chance: random.Random, limits: tuple[int, int]) -> Fraction:
    return half_marks(chance.uniform(*limits))


def _after(chance: random.Random) -> Fraction | None:
    mark = _between(chance, AFTER)
    return None if chance.randrange(100) < MISSING else mark


def response_to(question: PaperQuestion, chance: random.Random, skill: float) -> Any:
    """A response in the question's own names: right with the probability `skill`."""
    is_right = chance.random() < skill
    structure = question.definition["structure"]
    return RESPONSES[question.kind](structure, chance, is_right=is_right)


def _choice(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    options = [row["key"] for row in structure["options"] if row["correct"] == is_right]
    return chance.choice(options)


def _several(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    if not is_right:
        return [_choice(structure, chance, is_right=False)]
    return sorted(row["key"] for row in structure["options"] if row["correct"])


def _judgements(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    rows = structure["statements"]
    return {row["key"]: "true" if row["correct"] == is_right else "false" for row in rows}


def _pairs(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    pairs = {row["key"]: row["match"] for row in structure["premises"]}
    if is_right:
        return pairs
    return dict(zip(pairs, [*pairs.values()][1:] + [*pairs.values()][:1], strict=True))


def _order(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    keys = [row["key"] for row in structure["steps"]]
    order = keys if is_right else [*keys[1:], keys[0]]
    return {key: place for place, key in enumerate(order, 1)}


def _number(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    return structure["answer"] if is_right else "7"


def _words(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    return WORDS


def _nothing(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> None:
    """A trainer records it."""


def _gaps(structure: Mapping[str, Any], chance: random.Random, *, is_right: bool) -> Any:
    """Gaps to choose and to work out; what stands in a list of accepted words is not known here."""
    gaps = enumerate(structure["gaps"], 1)
    right = {str(n): gap.get("match") or gap.get("answer") or WORDS for n, gap in gaps}
    return right if is_right else {}


RESPONSES = {
    "single": _choice,
    "scenario": _choice,
    "hotspot": _choice,
    "truefalse": _choice,
    "multiple": _several,
    "multiple_truefalse": _judgements,
    "matching": _pairs,
    "ordering": _order,
    "numeric": _number,
    "short": _words,
    "cloze": _gaps,
    "essay": _words,
    "teachback": _nothing,
}
