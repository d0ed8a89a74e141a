"""Which half-day is called next, and what its roll comes to."""

import datetime as dt
import uuid

import pytest

from learning.cascade.attending import mark
from learning.cascade.calling import roll_of, unit_to_call
from learning.cascade.planning import cancel_unit
from tests.learning.cascade.making import DAY, add, loaded, make_event, note, there

pytestmark = pytest.mark.django_db

LONG_BEFORE = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def test_summary_counts_the_marks_in_force(cast):
    event = make_event(cast)
    unit = event.held_units[0]
    people = [add(event, name) for name in ("Aamir", "Bano", "Chand")]
    for enrolment, value in zip(people, ["late", "absent"], strict=False):
        mark(unit, enrolment, value, None, fact_id=uuid.uuid4())
    assert roll_of(event, unit).summary == "2 of 3 marked · 1 late, 1 absent"

    mark(unit, people[0], "present", None, fact_id=uuid.uuid4())
    assert roll_of(event, unit).summary == "2 of 3 marked · 1 present, 1 absent"


def test_nothing_marked(cast):
    event = make_event(cast)
    add(event, "Aamir")

    assert roll_of(event, event.held_units[0]).summary == "0 of 1 marked"


def test_half_days_say_what_they_lack(cast):
    event = make_event(cast)
    add(event, "Bano")
    note(event, add(event, "Aamir"), ["present"] * 4)
    cancel_unit(event, event.units.last(), "Flood")
    roll = roll_of(loaded(event), event.held_units[0])

    assert [half.missing for half in roll.half_days] == [1, 1, 1, 0]
    assert roll.following.n == 2


def test_cancelled_half_day_does_not_follow(cast):
    event = make_event(cast)
    cancel_unit(event, event.held_units[1], "Flood")
    event = loaded(event)

    assert roll_of(event, event.held_units[0]).following.n == 3
    assert roll_of(event, event.held_units[-1]).following is None


@pytest.mark.parametrize(("hour", "n"), [(9, 1), (12, 1), (15, 2)])
def test_the_half_day_that_is_on_is_called(cast, hour, n):
    event = make_event(cast)
    there(event)

    assert unit_to_call(event, dt.datetime.combine(DAY, dt.time(hour), dt.UTC)).n == n


def test_else_the_first_that_lacks_marks(cast):
    event = make_event(cast)
    enrolment = add(event, "Aamir")
    assert unit_to_call(event, LONG_BEFORE).n == 1

    mark(event.held_units[0], enrolment, "present", None, fact_id=uuid.uuid4())
    assert unit_to_call(event, LONG_BEFORE).n == 2
    there(event)
    assert unit_to_call(event, LONG_BEFORE).n == 4
