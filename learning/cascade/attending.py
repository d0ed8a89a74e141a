"""The roll, half-day by half-day, and what attendance comes to. Nothing computed is stored."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.cascade.models import AttendanceMark, Event, EventUnit
from learning.cascade.planning import lock_open
from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import User

Value = AttendanceMark.Value
THERE = frozenset({Value.PRESENT, Value.LATE, Value.LEFT})
INSTANT = timedelta(microseconds=1)
MAY_BE_PART = frozenset({Value.LATE, Value.LEFT})  # with minutes


@dataclass(frozen=True)
class Attendance:
    """Minutes attended of those offered, by the marks of each half-day that was not cancelled."""

    attended: int
    offered: int
    marks: Mapping[int, AttendanceMark]  # by key of the half-day, those in force

    @property
    def share(self) -> Fraction:
        """In [0, 1], exact; 0 of a session without half-days."""
        return Fraction(self.attended, self.offered) if self.offered else Fraction(0)

    @property
    def was_there(self) -> bool:
        """Whether the person was in at least one half-day, however long."""
        return any(mark.value in THERE for mark in self.marks.values())


@dataclass(frozen=True)
class Given:
    """A mark as somebody gave it. Its id is made where it is given, and kept through retries.

    With `if_open` it is for whoever has no mark yet ("all the others were present"). `after` are
    the ids of marks that the same phone gave before: whatever the network made of their times,
    this one is the later.
    """

    fact_id: uuid.UUID
    enrolment: Enrolment
    value: str
    minutes: int | None = None
    captured_at: datetime | None = None
    if_open: bool = False
    after: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Noted:
    """What became of several marks: those that are noted, and why the others are not, by id."""

    marks: list[AttendanceMark]
    refusals: dict[uuid.UUID, str]


def mark(
    unit: EventUnit,
    enrolment: Enrolment,
    value: str,
    by: User | None,
    *,
    fact_id: uuid.UUID,
    captured_at: datetime | None = None,
    minutes: int | None = None,
    evidence: str = AttendanceMark.Evidence.ROLL,
    via: str = Fact.Via.WEB,
) -> AttendanceMark:
    """Note that a participant was present, late, absent … in a half-day. Sent twice, noted once.

    Raises `Refused` when the session is closed, the half-day cancelled, or the person no
    participant of it.
    """
    given = Given(fact_id, enrolment, value, minutes, captured_at)
    noted = mark_all(unit, [given], by, evidence=evidence, via=via)
    for reason in noted.refusals.values():
        raise Refused(reason)
    return noted.marks[0]


@transaction.atomic
def mark_all(
    unit: EventUnit,
    given: Sequence[Given],
    by: User | None,
    *,
    evidence: str = AttendanceMark.Evidence.ROLL,
    via: str = Fact.Via.WEB,
) -> Noted:
    """Note the marks of several participants in a half-day, each as `mark` does.

    One that cannot be noted keeps back no other. Raises `Refused` when the session is closed or
    the half-day cancelled. Five queries, however many marks; one more with `if_open`.
    """
    event = lock_open(unit.event)
    if not any(own.pk == unit.pk and own.counts for own in event.units.all()):
        raise Refused(_("This half-day was cancelled. Nothing was noted."))
    sent = {one.fact_id for one in given}
    known = AttendanceMark.objects.in_bulk(sent.union(*(one.after for one in given)))
    marks = {pk: mark_ for pk, mark_ in known.items() if pk in sent}
    closed = _marked_already(unit, given)
    refusals, fresh = {}, []
    for one in given:
        reason = _why_not(event, unit, one, marks.get(one.fact_id))
        if reason:
            refusals[one.fact_id] = reason
        elif one.fact_id not in marks and not (one.if_open and one.enrolment.pk in closed):
            mark_ = _new_mark(unit, one, by, evidence, via)
            before = [known[pk] for pk in one.after & known.keys()]
            mark_.captured_at = _after(mark_, before)
            marks[one.fact_id] = mark_
            fresh.append(mark_)
    AttendanceMark.objects.bulk_create(fresh)
    return Noted([mark_ for pk, mark_ in marks.items() if pk not in refusals], refusals)


def _marked_already(unit: EventUnit, given: Iterable[Given]) -> set[int]:
    """Keys of those enrolments that a mark "if open" was given for, and that have another."""
    wanted = [one.enrolment.pk for one in given if one.if_open]
    if not wanted:
        return set()
    marks = AttendanceMark.objects.filter(unit=unit, enrolment__in=wanted)
    return set(marks.values_list("enrolment", flat=True))


def _why_not(event: Event, unit: EventUnit, given: Given, known: AttendanceMark | None) -> str:
    """Why a mark cannot be noted, in a sentence; empty when it can, or was noted before."""
    if known and (known.unit_id, known.enrolment_id) != (unit.pk, given.enrolment.pk):
        return _("This mark was noted for somebody else already. Give it once more.")
    if known:
        return ""
    if given.enrolment.cohort_id != event.cohort_id:
        return _("This person does not take part in this session. Nothing was noted.")
    if given.minutes is not None and not 0 <= given.minutes <= unit.minutes:
        return _("This half-day has {n} minutes. Nothing was noted.").format(n=unit.minutes)
    return ""


def _new_mark(
    unit: EventUnit, given: Given, by: User | None, evidence: str, via: str
) -> AttendanceMark:
    now = timezone.now()
    return AttendanceMark(
        id=given.fact_id,
        unit=unit,
        enrolment=given.enrolment,
        value=given.value,
        minutes=given.minutes if given.value in MAY_BE_PART else None,
        evidence=evidence,
        recorded_by=by,
        captured_at=min(given.captured_at or now, now),
        received_at=now,
        captured_via=via,
    )


def _after(mark_: AttendanceMark, before: Iterable[AttendanceMark]) -> datetime:
    """When it was given: later than those marks of the same person in the same half-day."""
    place = mark_.unit_id, mark_.enrolment_id
    own = [one.captured_at for one in before if (one.unit_id, one.enrolment_id) == place]
    return max([mark_.captured_at, *(moment + INSTANT for moment in own)])


def in_force(marks: Iterable[AttendanceMark]) -> dict[tuple[int, int], AttendanceMark]:
    """Of several marks the one captured last, by (half-day, enrolment), in whatever order."""
    found: dict[tuple[int, int], AttendanceMark] = {}
    for one in marks:
        key = one.unit_id, one.enrolment_id
        if key not in found or _moment(found[key]) < _moment(one):
            found[key] = one
    return found


def _moment(mark_: AttendanceMark) -> tuple[datetime, str]:
    return mark_.captured_at, str(mark_.pk)


def minutes_attended(mark_: AttendanceMark | None, offered: int) -> int:
    """Of a half-day with `offered` minutes.

    Who came late or left early is credited with the minutes stated, or with all of them where none
    are; less than half of the half-day counts as not there. Rule: being late counts from half on.
    """
    if mark_ is None or mark_.value not in THERE:
        return 0
    if mark_.minutes is None:
        return offered
    # The half-day may have been made shorter since.
    return min(mark_.minutes, offered) if 2 * mark_.minutes >= offered else 0


def attendance_of(
    units: Sequence[EventUnit], enrolments: Iterable[Enrolment]
) -> dict[int, Attendance]:
    """The attendance of participants of one session, by key of the enrolment; one query."""
    units = [unit for unit in units if unit.counts]
    marks = _marks_in(units)
    return {enrolment.pk: _attendance(enrolment, units, marks) for enrolment in enrolments}


def attendance_in(
    events: Iterable[Event], enrolments: Iterable[Enrolment]
) -> dict[int, Attendance]:
    """The same for participants of several sessions, which come with their half-days; one query."""
    units = {event.cohort_id: event.held_units for event in events}
    marks = _marks_in([unit for own in units.values() for unit in own])
    return {one.pk: _attendance(one, units[one.cohort_id], marks) for one in enrolments}


def _marks_in(units: Sequence[EventUnit]) -> dict[tuple[int, int], AttendanceMark]:
    return in_force(AttendanceMark.objects.filter(unit__in=[unit.pk for unit in units]))


def _attendance(
    enrolment: Enrolment,
    units: Sequence[EventUnit],
    marks: Mapping[tuple[int, int], AttendanceMark],
) -> Attendance:
    own = {unit.pk: marks.get((unit.pk, enrolment.pk)) for unit in units}
    attended = sum(minutes_attended(own[unit.pk], unit.minutes) for unit in units)
    offered = sum(unit.minutes for unit in units)
    return Attendance(attended, offered, {pk: one for pk, one in own.items() if one})
