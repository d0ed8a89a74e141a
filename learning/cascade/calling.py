"""The roll of one half-day as its page shows it, and which half-day to call next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from learning.cascade.attending import Value, in_force
from learning.cascade.listing import in_a_row
from learning.cascade.models import AttendanceMark, Event, EventUnit
from learning.cascade.registering import participants_of
from learning.enrolment.models import Enrolment

# How many were marked, and how many are of each value; the page's script says the same.
MARKED = _("{n} of {total} marked")
COUNTED = {
    Value.PRESENT: _("{n} present"),
    Value.LATE: _("{n} late"),
    Value.LEFT: _("{n} left early"),
    Value.ABSENT: _("{n} absent"),
    Value.EXCUSED: _("{n} excused"),
}

type Marks = Mapping[tuple[int, int], AttendanceMark]  # by half-day and enrolment, those in force


@dataclass(frozen=True)
class Call:
    """One participant in the roll. `mark` is the one in force, if there is any."""

    enrolment: Enrolment
    mark: AttendanceMark | None

    @property
    def value(self) -> str:
        return self.mark.value if self.mark else ""

    @property
    def minutes(self) -> int | None:
        return self.mark.minutes if self.mark else None

    @property
    def words(self) -> str:
        return self.mark.get_value_display() if self.mark else ""

    @property
    def seen(self) -> str:
        """What the page showed, in one text: a form that says the same again changes nothing."""
        return as_text(self.value, self.minutes)


@dataclass(frozen=True)
class HalfDay:
    """A half-day among those of the session: how many marks it lacks."""

    unit: EventUnit
    missing: int


@dataclass(frozen=True)
class Roll:
    calls: Sequence[Call]
    half_days: Sequence[HalfDay]
    following: EventUnit | None  # the next half-day that was not cancelled

    @property
    def marked(self) -> int:
        return sum(1 for call in self.calls if call.mark)

    @property
    def missing(self) -> int:
        return len(self.calls) - self.marked

    @property
    def summary(self) -> str:
        """ "11 of 17 marked · 9 present, 1 late, 1 absent"."""
        given = [call.value for call in self.calls]
        counts = {value: given.count(value) for value in Value}
        parts = [COUNTED[value].format(n=n) for value, n in counts.items() if n]
        marked = MARKED.format(n=self.marked, total=len(self.calls))
        return f"{marked} · {in_a_row(parts)}" if parts else marked


def as_text(value: str, minutes: int | None) -> str:
    return value if minutes is None else f"{value} {minutes}"


def roll_of(event: Event, unit: EventUnit) -> Roll:
    """The roll of `unit`, and what the other half-days lack; two queries."""
    participants = participants_of(event)
    marks = marks_in_force(event)
    return Roll(
        [Call(one, marks.get((unit.pk, one.pk))) for one in participants],
        [HalfDay(one, missing_in(one, participants, marks)) for one in event.units.all()],
        next((one for one in event.held_units if one.n > unit.n), None),
    )


def marks_in_force(event: Event) -> Marks:
    """Of all half-days of a session; one query."""
    return in_force(AttendanceMark.objects.filter(unit__event=event))


def missing_in(unit: EventUnit, participants: Iterable[Enrolment], marks: Marks) -> int:
    if not unit.counts:
        return 0
    return sum(1 for one in participants if (unit.pk, one.pk) not in marks)


def unit_to_call(event: Event, now: datetime) -> EventUnit:
    """The half-day that is on, else the first with marks missing, else the last; two queries.

    `now` is by the clock of the place.
    """
    units = event.held_units or list(event.units.all())
    for unit in units:
        if unit.date == now.date() and unit.starts <= now.time() <= unit.ends:
            return unit
    participants, marks = participants_of(event), marks_in_force(event)
    lacking = (unit for unit in units if missing_in(unit, participants, marks))
    return next(lacking, units[-1])
