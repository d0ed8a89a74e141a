import pytest
from django.http import QueryDict

from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import short
from modules.questions.presenting import Presented
from tests.modules.questions.samples import definition


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
