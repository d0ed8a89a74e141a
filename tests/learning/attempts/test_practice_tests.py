"""Practice tests: reasons after each answer, as often as one likes, and no trace in any figure."""

import pytest

from learning.attempts.counting import tallies_of
from learning.attempts.models import Answer, Sitting
from learning.attempts.offering import offers_of
from learning.attempts.permissions import sittings_markable_by
from learning.attempts.questions import questions_of
from learning.attempts.results import counted_mark, results_by_enrolment, results_of
from learning.attempts.taking import Refused, hand_in, save_answer, start
from learning.certificates.issuing import evidence_of
from learning.enrolment.models import Enrolment
from learning.home.records import records_of
from learning.reporting.gathering import gather
from learning.reporting.groups import groups_for
from learning.reporting.stages import Stage
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import (
    RIGHT,
    add_test,
    answer,
    enrol,
    make_tested_course,
    position_of,
)
from tests.modules.papers.test_drawing import as_posted

pytestmark = pytest.mark.django_db

PRACTICE, POST = Purpose.PRACTICE, Purpose.POST
START = "/courses/tested/tests/practice/"
# What tells which answer is right; each stands with the question of one kind.
KEYS = {"single": "The mix.", "truefalse": "Most are informal.", "ordering": "Rules first."}


@pytest.fixture(scope="module")
def _practised_course(made_once) -> int:
    page = make_tested_course()
    add_test(page, feedback_when="at_once", minutes=None)
    return page.pk


@pytest.fixture
def enrolment(db, cast, client, _practised_course) -> Enrolment:
    sign_in(client, cast.learner)
    return enrol(cast.learner, CoursePage.objects.get(pk=_practised_course))


@pytest.fixture
def sitting(enrolment) -> Sitting:
    return start(enrolment, PRACTICE)


def address(sitting, kind: str) -> str:
    return f"/tests/{sitting.uuid}/{position_of(sitting, kind)}/"


def give(client, sitting, kind: str, response, **how):
    question = questions_of(sitting)[position_of(sitting, kind) - 1]
    return client.post(address(sitting, kind), as_posted(kind, question.given(response)), **how)


# --- reasons at once


def test_start_page_says_what_practice_is(client, enrolment):
    page = client.get(START).content.decode()

    assert "It counts for nothing" in page
    assert "After each answer you see at once what is right" in page
    assert "There is no time limit" in page
    assert "Start practising" in page


@pytest.mark.parametrize("kind", KEYS)
def test_no_key_is_sent_before_the_answer_is_stored(client, sitting, kind):
    before = client.get(address(sitting, kind)).content.decode()
    assert not [key for key in KEYS.values() if key in before]
    page = give(client, sitting, kind, RIGHT[kind], follow=True).content.decode()

    assert KEYS[kind] in page
    assert "<b>Right.</b>" in page
    assert not [key for other, key in KEYS.items() if other != kind and key in page]


def test_the_answer_then_stands(client, sitting):
    give(client, sitting, "single", "a")
    page = give(client, sitting, "single", "b", follow=True).content.decode()

    assert "You have answered this question already. That answer stands." in page
    assert [one.response for one in Answer.objects.all()] == ["a"]
    with pytest.raises(Refused, match="answered"):
        save_answer(sitting, answer(sitting, position_of(sitting, "single"), "b"))
    with pytest.raises(Refused, match="answered"):
        save_answer(sitting, answer(sitting, position_of(sitting, "single"), None))


def test_the_same_answer_sent_twice_is_acknowledged(sitting):
    first = save_answer(sitting, answer(sitting, 1, "a"))

    assert save_answer(sitting, answer(sitting, 1, "a", fact_id=first.pk)) == first
    assert Answer.objects.count() == 1


def test_a_reader_of_urdu_stays_there_though_the_question_is_in_english(client, sitting):
    there = f"/ur{address(sitting, 'single')}"
    assert f'action="{there}"' in client.get(there).content.decode()
    response = client.post(there, {"answer": "1"})

    assert response["Location"] == f"{there}#reply"
    assert Answer.objects.get().lang == "en"  # that of the words that were read


