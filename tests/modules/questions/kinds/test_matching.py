from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import matching
from modules.questions.presenting import Choice, Part, Presented, Remark
from tests.modules.questions.samples import ENGLISH, definition

PREMISES = ENGLISH["matching"]["premises"]
RESPONSES = ENGLISH["matching"]["responses"]


@pytest.mark.parametrize(
    ("response", "per_pair", "whole"),
    [
        ({"a": "x", "b": "x", "c": "y"}, "1", 1),
        ({"a": "x", "b": "y", "c": "x"}, "1/3", 0),
        ({"a": "x"}, "1/3", 0),
        ({"c": "x"}, "0", 0),
        (None, "0", 0),
    ],
)
def test_known_marks_for_three_pairs(response, per_pair, whole):
    question = definition("matching")

    assert matching.mark(question, response) == Fraction(per_pair)
    assert matching.mark(question | {"method": "all_or_nothing"}, response) == whole


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"premises": PREMISES[:1]}, "premises: at least two are needed"),
        ({"responses": RESPONSES[:1]}, "responses: at least two are needed"),
        (
            {"premises": [*PREMISES[:2], PREMISES[2] | {"match": "z"}]},
            'premises, "c": there is no response "z"',
        ),
    ],
)
def test_every_match_leads_to_a_response(changes, message):
    with pytest.raises(DefinitionError, match=message):
        matching.check(definition("matching", **changes))


def test_responses_stand_in_the_order_of_the_paper():
    question = definition("matching", premises=PREMISES[1:])

    assert matching.present(question, ["y", "x"], "en") == Presented(
        kind="matching",
        lang="en",
        stem="Who pays?",
        name="",
        parts=(Part("b", "ESSI", "premise-b"), Part("c", "Ehsaas", "premise-c")),
        choices=(Choice("y", "Taxes"), Choice("x", "Payroll")),
    )


def test_reads_the_pairs_that_were_chosen():
    post = QueryDict("premise-b=y&premise-a=x&premise-c=&premise-=x&other=1")

    assert matching.read(post) == {"a": "x", "b": "y"}
    with pytest.raises(ResponseError):
        matching.read(QueryDict("premise-a=X+Y"))


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ({"z": "x"}, "unknown_part"),
        ({"a": "z"}, "unknown_part"),
        ({"a": ["x"]}, "unknown_part"),
        (["a"], "malformed"),
    ],
)
def test_response_of_another_question_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        matching.mark(definition("matching"), response)
    assert refused.value.code == code


def test_feedback_names_the_right_response_of_each_premise():
    said = feedback(definition("matching"), {"a": "x", "b": "y"}, "en")

    assert said.parts == (
        Remark("a", "x", "right", "Employers.", "x"),
        Remark("b", "y", "wrong", "Employers too.", "x"),
        Remark("c", "", "missed", "The state.", "y"),
    )
