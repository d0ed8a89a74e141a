"""What a participant with an account sees of tests on paper: totals and outcomes, never a key."""

import datetime as dt
import uuid

import pytest
import time_machine

from learning.attempts.keying import (
    as_typed,
    key_answers,
    paper_questions,
    read_keys,
    take_back,
)
from learning.attempts.models import Sitting
from learning.attempts.taking import hand_in, start
from learning.cascade.certifying import approve_batch
from learning.cascade.closing import report, verify
from learning.people.merging import merge
from modules.papers.contents import Form
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import make_tested_course
from tests.learning.cascade.making import (
    accredit,
    add,
    give_issuer,
    loaded,
    make_event,
    note,
    result,
    there,
)
from tests.learning.home.test_results import KEYS

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)


@pytest.fixture
def event(cast):
    return make_event(cast, version=make_tested_course().course.versions.get())


@pytest.fixture
def lubna(client, cast, event):
    """The learner of the cast takes part in the session, and is signed in."""
    sign_in(client, cast.learner)
    return add(event, known=cast.learner.person)


def on_paper(enrolment, purpose, line, label="A") -> Sitting:
    questions = paper_questions(Form.objects.get(label=label))
    return key_answers(
        enrolment, purpose, label, read_keys(line, questions), None,
        line_id=uuid.uuid4(), sat_at=MORNING,
    )  # fmt: skip


def page_of(client, sitting) -> str:
    return client.get(f"/tests/{sitting.uuid}/result/").content.decode()


def latest(enrolment, purpose="post") -> Sitting:
    return enrolment.sittings.filter(purpose=purpose).last()


def test_total_shows_the_total_beside_the_one_before_and_says_why_no_more(client, lubna):
    result(lubna, "pre", 8)
    result(lubna, "post", 16)
    page = page_of(client, latest(lubna))

    assert "You passed: 16 of 20 marks" in page
    assert "Before the course it was 40 per cent." in page
    assert "of 3 March 2026" in page
    assert "Only the total was typed in, so there are no marks by outcome." in page
    assert "<table" not in page


def test_total_before_the_course_is_a_total(client, lubna):
    result(lubna, "pre", 8)
    page = page_of(client, latest(lubna, "pre"))

    assert "Before the course: 8 of 20 marks" in page
    assert "Go on with the course" not in page


def test_answers_show_outcomes_and_no_question_however_late(client, lubna):
    """The session is long over, and the mark is below the threshold: still no key."""
    on_paper(lubna, "pre", "---- 0000")
    page = page_of(client, on_paper(lubna, "post", "---- 1111", "B"))

    assert "Not there yet: 4 of 8 marks" in page
    assert '<td class="num">50</td>' in page
    assert not [key for key in KEYS if key in page]
    assert "Question by question" not in page
    assert "Which?" not in page


def test_passing_opens_no_key_either(client, lubna):
    questions = paper_questions(Form.objects.get(label="A"))
    right = as_typed(questions[:4], {1: "b", 2: "b", 3: ["a", "c"], 4: "false"}, {})
    page = page_of(client, on_paper(lubna, "post", f"{right} 1111"))

    assert "You passed: 8 of 8 marks" in page
    assert not [key for key in KEYS if key in page]


def test_a_wave_that_is_to_come_is_not_done(client, cast, lubna):
    Rules.objects.create(course_code="tested", purpose="retention", minutes=20)
    result(lubna, "post", 16)
    with time_machine.travel("2026-06-10T09:00Z"):
        later = hand_in(start(lubna, "retention"), None)
    with time_machine.travel("2026-07-20T09:00Z"):
        sign_in(client, cast.learner)
        page = client.get("/courses/tested/").content.decode()

    own = page.partition("Tests of your training session")[2].partition("</section>")[0]
    row = own.partition("Test after 6 months")[2]
    assert "It opens on 4 August 2026." in row
    assert f'href="/tests/{later.uuid}/result/">Your last result<' in row
    assert "Done" not in row


def test_time_in_the_session_is_what_is_missing(client, event, lubna):
    note(event, lubna, ["present", "absent", "present", "absent"])
    result(lubna, "post", 16)

    page = page_of(client, latest(lubna))
    assert "You were noted as present for 50 per cent of the time; 80 per cent are needed." in page


def test_certificate_of_the_session_is_one_click_away(client, cast, event, lubna):
    accredit(cast)
    give_issuer(cast)
    result(lubna, "post", 16)
    there(event)
    report(event, cast.trainer)
    verify(event, cast.programme_admin)
    [certificate] = approve_batch(loaded(event), [lubna.pk], cast.programme_admin)

    assert f"/certificates/{certificate.token}/" in page_of(client, latest(lubna))


def test_my_learning_lists_them_by_the_day_they_were_taken(client, lubna):
    result(lubna, "post", 16)
    page = client.get("/me/").content.decode()

    assert f"/tests/{latest(lubna).uuid}/result/" in page
    assert "Post-test, on paper" in page
    assert "16 of 20 marks" in page
    assert "3 March 2026" in page
    assert "Tested in full" in page


def test_results_of_a_record_joined_with_ones_own_open_too(client, cast, event):
    """She was registered by name before she had an account; later the two were joined."""
    double = add(event, "Lubna L.")
    result(double, "post", 16)
    sign_in(client, cast.learner)
    assert client.get(f"/tests/{latest(double).uuid}/result/").status_code == 404

    merge(cast.learner.person, double.person, "The same person", None)
    assert "16 of 20 marks" in page_of(client, latest(double))


def test_result_taken_back_is_nowhere(client, lubna):
    result(lubna, "post", 16)
    sitting = latest(lubna)
    take_back(sitting, None, "Typed for the wrong person")

    assert client.get(f"/tests/{sitting.uuid}/result/").status_code == 404
    assert str(sitting.uuid) not in client.get("/me/").content.decode()


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("prefix", ["/ur", "/km", "/lo"])
def test_every_language_shows_it(client, lubna, prefix):
    result(lubna, "pre", 8)
    result(lubna, "post", 16)
    on_paper(lubna, "post", "---- 1111")

    assert client.get(f"{prefix}/tests/{latest(lubna).uuid}/result/").status_code == 200
    assert client.get(f"{prefix}/me/").status_code == 200


@time_machine.travel(dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC))
def test_some_months_later_an_account_is_asked_again_and_sees_no_key(client, cast, event, lubna):
    sign_in(client, cast.learner)
    Rules.objects.create(course_code="tested", purpose="retention", feedback_when="closed")
    Rules.objects.filter(purpose="retention").update(waves=[3])
    assert "Test after 3 months" not in client.get("/me/").content.decode()
    on_paper(lubna, "pre", "---- 0000", "A")
    on_paper(lubna, "post", "---- 1111", "B")

    start = f"/tests/in/{lubna.uuid}/retention/"
    for address in ("/me/", "/courses/tested/"):
        assert f'href="{start}"' in client.get(address).content.decode()
    client.post(start)
    sitting = lubna.sittings.get(wave=3)
    assert sitting.form_label == "A"
    client.post(f"/tests/{sitting.uuid}/hand-in/")
    page = page_of(client, sitting)

    assert "You still know: 0 of 8 marks" in page
    assert "it was 50 per cent." in page
    assert not [key for key in KEYS if key in page]
