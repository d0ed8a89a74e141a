"""Rows of a list of results become typed rows, or messages."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.keying import tokens_of
from learning.imports.answer_rows import AnswerRow, read_answers, sign_of

HEADINGS = ["Sticker", "Name", "Form", "1", "2", "3"]
SIGNS = ["A", "B", "AC", "BDE", "-", "1", "5", "0"]


def messages(*rows) -> list[str]:
    return [problem.message for problem in read_answers(rows).problems]


def test_a_column_for_each_question():
    reading = read_answers([HEADINGS, ["01-K", "Aamir", "A", "b", "", "A,C"], ["02-L", "", "A"]])

    (row,) = reading.rows
    assert row == AnswerRow(2, "01-K", "Aamir", "A", signs=("B", "-", "AC"))
    assert row.line_of(3) == "B-(AC)"
    assert (reading.empty, reading.problems) == (1, [])


def test_all_answers_in_one_cell_or_a_total():
    headings = ["Sticker", "Answers", "Total", "of"]
    rows = [headings, ["01-K", "ABC", "", ""], ["02-L", "", "11½", "20"]]

    first, second = read_answers(rows).rows

    assert (first.line_of(3), first.is_total) == ("ABC", False)
    assert (second.total, second.full, second.is_total) == ("11½", "20", True)


@pytest.mark.parametrize(
    "headings",
    [["sticker code", "Q1", "Question 2"], ["CODE", "۱", "۲"], ["Sticker", "១", "២"],
     ["02", "1", "Sticker"]],
)  # fmt: skip
def test_headings_of_any_language_in_any_order(headings):
    assert read_answers([headings, ["01-K", "A", "B"]]).problems == []


def test_headings_as_the_blank_list_writes_them():
    for language in ("en", "ur", "km", "lo"):
        with translation.override(language):
            headings = [str(text) for text in _columns()]
        assert read_answers([headings[:5], ["01-K", "", "A", "AB", ""]]).rows[0].answers == "AB"


def _columns():
    from learning.imports.answer_rows import COLUMNS  # noqa: PLC0415 (lazy texts of this moment)

    return COLUMNS.values()


@pytest.mark.parametrize(
    ("cell", "sign"),
    [("a", "A"), ("(A C)", "AC"), ("A;C", "AC"), ("", "-"), (" ", "-"), ("–", "-"), (".", "."),
     ("۵", "5"), ("0.5", "5"), ("½", "5"), ("0,5", "5"), ("1", "1"), ("\u200fB", "B")],
)  # fmt: skip
def test_a_cell_as_a_line_would_say_it(cell, sign):
    assert sign_of(cell) == sign


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=40).filter(lambda s: set(s) != {"-"}))
def test_columns_and_lines_say_the_same(signs):
    headings = ["Sticker", *(str(n) for n in range(1, len(signs) + 1))]
    (row,) = read_answers([headings, ["01-K", *signs]]).rows

    assert tokens_of(row.line_of(len(signs))) == signs


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_whatever_stands_in_a_file_gives_rows_or_messages(rows):
    reading = read_answers(rows)

    assert reading.problems or all(row.sticker for row in reading.rows)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["Name", "1"], ["Ali", "A"]], "No column is headed “Sticker”."),
        ([["Sticker", "Name"], ["01-K", "Ali"]], "No column holds answers or totals."),
        ([["Sticker", "1", "1"], ["01-K", "A", "B"]], "Two columns are headed “1”."),
        ([["Sticker", "1", "3"], ["01-K", "A", "B"]], "from 1 on; number 2 does not fit."),
        ([["Sticker", "1"], ["", "A"]], "This row has no sticker."),
        ([["Sticker", "1"], ["01-K", "=B2"]], "“=B2” looks like a formula"),
        ([["Sticker", "1", "Total"], ["01-K", "A", "7"]], "answers and a total. Keep one of them"),
        ([["Sticker", "1", "Answers"], ["01-K", "A", "A"]], "This row has the answers twice"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(rows, message):
    (found,) = messages(*rows)

    assert message in found


def test_columns_of_a_longer_form_may_stay_empty():
    (row,) = read_answers([HEADINGS, ["01-K", "", "B", "A", "B", ""]]).rows

    assert (row.line_of(2), row.line_of(3)) == ("AB", "AB-")


def test_what_is_not_read_is_told_and_comments_are_passed_over():
    rows = [["# made by hand"], ["Sticker", "Phone", "1"], ["# x", "", "A"], ["01-K", "0300", "A"]]

    reading = read_answers(rows)

    assert reading.left_out == ["Phone"]
    assert [row.row for row in reading.rows] == [4]
