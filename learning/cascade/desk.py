"""What stands on the desk of somebody who runs training sessions, or verifies those of others."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.cascade.closing import missing_of
from learning.cascade.models import OPEN_STATES, Event, EventFact, EventUnit, Facilitation
from learning.cascade.permissions import RECORDING, events_verifiable_by
from learning.cascade.reaching import people_in
from learning.cascade.showing import state_of
from learning.people.merging import all_records_of
from learning.people.models import Person
from learning.people.roles import AnyUser

What = EventFact.What
RECENT = dt.timedelta(days=90)  # how long a verified session stays among those to finish
WAITING_AT_ONCE = 20


# The order among those to finish.
URGENT = (What.RETURNED, What.PLANNED, What.REPORTED, What.VERIFIED)


class State(NamedTuple):
    """A state as the desk shows it."""

    icon: str
    tone: str
    label: str | Promise


# As seen by who has to do something about it.
ON_DESK = {
    What.RETURNED: State("triangle", "kept", gettext_lazy("Returned to you")),
    What.REPORTED: State("clock", "", gettext_lazy("Waits for verification")),
    What.VERIFIED: State("check", "done", gettext_lazy("Verified")),
}


@dataclass(frozen=True)
class Line:
    """A session in a list: how it stands, and in sentences what is missing or was said.

    `since`: when the state began; `people`: registered, or counted.
    """

    event: Event
    state: State
    sentences: Sequence[str] = ()
    people: int = 0


@dataclass(frozen=True)
class Next:
    """The session that comes next, or is under way; `units`: the half-days of its next day."""

    event: Event
    units: Sequence[EventUnit]
    days: int  # until it begins; 0 or less once it has begun
    people: int  # registered so far

    @property
    def when(self) -> str:
        """ "in 5 days", "tomorrow", "today", "under way"."""
        if self.days < 0:
            return _("under way")
        if self.days == 0:
            return _("today")
        if self.days == 1:
            return _("tomorrow")
        return ngettext("in {n} day", "in {n} days", self.days).format(n=self.days)


@dataclass(frozen=True)
class Desk:
    """The sessions that somebody runs."""

    next: Next | None = None
    coming: Sequence[Event] = field(default_factory=list)  # after the next one
    to_finish: Sequence[Line] = field(default_factory=list)

    @property
    def sessions(self) -> int:
        return bool(self.next) + len(self.coming) + len(self.to_finish)


def desk_of(person: Person) -> Desk:
    """Next session, those after it, those to finish: seven queries, however many there are."""
    today = timezone.localdate()
    own = _run_by(person)
    planned = [event for event in own if _state(event) == What.PLANNED]
    coming = sorted(
        (event for event in planned if event.last_day >= today), key=lambda one: one.first_day
    )
    rest = sorted(
        (event for event in own if event not in coming), key=lambda one: URGENT.index(_state(one))
    )
    people = people_in([*rest, *coming[:1]])
    missing = missing_of([event for event in rest if _state(event) in OPEN_STATES])
    return Desk(
        next=_next(coming[0], today, people) if coming else None,
        coming=coming[1:],
        to_finish=[_line(event, missing.get(event.pk, []), people[event.pk]) for event in rest],
    )


def _run_by(person: Person) -> list[Event]:
    """The sessions that she leads, helps in or organises, without those long verified."""
    own = Facilitation.objects.filter(person__in=all_records_of(person), role__in=RECORDING)
    recently = Q(("state", What.VERIFIED), ("since__gte", timezone.now() - RECENT))
    events = Event.objects.with_all_it_needs().with_last_step().filter(pk__in=own.values("event"))
    pending = Q(("state__in", [*OPEN_STATES, What.REPORTED]))
    return list(events.filter(pending | recently).order_by("cohort__opens", "pk"))


def _state(event: Event) -> EventFact.What:
    return What(event.state)  # type: ignore[attr-defined]


def _next(event: Event, today: dt.date, people: dict[int, int]) -> Next:
    day = min(unit.date for unit in event.held_units if unit.date >= today)
    units = [unit for unit in event.held_units if unit.date == day]
    return Next(event, units, (event.first_day - today).days, people[event.pk])


def _line(event: Event, missing: Sequence[str], people: int) -> Line:
    state = ON_DESK.get(_state(event)) or State(*state_of(event))
    if _state(event) in OPEN_STATES and not missing:
        missing = [_("Everything is recorded. Close it and send it for verification.")]
    return Line(event, state, missing, people)


def line_of(event: Event, people: int = 0) -> Line:
    """A session in a list of those of others, in the state it has."""
    return Line(event, State(*state_of(event)), (), people)


def waiting_for(user: AnyUser) -> list[Line]:
    """What was sent for verification and `user` may verify, oldest first; four queries.

    One more than `WAITING_AT_ONCE` tells that there are more.
    """
    events = events_verifiable_by(user).with_all_it_needs().with_last_step()  # type: ignore[attr-defined]
    waiting = list(
        events.filter(state=What.REPORTED).order_by("since", "pk")[: WAITING_AT_ONCE + 1]
    )
    people = people_in(waiting)
    return [line_of(event, people[event.pk]) for event in waiting]
