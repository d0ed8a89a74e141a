"""Years, half-years and quarters, as addresses name them: "2026", "2026-H1", "2026-Q3".

"to-2026-Q3" is everything until the end of the quarter.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_interval
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modules.reference.dates import TERRITORY, in_words

CODE = re.compile(r"(to-)?(\d{4})(?:-(H[12]|Q[1-4]))?")
UNTIL = "to-"
BEGINNING = date(1970, 1, 1)  # before anything on record
MONTHS = 12
PARTS = {"H": 6, "Q": 3}  # months of each


@dataclass(frozen=True, order=True)
class Period:
    """All days from `first` to `last`."""

    first: date
    last: date
    code: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.in_words()

    @property
    def year(self) -> int:
        return self.last.year

    @property
    def until(self) -> str:
        """The code of everything until its end."""
        return UNTIL + self.code.removeprefix(UNTIL)

    @property
    def is_quarter(self) -> bool:
        return "-Q" in self.code

    def has_ended(self, today: date) -> bool:
        return self.last < today

    def in_words(self) -> str:
        """In the reader's language: "2026", "January – June 2026", "Until June 2026"."""
        if self.code == str(self.year):
            return self.code
        if self.code.startswith(UNTIL):
            month = in_words(f"{self.last:%Y-%m}", get_language() or "en")
            return _("Until {month}").format(month=month)
        language = get_language() or "en"
        locale = TERRITORY.get(language, language)
        return format_interval(self.first, self.last, "yMMMM", locale=locale)


def period(code: str) -> Period:
    """The period that `code` names. Raises `ValueError`."""
    match = CODE.fullmatch(code)
    if match is None:
        raise ValueError(code)
    year, part = int(match[2]), match[3]
    months = PARTS[part[0]] if part else MONTHS
    last_month = months * (int(part[1]) if part else 1)
    first = BEGINNING if match[1] else date(year, last_month - months + 1, 1)
    return Period(first, date(year, last_month, calendar.monthrange(year, last_month)[1]), code)


def is_until(code: str) -> bool:
    """Whether the code names everything until the end of some period."""
    try:
        return code.startswith(UNTIL) and bool(period(code))
    except ValueError:
        return False


def periods_of(year: int) -> list[Period]:
    """A year, its halves and its quarters."""
    codes = ["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"]
    return [period(f"{year}{part}") for part in codes]


def last_quarter(today: date | None = None) -> Period:
    """The quarter that ended last."""
    day = today or timezone.localdate()
    number = (day.month - 1) // 3
    return period(f"{day.year}-Q{number}" if number else f"{day.year - 1}-Q4")
