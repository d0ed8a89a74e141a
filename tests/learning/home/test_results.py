"""The page of a result: what it says of passing, of waiting, and when keys are shown."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.attempts.models import HandMark, ScoringRun, Sitting
from learning.attempts.scoring import score
from learning.attempts.taking import hand_in, save_answer, start
from learning.progress.recording import mark_done
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import (
    LESSON_MINUTES,
    RIGHT,
    WRONG,
    answer,
    enrol,
    make_tested_course,
    position_of,
)

pytestmark = pytest.mark.django_db

# What tells which answer is right.
KEYS = ("The mix.", "Why a.", "Rules first.", "Every number from", "It helps through")


@pytest.fixture
def enrolment(cast, client):
    page = make_tested_course()
    sign_in(client, cast.learner)
    return enrol(cast.learner, page)


def sat(enrolment, purpose, responses, now=None) -> Sitting:
    now = now or timezone.now()
    sitting = start(enrolment, purpose, now)
    for kind, response in responses.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response), now)
    return hand_in(sitting, None, now)


def result(client, sitting, prefix="") -> str:
    return client.get(f"{prefix}/tests/{sitting.uuid}/result/").content.decode()


def without(kinds: str) -> dict:
    return {kind: response for kind, response in RIGHT.items() if kind not in kinds}


def test_pre_test_shows_its_total_only(client, enrolment):
    page = result(client, sat(enrolment, Purpose.PRE, without("short")))

    assert "Before the course: 7 of 8 marks" in page
    assert "<table" not in page
    assert "Question by question" not in page
    assert not [key for key in KEYS if key in page]


def test_passing_shows_marks_by_outcome_and_opens_the_keys(client, enrolment):
    sat(enrolment, Purpose.PRE, {"single": "b"})
    page = result(client, sat(enrolment, Purpose.POST, without("short")))

    assert "You passed: 7 of 8 marks" in page
    assert "That is 87 per cent of the marks." in page
    assert "Before the course it was 12 per cent." in page
    assert re.search(r"<td class=\"num\">12</td>\s*<td class=\"num\">87</td>", page)
    assert '<bdi dir="ltr">+75</bdi>' in page
    assert [key for key in KEYS if key not in page] == []


def test_failing_keeps_the_keys_closed_while_an_attempt_is_left(client, enrolment):
    sitting = sat(enrolment, Purpose.POST, {kind: WRONG[kind] for kind in ("single", "numeric")})
    page = result(client, sitting)

    assert "Not there yet: 0 of 8 marks" in page
    assert "You can take the post-test again from" in page
    assert "The right answers open when" in page
    assert not [key for key in KEYS if key in page]
    assert "Lesson first" not in page  # its lessons serve another outcome


def test_last_attempt_opens_the_keys_of_both(client, enrolment):
    now = timezone.now() - timedelta(days=9)
    first = sat(enrolment, Purpose.POST, {"single": "a"}, now)
    sat(enrolment, Purpose.POST, {"single": "b"}, now + timedelta(days=8))

    assert "The mix." in result(client, first)
    assert "Another attempt of yours counts" in result(client, first)


def test_closed_cohort_opens_the_keys(client, enrolment):
    sitting = sat(enrolment, Purpose.POST, {"single": "a"})
    enrolment.cohort.closes = timezone.localdate() - timedelta(days=1)
    enrolment.cohort.save()

    assert "The mix." in result(client, sitting)


def test_test_that_shows_totals_only_never_opens_its_keys(client, cast):
    page = make_tested_course(feedback_when="total", attempts=1)
    sign_in(client, cast.learner)
    sitting = sat(enrol(cast.learner, page), Purpose.POST, RIGHT)

    assert not [key for key in KEYS if key in result(client, sitting)]


def test_unmarked_text_makes_it_provisional(client, enrolment):
    sitting = sat(enrolment, Purpose.POST, {"single": "b", "short": "My words."})
    page = result(client, sitting)

    assert "So far: 1 of 8 marks" in page
    assert "This result is provisional." in page

    position = position_of(sitting, "short")
    HandMark.objects.create(sitting=sitting, position=position, num=1, den=2)
    score(sitting, ScoringRun.Reason.HAND_MARK)
    assert "Not there yet: 1½ of 8 marks" in result(client, sitting)


def test_passing_without_the_lessons_says_what_is_missing(client, enrolment):
    sitting = sat(enrolment, Purpose.POST, without("short"))
    mark_done(enrolment, "first", None)  # 45 of 60 minutes

    page = result(client, sitting)
    assert "You have marked 75 per cent of the lessons as done; 80 per cent are needed." in page


def test_outcome_that_went_down_is_named(client, enrolment):
    sat(enrolment, Purpose.PRE, without("short"))
    page = result(client, sat(enrolment, Purpose.POST, {"single": "b"}))

    assert "<b>“CO1” went down</b> from 87 to 12 per cent." in page
    assert '<bdi dir="ltr">−75</bdi>' in page


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("prefix", ["", "/ur", "/km", "/lo"])
def test_result_speaks_every_language(client, enrolment, prefix):
    sat(enrolment, Purpose.PRE, {"single": "b"})
    sitting = sat(enrolment, Purpose.POST, RIGHT)

    assert client.get(f"{prefix}/tests/{sitting.uuid}/result/").status_code == 200


def test_my_learning_lists_results(client, enrolment):
    sitting = sat(enrolment, Purpose.POST, without("short"))
    page = client.get("/me/").content.decode()

    assert f"/tests/{sitting.uuid}/result/" in page
    assert "7 of 8 marks" in page


def test_my_learning_without_tests_says_how_to_begin(client, enrolment):
    assert "No test taken yet." in client.get("/me/").content.decode()


def test_lessons_and_a_passed_test_earn_the_certificate_at_once(client, enrolment):
    for lesson in LESSON_MINUTES:
        client.post(f"/courses/tested/{lesson}/done/")
    sitting = start(enrolment, Purpose.POST)
    for kind in without("short"):
        save_answer(sitting, answer(sitting, position_of(sitting, kind), RIGHT[kind]))
    page = client.post(f"/tests/{sitting.uuid}/hand-in/", follow=True).content.decode()

    certificate = enrolment.certificates.get()
    assert certificate.grade == "achievement"
    assert f"/certificates/{certificate.token}/" in page


def test_last_lesson_after_the_test_earns_it_too(client, enrolment):
    sat(enrolment, Purpose.POST, without("short"))
    client.post("/courses/tested/first/done/")
    assert not enrolment.certificates.exists()

    client.post("/courses/tested/second/done/")
    assert enrolment.certificates.get().grade == "achievement"
