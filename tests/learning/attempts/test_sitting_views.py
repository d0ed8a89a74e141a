"""The pages of a sitting, without scripts and with them."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.attempts.models import Answer, Sitting
from learning.attempts.questions import questions_of
from learning.attempts.scoring import responses_of
from learning.attempts.taking import hand_in, save_answer, start
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import (
    EVERY_KIND,
    RIGHT_OF_EVERY_KIND,
    answer,
    enrol,
    freeze_forms,
    make_tested_course,
    position_of,
)
from tests.modules.papers.test_drawing import as_posted

pytestmark = pytest.mark.django_db

START = "/courses/tested/tests/pre/"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def every_kind(made_once) -> int:
    """The page of a course whose tests ask a question of each kind."""
    page = make_tested_course(kinds=EVERY_KIND)
    freeze_forms(page)
    return page.pk


@pytest.fixture
def enrolment(cast, client, every_kind):
    sign_in(client, cast.learner)
    return enrol(cast.learner, CoursePage.objects.get(pk=every_kind))


@pytest.fixture
def sitting(enrolment) -> Sitting:
    return start(enrolment, Purpose.PRE)


def address(sitting, rest="") -> str:
    return f"/tests/{sitting.uuid}/{rest}"


def posted(sitting, kind: str, response=None):
    """What a browser sends for a right answer to the question of a kind."""
    question = questions_of(sitting)[position_of(sitting, kind) - 1]
    return as_posted(
        kind, question.given(RIGHT_OF_EVERY_KIND[kind] if response is None else response)
    )


def overdue(sitting) -> None:
    Sitting.objects.filter(pk=sitting.pk).update(
        started_at=timezone.now() - timedelta(hours=2),
        deadline_at=timezone.now() - timedelta(hours=1),
    )


# --- before it begins


def test_start_page_says_the_rules_and_begins_nothing(client, enrolment):
    page = client.get(START).content.decode()

    assert "Start the pre-test" in page
    assert "25 min" in page
    assert Sitting.objects.count() == 0


def test_start_begins_and_leads_to_the_first_question(client, enrolment):
    response = client.post(START, follow=True)

    sitting = Sitting.objects.get()
    assert response.redirect_chain[-1] == (address(sitting, "1/"), 302)


def test_who_has_not_started_the_course_is_led_there(client, cast, every_kind):
    sign_in(client, cast.learner)

    assert client.get(START)["Location"] == "/courses/tested/start/"


def test_second_start_goes_on(client, sitting):
    assert client.get(START)["Location"] == address(sitting)
    assert client.post(START)["Location"] == address(sitting)


def test_used_up_test_says_so_and_offers_the_result(client, sitting):
    hand_in(sitting, None)
    page = client.get(START).content.decode()

    assert "You have used all attempts" in page
    assert address(sitting, "result/") in page
    assert client.post(START)["Location"] == START


def test_a_reader_of_urdu_stays_there_though_the_question_is_in_english(client, sitting):
    there = f"/ur{address(sitting, '1/')}"
    assert f'action="{there}"' in client.get(there).content.decode()
    response = client.post(there, posted(sitting, "single"))

    assert response["Location"] == f"/ur{address(sitting, '2/')}"
    assert Answer.objects.get().lang == "en"  # that of the words that were read


# --- answering without scripts


def test_every_question_stands_on_the_page_and_one_is_in_front(client, sitting):
    page = client.get(address(sitting, "3/")).content.decode()

    assert page.count('class="row question"') == len(EVERY_KIND)
    assert page.count(" hidden lang=") == len(EVERY_KIND) - 1
    assert 'id="q3" data-position="3" data-kind="multiple" lang=' in page


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_answer_is_saved_leads_on_and_stands_on_the_page_again(client, sitting, kind):
    position = position_of(sitting, kind)
    response = client.post(address(sitting, f"{position}/"), posted(sitting, kind))

    onward = "review/" if position == len(EVERY_KIND) else f"{position + 1}/"
    assert response["Location"] == address(sitting, onward)
    assert responses_of(sitting) == {position: RIGHT_OF_EVERY_KIND[kind]}
    assert Answer.objects.get().recorded_by.username == "learner"

    page = client.get(address(sitting, f"{position}/")).content.decode()
    section = page[page.index(f'id="q{position}"') :].partition("</section>")[0]
    assert "data-answered" in section
    assert (
        "checked" in section or "selected" in section or str(RIGHT_OF_EVERY_KIND[kind]) in section
    )


def test_blank_answer_is_stored_as_taken_back(client, sitting):
    client.post(address(sitting, "1/"), posted(sitting, "single"))
    client.post(address(sitting, "1/"), {})

    assert responses_of(sitting) == {1: None}


def test_unreadable_number_is_asked_again_with_what_was_typed(client, sitting):
    position = position_of(sitting, "numeric")
    response = client.post(address(sitting, f"{position}/"), {"answer": "about half"})

    assert response.status_code == 400
    assert "This is not a number." in response.content.decode()
    assert 'value="about half"' in response.content.decode()
    assert not Answer.objects.exists()


def test_review_counts_what_is_open(client, sitting):
    client.post(address(sitting, "1/"), posted(sitting, "single"))
    page = client.get(address(sitting, "review/")).content.decode()

    assert f"1 of {len(EVERY_KIND)} questions are answered" in page
    assert address(sitting, "hand-in/") in page


def test_sitting_leads_to_the_first_open_question(client, sitting):
    client.post(address(sitting, "1/"), posted(sitting, "single"))

    assert client.get(address(sitting))["Location"] == address(sitting, "2/")


# --- answering with scripts


def envelope(seq=1, **more):
    return {
        "fact": str(uuid.uuid4()),
        "device": str(uuid.uuid4()),
        "seq": seq,
        "captured": "2026-11-21T10:42:00.000Z",
    } | more


def test_script_is_told_when_the_answer_was_saved(client, sitting):
    sent = envelope()
    response = client.post(address(sitting, "1/"), posted(sitting, "single") | sent, headers=JSON)

    answer = Answer.objects.get()
    assert str(answer.pk) == sent["fact"] == response.json()["id"]
    assert response.json()["saved"] == answer.received_at.isoformat()
    assert 1490 <= response.json()["left"] <= 1500
    assert answer.captured_at.isoformat() == "2026-11-21T10:42:00+00:00"


def test_script_that_sends_twice_is_told_the_same_twice(client, sitting):
    sent = posted(sitting, "single") | envelope()
    first = client.post(address(sitting, "1/"), sent, headers=JSON).json()
    again = client.post(address(sitting, "1/"), sent, headers=JSON).json()

    assert (first["id"], first["saved"]) == (again["id"], again["saved"])
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "fields", "status", "code"),
    [
        ("single", {"answer": "9"}, 400, "unknown_part"),
        ("numeric", {"answer": "many"}, 400, "not_a_number"),
        ("single", {"answer": "1", "device": "no uuid"}, 400, "malformed"),
        ("single", {"answer": "1", "seq": ""}, 400, "malformed"),
        ("single", {"answer": "1", "seq": "0"}, 400, "malformed"),
        ("short", {"answer": "x" * 5001}, 400, "too_long"),
    ],
)
def test_script_is_told_why_an_answer_was_refused(client, sitting, kind, fields, status, code):
    position = position_of(sitting, kind)
    sent = envelope() | fields
    response = client.post(address(sitting, f"{position}/"), sent, headers=JSON)

    assert (response.status_code, response.json()) == (status, {"error": code})
    assert not Answer.objects.exists()


def test_position_that_is_not_there_is_refused(client, sitting):
    assert client.post(address(sitting, "99/"), {"answer": "1"}, headers=JSON).status_code == 400
    assert client.get(address(sitting, "99/")).status_code == 404
    assert client.get(address(sitting, "0/")).status_code == 404


# --- when it is over


def test_late_answer_is_refused_and_says_so(client, sitting):
    overdue(sitting)

    sent = posted(sitting, "single")
    assert client.post(address(sitting, "1/"), sent, headers=JSON).json() == {"error": "over"}
    page = client.post(address(sitting, "1/"), sent, follow=True)
    assert "came after the end of the test and was not counted" in page.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("rest", ["", "1/", "review/"])
def test_overdue_sitting_leads_to_its_result_and_is_handed_in(client, sitting, rest):
    save_answer(sitting, answer(sitting, 1, "b"))
    overdue(sitting)
    page = client.get(address(sitting, rest), follow=True)

    assert page.redirect_chain[-1][0] == address(sitting, "result/")
    assert f"1 of {len(EVERY_KIND)} marks" in page.content.decode()
    sitting.refresh_from_db()
    assert sitting.handed_in_by == "deadline"


def test_handing_in_twice_leads_to_one_result(client, sitting):
    first = client.post(address(sitting, "hand-in/"))
    again = client.post(address(sitting, "hand-in/"))

    assert first["Location"] == again["Location"] == address(sitting, "result/")
    assert sitting.scoring_runs.count() == 1


def test_result_of_an_open_sitting_leads_back(client, sitting):
    assert client.get(address(sitting, "result/"))["Location"] == address(sitting)


# --- whose it is


@pytest.mark.parametrize("who", ["trainer", "system_admin", "outsider"])
def test_sitting_belongs_to_its_person(cast, client, sitting, who):
    sign_in(client, getattr(cast, who))

    for rest in ("", "1/", "review/", "result/"):
        assert client.get(address(sitting, rest)).status_code == 404, rest


@pytest.mark.parametrize("rest", ["1/", "hand-in/"])
def test_nobody_answers_or_hands_in_for_another(cast, client, sitting, rest):
    sign_in(client, cast.outsider)

    assert client.post(address(sitting, rest), {"answer": "1"}).status_code == 404
    sitting.refresh_from_db()
    assert sitting.is_open
    assert not Answer.objects.exists()


def test_sitting_pages_are_kept_by_no_cache(client, sitting):
    pages = [client.get(address(sitting, rest)) for rest in ("", "1/", "review/", "result/")]
    saved = client.post(address(sitting, "1/"), posted(sitting, "single"), headers=JSON)

    for response in (*pages, saved, client.get(START)):
        said = response["Cache-Control"].split(", ")
        assert {"no-store", "private"} <= set(said)


def test_no_answer_or_reason_is_on_the_page(client, sitting):
    page = client.get(address(sitting, "1/")).content.decode()

    for secret in ("The mix.", "One half.", "Why a.", "Rules first.", "73.3", "No idea."):
        assert secret not in page


def test_number_of_queries_does_not_grow_with_answers(client, sitting, django_assert_num_queries):
    client.get(address(sitting, "1/"))
    with django_assert_num_queries(6):
        client.get(address(sitting, "1/"))
    for kind in EVERY_KIND:
        save_answer(sitting, answer(sitting, position_of(sitting, kind), RIGHT_OF_EVERY_KIND[kind]))
    with django_assert_num_queries(6):
        client.get(address(sitting, "1/"))
