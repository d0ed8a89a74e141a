"""The roll: the newest mark is in force, and attendance is exact."""

import datetime as dt
import random
import uuid
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.attending import (
    Given,
    attendance_of,
    in_force,
    mark,
    mark_all,
    minutes_attended,
)
from learning.cascade.closing import report
from learning.cascade.counting import was_trained
from learning.cascade.errors import Refused
from learning.cascade.models import AttendanceMark
from learning.cascade.planning import cancel_unit
from learning.cascade.registering import participants_of
from tests.learning.cascade.making import add, loaded, make_event, note, there

NOON = dt.datetime(2026, 3, 2, 7, tzinfo=dt.UTC)

values = st.sampled_from(["present", "late", "left", "absent", "excused"])
facts = st.builds(
    lambda pk, unit, enrolment, value, seconds: AttendanceMark(
        id=pk,
        unit_id=unit,
        enrolment_id=enrolment,
        value=value,
        captured_at=NOON + dt.timedelta(seconds=seconds),
    ),
    st.uuids(),
    st.integers(1, 2),
    st.integers(1, 3),
    values,
    st.integers(0, 4),
)


# Some marks, and the same ones in another order with some of them twice.
told_again = st.lists(facts, max_size=12).flatmap(
    lambda marks: st.tuples(st.just(marks), st.permutations(marks + marks[::2]))
)


@given(told_again)
def test_order_and_repetition_change_nothing(told):
    once, again = told

    assert in_force(again) == in_force(once)


@given(values, st.none() | st.integers(0, 210), st.integers(1, 210))
def test_credit_is_never_more_than_was_offered(value, minutes, offered):
    stated = None if minutes is None else min(minutes, offered)
    credit = minutes_attended(AttendanceMark(value=value, minutes=stated), offered)

    assert credit in {0, offered, stated}
    assert credit == 0 or 2 * credit >= offered


@pytest.mark.parametrize(
    ("value", "minutes", "credit"),
    [
        ("present", None, 210),
        ("late", None, 210),
        ("late", 105, 105),
        ("late", 104, 0),
        ("left", 180, 180),
        ("absent", None, 0),
        ("excused", None, 0),
    ],
)
def test_minutes_of_a_half_day(value, minutes, credit):
    assert minutes_attended(AttendanceMark(value=value, minutes=minutes), 210) == credit


def test_without_a_mark_nobody_was_there():
    assert minutes_attended(None, 210) == 0


pytestmark = pytest.mark.django_db


def share(event, enrolment) -> Fraction:
    return attendance_of(loaded(event).held_units, [enrolment])[enrolment.pk].share


def test_three_of_four_half_days_are_75_per_cent(cast):
    event = make_event(cast)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present", "present", "excused", "late"])

    assert share(event, enrolment) == Fraction(3, 4)


def test_cancelled_half_day_leaves_what_was_offered_and_what_was_attended(cast):
    event = make_event(cast)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present", "absent", "present", "present"])
    cancel_unit(event, event.units.first(), "Flood")

    assert share(event, enrolment) == Fraction(2, 3)


@pytest.mark.parametrize(("minutes", "is_trained"), [(126, True), (125, False)])
def test_80_per_cent_is_enough_and_less_is_not(cast, minutes, is_trained):
    event = make_event(cast)
    enrolment = add(event, "Aamir")
    first, second, third, fourth = event.held_units
    for unit in (first, second):
        mark(unit, enrolment, "present", None, fact_id=uuid.uuid4())
    mark(third, enrolment, "late", None, fact_id=uuid.uuid4(), minutes=126)
    mark(fourth, enrolment, "left", None, fact_id=uuid.uuid4(), minutes=minutes)
    event.state = "verified"
    attendance = attendance_of(event.held_units, [enrolment])[enrolment.pk]

    assert attendance.attended == 546 + minutes  # of 840; 672 are 80 per cent
    assert was_trained(event, attendance) == is_trained


def test_mark_sent_twice_is_noted_once(cast):
    event = make_event(cast)
    enrolment, unit, fact = add(event, "Aamir"), event.held_units[0], uuid.uuid4()

    first = mark(unit, enrolment, "present", cast.trainer, fact_id=fact)
    assert mark(unit, enrolment, "present", cast.trainer, fact_id=fact) == first
    assert AttendanceMark.objects.count() == 1


