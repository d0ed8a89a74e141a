"""How a test and each of its items measured, by classical test theory.

For sittings of one version of each item in one language, each person once, with the first attempt.
docs/decisions/0008-measurement.md says how missing marks and few persons are dealt with.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learning.measurement.basis import MIN_ROUGH, Basis, basis_of
from learning.measurement.chance import Interval
from learning.measurement.languages import Gap, language_gap
from learning.measurement.reading import (
    Rests,
    correlation,
    covariance,
    read_marks,
    top_weights,
    totals_of,
    weighted_mean,
)

__all__ = ["Analysis", "Flag", "Gap", "Item", "analyse", "language_gap"]

GROUP = 0.27  # of the persons, in the upper and the lower group (Kelley 1939)
MIN_FACILITY, MAX_FACILITY = 0.20, 0.95
MIN_ITEM_REST = 0.20
NOISE = 1e-12  # of a variance: what sums of floats leave of nothing


class Flag(StrEnum):
    """What somebody should look at; pages say it in a sentence. From 10 persons on."""

    HARD = "hard"  # facility below .20
    EASY = "easy"  # facility above .95
    SAME = "same"  # everybody has the same mark, so that it tells nobody from another
    WEAK = "weak"  # item-rest correlation below .20
    AGAINST = "against"  # item-rest correlation below 0: who knows more gets it wrong


@dataclass(frozen=True)
class Item:
    """One item: figures of the `n` persons to whom it was presented; undefined ones are None.

    `facility`: mean mark in shares of the full mark. `sd` in marks (n - 1). `item_total`,
    `item_rest`: correlation with the total, and with the total without the item (the one to
    report). `discriminative_efficiency` and `effective_weight`: shares of 1, where Moodle shows
    per cent. `upper_lower`: facility of the best 27 % less that of the weakest 27 %.
    `alpha_if_deleted`: alpha of the test without the item.
    """

    n: int
    basis: Basis
    facility: float | None
    sd: float | None
    item_total: float | None
    item_rest: float | None
    discriminative_efficiency: float | None
    effective_weight: float | None
    upper_lower: float | None
    alpha_if_deleted: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Analysis:
    """A test of `k` items taken by `n` persons. What is undefined is None.

    `mean`, `median`, `sd` (n - 1) and `sem` in marks; `skewness` and `kurtosis` (0 for the normal
    distribution) without unit. `alpha` is KR-20 where all marks are 0 or 1; below 0 on some real
    data, and then the test is not reliable and `sem` above `sd`. `error_ratio`: `sem` / `sd`.
    """

    n: int
    k: int
    basis: Basis
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    alpha_ci: Interval | None
    kr21: float | None
    sem: float | None
    error_ratio: float | None
    items: tuple[Item, ...]


def analyse(marks: ArrayLike, max_marks: ArrayLike | None = None) -> Analysis:
    """Figures of a test and of each of its items.

    `marks`: (persons, items) of marks, NaN or None where an item was not presented; `max_marks`:
    (items,) of full marks, 1 each if None. Persons to whom nothing was presented are not counted.

    Totals: sums of marks; where persons were presented items of different full marks, in proportion
    to them, on the scale of their mean. Item figures are of those to whom the item was presented,
    correlations with the rest of those who had another item too. A constant item has no
    correlations, and leaves those of the others as they are.

    - Facility, standard deviation (n - 1): Crocker and Algina 1986, ch. 14.
    - Item-rest correlation: Pearson of X and T - X (Henrysson 1963).
    - Discriminative efficiency: cov(X, T - X) over the same with both sorted, which is the most it
      could be; effective weight: sqrt cov(X, T) over the sum of these roots, None for a negative
      covariance, which is left out of the sum (both as in Moodle's quiz statistics).
    - Upper-lower: groups of 27 % (Kelley 1939), those at the boundary score in proportion; None
      where all totals are equal.
    - Alpha (Cronbach 1951) from the mean variance v and the mean covariance c of items: m c / (v +
      (m - 1) c), m items. That is k/(k-1) (1 - sum of variances / variance of totals); where items
      are missing, covariances are of the persons who had both, m is the mean number presented, and
      alpha is None if it came out above 1. None with fewer than two items or persons, or without
      spread of the totals. Its 95 % interval after Feldt 1965, for complete marks only.
    - KR-21: k/(k-1) (1 - M (k - M) / (k s2)), s2 with divisor n (Kuder and Richardson 1937); for
      complete marks of 0 and 1.
    - SEM: sd sqrt(1 - alpha) (Lord and Novick 1968).
    - Skewness, kurtosis: k-statistics, G1 and G2 of Joanes and Gill 1998; from 3 and 4 persons.

    Raises `ValueError` for arrays of other shapes, full marks not above 0, marks beyond a million.
    """
    table, full = read_marks(marks, max_marks)
    n, k = table.shape
    totals = totals_of(table, full)
    sd = _sd(totals)
    parts = _Parts(table)
    alpha = parts.alpha() if sd else None
    error_ratio = None if alpha is None else float(np.sqrt(1 - alpha))
    whole = parts.is_whole
    return Analysis(
        n=n,
        k=k,
        basis=basis_of(n),
        mean=float(totals.mean()) if n else None,
        median=float(np.median(totals)) if n else None,
        sd=sd,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        alpha=alpha,
        alpha_ci=None if alpha is None or not whole else _alpha_ci(alpha, n, k),
        kr21=_kr21(table, totals) if whole else None,
        sem=None if error_ratio is None or sd is None else sd * error_ratio,
        error_ratio=error_ratio,
        items=_items(table, full, totals, parts),
    )


# --- the test -------------------------------------------------------------------------------------


def _sd(values: NDArray) -> float | None:
    return float(values.std(ddof=1)) if len(values) > 1 else None


def _skewness(values: NDArray) -> float | None:
    n = len(values)
    if n < 3 or not np.ptp(values) > 0:  # noqa: PLR2004 (defined from 3)
        return None
    z = (values - values.mean()) / values.std(ddof=1)
    return float((z**3).sum() * n / ((n - 1) * (n - 2)))


def _kurtosis(values: NDArray) -> float | None:
    n = len(values)
    if n < 4 or not np.ptp(values) > 0:  # noqa: PLR2004 (defined from 4)
        return None
    z = (values - values.mean()) / values.std(ddof=1)
    peak = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * (z**4).sum()
    return float(peak - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))


def _alpha_ci(alpha: float, n: int, k: int) -> Interval:
    from scipy.special import fdtri  # noqa: PLC0415 (slow to import)

    df = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(*df, p)) for p in (0.975, 0.025))
    return low, high


def _kr21(marks: NDArray, totals: NDArray) -> float | None:
    n, k = marks.shape
    if n < 2 or k < 2 or not np.ptp(totals) > 0:  # noqa: PLR2004 (two items and persons)
        return None
    if not ((marks == 0) | (marks == 1)).all():
        return None
    mean, variance = totals.mean(), totals.var()
    return float(k / (k - 1) * (1 - mean * (k - mean) / (k * variance)))


class _Parts:
    """Variances and covariances of items, each of the persons who had both."""

    def __init__(self, marks: NDArray) -> None:
        there = ~np.isnan(marks)
        self.there = there
        self.is_whole = bool(there.all())
        self.presented = there.sum(axis=1)
        counts = there.sum(axis=0)
        means = np.where(there, marks, 0).sum(axis=0) / np.maximum(counts, 1)
        off = np.where(there, marks - means, 0)
        seen = there.astype(float)
        both, sums, products = _crossed(seen, seen), _crossed(off, seen), _crossed(off, off)
        self.known = both >= 2  # noqa: PLR2004 (a covariance is of two)
        self.table = (products - sums * sums.T / np.maximum(both, 1)) / np.maximum(both - 1, 1)

    def alpha(self, without: int | None = None) -> float | None:
        """Of all items, or of all but one."""
        chosen = np.arange(len(self.table)) != (-1 if without is None else without)
        table, known = self.table[np.ix_(chosen, chosen)], self.known[np.ix_(chosen, chosen)]
        own = np.diag(np.diag(known))
        pairs = known & ~np.eye(len(known), dtype=bool)
        if not pairs.any():
            return None
        m = self._mean_presented(without)
        variance, shared = float(table[own].mean()), float(table[pairs].mean())
        whole = variance + (m - 1) * shared
        if not whole > NOISE * variance:
            return None
        alpha = m * shared / whole
        return min(alpha, 1.0) if alpha <= 1 + NOISE else None

    def _mean_presented(self, without: int | None) -> float:
        counts = self.presented if without is None else self.presented - self.there[:, without]
        return float(counts[counts > 0].mean())


def _crossed(a: NDArray, b: NDArray) -> NDArray:
    """(items, items) sums of products of columns; see `reading.product`."""
    found = np.empty((a.shape[1], b.shape[1]))
    for place, column in enumerate(b.T):
        found[:, place] = (a * column[:, None]).sum(axis=0)
    return found


# --- the items ------------------------------------------------------------------------------------


def _items(marks: NDArray, full: NDArray, totals: NDArray, parts: _Parts) -> tuple[Item, ...]:
    rests = Rests(marks, full)
    weights = _effective_weights(marks, totals)
    groups = top_weights(totals, GROUP), top_weights(-totals, GROUP)
    spread = bool(len(totals)) and np.ptp(totals) > 0
    found = []
    for place, column in enumerate(marks.T):
        own = ~np.isnan(column)
        values = column[own]
        n = len(values)
        facility = float(values.mean() / full[place]) if n else None
        with_rest, rest = rests.of_item(place)
        item_rest = correlation(column[with_rest], rest)
        found.append(
            Item(
                n=n,
                basis=basis_of(n),
                facility=facility,
                sd=_sd(values),
                item_total=correlation(values, totals[own]),
                item_rest=item_rest,
                discriminative_efficiency=_efficiency(column[with_rest], rest),
                effective_weight=weights[place],
                upper_lower=_upper_lower(values, full[place], groups, own) if spread else None,
                alpha_if_deleted=parts.alpha(without=place),
                flags=_flags(values, facility, item_rest),
            )
        )
    return tuple(found)


def _efficiency(values: NDArray, rest: NDArray) -> float | None:
    if correlation(values, rest) is None:
        return None
    return covariance(values, rest) / covariance(np.sort(values), np.sort(rest))


def _effective_weights(marks: NDArray, totals: NDArray) -> list[float | None]:
    found: list[float | None] = []
    for column in marks.T:
        own = ~np.isnan(column)
        shared = covariance(column[own], totals[own]) if own.sum() > 1 else 0.0
        varies = own.sum() > 1 and np.ptp(column[own]) > 0
        found.append(None if varies and shared < 0 else float(np.sqrt(max(shared, 0) * varies)))
    whole = sum(root for root in found if root is not None)
    return [root / whole if root is not None and whole else None for root in found]


def _upper_lower(
    values: NDArray, full: float, groups: tuple[NDArray, NDArray], own: NDArray
) -> float | None:
    upper, lower = (weighted_mean(values, group[own]) for group in groups)
    return None if upper is None or lower is None else (upper - lower) / full


def _flags(values: NDArray, facility: float | None, item_rest: float | None) -> tuple[Flag, ...]:
    if len(values) < MIN_ROUGH or facility is None:
        return ()
    found = []
    if facility < MIN_FACILITY:
        found.append(Flag.HARD)
    if facility > MAX_FACILITY:
        found.append(Flag.EASY)
    if not np.ptp(values) > 0:
        found.append(Flag.SAME)
    if item_rest is not None and item_rest < MIN_ITEM_REST:
        found.append(Flag.AGAINST if item_rest < 0 else Flag.WEAK)
    return tuple(found)
