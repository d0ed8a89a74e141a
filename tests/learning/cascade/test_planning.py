"""Preparing a session and changing it: what is kept, and what no session may be."""

import datetime as dt
import uuid

import pytest

from learning.cascade.attending import attendance_of, mark
from learning.cascade.clashing import Slot
from learning.cascade.closing import report
from learning.cascade.errors import Refused
from learning.cascade.models import Event, EventFact
from learning.cascade.planning import (
    MOST_UNITS,
    cancel_unit,
    change_event,
    plan_event,
    restore_unit,
    stamp_of,
)
from learning.cascade.registering import participants_of
from learning.cascade.stamping import Stale
from learning.enrolment.models import Cohort
from learning.people.merging import merge
from learning.people.models import Organisation, Person
from tests.learning.cascade.making import (
    AFTERNOON,
    DAY,
    MORNING,
    add,
    loaded,
    make_event,
    make_plan,
    note,
    result,
    there,
    two_days,
)
from tests.learning.certificates.making import make_version

pytestmark = pytest.mark.django_db

NEXT_WEEK = dt.timedelta(days=7)


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast)


def plan_of(cast, event, **changes):
    """The plan as it was made, with these changes."""
    return make_plan(cast, version=event.cohort.course_version, **changes)


def slots(event) -> dict[int, Slot]:
    return {unit.n: Slot(unit.date, unit.starts, unit.ends) for unit in event.units.all()}


# --- preparing -----------------------------------------------------------------------------------


def test_session_is_a_cohort_with_half_days_and_a_team(cast, event):
    assert (event.cohort.kind, event.cohort.approval) == (Cohort.Kind.EVENT, "issuer")
    assert (event.cohort.opens, event.cohort.closes) == (DAY, DAY + dt.timedelta(days=1))
    assert list(slots(event).values()) == two_days()
    assert [(one.person, one.role) for one in event.facilitations.all()] == [
        (cast.trainer.person, "lead")
    ]
    assert event.state == EventFact.What.PLANNED
    assert event.facts.get().recorded_by == cast.trainer


def refused(cast, **fields) -> str:
    """Why a plan is refused; nothing of it is kept."""
    with pytest.raises(Refused) as refusal:
        plan_event(make_plan(cast, **fields), cast.trainer)
    assert not Event.objects.exists()
    assert not Cohort.objects.exists()
    return str(refusal.value)


def many_days(count: int) -> list[Slot]:
    return [Slot(DAY + n * NEXT_WEEK, *MORNING) for n in range(count)]


@pytest.mark.parametrize("count", [0, MOST_UNITS + 1])
def test_session_has_one_to_twenty_half_days(cast, count):
    assert "at least one half-day, and at most twenty" in refused(cast, slots=many_days(count))


def test_half_day_ends_after_it_begins(cast):
    backwards = [Slot(DAY, dt.time(12), dt.time(12))]

    assert "ends after it begins" in refused(cast, slots=backwards)


def test_half_days_of_a_session_do_not_overlap(cast):
    overlapping = [Slot(DAY, *MORNING), Slot(DAY, dt.time(12, 29), dt.time(17))]

    assert "overlap" in refused(cast, slots=overlapping)


def test_two_half_days_of_a_session_may_share_a_morning(cast):
    short = [Slot(DAY, dt.time(8), dt.time(9)), Slot(DAY, dt.time(9), dt.time(10))]

    assert plan_event(make_plan(cast, slots=short), None).units.count() == 2


@pytest.mark.parametrize("roles", [["co"], ["lead", "lead"]])
def test_session_has_one_lead(cast, roles):
    people = [cast.trainer.person, cast.area_admin.person]

    assert "one lead trainer" in refused(cast, team=list(zip(people, roles, strict=False)))


def test_nobody_has_two_roles_not_even_by_two_records(cast):
    person = cast.trainer.person
    double = Person.objects.create(names={"Latn": "Tariq T."})
    merge(person, double, "Same card", None)
    double.refresh_from_db()
    version = make_version()

    for second in (person, double):
        team = [(person, "lead"), (second, "co")]
        assert "named twice" in refused(cast, version=version, team=team)


def test_place_and_host_lie_where_the_programme_does(cast):
    abroad = Organisation.objects.create(code="abroad", area=cast.cambodia)
    version = make_version()

    assert "does not reach the place" in refused(cast, version=version, area=cast.cambodia)
    assert "belongs to another country" in refused(cast, version=version, host=abroad)


