"""A test some months after a course: for whom and when it is open, and what it asks."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.offering import offers_of
from learning.attempts.opening import Access, close_all, set_access
from learning.attempts.scoring import score
from learning.attempts.taking import Refused, hand_in, start
from learning.attempts.waves import Later, current_of, ended_by, lie_ahead, rule_in
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from modules.papers.waves import wave_after
from tests.learning.attempts.sitting import add_test, enrol

PRE, POST, LATER = Purpose.PRE, Purpose.POST, Purpose.RETENTION
THEN = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def moment(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(f"{text}T12:00"))


def taken(enrolment, purpose, now) -> Sitting:
    return hand_in(start(enrolment, purpose, now), None, now)


@pytest.fixture
def enrolment(cast, tested_course):
    add_test(tested_course, LATER, minutes=20, feedback_when="closed")
    return enrol(cast.learner, tested_course)


# --- pure ----------------------------------------------------------------------------------------


def sitting(day: str, purpose: str = "post", **facts) -> Sitting:
    at = moment(day)
    return Sitting(purpose=purpose, started_at=at, handed_in_at=at, handed_in_by="person", **facts)


def test_days_are_counted_from_the_test_that_counts():
    tests = [sitting("2026-03-02"), sitting("2026-03-20", "practice"), sitting("2026-04-01")]

    assert ended_by({1: tests}, {1: "first"}) == {1: dt.date(2026, 3, 2)}
    for rule in ("last", "mean"):
        assert ended_by({1: tests}, {1: rule}) == {1: dt.date(2026, 4, 1)}


def test_what_was_taken_back_or_runs_ends_no_course():
    back = sitting("2026-03-02", taken_back_at=THEN)
    runs = Sitting(purpose="post", started_at=THEN)

    assert ended_by({1: [back, runs, sitting("2026-03-01", "pre")]}, {1: "best"}) == {}


def test_on_paper_the_day_of_the_session_counts_and_not_that_of_typing():
    typed = sitting("2026-05-30")
    typed.started_at, typed.handed_in_by = moment("2026-03-02"), "keyed"

    assert ended_by({1: [typed]}, {1: "last"}) == {1: dt.date(2026, 3, 2)}


def test_one_can_act_on_what_runs_then_on_what_is_open_then_on_what_comes():
    first, second = (wave_after(dt.date(2026, 3, 2), months, 30) for months in (3, 6))
    open_day, between = first.due, first.closes + DAY
    runs = Later(first, Sitting(purpose="retention", wave=3))
    done = Later(first, sitting("2026-06-02", "retention", wave=3))

    assert current_of([runs, Later(second)], second.due) == runs
    assert current_of([Later(first), Later(second)], open_day) == Later(first)
    assert current_of([Later(first), Later(second)], between) == Later(second)
    assert current_of([done, Later(second)], open_day) == Later(second)
    assert current_of([done, Later(second)], second.closes + DAY) == Later(second)
    assert current_of([], open_day) is None
    assert lie_ahead([done, Later(second)], open_day)
    assert not lie_ahead([done, Later(second)], second.closes + DAY)


# --- with the record -----------------------------------------------------------------------------

db = pytest.mark.django_db


@db
def test_it_is_open_around_its_day_and_no_longer(enrolment):
    assert offers_of(enrolment)[LATER].state == "untested"
    taken(enrolment, POST, THEN)

    states = {
        "2026-05-02": "not_yet",
        "2026-05-03": "ready",
        "2026-06-02": "ready",
        "2026-07-02": "ready",
        "2026-07-03": "not_yet",
        "2026-08-03": "ready",
        "2026-10-02": "ready",
        "2026-10-03": "missed",
    }
    offers = {day: offers_of(enrolment, moment(day))[LATER] for day in states}

    assert {day: offer.state for day, offer in offers.items()} == states
    assert timezone.localdate(offers["2026-07-03"].from_when) == dt.date(2026, 8, 3)
    assert [offer.test_name for offer in offers.values()].count("retention-3") == 4
    with pytest.raises(Refused, match=r"^not_yet$"):
        start(enrolment, LATER, moment("2026-05-02"))
    with pytest.raises(Refused, match=r"^missed$"):
        start(enrolment, LATER, moment("2026-10-03"))


@db
def test_one_sitting_a_wave_on_another_form_than_the_last_test(enrolment):
    asked = {taken(enrolment, purpose, THEN).form_label for purpose in (PRE, POST)}
    last = Sitting.objects.get(purpose=POST)

    first = taken(enrolment, LATER, moment("2026-06-02"))
    assert offers_of(enrolment, moment("2026-06-03"))[LATER].state == "not_yet"
    second = taken(enrolment, LATER, moment("2026-09-02"))

    assert [(s.wave, s.attempt_no) for s in (first, second)] == [(3, 1), (6, 2)]
    assert {first.form_label, second.form_label} == asked - {last.form_label}
    assert offers_of(enrolment, moment("2026-09-03"))[LATER].state == "used_up"
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=second.pk).update(wave=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=last.pk).update(wave=3)


@db
def test_of_several_tests_the_best_one_sets_the_day(enrolment, django_assert_num_queries):
    first = taken(enrolment, POST, THEN)
    taken(enrolment, POST, THEN + 8 * DAY)  # as bad: the first one stands

    with django_assert_num_queries(3):
        offer = offers_of(enrolment, moment("2026-06-02"))[LATER]

    assert offer.current.wave.due == dt.date(2026, 6, 2)
    assert rule_in(first.enrolment.cohort, "best") == "best"


@db
def test_without_a_time_limit_it_ends_with_its_wave(enrolment):
    Rules.objects.filter(purpose=LATER).update(minutes=None)
    taken(enrolment, POST, THEN)

    begun = start(enrolment, LATER, moment("2026-07-01"))

    assert timezone.localtime(begun.deadline_at).isoformat()[:16] == "2026-07-03T00:00"
    assert start(enrolment, LATER, moment("2026-07-02")) == begun


@db
def test_the_end_of_a_cohort_closes_nothing_that_comes_later(cast, enrolment):
    taken(enrolment, POST, THEN)
    enrolment.cohort.closes = THEN.date() + DAY
    enrolment.cohort.save()
    set_access(enrolment.cohort, LATER, Access(True), cast.trainer)
    close_all(enrolment.cohort, cast.trainer)

    assert offers_of(enrolment, moment("2026-06-02"))[LATER].state == "ready"
    set_access(enrolment.cohort, LATER, Access(False), cast.trainer)
    assert offers_of(enrolment, moment("2026-06-02"))[LATER].state == "not_offered"


@db
def test_answers_may_be_written_and_marked_as_in_every_test(enrolment):
    taken(enrolment, POST, THEN)
    sat = taken(enrolment, LATER, moment("2026-06-02"))

    assert score(sat, "regrade").n == 2
    assert list(Sitting.objects.that_count().values_list("purpose", flat=True)) == [POST, LATER]
