"""Hypothesis: the marks of any class, and any small table of counts."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

# The machine may be busy with other tests, and a failing example is printed anyway.
trials = settings(database=None, max_examples=50)

full_marks = st.integers(1, 40)
some_marks = st.one_of(st.integers(0, 100), st.floats(0, 100), st.sampled_from([0, 50, 100]))


def classes(least: int = 0) -> st.SearchStrategy[list[tuple[float, float]]]:
    """Marks before and after, of persons who took both tests."""
    return st.lists(st.tuples(some_marks, some_marks), min_size=least, max_size=30)


def tables(counts: st.SearchStrategy[int] | None = None) -> st.SearchStrategy[list[list[int]]]:
    cells = counts or st.one_of(st.integers(0, 6), st.integers(0, 40))
    shapes = st.tuples(st.integers(1, 3), st.integers(1, 3))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(cells, min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )


@st.composite
def mark_tables(draw, *, missing=True):
    """Marks of 0 to 2 of up to 12 persons in up to 5 items; NaN where an item was not presented."""
    persons, items = draw(st.integers(1, 12)), draw(st.integers(1, 5))
    marks = st.sampled_from([0.0, 0.5, 1.0, 2.0, *([float("nan")] if missing else [])])
    row = st.lists(marks, min_size=items, max_size=items)
    return np.array(draw(st.lists(row, min_size=persons, max_size=persons)))
