"""Values of the law with their unit and place, in words of the reader's language.

A unit stands in the data as an English text; each is a sentence here, which translators turn as
their language needs. A unit that is not listed is shown as it is written.
"""

from contextlib import suppress
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import gettext_lazy as _

UNITS = {
    "PKR": _("PKR {value}"),
    "PKR per month": _("PKR {value} a month"),
    "KHR": _("KHR {value}"),
    "KHR per month": _("KHR {value} a month"),
    "LAK per month": _("LAK {value} a month"),
    "USD": _("USD {value}"),
    "minutes": _("{value} minutes"),
    "percent": _("{value}%"),
    # xgettext:no-python-format
    "percent a day": _("{value}% a day"),
    # xgettext:no-python-format
    "percent above the minimum wage": _("{value}% above the minimum wage"),
    # xgettext:no-python-format
    "percent loss of capacity": _("{value}% loss of capacity"),
    # xgettext:no-python-format
    "percent of income above a threshold": _("{value}% of income above a threshold"),
    # xgettext:no-python-format
    "percent of members": _("{value}% of members"),
    # xgettext:no-python-format
    "percent of the last wages": _("{value}% of the last wages"),
    # xgettext:no-python-format
    "percent of the minimum wage": _("{value}% of the minimum wage"),
    # xgettext:no-python-format
    "percent of the principal": _("{value}% of the principal"),
    # xgettext:no-python-format
    "percent of those who came": _("{value}% of those who came"),
    # xgettext:no-python-format
    "percent of wages": _("{value}% of wages"),
    # xgettext:no-python-format
    "percent of workers": _("{value}% of workers"),
    "times the daily sickness rate": _("{value} times the daily sickness rate"),
    "divisor": _("divided by {value}"),
    "day of the month": _("day {value} of the month"),
    "days": _("{value} days"),
    "days after the event": _("{value} days after the event"),
    "days in a year": _("{value} days in a year"),
    "days in the last 6 months": _("{value} days in the last 6 months"),
    "days in the last 12 months": _("{value} days in the last 12 months"),
    "weeks": _("{value} weeks"),
    "month": _("{value} month"),
    "years": _("{value} years"),
    "people": _("{value} people"),
    "worker": _("{value} worker"),
    "workers": _("{value} workers"),
}
# Parts of countries; the countries themselves are named by Babel.
PLACES = {
    "PK-BA": _("Balochistan"),
    "PK-GB": _("Gilgit-Baltistan"),
    "PK-IS": _("Islamabad Capital Territory"),
    "PK-JK": _("Azad Jammu and Kashmir"),
    "PK-KP": _("Khyber Pakhtunkhwa"),
    "PK-PB": _("Punjab"),
    "PK-SD": _("Sindh"),
}


def amount(value: str, unit: str, language: str) -> str:
    """ "22000" and "PKR per month" as "PKR 22,000 a month"; a value that is no number stays."""
    with suppress(InvalidOperation):
        value = format_decimal(Decimal(value), locale=language)
    return str(UNITS.get(unit, f"{{value}} {unit}")).replace("{value}", value)


def place(code: str, language: str) -> str:
    """The name of an ISO 3166 code; a code that nobody knows stays as it is."""
    name = PLACES.get(code) or Locale.parse(language).territories.get(code)
    return str(name or code)
