"""What a trainer has reached: people with names in verified sessions, each once; others apart."""

import datetime as dt

import pytest
from django.utils import timezone

from learning.cascade.closing import report, verify
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Event, Facilitation
from learning.cascade.reaching import people_in, reach_of
from learning.cascade.registering import take_off
from learning.people.merging import merge
from learning.privacy.erasing import erase_person
from tests.learning.cascade.making import (
    DAY,
    add,
    loaded,
    make_event,
    note,
    there,
    two_days,
    verified_event,
)

pytestmark = pytest.mark.django_db


def verified(cast, event: Event) -> Event:
    report(event, cast.trainer)
    verify(event, cast.programme_admin)
    return loaded(event)


def another(cast, like: Event, weeks: int, **fields) -> Event:
    slots = two_days(DAY + dt.timedelta(weeks=weeks))
    return make_event(cast, version=like.cohort.course_version, slots=slots, **fields)


def test_only_who_was_there_long_enough_in_a_verified_session_is_trained(cast):
    event = make_event(cast)
    note(event, add(event, "Aamir", sex="male"), ["present"] * 4)
    note(event, add(event, "Bano", sex="female"), ["present", "present", "present", "absent"])
    note(event, add(event, "Chand"), ["present"] * 4)
    take_off(event, add(event, "Danish"), None)
    assert reach_of(cast.trainer.person).people == 0

    verified(cast, event)

    reach = reach_of(cast.trainer.person)
    assert (reach.people, reach.women, reach.sex_not_stated) == (2, 0, 1)
    assert (reach.led, reach.verified) == (1, 1)
    assert [str(area) for area in reach.areas] == ["Punjab"]


def test_person_trained_twice_counts_once_even_by_two_records(cast):
    first = make_event(cast)
    aamir = add(first, "Aamir").person
    there(first)
    second = another(cast, first, 1)
    add(second, known=aamir)
    double = add(second, "Amir").person
    there(second)
    for event in (first, second):
        verified(cast, event)
    assert reach_of(cast.trainer.person).people == 2

    merge(aamir, double, "Same card", None)

    assert reach_of(cast.trainer.person).people == 1


def test_who_was_erased_stays_counted_and_who_had_no_name_is_apart(cast):
    event = make_event(cast)
    aamir = add(event, "Aamir", sex="male").person
    add(event)
    there(event)
    verified(cast, event)

    erase_person(aamir)

    reach = reach_of(cast.trainer.person)
    assert (reach.people, reach.nameless) == (1, 1)


def test_people_who_were_only_counted_are_apart(cast):
    event = make_event(cast, counting="headcount")
    set_headcounts(event, {("female", "worker"): 40, ("", ""): 1}, cast.trainer)
    verified(cast, event)

    reach = reach_of(cast.trainer.person)

    assert (reach.people, reach.verified) == (0, 1)
    assert (reach.counted_sessions, reach.counted_people) == (1, 41)


def test_only_the_lead_has_reached_the_people(cast):
    event = verified_event(cast)
    Facilitation.objects.create(event=event, person=cast.area_admin.person, role="co")

    assert reach_of(cast.trainer.person).people == 3
    assert reach_of(cast.area_admin.person).led == 0


def test_sessions_to_come_are_not_led_yet(cast):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    make_event(cast, slots=two_days(tomorrow))

    assert reach_of(cast.trainer.person).led == 0


def test_people_of_sessions_registered_or_counted(cast):
    event = make_event(cast)
    add(event, "Aamir")
    take_off(event, add(event, "Bano"), None)
    counted = another(cast, event, 1, counting="headcount")
    set_headcounts(counted, {("female", "worker"): 4, ("male", "worker"): 5}, None)
    empty = another(cast, event, 2)

    assert people_in([event, counted, empty]) == {event.pk: 1, counted.pk: 9, empty.pk: 0}


@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_do_not_grow_with_sessions(cast, django_assert_num_queries, sessions):
    first = make_event(cast)
    for event in [first, *(another(cast, first, n) for n in range(1, sessions))]:
        add(event, "Aamir")
        there(event)
        verified(cast, event)

    counted = another(cast, first, 9, counting="headcount")
    set_headcounts(counted, {("", ""): 7}, cast.trainer)
    verified(cast, counted)

    with django_assert_num_queries(5):
        assert reach_of(cast.trainer.person).people == sessions
