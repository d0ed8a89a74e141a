"""Marks of a test as a table of numbers, and what all figures of it start from.

`marks` is (persons, items), NaN where an item was not presented to a person; `full` is (items,).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

DECIMALS = 9  # of marks: it lets equal sums be equal
MAX_MARK = 1e6  # larger ones are no marks, and their squares would be no numbers


def read_marks(
    marks: ArrayLike, max_marks: ArrayLike | None, least: float = -MAX_MARK
) -> tuple[NDArray, NDArray]:
    """The marks of everybody to whom anything was presented, and the full marks (1 if None).

    None counts as NaN. Raises `ValueError` for arrays of other shapes, for full marks that are not
    above 0, and for marks that are below `least` or no numbers.
    """
    table = np.asarray(marks, dtype=float)
    if table.size == 0 and table.ndim == 1:
        table = table.reshape(0, 0 if max_marks is None else np.size(max_marks))
    if table.ndim != 2:  # noqa: PLR2004 (persons, items)
        raise ValueError(f"marks are (persons, items), not of shape {table.shape}")
    full = np.ones(table.shape[1]) if max_marks is None else np.asarray(max_marks, dtype=float)
    if full.shape != table.shape[1:]:
        raise ValueError(f"marks of shape {table.shape} have full marks of shape {full.shape}")
    if not ((full > 0) & (full <= MAX_MARK)).all():
        raise ValueError("every full mark must be above 0")
    there = ~np.isnan(table)
    if not ((table >= least) & (table <= MAX_MARK))[there].all():
        raise ValueError("a mark is out of range")
    return np.round(table[there.any(axis=1)], DECIMALS), full


def totals_of(marks: NDArray, full: NDArray) -> NDArray:
    """(persons,) sums of marks.

    Where persons were presented items of different full marks, each sum is put in proportion to
    the full marks presented, on the scale of their mean. Everybody has at least one item.
    """
    there = ~np.isnan(marks)
    return _on_one_scale(
        np.where(there, marks, 0).sum(axis=1), np.where(there, full, 0).sum(axis=1)
    )


class Rests:
    """The sum of a person's other marks, item by item, in proportion as `totals_of`."""

    def __init__(self, marks: NDArray, full: NDArray) -> None:
        self.marks, self.full = marks, full
        self.there = ~np.isnan(marks)
        self.got = np.where(self.there, marks, 0).sum(axis=1)
        self.of = np.where(self.there, full, 0).sum(axis=1)

    def of_item(self, place: int) -> tuple[NDArray, NDArray]:
        """Which persons (bool) were presented the item and any other, and the rest of each."""
        rest_of = np.round(self.of - self.full[place], DECIMALS)
        own = self.there[:, place] & (rest_of > 0)
        return own, _on_one_scale((self.got - self.marks[:, place])[own], rest_of[own])


def _on_one_scale(got: NDArray, of: NDArray) -> NDArray:
    if not len(of) or np.ptp(of) <= 10.0**-DECIMALS:
        return np.round(got, DECIMALS)
    return np.round(got / of * of.mean(), DECIMALS)


def covariance(x: NDArray, y: NDArray) -> float:
    """With divisor n - 1; of at least two persons."""
    return product(x - x.mean(), y - y.mean()) / (len(x) - 1)


def correlation(x: NDArray, y: NDArray) -> float | None:
    """Pearson's r; None where either does not vary."""
    if len(x) < 2 or not (np.ptp(x) > 0 and np.ptp(y) > 0):  # noqa: PLR2004 (one person)
        return None
    dx, dy = x - x.mean(), y - y.mean()
    return float(np.clip(product(dx, dy) / np.sqrt(product(dx, dx) * product(dy, dy)), -1, 1))


def product(x: NDArray, y: NDArray) -> float:
    """The sum of products. Not `@`, whose threads wait for each other on a busy machine."""
    return float((x * y).sum())


def top_weights(scores: NDArray, share: float) -> NDArray:
    """(persons,) how far each belongs to the `share` of persons with the highest scores.

    1 above the boundary, 0 below; all those at the boundary score enter with the places that
    remain, divided by their number, so that no order of rows decides. The weights add up to
    `share` of the persons.
    """
    _values, inverse, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    return np.clip((share * len(scores) - before) / counts, 0, 1)[inverse.ravel()]


def weighted_mean(values: NDArray, weights: NDArray) -> float | None:
    """None where nobody has any weight."""
    whole = float(weights.sum())
    return product(values, weights) / whole if whole > 0 else None