def test_nothing_answered_is_asked_again_and_not_stored(client, sitting):
    response = client.post(address(sitting, "single"), {})

    assert response.status_code == 400
    assert "Choose an answer first." in response.content.decode()
    assert KEYS["single"] not in response.content.decode()
    assert not Answer.objects.exists()


def test_words_are_compared_with_the_model_answer(client, sitting):
    page = give(client, sitting, "short", "My words", follow=True).content.decode()

    assert "Nobody marks it here" in page
    assert "A model answer" in page


def test_page_has_no_clock_and_no_script_that_saves(client, sitting):
    page = client.get(address(sitting, "single")).content.decode()

    assert 'id="clock"' not in page
    assert "sitting.js" not in page


def test_number_of_queries_does_not_grow(client, sitting, django_assert_num_queries):
    there = address(sitting, "single")
    client.get(there)
    with django_assert_num_queries(6):
        client.get(there)
    give(client, sitting, "single", "b")
    give(client, sitting, "truefalse", "false")
    with django_assert_num_queries(8):  # the question in front once more, explained
        client.get(there)


# --- the end


def test_result_has_marks_by_outcome_and_begins_again(client, enrolment, sitting):
    give(client, sitting, "single", "b")
    page = client.post(f"/tests/{sitting.uuid}/hand-in/", follow=True).content.decode()

    assert "Practice: 1 of 8 marks" in page
    assert "Your marks by outcome" in page
    assert KEYS["truefalse"] in page  # all keys: it is over
    assert "Certificate" not in page
    assert f'href="{START}"' in page
    assert start(enrolment, PRACTICE).attempt_no == 2


def test_it_is_offered_beside_the_tests_to_who_has_enrolled(client, enrolment, cast):
    assert f'href="{START}"' in client.get("/courses/tested/").content.decode()
    client.logout()
    assert "Practice test" not in client.get("/courses/tested/").content.decode()


def test_practice_leaves_the_order_of_the_forms_alone(enrolment, sitting):
    enrolment.refresh_from_db()
    assert enrolment.first_form == ""
    assert start(enrolment, Purpose.PRE).form_label == "A"


def test_keys_open_as_the_test_says(client, cast, enrolment):
    for when, opens in (("total", False), ("handed_in", True)):
        Rules.objects.filter(purpose="practice").update(feedback_when=when)
        sitting = hand_in(start(enrolment, PRACTICE), None)
        page = client.get(f"/tests/{sitting.uuid}/result/").content.decode()
        assert (KEYS["single"] in page) is opens


# --- it counts nowhere


@pytest.fixture
def practised(enrolment, sitting) -> Sitting:
    for kind, response in RIGHT.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))
    return hand_in(sitting, None)


def test_no_result_award_or_evidence_knows_of_it(cast, enrolment, practised):
    assert results_of(enrolment) == []
    assert results_by_enrolment(Enrolment.objects.all()) == {}
    assert counted_mark(enrolment) is None
    assert evidence_of(enrolment) is None
    assert records_of(cast.learner.person) == []


def test_a_pre_test_may_still_be_taken(enrolment, practised):
    assert offers_of(enrolment)[Purpose.PRE].state == "ready"
    assert offers_of(enrolment)[POST].attempt_no == 1


def test_nothing_of_it_waits_on_a_marking_desk(cast, practised):
    assert not sittings_markable_by(cast.system_admin).exists()


def test_no_report_counts_it(cast, enrolment, practised):
    [line] = gather(Enrolment.objects.all(), groups_for(cast.system_admin))

    assert line.stages == {Stage.ENROLLED}
    assert line.after is None


def test_the_bank_counts_its_answers_as_practice(practised):
    [tally] = tallies_of("tested-a-single")

    assert (tally.practice, tally.tests) == (1, 0)
