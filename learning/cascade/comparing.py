"""Slips typed twice, as pure rules: which are chosen, where two lines differ, how often they do."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import zip_longest
from uuid import UUID

from learning.attempts.keying import tokens_of
from learning.measurement.chance import Interval, wilson

FEWEST = 3  # slips of a test that are typed twice; of fewer all are
HUNDRED = 100


@dataclass(frozen=True)
class Typed:
    """What somebody typed from one slip: a line of answers, or the marks of a total.

    `line` is as `keying.as_typed` or `marks_as_typed` writes it; `full` belongs to a total.
    """

    grain: str
    label: str
    line: str
    full: int | None = None

    @property
    def signs(self) -> list[str]:
        """What stands at each question, one of them for a total."""
        return [self.line] if self.full is not None else tokens_of(self.line)


@dataclass(frozen=True)
class Comparison:
    """How many answers were compared, and the positions (from 1) of those that differ."""

    compared: int
    differing: tuple[int, ...]


@dataclass(frozen=True)
class Rate:
    """How much was typed twice, and how much of that differed; at least one was compared."""

    compared: int
    differing: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.differing, self.compared)

    @property
    def interval(self) -> Interval:
        """95 % interval of the share, as if every answer were typed by itself."""
        return wilson(self.differing, self.compared)

    def is_above(self, per_cent: Fraction) -> bool:
        return self.share * HUNDRED > per_cent


def sample_size(slips: int, per_cent: int) -> int:
    """How many of so many slips are typed twice: `per_cent` of them, rounded up, at least three."""
    if not per_cent:
        return 0
    return min(slips, max(FEWEST, -(-slips * per_cent // HUNDRED)))


def sample_of(enrolments: Iterable[UUID], purpose: str, per_cent: int) -> frozenset[UUID]:
    """The enrolments whose slips are typed twice: nobody chooses them, and all find the same."""
    ordered = sorted(set(enrolments), key=lambda one: _draw(one, purpose))
    return frozenset(ordered[: sample_size(len(ordered), per_cent)])


def _draw(enrolment: UUID, purpose: str) -> str:
    return sha256(f"{purpose} {enrolment}".encode()).hexdigest()


def compare(first: Typed, second: Typed) -> Comparison:
    """Where two lines of one slip differ.

    Of different forms everything differs: no answer then belongs to the same question. A total is
    one thing to compare, its full marks included.
    """
    pairs = list(zip_longest(first.signs, second.signs))
    if (first.grain, first.label, first.full) != (second.grain, second.label, second.full):
        return Comparison(len(pairs), tuple(range(1, len(pairs) + 1)))
    places = (n for n, (one, other) in enumerate(pairs, 1) if one != other)
    return Comparison(len(pairs), tuple(places))


def rate_of(comparisons: Iterable[tuple[int, int]]) -> Rate | None:
    """The rate of all pairs (compared, differing) together; None where nothing was compared."""
    pairs = list(comparisons)
    compared = sum(pair[0] for pair in pairs)
    return Rate(compared, sum(pair[1] for pair in pairs)) if compared else None
