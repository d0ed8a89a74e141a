"""Hiding what small numbers would tell about persons, in tables that leave the institution.

One table at a time. Two tables of one population (of two months, of overlapping filters) may give
away by their difference what each of them hides; who publishes both has to compare them.
docs/decisions/0008-measurement.md says against whom this protects.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import index

type Shown = int | None  # None: hidden
type Place = tuple[int, int]  # row, column
type Corners = tuple[Place, Place, Place]  # in the row of a cell, in its column, opposite

MIN_COUNT = 5  # persons
MIN_RESULT = 10  # persons, of what tells who passed or failed
MIN_DENOMINATOR = 10  # persons; a rate or mean of fewer is not shown

# How near to 0 and 100 % a rate is told, by the smallest denominator from which it holds.
EDGES = ((300, Fraction(1, 100)), (100, Fraction(2, 100)), (MIN_DENOMINATOR, Fraction(5, 100)))


class Relation(StrEnum):
    """How the value of a `ShownRate` is meant."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class ShownRate:
    """What may be told of a rate: a value in 0..1 and how it is meant; None when it is too_few."""

    value: Fraction | None
    relation: Relation


@dataclass(frozen=True)
class Suppressed:
    """A table that may be published as it is; None where a number is withheld."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


def suppress(counts: Sequence[Sequence[int]], threshold: int = MIN_COUNT) -> list[list[Shown]]:
    """The table with None for cells that must be hidden although all its totals are published.

    Hidden are counts from 1 to `threshold` - 1, and further cells until nobody can work out a
    hidden count from all totals and the cells shown. Zeros are hidden only where nothing else
    helps.

    Where only one row or one column holds anybody, totals give every cell away. Then all is None,
    and the table must not appear with its totals; `suppress_with_totals` says which of them may.

    Raises `ValueError` unless `counts` are rows of equal length with whole numbers from 0 up.
    """
    table = _checked(counts)
    return _without(table, _hidden_places(table, threshold))


def suppress_with_totals(counts: Sequence[Sequence[int]], threshold: int = MIN_COUNT) -> Suppressed:
    """The table with its totals, each None where it must be hidden.

    Totals are hidden by the same rule as cells: small ones, and those that would give away
    something hidden. Zeros are always shown. Raises `ValueError` as `suppress` does.
    """
    table = _with_totals(_checked(counts))
    *rows, last = _without(table, _hidden_places(table, threshold))
    return Suppressed(
        cells=tuple(tuple(row[:-1]) for row in rows),
        row_totals=tuple(row[-1] for row in rows),
        column_totals=tuple(last[:-1]),
        total=last[-1],
    )


def shown_rate(numerator: int, denominator: int) -> ShownRate:
    """What may be told of `numerator` of `denominator` persons.

    Nothing below 10 persons. Near 0 and 100 % only a bound, for small and for no counts alike:
    5 % from the edge below 100 persons, 2 % below 300, then 1 %. Beside a hidden count its rate
    must be left out. Raises `ValueError` if the numerator is not from 0 to the denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no rate")
    if denominator < MIN_DENOMINATOR:
        return ShownRate(None, Relation.TOO_FEW)
    rate = Fraction(numerator, denominator)
    edge = next(edge for least, edge in EDGES if denominator >= least)
    if rate <= edge:
        return ShownRate(edge, Relation.AT_MOST)
    if rate >= 1 - edge:
        return ShownRate(1 - edge, Relation.AT_LEAST)
    return ShownRate(rate, Relation.EXACT)


# --- tables ---------------------------------------------------------------------------------------


def _checked(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    try:
        table = [[index(count) for count in row] for row in counts]
    except TypeError:
        raise ValueError("a table is rows of whole numbers")
    if len({len(row) for row in table}) > 1:
        raise ValueError("the rows of a table are equally long")
    if any(count < 0 for row in table for count in row):
        raise ValueError("a count is never below 0")
    return table


def _with_totals(cells: list[list[int]]) -> list[list[int]]:
    table = [[*row, sum(row)] for row in cells]
    return [*table, [sum(column) for column in zip(*table, strict=True)] or [0]]


def _without(table: list[list[int]], hidden: set[Place]) -> list[list[Shown]]:
    return [
        [None if (i, j) in hidden else count for j, count in enumerate(row)]
        for i, row in enumerate(table)
    ]


# --- hiding ---------------------------------------------------------------------------------------


def _hidden_places(table: list[list[int]], threshold: int) -> set[Place]:
    """The small cells, each with three others that make a rectangle with it.

    The corners of a rectangle can all change by one while everything else stays as it is, so none
    of them is certain (the hypercube method; Hundepool et al., Statistical Disclosure Control,
    2012). Totals count as cells here: with them, every cell that is not 0 has a rectangle without
    zeros, its own row's total, its column's and the grand total.
    """
    places = [(i, j) for i, row in enumerate(table) for j in range(len(row))]
    small = [(i, j) for i, j in places if 0 < table[i][j] < threshold]
    chosen: dict[Place, Corners] = {}
    for place in small * 2:  # the second time, knowing what all others hide
        hidden = set(small).union(*(chosen[other] for other in chosen if other != place))
        corners = _cheapest(table, place, hidden)
        if corners is None:
            return set(places)
        chosen[place] = corners
    return set(small).union(*chosen.values())


def _cheapest(table: list[list[int]], place: Place, hidden: set[Place]) -> Corners | None:
    """Of the rectangles that protect `place`, the one that hides least more; None without any.

    Least is the smallest sum of cells in the row and the column of `place`, then the smallest
    opposite corner, then the first in order; but any count before a zero.
    """

    def cost(corners: Corners) -> tuple[int, int, int]:
        in_row, in_column, opposite = (0 if at in hidden else _at(table, at) for at in corners)
        zeros = sum(at not in hidden and _at(table, at) == 0 for at in corners)
        return zeros, in_row + in_column, opposite

    return min(_rectangles(table, place), key=cost, default=None)


def _rectangles(table: list[list[int]], place: Place) -> Iterator[Corners]:
    """Those whose corners can change: both neighbours down, or `place` and its opposite down.

    `place` is small but not 0; a 0 cannot go down.
    """
    row, column = place
    for i in range(len(table)):
        for j in range(len(table[i])):
            in_row, in_column, opposite = (row, j), (i, column), (i, j)
            neighbours = _at(table, in_row) and _at(table, in_column)
            if i != row and j != column and (neighbours or _at(table, opposite)):
                yield in_row, in_column, opposite


def _at(table: list[list[int]], place: Place) -> int:
    return table[place[0]][place[1]]
