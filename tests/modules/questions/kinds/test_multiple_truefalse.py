from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import multiple_truefalse
from modules.questions.presenting import Choice, Part, Remark
from tests.modules.questions.samples import ENGLISH, definition

STATEMENTS = ENGLISH["multiple_truefalse"]["statements"]


def judged(true: str = "", false: str = "") -> dict[str, str]:
    return dict.fromkeys(true, "true") | dict.fromkeys(false, "false")


@pytest.mark.parametrize(
    ("response", "share", "whole", "half"),
    [
        (judged("ac", "bde"), "1", 1, "1"),
        (judged("abc", "de"), "4/5", 0, "1/2"),
        (judged("abcde"), "2/5", 0, "0"),
        (judged("bde", "ac"), "0", 0, "0"),
        # What is left undecided is not right, also where it is false.
        (judged("ac"), "2/5", 0, "0"),
        (judged("ac", "b"), "3/5", 0, "1/2"),
        (None, "0", 0, "0"),
        ({}, "0", 0, "0"),
    ],
)
def test_known_marks_for_five_statements(response, share, whole, half):
    question = definition("multiple_truefalse")

    assert multiple_truefalse.mark(question, response) == Fraction(share)
    assert multiple_truefalse.mark(question | {"method": "all_or_nothing"}, response) == whole
    assert multiple_truefalse.mark(question | {"method": "half_if_most"}, response) == Fraction(
        half
    )


def test_exactly_half_is_not_most():
    question = definition("multiple_truefalse", statements=STATEMENTS[:4], method="half_if_most")

    assert multiple_truefalse.mark(question, judged("ac")) == 0
    assert multiple_truefalse.mark(question, judged("ac", "b")) == Fraction(1, 2)


def test_one_statement_is_a_true_false_question():
    with pytest.raises(DefinitionError, match="statements: at least two are needed"):
        multiple_truefalse.check(definition("multiple_truefalse", statements=STATEMENTS[:1]))


def test_all_may_be_true():
    statements = [row | {"correct": True} for row in STATEMENTS]

    multiple_truefalse.check(definition("multiple_truefalse", statements=statements))


def test_presented_in_the_order_of_the_paper_with_a_name_each():
    question = definition("multiple_truefalse", statements=STATEMENTS[:2])
    shown = multiple_truefalse.present(question, ["b", "a"], "en")

    assert shown.parts == (
        Part("b", "It is b.", "statement-b"),
        Part("a", "It is a.", "statement-a"),
    )
    assert shown.choices == (Choice("true", ""), Choice("false", ""))
    assert shown.name == ""


def test_reads_what_was_decided():
    post = QueryDict("statement-b=false&statement-a=true&statement-c=&statement-=true&other=true")

    assert multiple_truefalse.read(post) == {"a": "true", "b": "false"}
    assert multiple_truefalse.read(QueryDict("statement-a=")) is None


def test_both_at_once_are_refused():
    with pytest.raises(ResponseError) as refused:
        multiple_truefalse.read(QueryDict("statement-a=true&statement-a=false"))
    assert refused.value.code == "malformed"


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ({"z": "true"}, "unknown_part"),
        ({"a": "yes"}, "unknown_part"),
        ({"a": True}, "unknown_part"),
        ({"a": ["true"]}, "unknown_part"),
        (["a"], "malformed"),
        ("true", "malformed"),
    ],
)
def test_response_of_another_question_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        multiple_truefalse.mark(definition("multiple_truefalse"), response)
    assert refused.value.code == code


def test_feedback_says_what_each_statement_is():
    said = feedback(definition("multiple_truefalse"), judged("ab"), "en")

    assert said.parts[:4] == (
        Remark("a", "true", "right", "On a.", "true"),
        Remark("b", "true", "wrong", "On b.", "false"),
        Remark("c", "", "missed", "On c.", "true"),
        Remark("d", "", "missed", "On d.", "false"),
    )