def test_two_phones_newest_captured_wins_whatever_arrives_last(cast):
    event = make_event(cast)
    enrolment, unit = add(event, "Aamir"), event.held_units[0]
    for value, minute in random.sample([("absent", 1), ("late", 3), ("present", 2)], 3):
        at = NOON + dt.timedelta(minutes=minute)
        mark(unit, enrolment, value, None, fact_id=uuid.uuid4(), captured_at=at)

    found = in_force(AttendanceMark.objects.all())
    assert found[unit.pk, enrolment.pk].value == "late"


def test_a_clock_that_runs_ahead_wins_nothing(cast):
    event = make_event(cast)
    future = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    unit, enrolment = event.held_units[0], add(event, "Aamir")
    noted = mark(unit, enrolment, "late", None, fact_id=uuid.uuid4(), captured_at=future)

    assert noted.captured_at == noted.received_at


def test_minutes_belong_to_who_came_late_or_left_early(cast):
    event = make_event(cast)
    unit, enrolment = event.held_units[0], add(event, "Aamir")

    assert mark(unit, enrolment, "late", None, fact_id=uuid.uuid4(), minutes=90).minutes == 90
    assert mark(unit, enrolment, "absent", None, fact_id=uuid.uuid4(), minutes=90).minutes is None
    with pytest.raises(Refused, match="has 210 minutes"):
        mark(unit, enrolment, "late", None, fact_id=uuid.uuid4(), minutes=211)


def test_nothing_is_noted_in_a_cancelled_half_day_or_a_closed_session(cast):
    event = make_event(cast)
    enrolment, unit = add(event, "Aamir"), event.held_units[3]
    there(event)
    cancel_unit(event, unit, "Flood")
    with pytest.raises(Refused, match="cancelled"):
        mark(unit, enrolment, "present", None, fact_id=uuid.uuid4())
    event = loaded(event)
    report(event, cast.trainer)
    with pytest.raises(Refused, match="sent for verification"):
        mark(event.held_units[0], enrolment, "late", None, fact_id=uuid.uuid4())


def test_somebody_of_another_session_is_refused(cast):
    event = make_event(cast)
    other = make_event(cast, lead=cast.learner.person, version=event.cohort.course_version)
    unit = event.held_units[0]

    with pytest.raises(Refused, match="does not take part"):
        mark(unit, add(other, "Aamir"), "present", None, fact_id=uuid.uuid4())


def test_of_several_marks_one_that_is_refused_keeps_back_no_other(cast):
    event = make_event(cast)
    unit, fact = event.held_units[0], uuid.uuid4()
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    noted = mark_all(
        unit,
        [Given(fact, aamir, "late", minutes=900), Given(uuid.uuid4(), bano, "present")],
        cast.trainer,
    )

    assert list(noted.refusals) == [fact]
    assert [(one.enrolment, one.value) for one in noted.marks] == [(bano, "present")]


def test_an_id_that_was_used_for_somebody_else_is_refused(cast):
    event = make_event(cast)
    unit, fact = event.held_units[0], uuid.uuid4()
    mark(unit, add(event, "Aamir"), "present", None, fact_id=fact)

    with pytest.raises(Refused, match="somebody else"):
        mark(unit, add(event, "Bano"), "present", None, fact_id=fact)


def test_the_rest_is_for_those_without_a_mark(cast):
    event = make_event(cast)
    unit = event.held_units[0]
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    mark(unit, aamir, "absent", None, fact_id=uuid.uuid4())
    mark_all(
        unit,
        [Given(uuid.uuid4(), one, "present", if_open=True) for one in (aamir, bano)],
        cast.trainer,
    )

    found = in_force(AttendanceMark.objects.all())
    assert [found[unit.pk, one.pk].value for one in (aamir, bano)] == ["absent", "present"]


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_marks(cast, django_assert_num_queries, people):
    event = make_event(cast)
    for n in range(people):
        add(event, f"Person {n}")
    event = loaded(event)
    given = [Given(uuid.uuid4(), one, "present") for one in participants_of(event)]

    with django_assert_num_queries(7):  # two are the savepoint
        mark_all(event.held_units[0], given, cast.trainer)
