from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import multiple
from tests.modules.questions.samples import ENGLISH, definition

OPTIONS = ENGLISH["multiple"]["options"]  # a and c of a-e are correct


@pytest.mark.parametrize(
    ("method", "three", "everything", "key"),
    [
        ("plus_minus", "1/2", "0", "1"),
        ("all_or_nothing", "0", "0", "1"),
        ("per_decision", "4/5", "2/5", "1"),
        ("half_if_most", "1/2", "0", "1"),
    ],
)
def test_known_marks_for_a_and_c_of_five(method, three, everything, key):
    question = definition("multiple", method=method)

    assert multiple.mark(question, ["a", "b", "c"]) == Fraction(three)
    assert multiple.mark(question, ["a", "b", "c", "d", "e"]) == Fraction(everything)
    assert multiple.mark(question, ["a", "c"]) == Fraction(key)
    assert multiple.mark(question, []) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (OPTIONS[3:], "no option is correct"),
        (OPTIONS[:1], "at least two are needed"),
        ([OPTIONS[0], OPTIONS[2]], "all are correct"),
    ],
)
def test_some_options_are_correct_and_some_are_not(options, message):
    with pytest.raises(DefinitionError, match=message):
        multiple.check(definition("multiple", options=options))


def test_reads_every_option_chosen():
    assert multiple.read(QueryDict("answer=c&answer=a&answer=c&answer=")) == ["a", "c"]
    assert multiple.read(QueryDict("other=c")) is None
    with pytest.raises(ResponseError):
        multiple.read(QueryDict("answer=a&answer=B!"))


@pytest.mark.parametrize(
    ("response", "code"),
    [(["a", "z"], "unknown_part"), ([["a"]], "unknown_part"), ("a", "malformed")],
)
def test_response_of_another_question_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        multiple.mark(definition("multiple"), response)
    assert refused.value.code == code


def test_feedback_says_right_wrong_and_missed():
    said = feedback(definition("multiple"), ["a", "b"], "en")

    assert [part.state for part in said.parts] == ["right", "wrong", "missed", "", ""]
    assert [part.chosen for part in said.parts] == ["a", "b", "", "", ""]
    assert said.parts[2].text == "Why c."
