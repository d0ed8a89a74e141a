from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import single
from modules.questions.presenting import Part, Presented, Remark
from tests.modules.questions.samples import OPTIONS, definition


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "at least two are needed"),
        (OPTIONS[1:2], "at least two are needed"),
        (OPTIONS[2:], "no option is correct"),
        ([*OPTIONS, OPTIONS[1] | {"key": "e"}], "only one may be correct, but b, e are"),
    ],
)
def test_exactly_one_option_is_correct(options, message):
    with pytest.raises(DefinitionError, match=message):
        single.check(definition("single", options=options))


def test_presented_in_the_order_of_the_paper():
    question = definition("single", options=OPTIONS[:2])

    assert single.present(question, ["b", "a"], "ur") == Presented(
        kind="single",
        lang="en",
        stem="Which?",
        name="answer",
        parts=(Part("b", "Both families", "answer"), Part("a", "Cash", "answer")),
    )


def test_reads_the_option_chosen():
    assert single.read(QueryDict("answer=b&page=2")) == "b"
    assert single.read(QueryDict("answer=&page=2")) is None


@pytest.mark.parametrize("query", ["answer=a&answer=b", "answer=A", "answer=<b>", "answer=a%00"])
def test_malformed_value_is_refused(query):
    with pytest.raises(ResponseError) as refused:
        single.read(QueryDict(query))
    assert refused.value.code == "malformed"


def test_right_or_wrong():
    question = definition("single")

    assert [single.mark(question, key) for key in ("a", "b", None)] == [0, 1, 0]


def test_penalty_for_a_wrong_answer_but_not_for_none():
    question = definition("single", method="penalised")
    marks = [single.mark(question, key) for key in ("b", "a", None)]

    assert marks == [1, Fraction(-1, 3), 0]
    # 28 right, 9 wrong and 3 left out, of four options each
    assert 28 * marks[0] + 9 * marks[1] + 3 * marks[2] == 25


@pytest.mark.parametrize("response", ["z", ["b"], {"b": 1}, True, 7])
def test_response_of_another_question_is_refused(response):
    with pytest.raises(ResponseError) as refused:
        single.mark(definition("single"), response)
    assert refused.value.code == "unknown_part"


def test_feedback_says_right_wrong_and_missed():
    assert feedback(definition("single"), "a", "en").parts == (
        Remark("a", "a", "wrong", "One part only."),
        Remark("b", "", "missed", "The mix."),
        Remark("c", "", "", "One half."),
        Remark("d", "", "", "One area."),
    )
    assert feedback(definition("single"), "b", "en").parts[1].state == "right"
