"""Dates of which sometimes only the year or the month is known, as ISO text: "2022-06"."""

import datetime as dt
import re

from babel.dates import format_date, format_skeleton
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Whose habits a language follows where it has several: day before month.
TERRITORY = {"en": "en_GB"}
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def validate_partial_date(value: str) -> None:
    """Raises `ValidationError` unless `value` is a real "2022", "2022-06" or "2022-06-15"."""
    try:
        first_day(value)
    except ValueError:
        raise ValidationError(
            _("Write a date as 2022, 2022-06 or 2022-06-15."), code="partial_date"
        )


def first_day(value: str) -> dt.date:
    """The first day of the year, month or day that `value` names. Raises `ValueError`."""
    match = PARTIAL_DATE.fullmatch(value)
    if match is None:
        raise ValueError(value)
    year, month, day = match.groups()
    return dt.date(int(year), int(month or 1), int(day or 1))


def in_words(value: str, language: str) -> str:
    """ "2022-06-15" as "15 June 2022", "2022-06" as "June 2022", empty as empty.

    In the words and digits of `language`.
    """
    if not value:
        return ""
    day = first_day(value)
    locale = TERRITORY.get(language, language)
    parts = value.count("-")
    if parts == 2:  # noqa: PLR2004 (year, month and day)
        return format_date(day, format="long", locale=locale)
    return format_skeleton("yMMMM" if parts else "y", day, locale=locale)


def duration(minutes: int) -> str:
    """330 as "5 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("{minutes} min").format(minutes=rest)
    if not rest:
        return gettext("{hours} h").format(hours=hours)
    return gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)
