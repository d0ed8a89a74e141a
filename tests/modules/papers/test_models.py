import pytest
from django.db import IntegrityError, transaction

from modules.papers import models as papers

pytestmark = pytest.mark.django_db

TEST = {"course_code": "x", "purpose": "post", "minutes": 25}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"purpose": "final"}, "test_purpose_known"),
        ({"counts": "median"}, "test_counts_known"),
        ({"feedback_when": "never"}, "test_feedback_known"),
        ({"minutes": 0}, "test_takes_time"),
        ({"attempts": 0}, "test_can_be_taken"),
    ],
)
def test_the_database_keeps_the_rules_of_a_test(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        papers.Test.objects.create(**{**TEST, **fields})


def test_one_test_for_each_purpose_of_a_course():
    papers.Test.objects.create(**TEST)
    papers.Test.objects.create(**{**TEST, "purpose": "pre"})

    with pytest.raises(IntegrityError), transaction.atomic():
        papers.Test.objects.create(**TEST)


def test_a_form_has_each_position_and_each_question_once():
    form = papers.Form.objects.create(course_code="x", label="A")
    form.questions.create(position=2, question_key="x-two")
    form.questions.create(position=1, question_key="x-one")

    for position, key in ((1, "x-three"), (3, "x-one"), (0, "x-zero")):
        with pytest.raises(IntegrityError), transaction.atomic():
            form.questions.create(position=position, question_key=key)
    assert form.question_keys == ["x-one", "x-two"]


def test_forms_are_a_and_b():
    papers.Form.objects.create(course_code="x", label="A")
    for label in ("A", "C"):
        with pytest.raises(IntegrityError), transaction.atomic():
            papers.Form.objects.create(course_code="x", label=label)
