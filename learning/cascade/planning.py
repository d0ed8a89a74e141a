"""Preparing a training session and changing what was planned."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from learning.cascade.clashing import Slot, refuse_clashes
from learning.cascade.errors import Refused
from learning.cascade.models import (
    OPEN_STATES,
    AttendanceMark,
    Event,
    EventFact,
    EventUnit,
    Facilitation,
)
from learning.enrolment.models import Cohort, Enrolment
from learning.people.facts import Fact
from learning.people.models import Area, Organisation, Person, Programme, User
from modules.courses.models import CourseVersion

MOST_UNITS = 20


@dataclass(frozen=True)
class Plan:
    """What is known of a session before it takes place. `team`: facilitators with their roles."""

    programme: Programme
    course_version: CourseVersion
    kind: str
    mode: str
    area: Area
    slots: Sequence[Slot]
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
        opens=min(slot.date for slot in plan.slots),
        closes=max(slot.date for slot in plan.slots),
    )
    event = Event.objects.create(cohort=cohort, counting=plan.counting, **_fields(plan))
    EventUnit.objects.bulk_create(
        EventUnit(event=event, n=n, **slot._asdict()) for n, slot in enumerate(plan.slots, 1)
    )
    _set_team(event, plan.team)
    when = {"captured_at": at, "received_at": at} if at else {}
    EventFact.objects.create(
        event=event, what=EventFact.What.PLANNED, recorded_by=by, captured_via=via, **when
    )
    return event


@transaction.atomic
def change_event(event: Event, plan: Plan) -> Event:
    """Change what was planned; the programme and what is counted stay. Raises `Refused`.

    A half-day in which somebody's attendance was noted keeps its number: it can be moved, and left
    out only by cancelling it.
    """
    locked = lock_open(event)
    check(plan, event)
    cohort = locked.cohort
    cohort.course_version = _same_version_once_tested(cohort, plan.course_version)
    cohort.opens = min(slot.date for slot in plan.slots)
    cohort.closes = max(slot.date for slot in plan.slots)
    cohort.save(update_fields=["course_version", "opens", "closes"])
    for name, value in _fields(plan).items():
        setattr(locked, name, value)
    locked.save(update_fields=[*_fields(plan)])
    _set_units(locked, plan.slots)
    _set_team(locked, plan.team)
    return locked


@transaction.atomic
def cancel_unit(event: Event, unit: EventUnit, why: str) -> None:
    """A half-day that did not take place leaves what was offered, and what was attended."""
    locked = lock_open(event)
    others = [other for other in locked.units.all() if other.counts and other.pk != unit.pk]
    if not others:
        raise Refused(
            _("This is the only half-day left. Cancel the whole training session instead.")
        )
    locked.units.filter(pk=unit.pk).update(cancelled_why=why)


@transaction.atomic
def restore_unit(event: Event, unit: EventUnit) -> None:
    """The half-day took place after all. Raises `Refused` for who was elsewhere meanwhile."""
    locked = lock_open(event)
    people = [*_participants(locked), *locked.facilitations.values_list("person", flat=True)]
    refuse_clashes(people, [Slot(unit.date, unit.starts, unit.ends)], but_not=locked)
    locked.units.filter(pk=unit.pk).update(cancelled_why="")


def lock_open(event: Event) -> Event:
    """The session with its row locked, if its record may still change. Raises `Refused`."""
    Event.objects.select_for_update().get(pk=event.pk)
    locked = Event.objects.with_all_it_needs().get(pk=event.pk)
    if locked.state not in OPEN_STATES:  # type: ignore[attr-defined]
        raise Refused(
            _(
                "This training session was sent for verification, so its record cannot be changed"
                " now. Nothing was saved. An administrator can return it to you."
            )
        )
    return locked


def check(plan: Plan, event: Event | None = None) -> None:
    """Raises `Refused` for what no session may be."""
    if not 1 <= len(plan.slots) <= MOST_UNITS:
        raise Refused(_("A training session has at least one half-day, and at most twenty."))
    _check_times(plan.slots)
    leads = [person for person, role in plan.team if role == Facilitation.Role.LEAD]
    if len(leads) != 1:
        raise Refused(_("A training session has one lead trainer. Choose who that is."))
    people = [person.pk for person, _role in plan.team]
    if len(set(people)) < len(people):
        raise Refused(_("Somebody is named twice among the trainers. Keep one role for each."))
    participants = set(_participants(event)) if event else set()
    both = next((person for person, _role in plan.team if person.pk in participants), None)
    if both:
        raise Refused(
            _("{name} takes part in this session and cannot help to lead it.").format(name=both)
        )
    refuse_clashes([*people, *participants], plan.slots, but_not=event)


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


def _set_units(event: Event, slots: Sequence[Slot]) -> None:
    """Units keep their numbers: the first slot is unit 1, whatever its date was before."""
    known = {unit.n: unit for unit in event.units.all()}
    for n, slot in enumerate(slots, 1):
        unit = known.pop(n, None) or EventUnit(event=event, n=n)
        unit.date, unit.starts, unit.ends = slot
        unit.save()
    left = [unit.pk for unit in known.values()]
    if AttendanceMark.objects.filter(unit__in=left).exists():
        raise Refused(
            _(
                "Attendance was noted in a half-day that you took away. Cancel that half-day"
                " instead."
            )
        )
    event.units.filter(pk__in=left).delete()


def _set_team(event: Event, team: Sequence[tuple[Person, str]]) -> None:
    event.facilitations.all().delete()
    Facilitation.objects.bulk_create(
        Facilitation(event=event, person=person, role=role) for person, role in team
    )
