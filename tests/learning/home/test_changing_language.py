"""Progress and results survive a change of language, and a page that becomes a translation."""

import pytest

from learning.attempts.scoring import responses_of
from learning.attempts.taking import start
from learning.progress.attending import attendance
from modules.courses.models import LessonPage
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import RIGHT, enrol, make_tested_course
from tests.learning.attempts.test_sitting_views import posted
from tests.learning.reporting.making import completion, records
from tests.modules.translating.making import begin, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(cast, client):
    page = make_tested_course()
    sign_in(client, cast.learner)
    return enrol(cast.learner, page)


def translate(key: str) -> None:
    """The lesson said in Urdu: its page is then no alias of the English one any more."""
    translation = begin(LessonPage.objects.get(key=key, locale__language_code="en"))
    say(translation, f"Lesson {key}", "اردو سبق")
    translation.save_target(publish=True)


def is_done(client, address: str) -> bool:
    """Whether the lesson no longer offers to be marked as done."""
    return f'action="{address}done/"' not in client.get(address).content.decode()


def test_lesson_done_in_english_is_done_in_urdu(client, enrolment):
    client.post("/courses/tested/first/done/")
    before = attendance(enrolment)

    translate("first")

    page = client.get("/ur/courses/tested/first/").content.decode()
    assert "اردو سبق" in page
    assert is_done(client, "/ur/courses/tested/first/")
    assert not is_done(client, "/ur/courses/tested/second/")
    assert attendance(enrolment) == before


def test_lesson_done_in_urdu_is_done_in_english(client, enrolment):
    translate("first")

    client.post("/ur/courses/tested/first/done/")

    assert is_done(client, "/courses/tested/first/")
    assert [step.step_key for step in enrolment.steps.all()] == ["first"]


def test_sitting_begun_in_english_goes_on_in_urdu(client, enrolment):
    sitting = start(enrolment, Purpose.PRE)
    client.post(f"/tests/{sitting.uuid}/1/", posted(sitting, "single"))

    going_on = client.get(f"/ur/tests/{sitting.uuid}/")
    assert going_on["Location"] == f"/ur/tests/{sitting.uuid}/2/"
    answered = client.get(f"/ur/tests/{sitting.uuid}/1/").content.decode()
    assert "data-answered" in answered
    client.post(f"/ur/tests/{sitting.uuid}/2/", posted(sitting, "scenario"))
    assert responses_of(sitting) == {1: RIGHT["single"], 2: RIGHT["scenario"]}


def test_course_in_two_languages_earns_one_certificate(client, enrolment):
    client.post("/courses/tested/first/done/")
    for key in ("first", "second"):
        translate(key)
    client.post("/ur/courses/tested/second/done/")
    sitting = start(enrolment, Purpose.POST)
    for position, kind in enumerate(RIGHT, 1):
        if kind != "short":
            client.post(f"/ur/tests/{sitting.uuid}/{position}/", posted(sitting, kind))

    client.post(f"/ur/tests/{sitting.uuid}/hand-in/")

    assert enrolment.certificates.get().grade == "achievement"


def test_reports_count_the_same_after_a_translation(cast, client, enrolment):
    client.post("/courses/tested/first/done/")
    before = records(completion(cast.system_admin))

    translate("first")

    assert records(completion(cast.system_admin)) == before
    assert [(row["enrolled"], row["started"]) for row in before] == [(1, 1)] * len(before)
