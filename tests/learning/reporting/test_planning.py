import datetime as dt
from fractions import Fraction

import pytest

from learning.reporting.periods import period
from learning.reporting.planning import Plan, Progress, due_share, progress

JULY = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("code", "today", "days"),
    [
        ("2026", dt.date(2026, 12, 31), 365),
        ("2026", JULY, 182),
        ("2026-Q1", JULY, 90),
        ("2026-Q3", JULY, 1),
        ("2026-Q4", JULY, 0),
        ("2026", dt.date(2027, 3, 1), 365),
    ],
)
def test_share_of_the_year_that_was_due(code, today, days):
    assert due_share(period(code), today) == Fraction(days, 365)


@pytest.mark.parametrize(
    ("actual", "target", "due", "state"),
    [
        (100, 100, 1, Progress.MET),
        (99, 100, 1, Progress.ON_THE_WAY),
        (50, 100, 1, Progress.ON_THE_WAY),
        (49, 100, 1, Progress.FAR_BEHIND),
        (25, 100, Fraction(1, 2), Progress.ON_THE_WAY),
        (24, 100, Fraction(1, 2), Progress.FAR_BEHIND),
        (0, 100, 0, Progress.ON_THE_WAY),
        (7, None, 1, None),
    ],
)
def test_progress_follows_what_was_due(actual, target, due, state):
    assert progress(actual, target, Fraction(due)) == state


def test_target_of_the_whole_is_its_own_or_the_sum_of_its_parts():
    parts = Plan(2026, "PK", {("people", "PK-PB"): 40, ("people", "PK-SD"): 60})
    own = Plan(2026, "PK", {("people", "PK"): 90, ("people", "PK-SD"): 60})

    assert (parts.in_all("people"), own.in_all("people")) == (100, 90)
    assert parts.in_all("sessions") is None
    assert own.areas == {"PK-SD"}


def test_shares_do_not_add_up():
    one = Plan(2026, "PK", {("women", "PK-PB"): 40})
    two = Plan(2026, "PK", {("women", "PK-PB"): 40, ("women", "PK-SD"): 20})

    assert (one.in_all("women"), two.in_all("women")) == (40, None)
