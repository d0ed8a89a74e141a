"""What chance alone may do to a figure: intervals, and p values of many looked at together."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

type Interval = tuple[float, float]

NORMAL_975 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Welch:
    """The difference of two means, `b` less `a`: standard error, 95 % interval, two-sided p."""

    se: float
    df: float
    ci: Interval
    p: float


def welch(a: NDArray, b: NDArray) -> Welch | None:
    """The test of two means whose groups need not spread alike (Welch 1947).

    `a`: (n,), `b`: (m,) without NaN. None with fewer than 2 values on a side, or no spread at all.
    """
    if min(len(a), len(b)) < 2 or not (np.ptp(a) > 0 or np.ptp(b) > 0):  # noqa: PLR2004
        return None
    from scipy.stats import t as student  # noqa: PLC0415 (slow to import)

    parts = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    square = sum(parts)
    df = square**2 / (parts[0] ** 2 / (len(a) - 1) + parts[1] ** 2 / (len(b) - 1))
    se, difference = np.sqrt(square), b.mean() - a.mean()
    reach = student.ppf(0.975, df) * se
    p = 2 * student.sf(abs(difference) / se, df)
    return Welch(
        float(se), float(df), (float(difference - reach), float(difference + reach)), float(p)
    )


def wilson(hits: int, n: int) -> Interval:
    """95 % interval of a share (Wilson 1927); of at least one person."""
    z = NORMAL_975
    middle = (hits + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * float(np.sqrt(hits * (n - hits) / n + z * z / 4))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def newcombe(hits_a: int, n_a: int, hits_b: int, n_b: int) -> Interval:
    """95 % interval of the difference of two shares, b less a (Newcombe 1998, method 10)."""
    a, b = hits_a / n_a, hits_b / n_b
    (low_a, high_a), (low_b, high_b) = wilson(hits_a, n_a), wilson(hits_b, n_b)
    down = float(np.hypot(b - low_b, high_a - a))
    up = float(np.hypot(high_b - b, a - low_a))
    return b - a - down, b - a + up


def holm(found: Sequence[float | None]) -> list[float | None]:
    """The p values corrected for how many were looked at (Holm 1979), in their places."""
    known = sorted((p, place) for place, p in enumerate(found) if p is not None)
    corrected: dict[int, float] = {}
    least = 0.0
    for rank, (p, place) in enumerate(known):
        least = max(least, min(1.0, p * (len(known) - rank)))
        corrected[place] = least
    return [corrected.get(place) for place in range(len(found))]
