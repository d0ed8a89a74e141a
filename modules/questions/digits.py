"""Numbers as people write them: in the digits of any script, with marks of any of our languages.

The comma is the hard part. In 22,000 it parts thousands for one reader and opens decimals for the
next, so such a number is refused rather than marked wrong by a guess. A single point always opens
decimals: 66.667 is a likely answer.
"""

import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction

LONGEST = 60  # characters, unit included
PER_CENT = frozenset({"%", "percent", "per cent"})

WRITTEN = re.compile(
    r"(?:(?P<before>(?:[^\W\d_]|[$€£₨៛₭])[^\x00-\x1f\d+\-.,٫٬']*+\.?+) ?)?"
    r"(?P<sign>[+-]?) ?(?P<number>[.,٫]?\d(?:[\d.,٫٬' ]*\d)?) ?"
    r"(?P<unit>(?:[^\W\d_]|[%°€$£₨៛₭])[^\x00-\x1f]*)?",
)
WESTERN_GROUPS = re.compile(r"\d{1,3}([.,٬' ])\d{3}(?:\1\d{3})*")
SOUTH_ASIAN_GROUPS = re.compile(r"\d{1,2}([.,٬' ])(?:\d{2}\1)+\d{3}")
ONE_COMMA_IN_DOUBT = re.compile(r"[1-9]\d{0,2},\d{3}")
SAME_MARK = str.maketrans("،−–’٪%", ",--'%%")


class NumberError(ValueError):
    """The text is no number. `code`: `not_a_number`, `two_readings` or `other_unit`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def read_number(text: str, units: Collection[str] | None = None) -> Fraction:
    """The number that `text` writes, exactly; a unit beside it does not change the number.

    `units` names the units that may stand there ("%" also allows "per cent"); None allows any.
    Raises `NumberError`, a `ValueError`.
    """
    written = WRITTEN.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if written is None:
        raise NumberError("This is not a number.", "not_a_number")
    for unit in filter(None, (written["before"], written["unit"])):
        if units is not None and _unit(unit) not in _spellings(units):
            raise NumberError(f'"{unit}" is not the unit asked for.', "other_unit")
    value = _value(written["number"])
    return -value if written["sign"] == "-" else value


def readings_of(text: str, units: Collection[str] | None = None) -> list[Fraction]:
    """Every number that `text` may write, where nobody is there to ask; none for no number.

    `units` as for `read_number`.
    """
    try:
        return [read_number(text, units)]
    except NumberError as error:
        if error.code != "two_readings":
            return []
    plain = _plain(text)
    return [read_number(plain.replace(",", mark), units) for mark in ("", ".")]


def _plain(text: str) -> str:
    """Digits as 0-9, one sort of space, minus and comma; without marks that only steer layout."""
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    digits = (str(unicodedata.decimal(char, char)) for char in visible)
    return " ".join("".join(digits).translate(SAME_MARK).split())


def _unit(text: str) -> str:
    return unicodedata.normalize("NFKC", _plain(text)).casefold().rstrip(".")


def _spellings(units: Collection[str]) -> set[str]:
    named = {_unit(unit) for unit in units}
    return named | PER_CENT if named & PER_CENT else named


def _value(number: str) -> Fraction:
    mark = _decimal_mark(number)
    whole, _, decimals = number.rpartition(mark) if mark else (number, "", "0")
    grouped = WESTERN_GROUPS.fullmatch(whole) or SOUTH_ASIAN_GROUPS.fullmatch(whole)
    if not decimals.isdigit() or not (grouped or whole.isdigit() or whole == ""):
        raise NumberError("This is not a number.", "not_a_number")
    digits = "".join(char for char in whole if char.isdigit())
    return int(digits or "0") + Fraction(int(decimals), 10 ** len(decimals))


def _decimal_mark(number: str) -> str:
    """The mark that opens the decimals, or "". Of point and comma it is the later one."""
    if ONE_COMMA_IN_DOUBT.fullmatch(number):
        raise NumberError("The comma can be read in two ways.", "two_readings")
    if "٫" in number:
        return "٫"
    last = max(".", ",", key=number.rfind)
    is_alone = number.count(last) == 1
    return last if is_alone else ""
