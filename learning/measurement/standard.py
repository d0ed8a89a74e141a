"""Where to set a pass mark, and who stands so near it that the test cannot tell.

Nothing here changes a result: a border zone is a list to review.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from learning.measurement.reading import DECIMALS, read_marks

type Number = float | Fraction


@dataclass(frozen=True)
class Cut:
    """A pass mark: `cut` in marks, `cut_share` of the full marks, `se` in marks; None if undefined.

    `judges`: the cut of each judge in marks, in their order, None for who estimated nothing.
    """

    cut: float | None
    cut_share: float | None
    se: float | None
    judges: tuple[float | None, ...]


class Zone(StrEnum):
    """Where a mark stands beside a cut."""

    BELOW = "below"
    JUST_BELOW = "just_below"  # not passed, by no more than the error of measurement
    JUST_ABOVE = "just_above"  # passed, by no more than the error of measurement
    ABOVE = "above"


def angoff(estimates: ArrayLike, max_marks: ArrayLike | None = None) -> Cut:
    """The pass mark from judgements of each item (Angoff 1971).

    `estimates`: (judges, items) of the share of minimally competent persons, 0..1, who would
    answer the item, or of its full mark that they would get; NaN where a judge gave none.
    `max_marks`: (items,) of full marks, 1 each if None.

    A judge's cut is the sum over the items; of a judge with gaps, in proportion to the items she
    estimated. The cut is the mean over judges, its standard error s / sqrt(J), None for one judge.
    No judge or no item: all None. Nothing is rounded up: hold marks against it as they are. Raises
    `ValueError` for other shapes and for estimates outside of 0..1.
    """
    table = np.asarray(estimates, dtype=float)
    given, full = read_marks(table, max_marks, least=0)
    if (given > 1).any():
        raise ValueError("an estimate is a share, from 0 to 1")
    rows = [
        _cut_of(own, full)
        for own in (table if table.ndim == 2 else given)  # noqa: PLR2004
    ]
    cuts = np.array([cut for cut in rows if cut is not None])
    if not len(cuts):
        return Cut(None, None, None, tuple(rows))
    cut = round(float(cuts.mean()), DECIMALS)
    share = round(float(cuts.mean() / full.sum()), DECIMALS)
    se = float(cuts.std(ddof=1) / np.sqrt(len(cuts))) if len(cuts) > 1 else None
    return Cut(cut, share, se, tuple(rows))


def _cut_of(estimates: np.ndarray, full: np.ndarray) -> float | None:
    known = ~np.isnan(estimates)
    if not known.any():
        return None
    share = float((estimates * full)[known].sum() / full[known].sum())
    return round(share * float(full.sum()), DECIMALS)


def border(
    cut: Number, sem: Number | None, marks: Sequence[Number | None]
) -> tuple[Zone | None, ...]:
    """For each mark on which side of the cut it is, and whether within one SEM of it.

    All in one unit; `sem` is None or not a number above 0 where the test is not reliable, and then
    no mark is near. Fractions are compared exactly, so that 13 of 20 meet a cut of 65 %; a mark at
    the cut has passed. None for a missing mark.
    """
    return tuple(None if _is_nan(mark) else _zone(mark, cut, sem) for mark in marks)


def _is_nan(mark: Number | None) -> bool:
    return mark is None or mark != mark  # noqa: PLR0124 (NaN alone is not itself)


def _zone(mark: Number | None, cut: Number, sem: Number | None) -> Zone:
    apart = Fraction(mark or 0) - Fraction(cut)
    near = sem is not None and sem > 0 and abs(apart) <= Fraction(sem)
    if apart < 0:
        return Zone.JUST_BELOW if near else Zone.BELOW
    return Zone.JUST_ABOVE if near else Zone.ABOVE
