"""When a test some months after a course may be taken. Pure: days in, days out.

A wave is named by its months. It is due so many months after the test after the course, and open
for some days before and after that day, so that two waves of a test never are open together.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

USUAL_MONTHS = (3, 6)
TOLERANCE = 30  # days before and after the due day
MOST_TOLERANCE = 90  # days
MOST_MONTHS = 60
MOST_WAVES = 6
# So many days are two days apart at least that are a month apart, and for each month more.
FIRST_MONTH, FURTHER_MONTH = 28, 30

TO_COME, OPEN, OVER = "to_come", "open", "over"


@dataclass(frozen=True, order=True)
class Wave:
    """The days of one wave for one person; it is open from `opens` to `closes`, both included."""

    months: int
    due: dt.date
    opens: dt.date
    closes: dt.date

    def state(self, today: dt.date) -> str:
        """TO_COME, OPEN or OVER."""
        if today < self.opens:
            return TO_COME
        return OPEN if today <= self.closes else OVER


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day: 30 November and 3 months is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def wave_after(day: dt.date, months: int, tolerance: int) -> Wave:
    """The wave of who had the test after the course on `day`; `tolerance` in days."""
    due, around = add_months(day, months), dt.timedelta(tolerance)
    return Wave(months, due, due - around, due + around)


def waves_after(day: dt.date, months: Iterable[int], tolerance: int) -> list[Wave]:
    """All waves of somebody, the first one first."""
    return [wave_after(day, one, tolerance) for one in sorted(set(months))]


def problem_with(months: Sequence[int], tolerance: int) -> str:
    """Why these cannot be the waves of a test, as a code; empty where they can.

    `months`: none, too many, or no whole numbers from 1 to 60 in rising order. `tolerance`: not
    from 0 to 90 days. `early`: the first one would open before the course is over. `overlap`: two
    would be open on one day.
    """
    known = all(type(one) is int and 1 <= one <= MOST_MONTHS for one in months)
    if not (known and 1 <= len(months) <= MOST_WAVES and [*months] == sorted(set(months))):
        return "months"
    if not 0 <= tolerance <= MOST_TOLERANCE:
        return "tolerance"
    if least_days(months[0]) <= tolerance:
        return "early"
    gaps = (later - earlier for earlier, later in pairwise(months))
    return "overlap" if any(least_days(gap) <= 2 * tolerance for gap in gaps) else ""


def least_days(months: int) -> int:
    """How many days are certainly between a day and the same day so many months later."""
    return FIRST_MONTH + FURTHER_MONTH * (months - 1)
