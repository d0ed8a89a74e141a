import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from modules.papers import contents
from modules.papers import models as papers

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC)
TEST = {"course_code": "x", "purpose": "post", "minutes": 25}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"purpose": "final"}, "test_purpose_known"),
        ({"counts": "median"}, "test_counts_known"),
        ({"feedback_when": "never"}, "test_feedback_known"),
        ({"minutes": 0}, "test_takes_time"),
        ({"attempts": 0}, "test_can_be_taken"),
        ({"drawing": "lots"}, "test_drawing_known"),
        ({"drawing": "fixed"}, "test_has_what_it_draws_from"),
        ({"drawing": "pool"}, "test_has_what_it_draws_from"),
        ({"opens_at": NOON, "closes_at": NOON}, "test_opens_before_it_closes"),
        ({"feedback_when": "at_once"}, "test_feedback_at_once_in_practice"),
        ({"second_marker": 101}, "test_second_marker_share"),
        ({"second_marker": 1, "purpose": "practice"}, "test_second_marker_share"),
        ({"tolerance_days": 91}, "test_tolerance_in_bounds"),
        ({"purpose": "retention", "attempts": 2}, "test_once_in_a_wave"),
        ({"purpose": "retention", "feedback_when": "handed_in"}, "test_once_in_a_wave"),
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
    form = contents.Form.objects.create(course_code="x", label="A")
    form.questions.create(position=2, question_key="x-two")
    form.questions.create(position=1, question_key="x-one")

    for position, key in ((1, "x-three"), (3, "x-one"), (0, "x-zero")):
        with pytest.raises(IntegrityError), transaction.atomic():
            form.questions.create(position=position, question_key=key)
    assert form.question_keys == ["x-one", "x-two"]


def test_forms_are_a_and_b():
    contents.Form.objects.create(course_code="x", label="A")
    for label in ("A", "C"):
        with pytest.raises(IntegrityError), transaction.atomic():
            contents.Form.objects.create(course_code="x", label=label)
