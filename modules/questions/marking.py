"""The rules of marking, as exact fractions of a question's full mark.

Each rule takes counts and returns a fraction in [0, 1]; only `penalised` may go below 0.
Sources: Betts et al. 2022 for select-all questions; Moodle and QTI for matching and ordering.
"""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

NOTHING = Fraction(0)


def penalised(*, right: bool, options: int) -> Fraction:
    """1, or -1/(options - 1), which makes guessing worth nothing on average. Needs 2 options."""
    return Fraction(1) if right else Fraction(-1, options - 1)


def plus_minus(hits: int, false_hits: int, correct: int) -> Fraction:
    """Right choices less wrong ones, of the `correct` options; never below 0.

    Choosing everything is worth nothing when half of the options or more are wrong.
    """
    return max(NOTHING, Fraction(hits - false_hits, correct))


def share(right: int, total: int) -> Fraction:
    """The share of decisions, pairs or places that are right."""
    return Fraction(right, total)


def all_or_nothing(right: int, total: int) -> Fraction:
    return Fraction(right == total)


def half_if_most(right: int, total: int) -> Fraction:
    """1 when all decisions are right, 1/2 when more than half of them are, else 0."""
    if right == total:
        return Fraction(1)
    return Fraction(1, 2) if 2 * right > total else NOTHING


def longest_run(places: Sequence[int], total: int) -> Fraction:
    """(longest rising subsequence - 1) / (total - 1).

    `places` holds the right place of each placed step, in the order given; `total` is the number
    of steps of the question, at least 2.
    """
    ends: list[int] = []  # ends[n]: the smallest end of a rising subsequence of n + 1 steps
    for place in places:
        slot = bisect_left(ends, place)
        ends[slot : slot + 1] = [place]
    return max(NOTHING, Fraction(len(ends) - 1, total - 1))
