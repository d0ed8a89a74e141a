import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback, from_tables, sha_of, to_table
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import short
from modules.questions.presenting import Presented, Remark
from tests.modules.questions.samples import definition, english


def rubric(*marks: str) -> list[dict[str, str]]:
    return [{"mark": mark, "text": "…"} for mark in marks]


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ((), "must begin with the mark 0 and end with 1"),
        (("0", "0.5"), "must begin with the mark 0 and end with 1"),
        (("0.5", "1"), "must begin with the mark 0 and end with 1"),
        (("0", "2", "1"), "must rise"),
        (("0", "0.5", "0.50", "1"), "must rise"),
        (("0", "half", "1"), "plain number"),
    ],
)
def test_rubric_rises_from_0_to_1(marks, message):
    with pytest.raises(DefinitionError, match=message):
        short.check(definition("short", rubric=rubric(*marks)))


def test_two_levels_are_enough():
    short.check(definition("short", rubric=rubric("0", "1")))


def test_a_person_marks_what_was_written():
    question = definition("short")

    assert short.mark(question, "It helps.") is None
    assert short.mark(question, None) == 0
    assert short.mark(question, "") == 0


def test_presented_without_model_and_rubric():
    assert short.present(definition("short"), None, "en") == Presented(
        kind="short", lang="en", stem="What is it?", name="answer"
    )


def test_text_is_read_with_plain_line_ends_and_no_control_characters():
    assert short.read(QueryDict("answer=+One%0D%0Atwo%00+%1B")) == "One\ntwo"
    assert short.read(QueryDict("answer=+%0A%00")) is None


def test_too_long_text_is_refused():
    with pytest.raises(ResponseError) as refused:
        short.read(QueryDict("answer=" + "a" * 5001))
    assert refused.value.code == "too_long"
    assert short.read(QueryDict("answer=" + "a" * 5000)) == "a" * 5000


@pytest.mark.parametrize(("response", "code"), [(["text"], "malformed"), ("a" * 5001, "too_long")])
def test_response_that_is_no_text_of_this_length_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        short.mark(definition("short"), response)
    assert refused.value.code == code


# --- with a list of accepted answers

LIST = "payroll tax\ncontribut*"


@pytest.mark.parametrize(
    ("method", "response", "mark"),
    [
        ("by_hand", " Payroll  TAX ", 1),
        ("by_hand", "Donors", None),
        ("by_hand", None, 0),
        ("list_only", "Contributions", 1),
        ("list_only", "Donors", 0),
        ("list_only", None, 0),
    ],
)
def test_list_gives_the_full_mark_and_leaves_the_rest(method, response, mark):
    question = definition("short", accepted=LIST, method=method)

    short.check(question)

    assert short.mark(question, response) == mark


def test_answer_in_one_language_is_compared_with_the_lists_of_all():
    urdu = {"stem": "؟", "accepted": "ٹیکس", "model": "م", "feedback": "ت"}
    urdu["rubric"] = rubric("0", "0.5", "1")
    question = from_tables(english("short") | {"accepted": "tax"}, {"ur": urdu})

    assert short.mark(question, "ٹیکس") == short.mark(question, "Tax") == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"method": "list_only"}, '"list_only" needs a list'),
        ({"accepted": "*"}, "each line needs more"),
    ],
)
def test_list_must_say_something(changes, message):
    with pytest.raises(DefinitionError, match=message):
        short.check(definition("short", **changes))


@pytest.mark.parametrize(
    ("method", "response", "parts"),
    [
        ("by_hand", "Payroll tax", (Remark("answer", "Payroll tax", "right"),)),
        ("by_hand", "Donors", ()),
        ("list_only", "Donors", (Remark("answer", "Donors", "wrong"),)),
    ],
)
def test_feedback_says_what_the_list_says(method, response, parts):
    question = definition("short", accepted=LIST, method=method)

    assert feedback(question, response, "en").parts == parts


def test_list_is_not_presented_and_comes_out_as_it_went_in():
    question = definition("short", accepted=LIST)

    assert "payroll" not in repr(short.present(question, None, "en"))
    assert to_table(question, "en")["accepted"] == LIST


def test_without_a_list_the_hash_is_what_it_always_was():
    frozen = "7dd47c7320d7f336acbeec60e9fc3dc9961e31af5bde835975a2d09283f65ce3"

    assert sha_of(definition("short")) == frozen
