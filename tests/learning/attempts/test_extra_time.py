"""Giving more time: to whom, from when, and that a test that runs gets it at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.attempts.conditions import ExtraTime
from learning.attempts.granting import Changed, extra_time_of, set_extra_time
from learning.attempts.models import Sitting
from learning.attempts.offering import offers_of
from learning.attempts.taking import GRACE, Refused, close_expired, save_answer, start
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, enrol

pytestmark = pytest.mark.django_db

POST = Purpose.POST


@pytest.fixture
def enrolment(cast, tested_course):
    return enrol(cast.learner, tested_course)


def length(sitting) -> float:
    sitting.refresh_from_db()
    return (sitting.deadline_at - sitting.started_at).total_seconds() / 60


def test_a_test_begun_later_is_longer_and_says_so(cast, client, enrolment):
    set_extra_time(cast.learner.person, 50, cast.trainer)
    page = sign_in(client, cast.learner).get("/courses/tested/tests/post/").content.decode()

    assert "You have 37 min (12 min more) from the moment you begin." in page
    sitting = start(enrolment, POST)
    assert length(sitting) == 37.5
    assert sitting.rules == {
        "minutes": 25, "extra": 50, "negative": False, "at_once": False, "second": 0,
    }  # fmt: skip


def test_a_test_that_runs_gets_the_time_at_once(cast, enrolment):
    sitting = start(enrolment, POST)

    assert set_extra_time(cast.learner.person, 100, cast.trainer) == 1
    assert length(sitting) == 50
    late = sitting.started_at + timedelta(minutes=49)
    assert close_expired(enrolment, late) == []
    assert save_answer(sitting, answer(sitting, 1, "a"), late).pk


def test_a_test_that_runs_is_never_made_shorter(cast, enrolment):
    set_extra_time(cast.learner.person, 100, cast.trainer)
    sitting = start(enrolment, POST)

    assert set_extra_time(cast.learner.person, 25, cast.trainer) == 0
    assert set_extra_time(cast.learner.person, 0, cast.trainer) == 0
    assert length(sitting) == 50


def test_time_that_is_up_does_not_come_back(cast, enrolment):
    sitting = start(enrolment, POST)
    too_late = sitting.deadline_at + GRACE + timedelta(seconds=1)

    assert set_extra_time(cast.learner.person, 100, cast.trainer, now=too_late) == 0
    assert length(sitting) == 25
    with pytest.raises(Refused, match="over"):
        save_answer(sitting, answer(sitting, 1, "a"), too_late)


def test_tests_of_others_stay_as_they_are(cast, tested_course, enrolment):
    other = start(enrol(cast.trainer, tested_course), POST)
    set_extra_time(cast.learner.person, 100, cast.trainer)

    assert length(other) == 25


def test_a_sitting_of_before_has_nothing_to_reckon_from(cast, enrolment):
    sitting = start(enrolment, POST)
    Sitting.objects.update(rules={})

    assert set_extra_time(cast.learner.person, 100, cast.trainer) == 0
    assert length(sitting) == 25


def test_a_change_ends_a_row_and_makes_another(cast):
    person = cast.learner.person
    for percent in (25, 50, 50, 0):
        set_extra_time(person, percent, cast.trainer)

    rows = ExtraTime.objects.filter(person=person).order_by("pk")
    assert [(row.percent, row.granted_by, row.ended_at is None) for row in rows] == [
        (25, cast.trainer, False),
        (50, cast.trainer, False),
    ]
    assert extra_time_of(person) is None


def test_who_saw_something_else_changes_nothing(cast):
    set_extra_time(cast.learner.person, 25, cast.trainer)

    with pytest.raises(Changed):
        set_extra_time(cast.learner.person, 100, cast.trainer, seen=0)
    assert extra_time_of(cast.learner.person).percent == 25
    set_extra_time(cast.learner.person, 100, cast.trainer, seen=25)
    assert extra_time_of(cast.learner.person).percent == 100


def test_it_holds_for_all_records_of_a_person(cast, enrolment):
    double = cast.trainer.person
    set_extra_time(double, 50, cast.trainer)
    double.merged_into = cast.learner.person
    double.save()

    assert offers_of(enrolment)[POST].conditions.extra == 50


def test_a_page_whose_clock_is_up_goes_on_where_there_is_more_time(cast, client, enrolment):
    sitting = start(enrolment, POST)
    sign_in(client, cast.learner)
    there = f"/tests/{sitting.uuid}/"

    assert client.post(f"{there}hand-in/", {"up": "1"})["Location"] == there
    Sitting.objects.update(
        started_at=timezone.now() - timedelta(minutes=25),
        deadline_at=timezone.now() + timedelta(seconds=3),
    )
    assert client.post(f"{there}hand-in/", {"up": "1"})["Location"] == f"{there}result/"
