"""Letters when a wave opens: to whom, how often, and when there is nothing to say any more."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from learning.attempts.reminding import tell_of_waves
from learning.attempts.taking import hand_in, start
from learning.enrolment.enrolling import withdraw
from learning.notices.models import NoticeSent
from learning.people.consenting import agree_to_letters, withdraw_from_letters
from learning.people.models import User
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import add_test, enrol

pytestmark = pytest.mark.django_db

POST, LATER = Purpose.POST, Purpose.RETENTION
NOW = timezone.now()
THEN = NOW - dt.timedelta(days=92)
State = NoticeSent.State


def finish(user, course, when=THEN):
    """Somebody with an address who took the test after the course and agreed to letters."""
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    enrolment = enrol(user, course)
    hand_in(start(enrolment, POST, when), None, when)
    agree_to_letters(user.person, "en")
    return enrolment


@pytest.fixture
def course(tested_course):
    add_test(tested_course, LATER, minutes=20)
    return tested_course


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    def told(**how) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return tell_of_waves(**how)

    return told


def test_one_letter_for_each_person_and_wave(cast, course, told):
    finish(cast.learner, course)
    cast.learner.person.names = {"Latn": "Lubna Learner"}

    assert [told(), told()] == [1, 0]
    [letter] = mail.outbox
    assert letter.to == [cast.learner.email]
    assert letter.subject.startswith("What do you still know of")
    assert "Dear Lubna Learner," in letter.body
    assert "about 3 months ago" in letter.body
    assert "http://localhost:8000/me/" in letter.body

    assert told(now=NOW + dt.timedelta(days=92)) == 1
    assert NoticeSent.objects.count() == 2


def test_nobody_is_told_who_did_not_agree_or_has_nothing_open(cast, course, told):
    for user, stop in (
        (cast.learner, lambda one: withdraw_from_letters(one.person)),
        (cast.trainer, lambda one: withdraw(one, by=None, reason="left")),
        (cast.viewer, lambda one: hand_in(start(one, LATER, NOW), None, NOW)),
    ):
        stop(finish(user, course))
    finish(cast.outsider, course, NOW - dt.timedelta(days=10))

    assert told() == 0
    assert not mail.outbox


def test_what_cannot_be_sent_or_is_over_by_then_is_dropped(cast, course, told):
    enrolment = finish(cast.learner, course)
    EmailAddress.objects.all().delete()
    User.objects.update(email="")
    assert told() == 1
    assert NoticeSent.objects.get().state == State.DROPPED

    NoticeSent.objects.all().delete()
    EmailAddress.objects.create(user=cast.learner, email="a@example.org", primary=True)
    tell_of_waves()  # its commit never comes
    hand_in(start(enrolment, LATER, NOW), None, NOW)
    assert told() == 0
    assert (NoticeSent.objects.get().state, mail.outbox) == (State.CLAIMED, [])


def test_a_letter_that_waits_goes_with_the_next_round(cast, course, told, capsys):
    finish(cast.learner, course)
    tell_of_waves()

    assert told() == 1
    assert len(mail.outbox) == 1
    call_command("tend_waves")
    assert capsys.readouterr().out == "Letters: 0 on their way.\n"


def test_so_many_go_at_once_and_the_others_next(cast, course, told, settings, capsys):
    settings.LETTERS_AT_ONCE = 2
    for user in (cast.learner, cast.trainer, cast.viewer):
        finish(user, course)

    call_command("tend_waves", "--dry-run")
    assert capsys.readouterr().out == "Letters: 3 due.\n"
    assert not mail.outbox
    assert [told(), told(), told()] == [2, 1, 0]
    assert len({letter.to[0] for letter in mail.outbox}) == 3


def test_queries_grow_with_letters_alone(cast, course, told, django_assert_num_queries):
    with django_assert_num_queries(3):
        tell_of_waves()
    for user in (cast.learner, cast.trainer):
        finish(user, course, NOW - dt.timedelta(days=10))
    with django_assert_num_queries(4):
        tell_of_waves()
