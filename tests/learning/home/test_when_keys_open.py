"""When keys and reasons of a test open: as its setting says, and never before others could gain."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.attempts.opening import Access, set_access
from learning.attempts.taking import hand_in, start
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import enrol

pytestmark = pytest.mark.django_db

PRE, POST = Purpose.PRE, Purpose.POST
KEY = "Rules first."


@pytest.fixture
def enrolment(cast, client, tested_course):
    sign_in(client, cast.learner)
    return enrol(cast.learner, tested_course)


def set_feedback(purpose: str, when: str) -> None:
    Rules.objects.filter(purpose=purpose).update(feedback_when=when)


def shows_key(client, sitting) -> bool:
    return KEY in client.get(f"/tests/{sitting.uuid}/result/").content.decode()


def taken(enrolment, purpose, now=None):
    return hand_in(start(enrolment, purpose, now), None, now)


@pytest.mark.parametrize(
    ("when", "opens"), [("total", False), ("closed", False), ("handed_in", True)]
)
def test_keys_of_a_first_attempt(client, enrolment, when, opens):
    set_feedback(POST, when)

    assert shows_key(client, taken(enrolment, POST)) is opens


def test_keys_open_when_the_test_has_closed_and_nobody_sits_it(
    cast, client, tested_course, enrolment
):
    sitting = taken(enrolment, POST)
    running = start(enrol(cast.trainer, tested_course), POST)
    set_access(enrolment.cohort, POST, Access(True, closes_at=timezone.now()), None)

    assert not shows_key(client, sitting)
    hand_in(running, None)
    assert shows_key(client, sitting)


def test_attempts_of_the_cohort_decide_when_they_are_used_up(client, enrolment):
    now = timezone.now() - timedelta(days=20)
    set_access(enrolment.cohort, POST, Access(True, attempts=3), None)
    taken(enrolment, POST, now)
    second = taken(enrolment, POST, now + timedelta(days=8))

    assert not shows_key(client, second)
    third = taken(enrolment, POST, now + timedelta(days=16))
    assert shows_key(client, third)


@pytest.mark.parametrize("when", ["total", "closed", "handed_in"])
def test_keys_of_the_pre_test_never_open_before_the_post_test_is_closed(client, enrolment, when):
    set_feedback(PRE, when)
    sitting = taken(enrolment, PRE)

    assert not shows_key(client, sitting)
    set_access(enrolment.cohort, POST, Access(True, attempts=1), None)
    taken(enrolment, POST)
    assert shows_key(client, sitting) is (when != "total")


def test_keys_of_a_pre_test_that_nothing_follows_open_at_hand_in(client, enrolment):
    Rules.objects.filter(purpose=POST).delete()
    set_feedback(PRE, "handed_in")

    assert shows_key(client, taken(enrolment, PRE))
