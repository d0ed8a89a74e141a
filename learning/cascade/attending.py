"""The roll, half-day by half-day, and what attendance comes to. Nothing computed is stored."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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


@transaction.atomic
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
    locked = lock_open(unit.event)
    known = AttendanceMark.objects.filter(pk=fact_id, unit=unit, enrolment=enrolment).first()
    if known:
        return known
    _check(locked, unit, enrolment, minutes)
    now = timezone.now()
    return AttendanceMark.objects.create(
        id=fact_id,
        unit=unit,
        enrolment=enrolment,
        value=value,
        minutes=minutes if value in {Value.LATE, Value.LEFT} else None,
        evidence=evidence,
        recorded_by=by,
        captured_at=min(captured_at or now, now),
        received_at=now,
        captured_via=via,
    )


def _check(event: Event, unit: EventUnit, enrolment: Enrolment, minutes: int | None) -> None:
    if not any(own.pk == unit.pk and own.counts for own in event.units.all()):
        raise Refused(_("This half-day was cancelled. Nothing was noted."))
    if enrolment.cohort_id != event.cohort_id:
        raise Refused(_("This person does not take part in this session. Nothing was noted."))
    if minutes is not None and not 0 <= minutes <= unit.minutes:
        raise Refused(_("This half-day has {n} minutes. Nothing was noted.").format(n=unit.minutes))


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
    return mark_.minutes if 2 * mark_.minutes >= offered else 0


def attendance_of(
    units: Sequence[EventUnit], enrolments: Iterable[Enrolment]
) -> dict[int, Attendance]:
    """The attendance of participants of one session, by key of the enrolment; one query."""
    units = [unit for unit in units if unit.counts]
    marks = in_force(AttendanceMark.objects.filter(unit__in=[unit.pk for unit in units]))
    offered = sum(unit.minutes for unit in units)
    return {enrolment.pk: _attendance(enrolment, units, offered, marks) for enrolment in enrolments}


def _attendance(
    enrolment: Enrolment,
    units: Sequence[EventUnit],
    offered: int,
    marks: Mapping[tuple[int, int], AttendanceMark],
) -> Attendance:
    own = {unit.pk: marks.get((unit.pk, enrolment.pk)) for unit in units}
    attended = sum(minutes_attended(own[unit.pk], unit.minutes) for unit in units)
    return Attendance(attended, offered, {pk: one for pk, one in own.items() if one})
