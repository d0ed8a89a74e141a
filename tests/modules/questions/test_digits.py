from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.questions.digits import NumberError, read_number, readings_of
from tests.modules.questions.strategies import trials

SCRIPTS = [
    "0123456789",
    "۰۱۲۳۴۵۶۷۸۹",
    "٠١٢٣٤٥٦٧٨٩",
    "០១២៣៤៥៦៧៨៩",
    "໐໑໒໓໔໕໖໗໘໙",
    "０１２３４５６７８９",
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("73.3", "73.3"),
        ("73,3", "73.3"),
        ("۷۳٫۳", "73.3"),
        ("٧٣٫٣", "73.3"),
        ("៧៣,៣", "73.3"),
        ("໗໓.໓", "73.3"),
        ("66.667", "66.667"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1 234,567", "1234.567"),
        (".5", "0.5"),
        ("+7", "7"),
        ("-7", "-7"),
        ("− 7,5", "-7.5"),
        ("۲۲٬۰۰۰", "22000"),
        ("22 000", "22000"),
        ("22\u2009000", "22000"),
        ("22\u202f000\u00a0000", "22000000"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1,234.5", "1234.5"),
        ("12,34,567.50", "1234567.5"),
        ("\u200f۷۳\u200e", "73"),
        ("007", "7"),
    ],
)
def test_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize("text", ["73.3%", "73.3 %", "۷۳٫۳٪", "73.3 per cent", "73,3 Percent."])
def test_per_cent_after_the_number_is_the_same_unit_in_all_spellings(text):
    assert read_number(text, units=["%"]) == Fraction("73.3")


def test_a_named_unit_may_follow():
    assert read_number("33 People", units=["people", "لوگ"]) == 33
    assert read_number("۳۳ لوگ", units=["people", "لوگ"]) == 33
    assert read_number("12 km2", units=["km2"]) == 12


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rs 500", 500),
        ("Rs.500", 500),
        ("PKR 1,00,000", 100000),
        ("៛ ៥០០", 500),
        ("rs -7.5 Rs", -7.5),
    ],
)
def test_a_unit_may_stand_before_the_number(text, value):
    assert read_number(text, units=["Rs", "PKR", "៛"]) == Fraction(value)


@pytest.mark.parametrize("text", ["$ 500", "about 500", "Rs 500 million"])
def test_another_unit_before_or_after_is_refused(text):
    with pytest.raises(NumberError) as refused:
        read_number(text, units=["Rs"])
    assert refused.value.code == "other_unit"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("22,000", [22000, 22]),
        ("۲۲،۰۰۰ Rs", [22000, 22]),
        ("22", [22]),
        ("22 kg", []),
        ("many", []),
    ],
)
def test_every_reading_of_a_number(text, readings):
    assert readings_of(text, ["Rs"]) == readings


@pytest.mark.parametrize("text", ["5 million", "5 %", "5 per cent"])
def test_another_unit_is_refused(text):
    with pytest.raises(NumberError, match="is not the unit asked for") as refused:
        read_number(text, units=["people"])
    assert refused.value.code == "other_unit"


def test_a_number_has_sixty_characters_at_most():
    assert read_number("0" * 59 + "7") == 7
    with pytest.raises(NumberError):
        read_number("0" * 60 + "7")


@pytest.mark.parametrize("text", ["22,000", "۲۲،۰۰۰", "1,234 Rs", "-1,234"])
def test_a_comma_that_may_part_thousands_or_decimals_is_refused(text):
    with pytest.raises(NumberError) as refused:
        read_number(text)
    assert refused.value.code == "two_readings"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "--5",
        "seven",
        "1/2",
        "5-6",
        "5.",
        "²",
        "½",
        "٫",
        "5\x00",
        "5 kg\x00",
        "9" * 61,
    ],
)
def test_what_is_no_number_is_a_value_error(text):
    with pytest.raises(ValueError, match="not a number"):
        read_number(text)


@pytest.mark.parametrize(
    "text",
    ["1.2.3", "1 2 3", "12,3456,7", "1,2,3.4", "1.234,5,6", "1٫2٫3", "1,23 456", "1 234,567 8"],
)
def test_marks_that_part_no_thousands_are_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        read_number(text)


@trials
@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(SCRIPTS), st.sampled_from(".٫"))
def test_every_script_says_the_same(number, digits, mark):
    written = f"{number:f}".translate(str.maketrans("0123456789.", digits + mark))

    assert read_number(written) == Fraction(number)


@trials
@given(st.integers(0, 10**12), st.sampled_from(" \u2009٬'"))
def test_groups_of_three_do_not_change_a_number(number, mark):
    assert read_number(f"{number:,}".replace(",", mark)) == number


@trials
@given(st.text("0123456789۰۵៣໗.,٫٬ -+%abc²½\u200f", max_size=12))
def test_any_text_is_a_number_or_a_value_error(text):
    with suppress(NumberError):
        assert isinstance(read_number(text), Fraction)
