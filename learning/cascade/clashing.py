"""Nobody is in two places in one half-day, neither as participant nor as facilitator."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.cascade.models import NOON, Event, EventUnit, Facilitation
from learning.enrolment.models import Enrolment
from learning.people.merging import with_their_other_records
from learning.people.models import Person
from modules.reference.dates import in_words


class Slot(NamedTuple):
    """When a half-day is, by the clock of its place."""

    date: dt.date
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True)
class Clash:
    """A person who would be in two places on a day; `event` is the other place."""

    person: Person
    event: Event
    date: dt.date

    def told_in(self, country: str) -> str:
        """The reason in words, for people of a country (code): abroad, the place is not theirs."""
        date = in_words(self.date.isoformat(), get_language() or "en")
        if self.event.area.country_code != country:
            return _(
                "{name} is already recorded in a training session of another country in the same"
                " half-day, {date}. Nobody can be in two places. Nothing was saved."
            ).format(name=self.person, date=date)
        return _(
            "{name} is already recorded in another training session in the same half-day:"
            " {session}, {date}. Nobody can be in two places. Nothing was saved."
        ).format(
            name=self.person,
            session=f"{self.event.get_kind_display()}, {self.event.place}",
            date=date,
        )


def meet(one: Slot, other: Slot) -> bool:
    """Whether two half-days fall together: they overlap, or are the same morning or afternoon."""
    if one.date != other.date:
        return False
    overlap = one.starts < other.ends and other.starts < one.ends
    return overlap or (one.starts < NOON) == (other.starts < NOON)


def slots_of(units: Iterable[EventUnit]) -> list[Slot]:
    return [Slot(unit.date, unit.starts, unit.ends) for unit in units if unit.counts]


def find_clashes(
    people: Collection[int], slots: Collection[Slot], but_not: Event | None = None
) -> list[Clash]:
    """Where these people (by key) are in other sessions at these times; four queries at most.

    Cancelled sessions and half-days do not count, nor do withdrawn participants.
    """
    days = {slot.date for slot in slots}
    units = EventUnit.objects.filter(date__in=days, cancelled_why="")
    if but_not is not None:
        units = units.exclude(event=but_not)
    events = Event.objects.not_cancelled()
    near = list(
        units.filter(event__in=events.values("pk")).select_related(
            "event__cohort__course_version__course", "event__area"
        )
    )
    hits = [(unit, slot) for unit in near for slot in slots if meet(slots_of([unit])[0], slot)]
    if not hits:
        return []
    there = _who_is_in([unit.event for unit, _slot in hits], people)
    return [
        Clash(person, unit.event, slot.date)
        for unit, slot in hits
        for person in there.get(unit.event_id, [])
    ]


def _who_is_in(events: Collection[Event], people: Collection[int]) -> dict[int, list[Person]]:
    """Of `people`, by all records of theirs, those who take part in or lead each event."""
    people = with_their_other_records(people)
    found: dict[int, list[Person]] = {}
    rows = Facilitation.objects.filter(event__in=events, person__in=people)
    for row in rows.select_related("person"):
        found.setdefault(row.event_id, []).append(row.person)
    own = {event.cohort_id: event.pk for event in events}
    enrolments = Enrolment.objects.in_force().filter(cohort__in=own, person__in=people)
    for enrolment in enrolments.select_related("person"):
        found.setdefault(own[enrolment.cohort_id], []).append(enrolment.person)
    return found


def refuse_clashes(
    people: Collection[int], slots: Collection[Slot], country: str, but_not: Event | None = None
) -> None:
    """Raises `Refused` with the first person who would be in two places.

    `country`: the code of the one in which the session is held.
    """
    for clash in find_clashes(people, slots, but_not):
        raise Refused(clash.told_in(country))


def doubt_two_places(one: Person, other: Person) -> list[str]:
    """Sentences for half-days in which both records are: they may be of two people."""
    enrolled = Enrolment.objects.in_force().filter(person=other).values("cohort")
    led = Facilitation.objects.filter(person=other).values("event")
    events = Event.objects.not_cancelled().filter(Q(cohort__in=enrolled) | Q(pk__in=led))
    units = EventUnit.objects.filter(event__in=events.values("pk"))
    dates = sorted({clash.date for clash in find_clashes([one.pk], slots_of(units))})
    language = get_language() or "en"
    return [
        _(
            "Both are recorded in training sessions in the same half-day of {date}. One person"
            " cannot have been in two places, nor twice in one: compare the sign-in sheets first."
        ).format(date=in_words(date.isoformat(), language))
        for date in dates
    ]
