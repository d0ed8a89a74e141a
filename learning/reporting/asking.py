"""What an address asks for: which lines, of which period, grouped by what, within whose scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from learning.enrolment.models import Enrolment
from learning.people.models import Programme
from learning.people.roles import AnyUser
from learning.reporting.cutting import CUTS, NOT_STATED, choices
from learning.reporting.gathering import Line, gather
from learning.reporting.groups import Group, groups_for, groups_of
from learning.reporting.periods import Period
from learning.reporting.permissions import (
    enrolments_counted_for,
    enrolments_measured_for,
    sees_exact,
)
from learning.reporting.places import Places, places_for


@dataclass(frozen=True)
class Reach:
    """What somebody may ask about: the cohorts, places and enrolments within her scope."""

    exact: bool
    groups: Sequence[Group]
    places: Places
    enrolments: QuerySet[Enrolment]


def reach_of(user: AnyUser, programme: Programme | None = None) -> Reach:
    """Four queries."""
    return Reach(
        exact=sees_exact(user),
        groups=groups_for(user, programme),
        places=places_for(user),
        enrolments=enrolments_counted_for(user),
    )


def reach_to_measure(user: AnyUser) -> Reach:
    """What somebody may ask about tests question by question; four queries."""
    enrolments = enrolments_measured_for(user)
    return Reach(sees_exact(user), groups_of(enrolments), places_for(user), enrolments)


@dataclass(frozen=True)
class Narrowed:
    """A filter that is no cut: how an address and a reader name it, and which cohorts are left.

    None: all of them, the enrolments within reach are narrowed instead.
    """

    name: str
    value: str
    label: str
    words: str
    cohorts: frozenset[int] | None = None


@dataclass(frozen=True)
class Asked:
    """One question. `chosen` holds a value for each cut that is filtered by; empty: not stated."""

    reach: Reach
    chosen: Mapping[str, str]
    period: Period | None = None
    narrowed: Sequence[Narrowed] = ()

    def lines(self) -> list[Line]:
        """The lines asked for; eight queries at most."""
        groups = [group for group in self.reach.groups if self.has(group)]
        return self.among(gather(self.reach.enrolments, groups, self.period))

    def among(self, lines: Iterable[Line]) -> list[Line]:
        """Of `lines` those asked for."""
        cuts = [(CUTS[name], value) for name, value in self.chosen.items()]
        places, within = self.reach.places, self.period
        return [
            line
            for line in lines
            if (within is None or line.day in within)
            and self._leaves(line.group)
            and all(cut.value(line, places) == value for cut, value in cuts)
        ]

    def has(self, group: Group) -> bool:
        """Whether lines of this cohort may be asked for."""
        cuts = [(CUTS[name].of_group, value) for name, value in self.chosen.items()]
        return self._leaves(group) and all(
            read(group, self.reach.places) == value for read, value in cuts if read
        )

    def _leaves(self, group: Group) -> bool:
        return all(one.cohorts is None or group.pk in one.cohorts for one in self.narrowed)

    def link(self, view: str, **more: str) -> str:
        """The address of `view` with these filters and `more`; empty for who sees no lists."""
        return f"{reverse(view)}?{self.query(**more)}" if self.reach.exact else ""

    def link_of(self, view: str, **filters: str) -> str:
        """The same with nothing but `filters`."""
        return f"{reverse(view)}?{urlencode(filters)}" if self.reach.exact else ""

    def query(self, **more: str) -> str:
        """These filters as they stand in an address, with `more` of them."""
        chosen = {name: value or NOT_STATED for name, value in self.chosen.items()}
        chosen |= {one.name: one.value for one in self.narrowed}
        if self.period:
            chosen["period"] = self.period.code
        return urlencode({name: value for name, value in (chosen | more).items() if value})

    def in_words(self) -> tuple[tuple[str, str], ...]:
        """What is filtered by, with what."""
        told = [name for name in self.chosen if name != "scope"]
        found = [(str(CUTS[name].label), self._words(name)) for name in told]
        found += [(one.label, one.words) for one in self.narrowed]
        period = self.period.in_words() if self.period else _("Any time")
        return (*found, (_("Period"), period))

    def _words(self, name: str) -> str:
        found = choices(name, self.reach.groups, self.reach.places)
        labels = {option.value: option.label for option in found}
        return labels.get(self.chosen[name], self.chosen[name])
