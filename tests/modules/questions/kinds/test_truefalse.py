import pytest

from modules.questions.errors import DefinitionError
from modules.questions.kinds import truefalse
from modules.questions.presenting import Part
from tests.modules.questions.samples import ENGLISH, definition

TRUE, FALSE = ENGLISH["truefalse"]["options"]


def test_words_for_true_and_false_are_left_to_the_page():
    shown = truefalse.present(definition("truefalse"), None, "en")

    assert shown.parts == (Part("true", "", "answer"), Part("false", "", "answer"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([TRUE], 'the keys must be "true" and "false"'),
        ([TRUE, FALSE | {"key": "no"}], 'the keys must be "true" and "false"'),
        ([TRUE, FALSE | {"correct": False}], "no option is correct"),
        ([TRUE | {"correct": True}, FALSE], "only one may be correct, but false, true are"),
    ],
)
def test_true_and_false_and_one_of_them_correct(options, message):
    with pytest.raises(DefinitionError, match=message):
        truefalse.check(definition("truefalse", options=options))


@pytest.mark.parametrize(("method", "wrong"), [("right_or_wrong", 0), ("penalised", -1)])
def test_marks(method, wrong):
    question = definition("truefalse", method=method)

    assert [truefalse.mark(question, key) for key in ("false", "true", None)] == [1, wrong, 0]
