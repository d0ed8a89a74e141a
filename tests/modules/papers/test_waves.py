"""When waves open and close: known days, and what holds for all days."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from modules.papers.naming import name_of_test, read_test
from modules.papers.waves import (
    MOST_MONTHS,
    MOST_TOLERANCE,
    OPEN,
    OVER,
    TO_COME,
    add_months,
    least_days,
    problem_with,
    wave_after,
    waves_after,
)

DAY = dt.timedelta(1)
days = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))
months = st.integers(1, MOST_MONTHS)


@pytest.mark.parametrize(
    ("day", "later", "expected"),
    [
        ("2026-03-02", 3, "2026-06-02"),
        ("2026-10-15", 3, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 6, "2027-06-30"),
    ],
)
def test_the_same_day_of_a_later_month(day, later, expected):
    assert add_months(dt.date.fromisoformat(day), later) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("away", "state"), [(-31, TO_COME), (-30, OPEN), (0, OPEN), (30, OPEN), (31, OVER)]
)
def test_a_wave_is_open_for_thirty_days_before_and_after_its_day(away, state):
    wave = wave_after(dt.date(2026, 3, 2), 3, 30)

    assert wave.due == dt.date(2026, 6, 2)
    assert wave.state(wave.due + away * DAY) == state


def test_without_tolerance_it_is_open_for_a_day():
    wave = wave_after(dt.date(2026, 3, 2), 1, 0)

    assert wave.opens == wave.due == wave.closes
    assert [wave.state(wave.due + away * DAY) for away in (-1, 0, 1)] == [TO_COME, OPEN, OVER]


@given(days, months, st.integers(0, MOST_TOLERANCE))
def test_a_wave_is_open_as_long_as_it_says(day, later, tolerance):
    wave = wave_after(day, later, tolerance)

    assert (wave.closes - wave.opens).days == 2 * tolerance
    assert wave.opens <= wave.due <= wave.closes
    assert wave.due.day <= day.day


@given(days, st.integers(0, MOST_MONTHS), months)
def test_so_many_days_are_in_so_many_months(day, earlier, later):
    assert (add_months(day, earlier + later) - add_months(day, earlier)).days >= least_days(later)


@given(
    days,
    st.lists(months, min_size=1, max_size=6, unique=True).map(sorted),
    st.integers(0, MOST_TOLERANCE),
)
def test_two_waves_are_never_open_together_nor_before_the_course_is_over(day, chosen, tolerance):
    assume(not problem_with(chosen, tolerance))
    waves = waves_after(day, chosen, tolerance)

    assert waves[0].opens > day
    for one, next_one in pairwise(waves):
        assert one.closes < next_one.opens


@pytest.mark.parametrize(
    ("chosen", "tolerance", "problem"),
    [
        ((3, 6), 30, ""),
        ((3,), 60, ""),
        ((1,), 27, ""),
        ((3, 6), 44, "overlap"),
        ((3, 5), 30, "overlap"),
        ((1,), 28, "early"),
        ((6, 3), 30, "months"),
        ((3, 3), 30, "months"),
        ((0, 3), 30, "months"),
        ((61,), 30, "months"),
        ((True,), 10, "months"),
        (("3",), 30, "months"),
        ((), 30, "months"),
        ((3,), 91, "tolerance"),
    ],
)
def test_what_may_be_the_waves_of_a_test(chosen, tolerance, problem):
    assert problem_with(chosen, tolerance) == problem


@given(months)
def test_a_name_says_the_purpose_and_the_wave(later):
    assert read_test(name_of_test("retention", later)) == ("retention", later)


@pytest.mark.parametrize("name", ["retention", "retention-0", "retention-100", "mid", "pre-3", ""])
def test_other_words_name_no_test(name):
    assert read_test(name) is None


def test_other_tests_are_named_by_their_purpose():
    assert [name_of_test(one) for one in ("pre", "post", "practice")] == ["pre", "post", "practice"]
    assert read_test("post") == ("post", 0)
