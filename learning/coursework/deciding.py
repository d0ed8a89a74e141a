"""What several ratings of one piece of work come to. Pure, in exact fractions.

Rule 1: in each criterion the median of three reviews or more, the mean of two. Reviews of people
who stayed far from the example weigh half. Where two reviews are more than one level apart in any
criterion, or there is only one review, nothing is decided: a person has to look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from modules.questions.rubrics import Criterion, Rating

RULES_VERSION = 1
FEWEST, MEDIAN_FROM = 2, 3  # reviews
CLOSE = 1  # levels
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Found:
    """One rating, with all criteria, and its weight above 0."""

    rating: Rating
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Outcome:
    """Points in each criterion, and their share of the most there could be, in [0, 1].

    `doubt`: "" where it stands, "few" or "spread" where a person has to decide.
    """

    points: Mapping[str, Fraction]
    share: Fraction
    doubt: str = ""


def decide(criteria: Sequence[Criterion], found: Sequence[Found]) -> Outcome:
    """Of no review at all the share is 0, and in doubt."""
    middle = median if len(found) >= MEDIAN_FROM else mean
    points = {
        one.key: middle([(Fraction(f.rating[one.key]), f.weight) for f in found])
        for one in criteria
    }
    return Outcome(points, share_of_points(criteria, points), _doubt(criteria, found))


def share_of_points(criteria: Sequence[Criterion], points: Mapping[str, Fraction]) -> Fraction:
    most = sum((Fraction(one.most) for one in criteria), Fraction(0))
    return sum(points.values(), Fraction(0)) / most


def _doubt(criteria: Sequence[Criterion], found: Sequence[Found]) -> str:
    if len(found) < FEWEST:
        return "few"
    spread = max(spread_in(one, [f.rating[one.key] for f in found]) for one in criteria)
    return "spread" if spread > CLOSE else ""


def spread_in(criterion: Criterion, points: Sequence[str]) -> int:
    """How many levels lie between the highest and the lowest of these."""
    levels = [level.points for level in criterion.levels]
    places = [levels.index(one) for one in points]
    return max(places) - min(places)


def is_close(criteria: Sequence[Criterion], rating: Rating, other: Rating) -> bool:
    """Whether two ratings differ by one level at most in each criterion."""
    return all(spread_in(one, [rating[one.key], other[one.key]]) <= CLOSE for one in criteria)


def mean(weighted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Of values with their weights; 0 of none."""
    total = sum((weight for _value, weight in weighted), Fraction(0))
    summed = sum((value * weight for value, weight in weighted), Fraction(0))
    return summed / total if total else Fraction(0)


def median(weighted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """The value with half of the weight on either side; between two of them, their mean."""
    ordered = sorted(weighted)
    half = sum((weight for _value, weight in ordered), Fraction(0)) * HALF
    reached = Fraction(0)
    for place, (value, weight) in enumerate(ordered):
        reached += weight
        if reached == half:
            return (value + ordered[place + 1][0]) * HALF
        if reached > half:
            return value
    return Fraction(0)
