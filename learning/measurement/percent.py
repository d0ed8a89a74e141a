"""Marks of persons in whole tests, as percent of the full mark."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

type Marks = Sequence[float | bool | Fraction | None] | NDArray

FULL = 100.0  # percent
DECIMALS = 6  # of a percentage: enough for any mark, and it lets equal differences be equal


def columns_of(tests: Sequence[Marks]) -> NDArray:
    """(tests, persons) of values, NaN where there is none. `ValueError` for other shapes."""
    columns = [np.asarray(test, dtype=float) for test in tests]  # None gives NaN
    shapes = [column.shape for column in columns]
    if columns[0].ndim != 1 or len(set(shapes)) > 1:
        *others, last = map(str, shapes)
        raise ValueError(
            f"{'pre and post' if len(tests) == 2 else 'the tests'} hold one value per person in"  # noqa: PLR2004
            f" the same order, but their shapes are {', '.join(others)} and {last}"
        )
    return np.array(columns)


def percentages(tests: Sequence[Marks], max_mark: float | Fraction) -> NDArray:
    """(tests, persons) of percent. `ValueError` for other shapes and marks beyond the full mark."""
    full = float(max_mark)
    if not 0 < full < np.inf:
        raise ValueError(f"the full mark is {max_mark}, but must be above 0")
    found = np.round(np.divide(columns_of(tests), full) * FULL, DECIMALS)
    if (np.abs(found) > FULL).any():
        raise ValueError(f"a mark is beyond the full mark of {max_mark}")
    return found
