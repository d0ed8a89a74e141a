"""Closing, verifying, returning and cancelling: from every state, by two people at once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from learning.cascade.closing import (
    cancel,
    last_step,
    missing,
    missing_of,
    report,
    send_back,
    verify,
)
from learning.cascade.errors import Refused
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Event, EventFact
from learning.cascade.planning import cancel_unit
from tests.cast import Cast
from tests.learning.cascade.making import add, loaded, make_event, note, there, two_days

pytestmark = pytest.mark.django_db

What = EventFact.What
STEPS: dict[str, Callable[[Event, Cast], bool]] = {
    What.REPORTED: lambda event, cast: report(event, cast.trainer),
    What.VERIFIED: lambda event, cast: verify(event, cast.programme_admin),
    What.RETURNED: lambda event, cast: send_back(event, cast.programme_admin, "Look again"),
    What.CANCELLED: lambda event, cast: cancel(event, cast.trainer, "Flood"),
}
# How each state is reached by the steps that lead to it.
WAY_TO = {
    What.PLANNED: [],
    What.REPORTED: [What.REPORTED],
    What.VERIFIED: [What.REPORTED, What.VERIFIED],
    What.RETURNED: [What.REPORTED, What.RETURNED],
    What.CANCELLED: [What.CANCELLED],
}
# From each state the steps that can be taken; everything else is refused.
LEADS_ON = {
    What.PLANNED: {What.REPORTED, What.CANCELLED},
    What.REPORTED: {What.VERIFIED, What.RETURNED},
    What.VERIFIED: {What.RETURNED},
    What.RETURNED: {What.REPORTED},
    What.CANCELLED: set(),
}


def complete(cast) -> Event:
    """Everything is recorded, and nobody was there: so it can be cancelled too."""
    event = make_event(cast)
    note(event, add(event, "Aamir"), ["absent"] * 4)
    return event


def in_state(cast, state: str) -> Event:
    event = complete(cast)
    for step in WAY_TO[state]:
        STEPS[step](event, cast)
    return loaded(event)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", WAY_TO)
def test_every_step_from_every_state(cast, state, step):
    event = in_state(cast, state)
    facts = event.facts.count()

    if step == state:
        assert STEPS[step](event, cast) is False
    elif step in LEADS_ON[state]:
        assert STEPS[step](event, cast) is True
        assert loaded(event).state == step
        return
    else:
        with pytest.raises(Refused, match="Somebody was faster"):
            STEPS[step](event, cast)
    assert (loaded(event).state, event.facts.count()) == (state, facts)


def test_step_keeps_who_took_it_and_why(cast):
    event = in_state(cast, What.REPORTED)
    send_back(event, cast.programme_admin, "One name is missing")

    fact = last_step(event)
    assert (fact.what, fact.reason) == (What.RETURNED, "One name is missing")
    assert fact.recorded_by == cast.programme_admin
    now = Event.objects.with_last_step().get(pk=event.pk)
    assert (now.step, now.since, now.why) == (fact.pk, fact.received_at, fact.reason)


def test_of_two_who_decide_at_once_the_second_is_told(cast):
    event = in_state(cast, What.REPORTED)
    seen = last_step(event).pk
    verify(event, cast.programme_admin, seen=seen)

    with pytest.raises(Refused, match="Somebody was faster"):
        send_back(event, cast.area_admin, "One name is missing", seen=seen)

    assert loaded(event).state == What.VERIFIED


def test_nobody_verifies_what_was_changed_since_she_looked(cast):
    event = in_state(cast, What.REPORTED)
    seen = last_step(event).pk
    send_back(event, cast.programme_admin, "One name is missing")
    report(event, cast.trainer)

    with pytest.raises(Refused, match="Somebody was faster"):
        verify(event, cast.area_admin, seen=seen)

    assert verify(event, cast.area_admin, seen=last_step(event).pk)


# --- what is missing -----------------------------------------------------------------------------


def test_nothing_is_missing_of_a_complete_record(cast):
    assert missing(complete(cast)) == []


def test_session_without_people_cannot_be_closed(cast):
    event = make_event(cast)

    with pytest.raises(Refused, match="Nobody is registered yet"):
        report(event, cast.trainer)


def test_gaps_in_the_roll_are_counted_in_half_days_that_count(cast):
    event = make_event(cast)
    add(event, "Aamir")
    there(event)
    add(event, "Bano")
    assert missing(loaded(event)) == ["The roll is not complete: 4 marks are missing."]

    for unit in event.held_units[1:]:
        cancel_unit(loaded(event), unit, "Strike")

    assert missing(loaded(event)) == ["The roll is not complete: 1 mark is missing."]


@pytest.mark.parametrize(("days", "over"), [(0, True), (1, False)])
def test_session_is_over_on_its_last_day(cast, days, over):
    first = timezone.localdate() + dt.timedelta(days=days - 1)
    event = make_event(cast, slots=two_days(first))
    add(event, "Aamir")
    there(event)

    assert missing(event) == ([] if over else ["The training session is not over yet."])


def test_session_of_people_who_are_counted_needs_a_count(cast):
    event = make_event(cast, counting="headcount")
    assert missing(event) == ["Nobody was counted yet."]

    set_headcounts(event, {("female", "worker"): 3}, cast.trainer)

    assert missing(event) == []


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow_with_sessions(cast, django_assert_num_queries, many):
    events = [complete(cast)]
    version = events[0].cohort.course_version
    for n in range(1, many):
        slots = two_days(two_days()[0].date + dt.timedelta(days=7 * n))
        events.append(make_event(cast, version=version, slots=slots))

    with django_assert_num_queries(4):
        found = missing_of(events)

    assert (
        list(found.values())
        == [[], ["Nobody is registered yet."], ["Nobody is registered yet."]][:many]
    )


# --- cancelling ----------------------------------------------------------------------------------


def test_session_in_which_somebody_was_cannot_be_cancelled(cast):
    event = make_event(cast)
    note(event, add(event, "Aamir"), ["absent", "absent", "absent", "left"])

    with pytest.raises(Refused, match="People took part"):
        cancel(event, cast.trainer, "Flood")


def test_session_in_which_people_were_counted_cannot_be_cancelled(cast):
    event = make_event(cast, counting="headcount")
    set_headcounts(event, {("", ""): 1}, cast.trainer)

    with pytest.raises(Refused, match="People took part"):
        cancel(event, cast.trainer, "Flood")
