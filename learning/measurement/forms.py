"""Whether two forms of a test are equally hard, and whether a question has changed its difficulty.

For people who were given the one form or the other by chance, each counted once, with the first
test they took. docs/decisions/0018-regrading.md says why these rules and these limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learning.measurement.chance import Interval, holm, welch

FULL = 100.0  # percent
MIN_HALF = 10  # persons on either side; with fewer nothing is said
ROUGH_HALF = 30  # persons; with fewer every figure is rough
MAX_APART = 0.2  # standard deviations by which two forms may differ
MIN_ANCHORS = 5  # common questions from which the forms are linked
MIN_ANCHOR_SHARE = Fraction(20, 100)  # of the questions of the longer form
MIN_TO_COMPARE = 3  # common questions: of two that part nobody can say which one moved
CHANCE = 0.05  # how often something is flagged by chance alone, over all questions together
DECIMALS = 9  # of marks: it lets equal marks be equal


class Caution(StrEnum):
    """What a reader of the figures has to know; pages say it in a sentence."""

    FEW = "few"  # fewer than 10 persons on a form: no figures
    ROUGH = "rough"  # fewer than 30 persons on a form
    APART = "apart"  # the means differ by more than 0.2 standard deviations
    BY_CHANCE = "by_chance"  # they do, but the interval of the difference holds 0
    NO_SPREAD = "no_spread"  # everybody has the same mark, so nothing can be said of chance
    FEW_ANCHORS = "few_anchors"  # fewer sound common questions than 5 or a fifth of the form


@dataclass(frozen=True)
class Half:
    """The persons of one form: how many, mean and standard deviation (n - 1) in percent."""

    n: int
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True)
class Link:
    """The line on which marks of form B, in percent, become marks on form A."""

    slope: float
    intercept: float

    def on_a(self, percent: float) -> float:
        """What `percent` on form B is worth on form A; may lie outside of 0 to 100."""
        return self.slope * percent + self.intercept


@dataclass(frozen=True)
class Shift:
    """How much easier an item became, in shares of its full mark, and whether that is chance.

    `p` is corrected for the number of items looked at (Holm 1979). All but the counts are None
    where fewer than 10 persons stand on a side or all have the same mark.
    """

    n_first: int
    n_second: int
    first: float | None = None
    second: float | None = None
    change: float | None = None
    se: float | None = None
    p: float | None = None

    @property
    def is_flagged(self) -> bool:
        return self.p is not None and self.p < CHANCE


@dataclass(frozen=True)
class Comparison:
    """Form B against form A in points of 100: a positive difference says that B is easier.

    What is undefined is None. `anchors` stand in the order given; their `change` is what the item
    moved beyond what the persons of the two forms differ in the other sound anchors.
    """

    a: Half
    b: Half
    difference: float | None = None
    se: float | None = None
    df: float | None = None
    ci: Interval | None = None
    pooled_sd: float | None = None
    in_sd: float | None = None
    link: Link | None = None
    anchors: tuple[Shift, ...] = ()
    warnings: tuple[Caution, ...] = ()


def compare(
    marks_a: ArrayLike,
    marks_b: ArrayLike,
    max_a: ArrayLike,
    max_b: ArrayLike,
    anchors: Sequence[tuple[int, int]] = (),
) -> Comparison:
    """The difference of two forms with its 95 % interval (Welch 1947), and a link of their marks.

    `marks_a`: (persons, items) of marks, NaN where an item was not presented; `max_a`: (items,) of
    full marks; the same for B. `anchors`: pairs of columns, in A and in B, of one question.

    The difference in standard deviations divides by the pooled one. With 5 anchors or more the
    forms are linked by means and standard deviations through them (chained linear linking, Kolen
    and Brennan 2014), without those that moved. With fewer than 10 persons on a form only counts
    are given. Raises `ValueError` for arrays of other shapes, for full marks that are not above 0,
    and for columns that are not there.
    """
    a, b = _shares(marks_a, max_a), _shares(marks_b, max_b)
    totals_a, totals_b = _totals(marks_a, max_a), _totals(marks_b, max_b)
    pairs = _checked(anchors, a.shape[1], b.shape[1])
    n_a, n_b = len(totals_a), len(totals_b)
    shifts = _anchor_shifts(a, b, pairs)
    sound = [pair for place, pair in enumerate(pairs) if not (shifts and shifts[place].is_flagged)]
    few_anchors = _few_anchors(len(sound), max(a.shape[1], b.shape[1]))
    if min(n_a, n_b) < MIN_HALF:
        return Comparison(Half(n_a), Half(n_b), warnings=(Caution.FEW, *few_anchors))
    half_a, half_b = _half(totals_a), _half(totals_b)
    difference = float(totals_b.mean() - totals_a.mean())
    chance = welch(totals_a, totals_b)
    pooled = _pooled(totals_a, totals_b)
    in_sd = difference / pooled if pooled else None
    return Comparison(
        a=half_a,
        b=half_b,
        difference=difference,
        se=chance.se if chance else None,
        df=chance.df if chance else None,
        ci=chance.ci if chance else None,
        pooled_sd=pooled,
        in_sd=in_sd,
        link=_link((totals_a, totals_b), (a, b), sound),
        anchors=shifts,
        warnings=(*_cautions(min(n_a, n_b), in_sd, chance.ci if chance else None), *few_anchors),
    )


def moved(marks: ArrayLike, max_marks: ArrayLike, taken: Sequence[float]) -> tuple[Shift, ...]:
    """By how much each item was easier in the later half of the sittings than in the earlier one.

    `marks`: (persons, items), NaN where an item was not presented; `max_marks`: (items,); `taken`:
    (persons,) numbers that grow with time. Of each item its own sittings are halved where time
    moves on nearest to the middle, the earlier half being the smaller of two as near: sittings of
    one moment, such as those of one day in one room, stay together, or their order would decide.
    Where all are of one moment only their number is given. For marks of 0 and 1 this is the test of
    two proportions. Raises `ValueError` as `compare` does.
    """
    shares, moments = _shares(marks, max_marks), np.asarray(taken, dtype=float)
    if moments.shape != (len(shares),):
        raise ValueError(f"{len(shares)} sittings have {moments.shape} moments")
    return _corrected([_halves(column, moments) for column in shares.T])


# --- reading --------------------------------------------------------------------------------------


def _shares(marks: ArrayLike, max_marks: ArrayLike) -> NDArray:
    """(persons, items) of shares of the full mark."""
    table, full = np.asarray(marks, dtype=float), np.asarray(max_marks, dtype=float)
    if table.ndim != 2 or full.shape != table.shape[1:]:  # noqa: PLR2004 (persons, items)
        raise ValueError(f"marks of shape {table.shape} have full marks of shape {full.shape}")
    if not (np.isfinite(full) & (full > 0)).all():
        raise ValueError("every full mark must be above 0")
    return np.round(table / full, DECIMALS)


def _totals(marks: ArrayLike, max_marks: ArrayLike) -> NDArray:
    """Percent of what was presented, of everybody to whom anything was."""
    table, full = np.asarray(marks, dtype=float), np.asarray(max_marks, dtype=float)
    there = ~np.isnan(table)
    sat = there.any(axis=1)
    got, of = np.nansum(table[sat], axis=1), (there[sat] * full).sum(axis=1)
    return np.round(FULL * got / of, DECIMALS)


def _checked(anchors: Sequence[tuple[int, int]], in_a: int, in_b: int) -> list[tuple[int, int]]:
    pairs = list(anchors)
    if any(not (0 <= a < in_a and 0 <= b < in_b) for a, b in pairs):
        raise ValueError("an anchor names a column that is not there")
    return pairs


# --- figures --------------------------------------------------------------------------------------


def _half(totals: NDArray) -> Half:
    return Half(len(totals), float(totals.mean()), float(totals.std(ddof=1)))


def _pooled(a: NDArray, b: NDArray) -> float | None:
    squares = a.var(ddof=1) * (len(a) - 1) + b.var(ddof=1) * (len(b) - 1)
    return float(np.sqrt(squares / (len(a) + len(b) - 2))) or None


def _link(
    totals: tuple[NDArray, NDArray], shares: tuple[NDArray, NDArray], pairs: list[tuple[int, int]]
) -> Link | None:
    """From B to the anchors in its half, and from the anchors to A in the other half."""
    if len(pairs) < MIN_ANCHORS:
        return None
    (total_a, on_a), (total_b, on_b) = (
        _with_anchors(total, table, [pair[side] for pair in pairs])
        for side, (total, table) in enumerate(zip(totals, shares, strict=True))
    )
    if min(len(on_a), len(on_b)) < MIN_HALF:
        return None
    sds = [float(values.std(ddof=1)) for values in (total_a, on_a, total_b, on_b)]
    if not all(sds):
        return None
    to_a, to_anchors = sds[0] / sds[1], sds[3] / sds[2]
    slope = to_a * to_anchors
    shift = to_a * (on_b.mean() - on_a.mean())
    return Link(slope, float(total_a.mean() + shift - slope * total_b.mean()))


def _with_anchors(totals: NDArray, shares: NDArray, columns: list[int]) -> tuple[NDArray, NDArray]:
    """Totals and marks in the anchors of those to whom all anchors were presented."""
    sat = ~np.isnan(shares).all(axis=1)
    own = shares[sat][:, columns]
    whole = ~np.isnan(own).any(axis=1)
    return totals[whole], np.round(FULL * own[whole].mean(axis=1), DECIMALS)


def _anchor_shifts(a: NDArray, b: NDArray, pairs: list[tuple[int, int]]) -> tuple[Shift, ...]:
    """Each anchor against the mean of the others, person by person.

    One that moved would make the others look moved: it is taken out of what they are held
    against, the plainest case first, as long as enough of them are left.
    """
    if len(pairs) < MIN_TO_COMPARE:
        return ()
    tables = a[:, [pair[0] for pair in pairs]], b[:, [pair[1] for pair in pairs]]
    first, second = (table[~np.isnan(table).any(axis=1)] for table in tables)
    sound = set(range(len(pairs)))
    while True:
        shifts = _corrected([_beside(first, second, place, sound) for place in range(len(pairs))])
        suspects = [
            (-round(abs(shifts[n].change or 0), DECIMALS), n) for n in sound if shifts[n].is_flagged
        ]
        if not suspects or len(sound) == MIN_TO_COMPARE:
            return shifts
        sound.remove(min(suspects)[1])


def _beside(first: NDArray, second: NDArray, place: int, sound: set[int]) -> Shift:
    """The shift of one anchor beyond that of the sound ones among the others."""
    others = sorted(sound - {place})
    own = [
        np.round(half[:, place] - half[:, others].mean(axis=1), DECIMALS)
        for half in (first, second)
    ]
    shift = _shift(*own)
    if shift.change is None:
        return shift
    means = float(first[:, place].mean()), float(second[:, place].mean())
    return Shift(len(first), len(second), *means, shift.change, shift.se, shift.p)


def _halves(column: NDArray, moments: NDArray) -> Shift:
    there = ~np.isnan(column)
    order = np.lexsort((column[there], moments[there]))  # equal sums, whatever the order of rows
    values, at = column[there][order], moments[there][order]
    cuts = np.flatnonzero(at[1:] > at[:-1]) + 1
    if not cuts.size:
        return Shift(len(values), 0)
    cut = int(cuts[np.argmin(np.abs(2 * cuts - len(values)))])
    return _shift(values[:cut], values[cut:])


def _shift(first: NDArray, second: NDArray) -> Shift:
    """The change of a mean, its standard error if there were none, and the p of the normal test."""
    n_first, n_second = len(first), len(second)
    if min(n_first, n_second) < MIN_HALF:
        return Shift(n_first, n_second)
    means = float(first.mean()), float(second.mean())
    change = means[1] - means[0]
    spread = float(np.concatenate([first, second]).std())
    if not spread > 0:
        return Shift(n_first, n_second, *means, change)
    se = spread * float(np.sqrt(1 / n_first + 1 / n_second))
    return Shift(n_first, n_second, *means, change, se, 2 * NormalDist().cdf(-abs(change) / se))


def _corrected(shifts: Sequence[Shift]) -> tuple[Shift, ...]:
    """The same with each p corrected for how many were looked at (Holm 1979)."""
    corrected = holm([shift.p for shift in shifts])
    return tuple(
        Shift(s.n_first, s.n_second, s.first, s.second, s.change, s.se, p)
        for s, p in zip(shifts, corrected, strict=True)
    )


# --- cautions -------------------------------------------------------------------------------------


def _few_anchors(anchors: int, items: int) -> list[Caution]:
    few = anchors < MIN_ANCHORS or anchors < MIN_ANCHOR_SHARE * items
    return [Caution.FEW_ANCHORS] if few else []


def _cautions(n: int, in_sd: float | None, ci: Interval | None) -> list[Caution]:
    cautions = []
    if n < ROUGH_HALF:
        cautions.append(Caution.ROUGH)
    if in_sd is None:
        cautions.append(Caution.NO_SPREAD)
    elif abs(in_sd) > MAX_APART:
        cautions.append(Caution.APART)
        if ci and ci[0] <= 0 <= ci[1]:
            cautions.append(Caution.BY_CHANCE)
    return cautions
