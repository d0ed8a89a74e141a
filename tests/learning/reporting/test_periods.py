import datetime as dt
from itertools import pairwise

import pytest
from django.utils import translation

from learning.reporting.periods import last_quarter, period, periods_of


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", (1, 1), (12, 31)),
        ("2026-H1", (1, 1), (6, 30)),
        ("2026-H2", (7, 1), (12, 31)),
        ("2026-Q1", (1, 1), (3, 31)),
        ("2026-Q4", (10, 1), (12, 31)),
    ],
)
def test_period_has_all_its_days(code, first, last):
    found = period(code)

    assert (found.first, found.last) == (dt.date(2026, *first), dt.date(2026, *last))
    assert found.first in found
    assert found.last + dt.timedelta(1) not in found


@pytest.mark.parametrize("code", ["", "26", "2026-Q5", "2026-H3", "2026-03", "x", "2026-Q1 "])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match=code.strip() or "^$"):
        period(code)


def test_quarters_part_a_year_without_gaps():
    _year, _first, _second, *quarters = periods_of(2028)

    days = [(one.last - one.first).days + 1 for one in quarters]
    assert days == [91, 91, 92, 92]
    assert all(a.last + dt.timedelta(1) == b.first for a, b in pairwise(quarters))


@pytest.mark.parametrize(
    ("today", "code"),
    [((2026, 1, 5), "2025-Q4"), ((2026, 11, 27), "2026-Q3"), ((2026, 4, 1), "2026-Q1")],
)
def test_last_quarter_has_ended(today, code):
    assert last_quarter(dt.date(*today)).code == code


def test_period_in_words_of_the_language():
    assert str(period("2026")) == "2026"
    assert str(period("2026-H1")).replace("\u2009", " ") == "January – June 2026"
    with translation.override("ur"):
        assert "جنوری" in str(period("2026-H1"))
