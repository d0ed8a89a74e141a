from fractions import Fraction
from itertools import chain

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from learning.measurement.suppression import (
    Relation,
    Shown,
    ShownRate,
    Suppressed,
    shown_rate,
    suppress,
    suppress_with_totals,
)
from tests.learning.measurement.attacking import Attacker
from tests.learning.measurement.strategies import tables, trials

OFFICIALS, EMPLOYERS, WORKERS = [3, 12], [9, 14], [11, 8]  # women and men
TABLE = [OFFICIALS, EMPLOYERS, WORKERS]


def with_all_totals(table, cells) -> Suppressed:
    return Suppressed(
        cells=tuple(map(tuple, cells)),
        row_totals=tuple(map(sum, table)),
        column_totals=tuple(map(sum, zip(*table, strict=True))),
        total=sum(map(sum, table)),
    )


def numbers(table: Suppressed) -> list[Shown]:
    return [*chain(*table.cells), *table.row_totals, *table.column_totals, table.total]


def has_small(table, threshold=5) -> bool:
    return any(0 < count < threshold for count in chain(*table))


def lies_in_one_line(table) -> bool:
    rows, columns = np.nonzero(table)
    return len(set(rows)) < 2 or len(set(columns)) < 2


def test_one_small_cell_takes_three_others_along():
    assert suppress(TABLE) == [[None, None], [None, None], [11, 8]]
    assert suppress_with_totals(TABLE) == with_all_totals(TABLE, suppress(TABLE))


def test_what_an_attacker_can_know_of_the_small_cell():
    attacker = Attacker(with_all_totals(TABLE, suppress(TABLE)))

    assert attacker.intervals()[0] == (0, 12)


def test_the_attacker_finds_a_cell_that_stands_alone():
    alone = with_all_totals(TABLE, [[None, 12], EMPLOYERS, WORKERS])

    assert Attacker(alone).intervals() == [(3, 3)]


@pytest.mark.parametrize(("threshold", "hidden"), [(3, 0), (4, 4), (9, 4), (10, 6)])
def test_the_threshold_is_the_smallest_count_that_shows(threshold, hidden):
    assert list(chain(*suppress(TABLE, threshold))).count(None) == hidden


def test_a_table_without_small_counts_stays_as_it_is():
    table = [[0, 5], [9, 0], [11, 8]]

    assert suppress(table) == table
    assert suppress_with_totals(table) == with_all_totals(table, table)


def test_zeros_show_where_counts_can_protect():
    table = [[3, 12, 0], [9, 14, 0], [11, 8, 5]]

    assert suppress(table) == [[None, None, 0], [None, None, 0], [11, 8, 5]]


def test_a_zero_is_hidden_where_nothing_else_helps():
    table = [[3, 0], [9, 14], [11, 8]]

    assert suppress(table) == [[None, None], [None, None], [11, 8]]


def test_zeros_that_cannot_change_protect_nothing():
    table = [[3, 0], [2, 0], [0, 7]]
    attacker = Attacker(with_all_totals(table, suppress(table)))

    assert attacker.intervals() == [(0, 3), (0, 3), (0, 2), (0, 2), (0, 5), (2, 7)]


def test_of_equal_cells_the_first_is_taken():
    assert suppress([[3, 9, 9], [9, 9, 9], [9, 9, 9]]) == [
        [None, None, 9],
        [None, None, 9],
        [9, 9, 9],
    ]


def test_small_cells_protect_each_other():
    table = [[1, 2, 30], [3, 4, 40], [50, 60, 70]]

    assert suppress(table) == [[None, None, 30], [None, None, 40], [50, 60, 70]]


@pytest.mark.parametrize("table", [[[3, 12]], [[3], [12]], [[3, 12], [0, 0]], [[4]]])
def test_totals_of_one_line_give_everything_away(table):
    assert set(chain(*suppress(table))) == {None}