def test_facilitator_cannot_be_in_two_places(cast, event):
    afternoon = Slot(DAY, dt.time(14), dt.time(15))

    with pytest.raises(Refused, match="Tariq Trainer is already recorded"):
        plan_event(plan_of(cast, event, slots=[afternoon]), cast.trainer)
    assert Event.objects.count() == 1


# --- changing ------------------------------------------------------------------------------------


def test_everything_but_programme_and_counting_can_be_changed(cast, event):
    later = [Slot(slot.date + NEXT_WEEK, slot.starts, slot.ends) for slot in two_days()[:2]]
    helper = cast.area_admin.person
    other = make_version("other", 72)
    plan = make_plan(
        cast,
        version=other,
        slots=later,
        team=[(helper, "lead"), (cast.trainer.person, "observer")],
        venue="Okara",
        kind="tot",
        languages=["ur"],
        planned=12,
        counting="headcount",
    )

    change_event(event, plan)

    now = loaded(event)
    assert (now.venue, now.kind, now.languages, now.planned) == ("Okara", "tot", ["ur"], 12)
    assert (now.counting, now.cohort.course_version) == ("named", other)
    assert list(slots(now).values()) == later
    assert (now.cohort.opens, now.cohort.closes) == (later[0].date, later[0].date)
    assert dict(now.facilitations.values_list("person", "role")) == {
        helper.pk: "lead",
        cast.trainer.person_id: "observer",
    }


def test_half_days_keep_their_numbers_when_one_is_taken_away(cast, event):
    aamir = add(event, "Aamir")
    last = event.held_units[3]
    mark(last, aamir, "late", None, fact_id=uuid.uuid4())
    first, _second, third, fourth = two_days()

    change_event(event, plan_of(cast, event, slots=[first, None, third, fourth]))

    now = loaded(event)
    assert slots(now) == {1: first, 3: third, 4: fourth}
    assert attendance_of(now.held_units, [aamir])[aamir.pk].marks[last.pk].value == "late"


def test_half_day_is_added_in_the_first_free_place(cast, event):
    change_event(event, plan_of(cast, event, slots=[*two_days()[:1], None, *two_days()[2:]]))
    fifth = Slot(DAY + NEXT_WEEK, *AFTERNOON)

    change_event(event, plan_of(cast, event, slots=[*two_days()[:1], fifth, *two_days()[2:]]))

    assert slots(loaded(event))[2] == fifth


def test_half_day_with_attendance_cannot_be_taken_away(cast, event):
    note(event, add(event, "Aamir"), ["present"] * 4)

    with pytest.raises(Refused, match="Attendance was noted in a half-day that you took away"):
        change_event(event, plan_of(cast, event, slots=two_days()[:3]))

    assert slots(loaded(event))[4] == two_days()[3]


def test_cancelled_half_day_stays_as_it_is(cast, event):
    cancel_unit(event, event.held_units[1], "No electricity")
    elsewhere = [Slot(DAY, *AFTERNOON)]
    make_event(cast, version=event.cohort.course_version, slots=elsewhere)

    change_event(loaded(event), plan_of(cast, event))

    assert [unit.cancelled_why for unit in loaded(event).units.all()] == [
        "",
        "No electricity",
        "",
        "",
    ]


def test_participants_cannot_be_in_two_places_after_a_move(cast, event):
    aamir = add(event, "Aamir").person
    other = make_event(
        cast,
        version=event.cohort.course_version,
        slots=many_days(2)[1:],
        lead=cast.area_admin.person,
    )
    add(other, known=aamir)

    with pytest.raises(Refused, match="Aamir is already recorded"):
        change_event(event, plan_of(cast, event, slots=many_days(2)[1:]))


def test_who_takes_part_cannot_help_to_lead(cast, event):
    aamir = add(event, "Aamir").person
    team = [(cast.trainer.person, "lead"), (aamir, "co")]

    with pytest.raises(Refused, match="Aamir takes part in this session"):
        change_event(event, plan_of(cast, event, team=team))


def test_course_version_stays_once_results_were_typed_in(cast, event):
    result(add(event, "Aamir"), "post", 16)

    with pytest.raises(Refused, match="Test results were typed in"):
        change_event(event, make_plan(cast, version=make_version("other", 72)))


