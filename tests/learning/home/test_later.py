"""Tests some months after a course on the pages of their person, and what they change: nothing."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.taking import hand_in, save_answer, start
from learning.certificates.models import Certificate
from learning.people.consents import Consent
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from modules.papers.waves import wave_after
from tests.cast import sign_in
from tests.learning.attempts.sitting import RIGHT, add_test, answer, enrol, position_of

pytestmark = pytest.mark.django_db

PRE, POST, LATER = Purpose.PRE, Purpose.POST, Purpose.RETENTION
KEY = "Rules first."
COURSE = "/courses/tested/"
NOW = timezone.now()
THEN = NOW - dt.timedelta(days=92)


@pytest.fixture
def enrolment(cast, client, tested_course):
    add_test(tested_course, LATER, minutes=20, feedback_when="closed")
    sign_in(client, cast.learner)
    return enrol(cast.learner, tested_course)


def sat(enrolment, purpose, responses, now) -> Sitting:
    sitting = start(enrolment, purpose, now)
    for kind, response in responses.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response), now)
    return hand_in(sitting, None, now)


def page(client, address="/me/") -> str:
    return client.get(address).content.decode()


ALL_BUT_WORDS = {kind: given for kind, given in RIGHT.items() if kind != "short"}


def test_it_is_offered_where_one_looks_and_asks_again(client, enrolment):
    assert "Some months after a course" not in page(client)
    sat(enrolment, POST, ALL_BUT_WORDS, THEN)

    for address in ("/me/", "/courses/tested/"):
        shown = page(client, address)
        assert "Test after 3 months" in shown
        assert "Open until" in shown
        assert 'href="/courses/tested/tests/retention/"' in shown
    about = page(client, "/courses/tested/tests/retention/")
    assert "It shows what you still know some months after the course." in about
    begun = client.post("/courses/tested/tests/retention/")
    assert begun.url == f"/tests/{Sitting.objects.get(purpose=LATER).uuid}/"
    assert "Begun" in page(client)
    assert page(client).count(begun.url) == 1


def test_what_is_to_come_says_when(client, enrolment):
    sat(enrolment, POST, ALL_BUT_WORDS, NOW - dt.timedelta(days=10))

    for address in ("/me/", "/courses/tested/"):
        assert "It opens on" in page(client, address)
        assert "tests/retention/" not in page(client, address)


def test_what_was_never_taken_is_over(client, enrolment):
    sat(enrolment, POST, ALL_BUT_WORDS, NOW - dt.timedelta(days=300))

    shown = page(client, "/courses/tested/")
    assert "It could be taken until" in shown
    assert '<span class="state">Over</span>' in shown
    assert '<span class="state">Later</span>' not in shown
    about = page(client, "/courses/tested/tests/retention/")
    assert about.index("It could be taken until") < about.index("How it works")


@pytest.mark.parametrize(("days_after", "told"), [(1, True), (30, True), (31, False)])
def test_who_comes_too_late_with_a_letter_reads_until_when(client, enrolment, days_after, told):
    Rules.objects.filter(purpose=LATER).update(waves=[3])
    ended = timezone.localdate(NOW - dt.timedelta(days=200))
    closes = wave_after(ended, 3, Rules.objects.get(purpose=LATER).tolerance_days).closes
    sat(enrolment, POST, ALL_BUT_WORDS, NOW - dt.timedelta(days=200))

    with time_machine.travel(dt.datetime.combine(closes, dt.time(12)) + dt.timedelta(days_after)):
        assert ("It could be taken until" in page(client)) == told


def test_the_course_leads_to_what_was_taken(client, enrolment):
    """Of a wave to its result; where the next one is to come, to the last result."""
    sat(enrolment, POST, ALL_BUT_WORDS, THEN)
    later = sat(enrolment, LATER, {}, NOW)

    assert f'href="/tests/{later.uuid}/result/">Your last result<' in page(client, COURSE)
    Rules.objects.filter(purpose=LATER).update(waves=[3])
    assert f'href="/tests/{later.uuid}/result/">Test after 3 months<' in page(client, COURSE)


def test_its_result_stands_beside_the_end_of_the_course(client, enrolment):
    sat(enrolment, PRE, {"single": "b"}, THEN)
    sat(enrolment, POST, ALL_BUT_WORDS, THEN)
    certificates = Certificate.objects.count()
    begun = start(enrolment, LATER, NOW)
    save_answer(begun, answer(begun, position_of(begun, "single"), "b"), NOW)

    client.post(f"/tests/{begun.uuid}/hand-in/")
    shown = page(client, f"/tests/{begun.uuid}/result/")

    assert "You still know: 1 of 8 marks" in shown
    assert "At the end of the course, 92 days before, it was 87 per cent." in shown
    assert "More than half of its questions were in your pre-test too." in shown
    assert "Then and now" in shown
    assert KEY not in shown
    assert Certificate.objects.count() == certificates
    assert "Test after 3 months" in page(client)


def test_its_keys_wait_for_the_last_wave_and_for_those_of_the_post_test(client, enrolment):
    sat(enrolment, POST, ALL_BUT_WORDS, THEN)
    later = sat(enrolment, LATER, {}, NOW)
    address = f"/tests/{later.uuid}/result/"

    assert KEY not in page(client, address)
    Rules.objects.filter(purpose=LATER).update(waves=[3])
    assert KEY in page(client, address)
    Rules.objects.filter(purpose=POST).update(feedback_when="total")
    assert KEY not in page(client, address)


def test_keys_of_a_pre_test_wait_as_long_as_its_form_may_be_asked_again(client, enrolment):
    Rules.objects.filter(purpose=PRE).update(feedback_when="closed")
    before = sat(enrolment, PRE, {}, THEN)
    sat(enrolment, POST, ALL_BUT_WORDS, THEN)
    address = f"/tests/{before.uuid}/result/"

    assert KEY not in page(client, address)
    Rules.objects.filter(purpose=LATER).update(waves=[1], tolerance_days=20)
    assert KEY in page(client, address)


def test_one_agrees_to_letters_and_withdraws(cast, client, enrolment):
    sat(enrolment, POST, {}, THEN)
    person = cast.learner.person

    for _again in range(2):
        assert client.post("/me/letters/", {"agree": "1"}).url == "/me/"
    assert "Do not write to me any more" in page(client)
    agreed = Consent.objects.get(person=person, purpose="contact")
    assert (agreed.channel, agreed.language, agreed.withdrawn_at) == ("web", "en", None)
    assert client.post("/me/letters/", {"withdraw": "1", "data": "1"}).url == "/me/data/"
    assert "I agree: write to me" in page(client, "/me/data/")
    agreed.refresh_from_db()
    assert agreed.withdrawn_at


def test_queries_do_not_grow_with_what_is_to_come(client, enrolment, django_assert_max_num_queries):
    sat(enrolment, POST, {}, NOW - dt.timedelta(days=10))
    page(client)

    with django_assert_max_num_queries(13):
        page(client)
