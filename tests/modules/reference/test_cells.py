"""No cell is a formula, and every text comes back."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.reference.cells import FORMULA, MARK, exact, from_csv, neutralised, restored, to_csv

PAYLOADS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    "''=1",
    "＝1",
    '=HYPERLINK("http://x","y")',
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_formula_is_text_in_the_file_and_itself_again_afterwards(text):
    cell = neutralised(text)

    assert not cell.startswith(FORMULA)
    assert restored(cell) == text


@pytest.mark.parametrize("text", ["", "Aamir", "'Aamir'", "O'Neill", "07-K", "3 - 4", "ـ"])
def test_ordinary_text_is_left_alone(text):
    assert neutralised(text) == text
    assert restored(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_and_is_no_formula(text):
    file = to_csv([["a", text], [text, 3]])

    assert from_csv(file) == [["a", text], [text, "3"]]
    cells = [c for row in csv.reader(io.StringIO(file.removeprefix(MARK), newline="")) for c in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


def test_file_begins_with_the_mark_of_utf8_and_keeps_numbers():
    assert to_csv([["Größe", -5, None]]) == "\ufeffGröße,-5,\r\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [("23/2", "11.5"), ("10", "10"), ("0", "0"), ("1/3", "0 1/3"), ("-1/4", "-0.25"),
     ("34/3", "11 1/3"), ("-4/3", "-1 1/3"), ("-1/3", "-0 1/3"), ("300", "300")],
)  # fmt: skip
def test_numbers_lose_nothing_and_are_no_date(value, written):
    assert str(exact(Fraction(value))) == written