def test_one_line_keeps_the_totals_that_tell_nothing():
    assert suppress_with_totals([[3, 12, 20]]) == Suppressed(
        cells=((None, None, 20),),
        row_totals=(35,),
        column_totals=(None, None, 20),
        total=35,
    )


def test_a_small_total_is_hidden_too():
    table = [[2, 1], [30, 20], [40, 60]]

    assert suppress_with_totals(table) == Suppressed(
        cells=((None, None), (None, None), (40, 60)),
        row_totals=(None, None, 100),
        column_totals=(72, 81),
        total=153,
    )


@pytest.mark.parametrize("table", [[], [[]], [[], []]])
def test_an_empty_table_hides_nothing(table):
    assert suppress(table) == table
    assert suppress_with_totals(table).total == 0


def test_counts_may_be_an_array():
    assert suppress(np.array(TABLE)) == suppress(TABLE)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([[1, 2], [3]], "equally long"),
        ([[1, -2]], "below 0"),
        ([[1.5]], "whole numbers"),
        ([1, 2], "whole numbers"),
        ([[None]], "whole numbers"),
    ],
)
def test_refuses_what_is_no_table_of_counts(counts, words):
    with pytest.raises(ValueError, match=words):
        suppress(counts)


@trials
@given(tables())
def test_totals_give_no_hidden_cell_away(table):
    assume(not lies_in_one_line(table))
    attacker = Attacker(with_all_totals(table, suppress(table)))

    assert all(most - least > 0.5 for least, most in attacker.intervals())


@trials
@given(tables())
def test_what_may_be_published_gives_nothing_away(table):
    attacker = Attacker(suppress_with_totals(table))

    assert all(most - least > 0.5 for least, most in attacker.intervals())


@trials
@given(tables(), st.integers(1, 12))
def test_small_cells_are_hidden_and_others_told_truly(table, threshold):
    shown = suppress(table, threshold)
    pairs = list(zip(chain(*table), chain(*shown), strict=True))

    assert all(told in (None, count) for count, told in pairs)
    assert all(told is None for count, told in pairs if 0 < count < threshold)
    assert any(told is None for _, told in pairs) is has_small(table, threshold)


@trials
@given(tables(), st.integers(1, 12))
def test_beside_totals_zeros_always_show_and_small_totals_never(table, threshold):
    whole = numbers(with_all_totals(table, table))
    shown = numbers(suppress_with_totals(table, threshold))
    pairs = list(zip(whole, shown, strict=True))

    assert all(told in (None, count) for count, told in pairs)
    assert all(told is None for count, told in pairs if 0 < count < threshold)
    assert all(told == 0 for count, told in pairs if count == 0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "relation"),
    [
        (9, 9, None, "too_few"),
        (0, 0, None, "too_few"),
        (4, 10, "2/5", "exact"),
        (0, 10, "5/100", "at_most"),
        (10, 10, "95/100", "at_least"),
        (1, 20, "5/100", "at_most"),
        (19, 20, "95/100", "at_least"),
        (4, 99, "5/100", "at_most"),
        (5, 99, "5/99", "exact"),
        (94, 99, "94/99", "exact"),
        (95, 99, "95/100", "at_least"),
        (2, 100, "2/100", "at_most"),
        (3, 100, "3/100", "exact"),
        (299, 299, "98/100", "at_least"),
        (3, 300, "1/100", "at_most"),
        (4, 300, "4/300", "exact"),
        (300, 300, "99/100", "at_least"),
    ],
)
def test_what_may_be_told_of_a_rate(numerator, denominator, value, relation):
    expected = ShownRate(value and Fraction(value), Relation(relation))

    assert shown_rate(numerator, denominator) == expected


@pytest.mark.parametrize(("numerator", "denominator"), [(11, 10), (-1, 10)])
def test_refuses_what_is_no_rate(numerator, denominator):
    with pytest.raises(ValueError, match="is no rate"):
        shown_rate(numerator, denominator)
