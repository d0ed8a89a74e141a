"""Beginning, answering and handing in a test."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.attempts.offering import offers_of
from learning.attempts.scoring import in_force, responses_of
from learning.attempts.taking import (
    GRACE,
    Refused,
    close_all_expired,
    close_expired,
    hand_in,
    save_answer,
    start,
)
from learning.enrolment.enrolling import withdraw
from modules.papers.models import Purpose
from tests.cast import make_user
from tests.learning.attempts.sitting import answer, enrol, make_tested_course

pytestmark = pytest.mark.django_db

PRE, POST = Purpose.PRE, Purpose.POST


@pytest.fixture
def course(tested_course):
    return tested_course


@pytest.fixture
def enrolment(cast, course):
    return enrol(cast.learner, course)


@pytest.fixture
def sitting(enrolment) -> Sitting:
    return start(enrolment, PRE)


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


# --- beginning


def test_starting_freezes_paper_and_deadline(enrolment):
    now = timezone.now()
    sitting = start(enrolment, PRE, now, seed=5)

    assert sitting.deadline_at - sitting.started_at == timedelta(minutes=25)
    assert sitting.started_at == now
    assert (sitting.attempt_no, sitting.seed, len(sitting.paper["items"])) == (1, 5, 8)
    assert sitting.course_version == enrolment.cohort.course_version


def test_starting_twice_goes_on_with_the_same_sitting(enrolment):
    assert start(enrolment, PRE) == start(enrolment, PRE)
    assert Sitting.objects.count() == 1


def test_database_holds_one_open_sitting_per_test(sitting):
    sitting.pk, sitting.uuid, sitting.attempt_no = None, uuid.uuid4(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        sitting.save()


def test_forms_are_given_in_turn_and_change_with_every_attempt(cast, course):
    people = [make_user(f"person-{n}", f"Person {n}", cast.punjab) for n in range(6)]
    now = timezone.now()
    labels = []
    for person in people:
        enrolment = enrol(person, course)
        pre = hand_in(start(enrolment, PRE, now), person, now)
        first = hand_in(start(enrolment, POST, now), person, now)
        second = start(enrolment, POST, now + timedelta(days=8))
        labels.append(pre.form_label + first.form_label + second.form_label)

    assert labels == ["ABA", "BAB"] * 3


def test_without_a_pre_test_the_post_test_is_the_other_form_all_the_same(enrolment):
    assert start(enrolment, POST).form_label == "B"
    enrolment.refresh_from_db()
    assert enrolment.first_form == "A"


def test_pre_test_is_taken_once(enrolment):
    hand_in(start(enrolment, PRE), None)

    assert offers_of(enrolment)[PRE].state == "used_up"
    with refused("used_up"):
        start(enrolment, PRE)


def test_pre_test_after_the_post_test_is_refused(enrolment):
    start(enrolment, POST)

    assert offers_of(enrolment)[PRE].state == "too_late"
    with refused("too_late"):
        start(enrolment, PRE)


def test_second_attempt_waits_seven_days_from_hand_in(enrolment):
    now = timezone.now()
    hand_in(start(enrolment, POST, now), None, now)
    week = now + timedelta(days=7)

    early = offers_of(enrolment, week - timedelta(seconds=1))[POST]
    assert (early.state, early.from_when, early.attempts_left) == ("wait", week, 1)
    with refused("wait"):
        start(enrolment, POST, week - timedelta(seconds=1))
    assert start(enrolment, POST, week).attempt_no == 2


def test_third_attempt_is_refused(enrolment):
    now = timezone.now()
    hand_in(start(enrolment, POST, now), None, now)
    later = now + timedelta(days=7)
    hand_in(start(enrolment, POST, later), None, later)

    with refused("used_up"):
        start(enrolment, POST, later + timedelta(days=30))


def test_closed_cohort_offers_nothing_new_but_lets_one_go_on(enrolment):
    cohort = enrolment.cohort
    hand_in(start(enrolment, PRE), None)
    going_on = start(enrolment, POST)
    cohort.closes = timezone.localdate() - timedelta(days=1)
    cohort.save()
    enrolment.refresh_from_db()

    assert offers_of(enrolment)[POST].state == "continue"
    hand_in(going_on, None)
    later = timezone.now() + timedelta(days=8)
    assert offers_of(enrolment, later)[POST].state == "closed"
    with refused("closed"):
        start(enrolment, POST, later)


def test_course_without_test_offers_none(cast):
    course = make_tested_course("other", 86)
    enrolment = enrol(cast.learner, course)
    enrolment.cohort.course_version.course.code = "nothing"

    assert offers_of(enrolment) == {}


# --- answering


def test_answers_are_facts_and_the_newest_of_a_device_counts(sitting):
    device = uuid.uuid4()
    for seq, response in enumerate(("a", "b", "c"), 1):
        save_answer(sitting, answer(sitting, 1, response, device=device, seq=seq))

    assert responses_of(sitting) == {1: "c"}
    assert Answer.objects.count() == 3


def test_late_answer_of_a_device_replaces_nothing(sitting):
    device = uuid.uuid4()
    save_answer(sitting, answer(sitting, 1, "b", device=device, seq=2))
    save_answer(sitting, answer(sitting, 1, "a", device=device, seq=1))

    assert responses_of(sitting) == {1: "b"}


def test_another_device_goes_on(sitting):
    now = timezone.now()
    save_answer(sitting, answer(sitting, 1, "a", seq=9), now)
    save_answer(sitting, answer(sitting, 1, "b"), now + timedelta(seconds=1))

    assert responses_of(sitting) == {1: "b"}


def test_whatever_the_order_the_same_answers_are_in_force(sitting):
    phone, desk = uuid.uuid4(), uuid.uuid4()
    now = timezone.now()
    for n, (device, seq, response) in enumerate(
        [(phone, 1, "a"), (desk, 1, "b"), (phone, 3, "c"), (phone, 2, "d"), (desk, 2, None)]
    ):
        moment = now + timedelta(seconds=n)
        save_answer(sitting, answer(sitting, 1, response, device=device, seq=seq), moment)
    answers = list(Answer.objects.all())

    chosen = {in_force(answers[n:] + answers[:n])[1].pk for n in range(5)}
    assert len(chosen) == 1
    assert responses_of(sitting) == {1: None}


def test_same_answer_sent_again_is_acknowledged_again(sitting):
    sent = answer(sitting, 1, "a")
    first = save_answer(sitting, sent)
    retry = answer(sitting, 1, "a", fact_id=first.pk, device=first.device)

    assert save_answer(sitting, retry).received_at == first.received_at
    assert Answer.objects.count() == 1


def test_answer_under_the_id_of_another_is_refused(cast, sitting, course):
    first = save_answer(sitting, answer(sitting, 1, "a"))
    other = start(enrol(cast.trainer, course), PRE)

    with refused("forged"):
        save_answer(sitting, answer(sitting, 1, "b", fact_id=first.pk))
    with refused("forged"):
        save_answer(other, answer(other, 1, "a", fact_id=first.pk))
    assert responses_of(sitting) == {1: "a"}


def test_two_answers_with_one_count_are_noticed(sitting):
    device = uuid.uuid4()
    save_answer(sitting, answer(sitting, 1, "a", device=device))

    with refused("sequence"):
        save_answer(sitting, answer(sitting, 2, "b", device=device))
    assert responses_of(sitting) == {1: "a"}


def test_answers_arrive_until_the_grace_ends(sitting):
    end = sitting.deadline_at + GRACE
    save_answer(sitting, answer(sitting, 1, "a"), end)

    with refused("over"):
        save_answer(sitting, answer(sitting, 1, "b"), end + timedelta(microseconds=1))
    assert responses_of(sitting) == {1: "a"}


def test_nothing_changes_after_handing_in_but_what_was_saved_is_acknowledged(sitting):
    saved = save_answer(sitting, answer(sitting, 1, "a"))
    hand_in(sitting, None)

    with refused("over"):
        save_answer(sitting, answer(sitting, 1, "b"))
    retry = answer(sitting, 1, "a", fact_id=saved.pk, device=saved.device)
    assert save_answer(sitting, retry) == saved


# --- handing in


def test_handing_in_twice_gives_one_result(cast, sitting):
    first = hand_in(sitting, cast.learner)
    again = hand_in(sitting, cast.learner, timezone.now() + timedelta(hours=1))

    assert first.handed_in_at == again.handed_in_at
    assert first.handed_in_by == "person"
    assert ScoringRun.objects.count() == 1


def test_overdue_sitting_is_handed_in_with_what_it_has(sitting):
    save_answer(sitting, answer(sitting, 1, "b"))
    late = sitting.deadline_at + GRACE + timedelta(seconds=1)

    [closed] = close_expired(sitting.enrolment, late)
    assert (closed.handed_in_by, closed.handed_in_at) == ("deadline", sitting.deadline_at)
    assert closed.scoring_runs.get().num == 1
    assert close_expired(sitting.enrolment, late) == []


def test_nothing_is_closed_within_the_grace(sitting):
    assert close_expired(sitting.enrolment, sitting.deadline_at + GRACE) == []


def test_command_closes_for_everybody(cast, course, sitting):
    start(enrol(cast.trainer, course), PRE)

    assert close_all_expired(timezone.now() + timedelta(hours=1)) == 2


def test_starting_again_closes_what_is_overdue(enrolment):
    now = timezone.now()
    start(enrolment, POST, now - timedelta(days=9))

    second = start(enrolment, POST, now)
    assert second.attempt_no == 2
    assert enrolment.sittings.get(attempt_no=1).handed_in_by == "deadline"


def test_withdrawn_learner_keeps_the_sittings(cast, sitting):
    withdraw(sitting.enrolment, by=cast.learner)

    assert Sitting.objects.filter(enrolment__person=cast.learner.person).exists()
