"""Moments and marks in the words of the reader's language."""

from datetime import date, datetime
from fractions import Fraction

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from modules.reference.dates import TERRITORY, in_words
from modules.reference.lists import left_to_right

register = template.Library()

# Shares that have a sign of their own; others are shown with two decimals.
SIGNS = {
    Fraction(1, 2): "½",
    Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
    Fraction(1, 4): "¼",
    Fraction(3, 4): "¾",
}


@register.filter
def day(moment: datetime | date | None) -> str:
    """The day of `moment` where the site is, in words: "21 November 2026"."""
    if moment is None:
        return ""
    local = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return in_words(local.isoformat(), get_language() or "en")


@register.filter
def weekday(value: date) -> str:
    """A day with its name: "Thursday, 12 November 2026"."""
    language = get_language() or "en"
    return format_date(value, format="full", locale=TERRITORY.get(language, language))


@register.filter
def short_weekday(value: date) -> str:
    """The same where there is little room: "Thu 12 Nov"."""
    language = get_language() or "en"
    return format_skeleton("MMMEd", value, locale=TERRITORY.get(language, language))


@register.filter
def day_name(value: date) -> str:
    """The day of the week, short: "Thu"."""
    return format_date(value, format="EEE", locale=get_language() or "en")


@register.filter
def clock(moment: datetime | None) -> str:
    """The time of day of `moment` where the site is: "10:42"."""
    if moment is None:
        return ""
    return format_time(timezone.localtime(moment), "HH:mm", locale=get_language() or "en")


@register.filter
def moment(value: datetime) -> str:
    """Day and time of day where the site is: "21 November 2026, 10:42"."""
    order = str(get_datetime_format("medium", locale=get_language() or "en"))
    return order.replace("{1}", day(value)).replace("{0}", clock(value))


@register.filter
def marks(value: Fraction) -> str:
    """Exact marks as people write them: "11½"; what has no sign is cut after two decimals."""
    if value < 0:  # where wrong choices cost marks
        return left_to_right(f"−{marks(-value)}")
    whole, rest = divmod(value, 1)
    if not rest:
        return str(whole)
    if rest in SIGNS and value > 0:
        return f"{whole or ''}{SIGNS[rest]}"
    cut = Fraction(int(value * 100), 100)
    return format_decimal(float(cut), format="0.##", locale=get_language() or "en")


@register.filter
def signed(points: float) -> str:
    """A change in points, rounded to a tenth: "+14.1", "−3.0"."""
    rounded = round(points, 1)
    digits = format_decimal(abs(rounded), format="0.0", locale=get_language() or "en")
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{digits}"


@register.filter
def tenths(share: Fraction) -> str:
    """A share in per cent, rounded to a tenth: 23/30 is 76.7."""
    return format_decimal(float(share * 100), format="0.0", locale=get_language() or "en")


@register.filter
def percent(share: Fraction) -> int:
    """Whole per cent of a share, cut and never rounded up: 23/30 is 76."""
    return int(share * 100)
