import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback, from_tables, to_table
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import numeric
from modules.questions.presenting import Presented, Remark
from tests.modules.questions.samples import definition, english


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("9.801", 1), ("9.999", 1), ("9,9", 1), ("۹٫۹", 1), ("9.8009", 0), ("9.9991", 0), (None, 0)],
)
def test_range_of_9_9_with_one_per_cent_includes_its_ends(typed, mark):
    question = definition("numeric", answer="9.9", min="9.801", max="9.999")

    assert numeric.mark(question, typed) == mark


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"min": "74", "max": "73"}, "min: 74 is more than max, 73"),
        ({"answer": "80"}, "answer: it lies outside min and max"),
        ({"answer": "about 73"}, "answer: write a plain number in quotes"),
        ({"max": "73,4"}, "max: write a plain number in quotes"),
    ],
)
def test_answer_lies_in_its_range(changes, message):
    with pytest.raises(DefinitionError, match=message):
        numeric.check(definition("numeric", **changes))


def test_number_without_quotes_is_refused():
    with pytest.raises(DefinitionError, match='"answer" must be text in quotes'):
        definition("numeric", answer=73.3)


def test_presented_with_its_unit():
    assert numeric.present(definition("numeric"), None, "en") == Presented(
        kind="numeric", lang="en", stem="22 of 30, in per cent?", unit="%", name="answer"
    )


def test_unit_may_be_empty_but_not_in_one_language_only():
    urdu = {"stem": "؟", "feedback_wrong": "تقسیم", "feedback": "۷۳"}
    without_unit = english("numeric") | {"unit": ""}

    assert from_tables(without_unit, {"ur": urdu})["texts"]["ur"]["unit"] == ""
    assert "unit" not in to_table(from_tables(without_unit, {}), "en")
    with pytest.raises(DefinitionError, match='ur: "unit" is empty'):
        from_tables(english("numeric"), {"ur": urdu})


def test_text_is_kept_as_typed():
    assert numeric.read(QueryDict("answer=+۷۳٫۳+٪+")) == "۷۳٫۳ ٪"
    assert numeric.read(QueryDict("answer=+")) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("much", "not_a_number"), ("22,000", "two_readings"), ("1/2", "not_a_number")],
)
def test_what_cannot_be_read_is_refused_at_once(typed, code):
    with pytest.raises(ResponseError) as refused:
        numeric.read(QueryDict(f"answer={typed}"))
    assert refused.value.code == code


def test_unit_of_any_language_of_the_question_may_follow():
    urdu = {"stem": "؟", "unit": "فیصد", "feedback_wrong": "تقسیم", "feedback": "۷۳"}
    question = from_tables(english("numeric"), {"ur": urdu})

    assert numeric.mark(question, "73.3 فیصد") == numeric.mark(question, "۷۳٫۳ per cent") == 1


@pytest.mark.parametrize(("response", "code"), [("73.3 people", "other_unit"), (73, "malformed")])
def test_response_that_does_not_fit_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        numeric.mark(definition("numeric"), response)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("response", "remark"),
    [
        ("73,3", Remark("answer", "73,3", "right", "", "73.3")),
        ("22", Remark("answer", "22", "wrong", "Divide 22 by 30.", "73.3")),
        (None, Remark("answer", "", "missed", "Divide 22 by 30.", "73.3")),
    ],
)
def test_feedback_shows_the_way_when_it_was_not_found(response, remark):
    assert feedback(definition("numeric"), response, "en").parts == (remark,)
