"""Whether an item is as hard in one language as in another: a check of its translation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learning.measurement.basis import MIN_ROUGH, Basis, basis_of
from learning.measurement.chance import Interval, holm, newcombe, welch
from learning.measurement.reading import DECIMALS, read_marks

CHANCE = 0.05  # how often anything is flagged by chance alone, over all items together


@dataclass(frozen=True)
class Gap:
    """One item in two languages, in shares of its full mark; what is undefined is None.

    `gap`: facility in the second less that in the first, with its 95 % interval. People of one
    language may simply know more; so `beyond` is the same of each person's mark in the item less
    the mean of her others, and `p` the chance of so much, corrected for the number of items.
    """

    n_first: int
    n_second: int
    basis: Basis
    first: float | None = None
    second: float | None = None
    gap: float | None = None
    ci: Interval | None = None
    beyond: float | None = None
    beyond_ci: Interval | None = None
    p: float | None = None

    @property
    def is_flagged(self) -> bool:
        """Whether the translation should be looked at."""
        return self.p is not None and self.p < CHANCE


def language_gap(
    first: ArrayLike, second: ArrayLike, max_marks: ArrayLike | None = None
) -> tuple[Gap, ...]:
    """For each item how much easier it was in the second language than in the first.

    `first`, `second`: (persons, items) of marks of two groups of persons, NaN where an item was
    not presented; the same items in the same order; `max_marks`: (items,), 1 each if None.

    The interval of the gap is that of two shares where all marks are nothing or full (Newcombe
    1998, method 10), else Welch's, as is that of `beyond`. With fewer than 10 persons on a side
    only facilities are given. Raises `ValueError` for other shapes and as `items.analyse` does.
    """
    (a, full), (b, full_b) = read_marks(first, max_marks), read_marks(second, max_marks)
    if full.shape != full_b.shape:
        raise ValueError(f"{len(full)} items have {len(full_b)} in the other language")
    shares = np.round(a / full, DECIMALS), np.round(b / full, DECIMALS)
    beside = _beside_others(shares[0]), _beside_others(shares[1])
    tests = [
        _tested(beside[0][:, place], beside[1][:, place], shares, place)
        for place in range(len(full))
    ]
    corrected = holm([test[2] for test in tests])
    return tuple(
        _gap(shares[0][:, place], shares[1][:, place], (*test[:2], p))
        for place, (test, p) in enumerate(zip(tests, corrected, strict=True))
    )


type _Test = tuple[float | None, Interval | None, float | None]


def _tested(first: NDArray, second: NDArray, shares: tuple[NDArray, NDArray], place: int) -> _Test:
    """By how much the item moved beyond the others; None with too few persons or no other item."""
    a, b = _known(first), _known(second)
    sides = [_known(side[:, place]) for side in shares]
    if min(len(a), len(b), *map(len, sides)) < MIN_ROUGH:
        return None, None, None
    found = welch(a, b)
    beyond = float(b.mean() - a.mean())
    return (beyond, found.ci, found.p) if found else (beyond, None, None)


def _gap(first: NDArray, second: NDArray, tested: _Test) -> Gap:
    a, b = _known(first), _known(second)
    basis = basis_of(min(len(a), len(b)))
    if not (len(a) and len(b)):
        return Gap(len(a), len(b), basis, _mean(a), _mean(b))
    gap = float(b.mean() - a.mean())
    if basis == Basis.FACILITY:
        return Gap(len(a), len(b), basis, _mean(a), _mean(b), gap)
    return Gap(len(a), len(b), basis, _mean(a), _mean(b), gap, _interval(a, b), *tested)


def _interval(a: NDArray, b: NDArray) -> Interval | None:
    both = np.concatenate([a, b])
    if ((both == 0) | (both == 1)).all():
        return newcombe(int(a.sum()), len(a), int(b.sum()), len(b))
    found = welch(a, b)
    return found.ci if found else None


def _beside_others(shares: NDArray) -> NDArray:
    """Each share less the mean of the person's others; NaN without any other."""
    there = ~np.isnan(shares)
    others = there.sum(axis=1, keepdims=True) - 1
    rest = np.where(there, shares, 0).sum(axis=1, keepdims=True) - shares
    return np.round(shares - np.where(others > 0, rest / np.maximum(others, 1), np.nan), DECIMALS)


def _known(values: NDArray) -> NDArray:
    return values[~np.isnan(values)]


def _mean(values: NDArray) -> float | None:
    return float(values.mean()) if len(values) else None
