import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import ResponseError
from modules.questions.kinds import teachback
from modules.questions.presenting import Choice, Part, Remark
from tests.modules.questions.samples import definition


def test_nobody_but_the_trainer_marks_it():
    question = definition("teachback")

    assert teachback.mark(question, None) is None
    assert teachback.mark(question, {"clear": "3", "true": "4"}) is None


def test_task_and_rubric_are_shown():
    shown = teachback.present(definition("teachback"), None, "en")

    assert shown.name == ""
    assert shown.parts[1] == Part(
        "true",
        "True to the law",
        "criterion-true",
        (Choice("0", "Wrong."), Choice("4", "All correct.")),
    )


def test_own_rating_is_read_and_may_be_unfinished():
    assert teachback.read(QueryDict("criterion-clear=1&criterion-true=")) == {"clear": "1"}
    assert teachback.read(QueryDict("criterion-true=&answer=4")) is None


@pytest.mark.parametrize(
    ("response", "code"),
    [({"clear": "2"}, "unknown_part"), ({"x": "0"}, "unknown_part"), ("all", "malformed")],
)
def test_rating_that_does_not_fit_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        teachback.mark(definition("teachback"), response)
    assert refused.value.code == code


def test_what_she_chose_is_neither_right_nor_wrong():
    said = feedback(definition("teachback"), {"clear": "1"}, "en")

    assert said.parts == (Remark("clear", "1", ""), Remark("true", "", ""))
