"""A clock that stands still until it is set: demo data is of the same days whenever it is made."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Karachi")


class Clock:
    """Counts days from the day on which the demo is told; earlier days are negative."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.now = dt.datetime.combine(today, dt.time(9), ZONE)

    def day(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def at(self, days: int, hour: int = 9, minute: int = 0) -> dt.datetime:
        """Set the clock, and return what it shows."""
        self.now = dt.datetime.combine(self.day(days), dt.time(hour, minute), ZONE)
        return self.now

    def tick(self, seconds: float = 1) -> dt.datetime:
        """Let some time pass."""
        self.now += dt.timedelta(seconds=seconds)
        return self.now


@contextmanager
def clock_of(today: dt.date) -> Iterator[Clock]:
    """While it runs, Django's clock, which all rules ask, shows what the clock shows.

    Every question lets a millisecond pass: facts keep the order in which they were recorded.
    """
    clock = Clock(today)

    class Standing(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return clock.tick(0.001).astimezone(tz)

    with patch("django.utils.timezone.datetime", Standing):
        yield clock