def test_closed_record_is_not_changed(cast, event):
    add(event, "Aamir")
    there(event)
    report(event, cast.trainer)

    for act in (
        lambda: change_event(event, plan_of(cast, event)),
        lambda: cancel_unit(event, event.held_units[0], "Why"),
        lambda: restore_unit(event, event.held_units[0]),
    ):
        with pytest.raises(Refused, match="was sent for verification"):
            act()


def test_of_two_who_change_at_once_the_second_is_told(cast, event):
    seen = stamp_of(event)
    change_event(event, plan_of(cast, event, venue="Okara"), seen=seen)

    with pytest.raises(Stale, match="Somebody else changed this session"):
        change_event(event, plan_of(cast, event, venue="Multan"), seen=seen)

    assert loaded(event).venue == "Okara"
    change_event(event, plan_of(cast, event, venue="Multan"), seen=stamp_of(loaded(event)))
    assert loaded(event).venue == "Multan"


@pytest.mark.parametrize(
    "changes",
    [
        {"venue": "Okara"},
        {"kind": "tot"},
        {"planned": 9},
        {"languages": ["ur"]},
        {"slots": two_days()[:3]},
    ],
    ids=str,
)
def test_stamp_differs_with_whatever_was_changed(cast, event, changes):
    before = stamp_of(event)
    change_event(event, plan_of(cast, event, **changes))

    assert stamp_of(loaded(event)) != before


# --- half-days that do not take place ------------------------------------------------------------


def test_cancelled_half_day_leaves_what_was_offered_and_attended(cast, event):
    aamir = add(event, "Aamir")
    note(event, aamir, ["present", "absent", "present", "present"])

    cancel_unit(event, event.held_units[1], "No electricity")
    cancel_unit(loaded(event), event.held_units[1], "Another reason")

    now = loaded(event)
    attendance = attendance_of(now.held_units, participants_of(now))[aamir.pk]
    assert (attendance.attended, attendance.offered) == (630, 630)
    assert now.units.get(n=2).cancelled_why == "No electricity"


def test_days_of_a_session_are_those_that_count(cast, event):
    for unit in event.held_units[2:]:
        cancel_unit(loaded(event), unit, "Strike")
    assert loaded(event).cohort.closes == DAY

    restore_unit(loaded(event), loaded(event).units.get(n=4))
    assert loaded(event).cohort.closes == DAY + dt.timedelta(days=1)


def test_last_half_day_cannot_be_cancelled(cast, event):
    for unit in event.held_units[1:]:
        cancel_unit(loaded(event), unit, "Strike")

    with pytest.raises(Refused, match="only half-day left"):
        cancel_unit(loaded(event), event.held_units[0], "Strike")


def test_restored_half_day_counts_again(cast, event):
    unit = event.held_units[1]
    cancel_unit(event, unit, "No electricity")

    restore_unit(loaded(event), unit)

    assert len(loaded(event).held_units) == 4


def test_half_day_is_not_restored_when_somebody_was_elsewhere(cast, event):
    unit = event.held_units[1]
    cancel_unit(event, unit, "No electricity")
    make_event(cast, version=event.cohort.course_version, slots=[Slot(DAY, *AFTERNOON)])

    with pytest.raises(Refused, match="Tariq Trainer is already recorded"):
        restore_unit(loaded(event), unit)


def test_half_day_is_not_restored_over_one_that_took_its_place(cast, event):
    unit = event.held_units[1]
    cancel_unit(event, unit, "No electricity")
    fifth = Slot(DAY, dt.time(14), dt.time(16))
    change_event(loaded(event), plan_of(cast, event, slots=[*two_days(), fifth]))

    with pytest.raises(Refused, match="overlap"):
        restore_unit(loaded(event), unit)


def test_half_day_made_shorter_offers_no_less_than_was_attended(cast, event):
    aamir = add(event, "Aamir")
    mark(event.held_units[0], aamir, "late", None, fact_id=uuid.uuid4(), minutes=200)
    short = Slot(DAY, dt.time(9), dt.time(10))

    change_event(event, plan_of(cast, event, slots=[short, *two_days()[1:]]))

    assert attendance_of(loaded(event).held_units, [aamir])[aamir.pk].attended == 60
