"""Preparing a training session and changing what was planned."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import BigAutoField, Max, Min, prefetch_related_objects
from django.utils.translation import gettext as _

from learning.cascade.clashing import Slot, refuse_clashes, slots_of
from learning.cascade.errors import Refused
from learning.cascade.models import (
    OPEN_STATES,
    AttendanceMark,
    Event,
    EventFact,
    EventUnit,
    Facilitation,
)
from learning.cascade.stamping import Stale, stamp
from learning.enrolment.models import Cohort, Enrolment
from learning.people.facts import Fact
from learning.people.merging import with_their_other_records
from learning.people.models import Area, Organisation, Person, Programme, User
from modules.courses.models import CourseVersion
from modules.reference.statements import Slot as Value
from modules.reference.statements import Statement

MOST_UNITS = 20

# Every step of a session begins with these two; building them took most of its time.
LOCK = Statement(
    lambda: Event.objects.select_for_update().only("pk").filter(pk=Value("pk", BigAutoField()))
)
NEEDED = Statement(
    lambda: (
        Event.objects.with_all_it_needs()
        .prefetch_related(None)
        .filter(pk=Value("pk", BigAutoField()))
    )
)


@dataclass(frozen=True)
class Plan:
    """What is known of a session before it takes place.

    `slots`: the half-days, each in the place of its number, None where one was taken away;
    `team`: facilitators with their roles.
    """

    programme: Programme
    course_version: CourseVersion
    kind: str
    mode: str
    area: Area
    slots: Sequence[Slot | None]
    team: Sequence[tuple[Person, str]]
    languages: Sequence[str]
    counting: str = Event.Counting.NAMED
    venue: str = ""
    host: Organisation | None = None
    planned: int | None = None


@transaction.atomic
def plan_event(
    plan: Plan, by: User | None, *, at: dt.datetime | None = None, via: str = Fact.Via.WEB
) -> Event:
    """Make the session with its cohort, half-days and team. Raises `Refused`; nothing is kept."""
    check(plan)
    cohort = Cohort.objects.create(
        programme=plan.programme,
        course_version=plan.course_version,
        kind=Cohort.Kind.EVENT,
        approval=Cohort.Approval.ISSUER,
    )
    event = Event.objects.create(cohort=cohort, counting=plan.counting, **_fields(plan))
    _set_units(event, plan.slots)
    _set_team(event, plan.team)
    when = {"captured_at": at, "received_at": at} if at else {}
    EventFact.objects.create(
        event=event, what=EventFact.What.PLANNED, recorded_by=by, captured_via=via, **when
    )
    return event


@transaction.atomic
def change_event(event: Event, plan: Plan, *, seen: str = "") -> Event:
    """Change what was planned; the programme and what is counted stay. Raises `Refused`.

    A half-day in which somebody's attendance was noted keeps its number: it can be moved, and left
    out only by cancelling it. `seen`: the stamp of what the person had before her; raises `Stale`
    when that is not what would be replaced.
    """
    locked = lock_open(event)
    if seen and seen != stamp_of(locked):
        raise Stale(
            _(
                "Somebody else changed this session while you had it open. Nothing was saved."
                " What you typed stands below: look at the session in another window, and save"
                " again to put yours in its place."
            )
        )
    check(plan, locked)
    cohort = locked.cohort
    cohort.course_version = _same_version_once_tested(cohort, plan.course_version)
    cohort.save(update_fields=["course_version"])
    for name, value in _fields(plan).items():
        setattr(locked, name, value)
    locked.save(update_fields=[*_fields(plan)])
    _set_units(locked, plan.slots)
    _set_team(locked, plan.team)
    return locked


def stamp_of(event: Event) -> str:
    """What changes with whatever was planned of the session; two queries."""
    own = [getattr(event, name) for name in ("kind", "mode", "venue", "planned", "languages")]
    places = event.area_id, event.host_id, event.cohort.course_version_id
    units = event.units.values_list("n", "date", "starts", "ends", "cancelled_why")
    team = event.facilitations.order_by("person").values_list("person", "role")
    return stamp(own, places, list(units), list(team))


@transaction.atomic
def cancel_unit(event: Event, unit: EventUnit, why: str) -> None:
    """A half-day that did not take place leaves what was offered, and what was attended.

    Its marks are kept. Cancelled twice, it keeps the first reason.
    """
    locked = lock_open(event)
    others = [other for other in locked.held_units if other.pk != unit.pk]
    if not others:
        raise Refused(
            _("This is the only half-day left. Cancel the whole training session instead.")
        )
    locked.units.filter(pk=unit.pk, cancelled_why="").update(cancelled_why=why)
    _set_days(locked)


@transaction.atomic
def restore_unit(event: Event, unit: EventUnit) -> None:
    """The half-day took place after all. Raises `Refused` for who was elsewhere meanwhile."""
    locked = lock_open(event)
    slot = Slot(unit.date, unit.starts, unit.ends)
    others = [other for other in locked.held_units if other.pk != unit.pk]
    _check_times([*slots_of(others), slot])
    people = [*_participants(locked), *locked.facilitations.values_list("person", flat=True)]
    _refuse_clashes(people, [slot], locked.area, locked)
    locked.units.filter(pk=unit.pk).update(cancelled_why="")
    _set_days(locked)


def lock_open(event: Event) -> Event:
    """The session with its row locked, if its record may still change. Raises `Refused`."""
    LOCK.run(pk=event.pk)
    (locked,) = NEEDED.run(pk=event.pk)
    prefetch_related_objects([locked], "units")
    if locked.state not in OPEN_STATES:  # type: ignore[attr-defined]
        raise Refused(
            _(
                "This training session was sent for verification, so its record cannot be changed"
                " now. Nothing was saved. An administrator can return it to you."
            )
        )
    return locked


def lock_later(event: Event) -> Event:
    """The session with its row locked, for what comes after it; its record may be closed.

    Raises `Refused` for one that was cancelled.
    """
    LOCK.run(pk=event.pk)
    (locked,) = NEEDED.run(pk=event.pk)
    prefetch_related_objects([locked], "units")
    if locked.state == EventFact.What.CANCELLED:  # type: ignore[attr-defined]
        raise Refused(_("This training session was cancelled. Nothing was saved."))
    return locked


def check(plan: Plan, event: Event | None = None) -> None:
    """Raises `Refused` for what no session may be; `event` is the one to be changed."""
    slots = _slots_that_count(plan, event)
    if not 1 <= len(slots) <= MOST_UNITS:
        raise Refused(_("A training session has at least one half-day, and at most twenty."))
    _check_times(slots)
    _check_places(plan)
    participants = _participants(event) if event else []
    _check_team(plan, with_their_other_records(participants))
    people = [person.pk for person, _role in plan.team]
    _refuse_clashes([*people, *participants], slots, plan.area, event)


def _slots_that_count(plan: Plan, event: Event | None) -> list[Slot]:
    """The half-days of the plan without those that are cancelled."""
    units = event.units.all() if event else ()
    cancelled = {unit.n for unit in units if not unit.counts}
    return [slot for n, slot in enumerate(plan.slots, 1) if slot and n not in cancelled]


def _check_places(plan: Plan) -> None:
    """Who administers the area or the host reads the record: both lie where the programme does."""
    if not plan.area.path.startswith(plan.programme.area.path):
        raise Refused(_("This programme does not reach the place of the session. Choose another."))
    if plan.host and plan.host.area.country_code != plan.programme.area.country_code:
        raise Refused(_("The host organisation belongs to another country. Choose another."))


def _check_team(plan: Plan, participants: Collection[int]) -> None:
    leads = [person for person, role in plan.team if role == Facilitation.Role.LEAD]
    if len(leads) != 1:
        raise Refused(_("A training session has one lead trainer. Choose who that is."))
    people = [person.merged_into_id or person.pk for person, _role in plan.team]
    if len(set(people)) < len(people):
        raise Refused(_("Somebody is named twice among the trainers. Keep one role for each."))
    both = next((person for person, _role in plan.team if person.pk in participants), None)
    if both:
        raise Refused(
            _("{name} takes part in this session and cannot help to lead it.").format(name=both)
        )


def _refuse_clashes(
    people: Collection[int], slots: Sequence[Slot], area: Area, event: Event | None
) -> None:
    """Sessions that are planned at one moment see one another: the rows of their people wait."""
    locked = Person.objects.select_for_update().filter(pk__in=people).order_by("pk")
    found = list(locked.values_list("pk", flat=True))
    refuse_clashes(found, slots, area.country_code, but_not=event)


def _check_times(slots: Sequence[Slot]) -> None:
    if any(slot.ends <= slot.starts for slot in slots):
        raise Refused(_("A half-day ends after it begins. Look at the times once more."))
    in_order = sorted(slots)
    for earlier, later in pairwise(in_order):
        if earlier.date == later.date and later.starts < earlier.ends:
            raise Refused(_("Two half-days overlap. Look at the times once more."))


def _fields(plan: Plan) -> dict[str, object]:
    names = ("kind", "mode", "area", "venue", "host", "planned")
    return {name: getattr(plan, name) for name in names} | {"languages": list(plan.languages)}


def _participants(event: Event) -> list[int]:
    enrolments = Enrolment.objects.in_force().filter(cohort=event.cohort_id)
    return list(enrolments.values_list("person", flat=True))


def _same_version_once_tested(cohort: Cohort, version: CourseVersion) -> CourseVersion:
    if (
        version != cohort.course_version
        and cohort.enrolments.filter(sittings__isnull=False).exists()
    ):
        raise Refused(
            _("Test results were typed in for this course version, so it cannot be exchanged.")
        )
    return version


def _set_units(event: Event, slots: Sequence[Slot | None]) -> None:
    """Half-days keep their numbers, by which pages and papers name them; cancelled ones stay."""
    known = {unit.n: unit for unit in event.units.all()}
    for n, slot in enumerate(slots, 1):
        unit = known.get(n) or EventUnit(event=event, n=n)
        if slot and unit.counts:
            unit.date, unit.starts, unit.ends = slot
            unit.save()
    kept = {n for n, slot in enumerate(slots, 1) if slot}
    left = [unit.pk for unit in known.values() if unit.counts and unit.n not in kept]
    if AttendanceMark.objects.filter(unit__in=left).exists():
        raise Refused(
            _(
                "Attendance was noted in a half-day that you took away. Cancel that half-day"
                " instead."
            )
        )
    event.units.filter(pk__in=left).delete()
    _set_days(event)


def _set_days(event: Event) -> None:
    """The cohort is open from the first day that counts to the last."""
    days = event.units.filter(cancelled_why="").aggregate(opens=Min("date"), closes=Max("date"))
    Cohort.objects.filter(pk=event.cohort_id).update(**days)


def _set_team(event: Event, team: Sequence[tuple[Person, str]]) -> None:
    event.facilitations.all().delete()
    Facilitation.objects.bulk_create(
        Facilitation(event=event, person=person, role=role) for person, role in team
    )
