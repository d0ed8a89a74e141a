from fractions import Fraction

import pytest
from django.http import QueryDict
from hypothesis import given

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import ordering
from modules.questions.presenting import Choice, Part, Remark
from tests.modules.questions.samples import ENGLISH, definition
from tests.modules.questions.strategies import definitions, trials

STEPS = ["rules", "problem", "decide", "date"]


def places(*steps: str) -> dict[str, int]:
    return {step: place for place, step in enumerate(steps, 1)}


@pytest.mark.parametrize(
    ("response", "exact", "run", "whole"),
    [
        (places(*STEPS), "1", "1", 1),
        (places("problem", "rules", "decide", "date"), "1/2", "2/3", 0),
        (places(*reversed(STEPS)), "0", "0", 0),
        (places("date", "rules", "problem", "decide"), "0", "2/3", 0),
        ({"rules": 1, "decide": 3}, "1/2", "1/3", 0),
        (dict.fromkeys(STEPS, 1), "0", "0", 0),
        (None, "0", "0", 0),
    ],
)
def test_known_marks_for_four_steps(response, exact, run, whole):
    question = definition("ordering")

    assert ordering.mark(question, response) == Fraction(exact)
    assert ordering.mark(question | {"method": "longest_run"}, response) == Fraction(run)
    assert ordering.mark(question | {"method": "all_or_nothing"}, response) == whole


def test_a_place_given_twice_is_worth_nothing():
    response = {"rules": 1, "problem": 1, "decide": 3, "date": 4}

    assert ordering.mark(definition("ordering"), response) == Fraction(1, 2)


def test_one_step_is_no_order():
    with pytest.raises(DefinitionError, match="at least two are needed"):
        ordering.check(definition("ordering", steps=ENGLISH["ordering"]["steps"][:1]))


def test_each_step_has_a_select_of_places():
    shown = ordering.present(definition("ordering"), ["date", *STEPS[:3]], "en")

    assert shown.parts[:2] == (
        Part("date", "Fix the next date", "step-date"),
        Part("rules", "Adopt the rules", "step-rules"),
    )
    assert shown.choices == tuple(Choice(place, place) for place in "1234")
    assert shown.name == ""


def test_without_an_order_the_keys_are_sorted_and_turned_when_that_is_the_answer():
    alphabetical = [{"key": key, "text": key} for key in "abcd"]

    assert [p.key for p in ordering.present(definition("ordering"), None, "en").parts] == [
        "date",
        "decide",
        "problem",
        "rules",
    ]
    shown = ordering.present(definition("ordering", steps=alphabetical), None, "en")
    assert [part.key for part in shown.parts] == ["b", "c", "d", "a"]


@trials
@given(definitions(("ordering",)))
def test_the_right_order_is_never_shown_unless_a_paper_says_so(question):
    right = [step["key"] for step in question["structure"]["steps"]]

    assert [part.key for part in ordering.present(question, None, "en").parts] != right
    assert [part.key for part in ordering.present(question, right, "en").parts] == right


def test_reads_the_places_that_were_chosen():
    post = QueryDict("step-b=1&step-a=12&step-c=&step-=3&other=1")

    assert ordering.read(post) == {"a": 12, "b": 1}
    assert ordering.read(QueryDict("step-a=&step-b=")) is None


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "999", "²", "1&step-a=2"])
def test_malformed_place_is_refused(value):
    with pytest.raises(ResponseError) as refused:
        ordering.read(QueryDict(f"step-a={value}"))
    assert refused.value.code == "malformed"


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ({"other": 1}, "unknown_part"),
        ({"rules": 5}, "unknown_part"),
        ({"rules": True}, "unknown_part"),
        ({"rules": "1"}, "unknown_part"),
        (["rules"], "malformed"),
    ],
)
def test_response_of_another_question_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        ordering.mark(definition("ordering"), response)
    assert refused.value.code == code


def test_feedback_names_the_right_place_of_each_step():
    said = feedback(definition("ordering"), {"rules": 1, "problem": 3, "decide": 3}, "en")

    assert said.parts == (
        Remark("rules", "1", "right", answer="1"),
        Remark("problem", "3", "wrong", answer="2"),
        Remark("decide", "3", "wrong", answer="3"),
        Remark("date", "", "missed", answer="4"),
    )
