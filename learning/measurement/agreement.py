"""How far two people who marked the same answers agree.

Levels are steps from 0, the lowest, whatever points they are worth.
docs/decisions/0019-second-markers.md says why these figures and these limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

type Interval = tuple[float, float]

MIN_TWICE = 10  # answers marked twice; with fewer nothing but their number is said
ROUGH_TWICE = 30  # answers; with fewer every figure is rough
FEWEST_LEVELS = 2
NORMAL_975 = NormalDist().inv_cdf(0.975)


class Weights(StrEnum):
    """What a difference of so many levels costs."""

    LINEAR = "linear"  # as many levels as it is
    QUADRATIC = "quadratic"  # their square: two levels apart is four times as bad as one


class Band(StrEnum):
    """What a kappa is called, after Landis and Koch (1977)."""

    POOR = "poor"  # below 0: less than by chance
    SLIGHT = "slight"  # to 0.20
    FAIR = "fair"  # to 0.40
    MODERATE = "moderate"  # to 0.60
    SUBSTANTIAL = "substantial"  # to 0.80
    ALMOST_PERFECT = "almost_perfect"


UP_TO = (
    (0.20, Band.SLIGHT),
    (0.40, Band.FAIR),
    (0.60, Band.MODERATE),
    (0.80, Band.SUBSTANTIAL),
)


@dataclass(frozen=True)
class Kappa:
    """A weighted kappa, at most 1, with its 95 % interval; 0 is what chance alone would bring.

    `ci` is None where the formula gives no spread, as when all agree.
    """

    value: float
    ci: Interval | None = None

    @property
    def band(self) -> Band:
        return band_of(self.value)


@dataclass(frozen=True)
class Agreement:
    """`n` answers marked twice: which share got the same level, which one at most one level away.

    Shares are exact. All but `n` are None for fewer than 10 answers; the kappas also where both
    markers gave one and the same level to all, since then nothing can be said of chance.
    """

    n: int
    same: Fraction | None = None
    within_one: Fraction | None = None
    quadratic: Kappa | None = None
    linear: Kappa | None = None

    @property
    def is_rough(self) -> bool:
        return self.n < ROUGH_TWICE


@dataclass(frozen=True)
class Severity:
    """By how much one marker gives more than another, in shares of the full mark, on average.

    Positive: the first is the milder. `mean` is exact, `sd` is that of the differences (n - 1);
    both are None for fewer than 10 answers.
    """

    n: int
    mean: Fraction | None = None
    sd: float | None = None

    @property
    def is_rough(self) -> bool:
        return self.n < ROUGH_TWICE

    @property
    def is_clear(self) -> bool:
        """Whether the 95 % interval of the mean, by its standard error, leaves 0 out."""
        if self.mean is None or self.sd is None:
            return False
        return abs(self.mean) > NORMAL_975 * self.sd / self.n**0.5


def compare(first: Sequence[int], second: Sequence[int], levels: int) -> Agreement:
    """The agreement of two markings in one criterion of `levels` levels.

    `first` and `second` hold a step from 0 to `levels` - 1 for each answer, in the same order. It
    does not matter who is called the first. Raises `ValueError` for lists of other shapes, for
    steps that there are not, and for fewer than two levels.
    """
    table = _table(first, second, levels)
    n = int(table.sum())
    if n < MIN_TWICE:
        return Agreement(n)
    apart = _apart(levels)
    return Agreement(
        n=n,
        same=Fraction(int(table[apart == 0].sum()), n),
        within_one=Fraction(int(table[apart <= 1].sum()), n),
        quadratic=kappa(table, Weights.QUADRATIC),
        linear=kappa(table, Weights.LINEAR),
    )


def kappa(table: NDArray, weights: Weights) -> Kappa | None:
    """Weighted kappa (Cohen 1968) of a square table of counts, rows the first marker's levels.

    The interval is that of the large-sample standard error of Fleiss, Cohen and Everitt (1969),
    cut at -1 and 1. None where the expected agreement is complete, or the table is empty.
    """
    n = table.sum()
    if not n:
        return None
    share = table / n
    agreed = _weights(len(table), weights)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    expected = float(rows @ agreed @ columns)
    if np.isclose(expected, 1):
        return None
    observed = float((agreed * share).sum())
    value = (observed - expected) / (1 - expected)
    around = (agreed @ columns)[:, None] + (rows @ agreed)[None, :]
    spread = (share * (agreed - around * (1 - value)) ** 2).sum()
    spread -= (value - expected * (1 - value)) ** 2
    error = float(np.sqrt(max(spread, 0) / n)) / (1 - expected)
    return Kappa(value, _interval(value, error))


def _interval(value: float, error: float) -> Interval | None:
    if np.isclose(error, 0):
        return None
    half = NORMAL_975 * error
    return max(-1.0, value - half), min(1.0, value + half)


def band_of(value: float) -> Band:
    """The name of a kappa; one on a boundary has the lower name."""
    if value < 0:
        return Band.POOR
    return next((band for top, band in UP_TO if value <= top), Band.ALMOST_PERFECT)


def severity(one: Sequence[Fraction], other: Sequence[Fraction]) -> Severity:
    """How much more `one` gave than `other`, for the same answers in the same order.

    Shares of the full mark, in [0, 1]. Raises `ValueError` for lists of different lengths.
    """
    differences = [mine - hers for mine, hers in zip(one, other, strict=True)]
    n = len(differences)
    if n < MIN_TWICE:
        return Severity(n)
    mean = sum(differences, Fraction(0)) / n
    return Severity(n, mean, float(np.std([float(one) for one in differences], ddof=1)))


def _table(first: Sequence[int], second: Sequence[int], levels: int) -> NDArray:
    """How often each pair of levels was given."""
    if levels < FEWEST_LEVELS:
        raise ValueError("a criterion has two levels or more")
    table = np.zeros((levels, levels), dtype=int)
    for one, other in zip(first, second, strict=True):
        if not (0 <= one < levels and 0 <= other < levels):
            raise ValueError(f"steps run from 0 to {levels - 1}")
        table[one, other] += 1
    return table


def _apart(levels: int) -> NDArray:
    steps = np.arange(levels)
    return np.abs(steps[:, None] - steps[None, :])


def _weights(levels: int, weights: Weights) -> NDArray:
    """1 for the same level, 0 for the two ends."""
    share = _apart(levels) / (levels - 1)
    return 1 - (share**2 if weights == Weights.QUADRATIC else share)
