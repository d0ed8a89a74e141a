"""Second markers: which answers get one, when two marks agree, and what the marks come to.

Pure: marks by hand in the order in which they arrived, and the rubric by which the answer is
marked now. docs/decisions/0019-second-markers.md says why these rules.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from learning.attempts.models import HandMark
from modules.papers.models import EVERY_ANSWER
from modules.questions.rubrics import WHOLE, Criterion

MOST_APART = 1  # levels by which two marks may differ in any criterion

type Steps = Mapping[str, int]


class Rated(Protocol):
    """Of a `HandMark`, what decides what an answer is worth."""

    role: str
    num: int
    den: int
    levels: Mapping[str, str]


class Stage(StrEnum):
    """What an answer waits for."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATION = "adjudication"
    DONE = "done"


def is_drawn(answer: uuid.UUID, seed: int, percent: int) -> bool:
    """Whether an answer gets a second marker: the same whenever it is asked, and nobody's choice.

    The seed of the sitting takes part because the id of an answer is made on a person's device.
    """
    drawn = hashlib.sha256(answer.bytes + seed.to_bytes(8)).digest()
    return int.from_bytes(drawn[:8]) % EVERY_ANSWER < percent


def steps_of(mark: Rated, criteria: Sequence[Criterion]) -> Steps | None:
    """The level reached in each criterion, counted from 0; None where the rubric has no such."""
    levels = dict(mark.levels) or _whole_level(mark, criteria)
    if set(levels) != {criterion.key for criterion in criteria}:
        return None
    steps = {}
    for criterion in criteria:
        points = [level.points for level in criterion.levels]
        if levels[criterion.key] not in points:
            return None
        steps[criterion.key] = points.index(levels[criterion.key])
    return steps


def _whole_level(mark: Rated, criteria: Sequence[Criterion]) -> Mapping[str, str]:
    """The level of a short answer of which only the share is known."""
    if [criterion.key for criterion in criteria] != [WHOLE]:
        return {}
    most = Fraction(criteria[0].levels[-1].points)
    shares = {Fraction(one.points) / most: one.points for one in criteria[0].levels}
    return {WHOLE: shares[share]} if (share := share_given(mark)) in shares else {}


def share_given(mark: Rated) -> Fraction:
    return Fraction(mark.num, mark.den)


def agree(one: Rated, other: Rated, criteria: Sequence[Criterion]) -> bool:
    """Whether two marks are within one level of each other in every criterion.

    Marks that the rubric cannot read agree when they are worth the same.
    """
    first, second = steps_of(one, criteria), steps_of(other, criteria)
    if first is None or second is None:
        return share_given(one) == share_given(other)
    return all(abs(first[key] - second[key]) <= MOST_APART for key in first)


def stage_of(marks: Sequence[Rated], criteria: Sequence[Criterion], *, is_doubled: bool) -> Stage:
    """What an answer with these marks waits for; `is_doubled`: it is to have a second mark."""
    given = _by_role(marks)
    if HandMark.Role.ADJUDICATION in given:
        return Stage.DONE
    if HandMark.Role.FIRST not in given:
        return Stage.FIRST
    if not is_doubled:
        return Stage.DONE
    if HandMark.Role.SECOND not in given:
        return Stage.SECOND
    both = given[HandMark.Role.FIRST], given[HandMark.Role.SECOND]
    return Stage.DONE if agree(*both, criteria) else Stage.ADJUDICATION


def counting[R: Rated](
    marks: Sequence[R], criteria: Sequence[Criterion], *, is_doubled: bool
) -> list[R]:
    """The marks that an answer's share is made of; none while anybody has still to mark it.

    What was decided between two stands alone. Of several first marks, as of a paper typed in
    twice, the last stands.
    """
    if stage_of(marks, criteria, is_doubled=is_doubled) != Stage.DONE:
        return []
    given = _by_role(marks)
    decided = given.get(HandMark.Role.ADJUDICATION)
    return [decided] if decided else list(given.values())


def mean_of(marks: Sequence[Rated]) -> Fraction:
    """The exact mean of the shares of one mark or more."""
    return sum(map(share_given, marks), Fraction(0)) / len(marks)


def _by_role[R: Rated](marks: Sequence[R]) -> dict[str, R]:
    """Of each role the last."""
    return {mark.role: mark for mark in marks}
