"""What is left of a gain months after the course."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from learning.measurement.chance import Interval, wilson
from learning.measurement.percent import Marks, percentages

MIN_WITH_ALL = 10  # persons; with fewer the means are given and nothing else
MIN_GAIN = 5  # points; of a smaller gain no share is told
MASTERED = 80  # percent


@dataclass(frozen=True)
class Retention:
    """Means in percent of the `n` persons with all three tests; what is undefined is None.

    `ratio`: the share of the gain that is left, above 1 for who learned on. `n_mastered`: who had
    80 % after the course; `retained`: the share of them who have it still, with its interval.
    """

    n: int
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_follow: float | None = None
    ratio: float | None = None
    n_mastered: int = 0
    retained: Fraction | None = None
    retained_ci: Interval | None = None


@dataclass(frozen=True)
class Kept:
    """Of the `had` persons who reached a mark after the course, `kept` reach it still.

    The share is None of nobody; its interval is left out with fewer than 10.
    """

    had: int
    kept: int
    share: Fraction | None = None
    ci: Interval | None = None


def mastery_kept(after: Sequence[bool], later: Sequence[bool]) -> Kept:
    """Who reached the mark in both tests, of who did in the first; one entry for each person.

    Everybody has both tests; one before the course is not asked for. The interval is Wilson's
    (1927), for people who are independent of each other. Raises `ValueError` for lists of
    different length.
    """
    both = list(zip(after, later, strict=True))
    had = sum(first for first, _second in both)
    kept = sum(first and second for first, second in both)
    if not had:
        return Kept(0, 0)
    ci = wilson(kept, had) if had >= MIN_WITH_ALL else None
    return Kept(had, kept, Fraction(kept, had), ci)


def retention(
    pre: Marks, post: Marks, follow: Marks, max_mark: float | Fraction = 100
) -> Retention:
    """(M_follow - M_pre) / (M_post - M_pre) of the means M, and mastery retained.

    `pre`, `post`, `follow`: one mark per person in the same order, None or NaN where there is none.
    With fewer than 10 persons who have all three: means only. The ratio is left out where the gain
    was less than 5 points, for it would be chance. The interval of a share is Wilson's (1927).
    Raises `ValueError` as `gain.paired` does.
    """
    columns = percentages((pre, post, follow), max_mark)
    whole = ~np.isnan(columns).any(axis=0)
    before, after, later = columns[:, whole]
    n = int(whole.sum())
    if not n:
        return Retention(0)
    means = float(before.mean()), float(after.mean()), float(later.mean())
    if n < MIN_WITH_ALL:
        return Retention(n, *means)
    gained = means[1] - means[0]
    ratio = (means[2] - means[0]) / gained if gained >= MIN_GAIN else None
    mastered = after >= MASTERED
    had, kept = int(mastered.sum()), int((mastered & (later >= MASTERED)).sum())
    if not had:
        return Retention(n, *means, ratio)
    return Retention(n, *means, ratio, had, Fraction(kept, had), wilson(kept, had))
