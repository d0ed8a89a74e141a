"""Who trained whom: generations of training sessions, derived from who took part and who led.

Somebody was trained as a trainer when she counts as trained in a verified training of (master)
trainers; what she leads afterwards descends from it. The generation of a session is one more than
the lowest generation of the trainings of its lead trainer that were over before it began; trainings
of trainers whose lead has none are generation 0. Source: invariant of the programmes' results
framework. Sessions follow one another in time, so nothing descends from itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.functions import Coalesce

from learning.cascade.models import EventFact, Facilitation
from learning.people.merging import identity
from learning.people.models import Person
from learning.reporting.gathering import Line
from learning.reporting.groups import Group
from learning.reporting.stages import Stage


@dataclass(frozen=True)
class Session:
    """A verified session: who led it, its generation and the training it descends from.

    `generation` is None where nothing is on record of how its lead became a trainer.
    """

    group: Group
    lead: int | None
    generation: int | None
    parent: int | None
    people: frozenset[int]

    @property
    def last_day(self) -> date:
        return self.group.last_day or date.min

    @property
    def trains_trainers(self) -> bool:
        return self.group.trains_trainers


@dataclass(frozen=True)
class Lead:
    """A lead trainer: whose record it is, what addresses name it by, and a name."""

    person: int
    uuid: str
    name: str


@dataclass(frozen=True)
class Branch:
    """What one trainer led after a training, and the trainings of trainers among that."""

    lead: Lead
    sessions: int  # that train no trainers
    people: frozenset[int]
    trainings: "list[Node]"


@dataclass(frozen=True)
class Node:
    """A training of trainers with who led it and what its people led afterwards."""

    session: Session
    lead: Lead | None
    branches: list[Branch]

    @property
    def everything(self) -> "Iterator[Node]":
        """This training and those that descend from it, each followed by its own."""
        yield self
        for branch in self.branches:
            for training in branch.trainings:
                yield from training.everything

    @property
    def active(self) -> int:
        """How many of its people led a verified session afterwards."""
        return len(self.branches)

    @property
    def sessions(self) -> int:
        return sum(branch.sessions for branch in self.branches)

    @property
    def people(self) -> frozenset[int]:
        """Everybody trained in sessions of its people that train no trainers."""
        return frozenset().union(*(branch.people for branch in self.branches))


@dataclass(frozen=True)
class Lineage:
    sessions: Sequence[Session]
    roots: list[Node] = field(default_factory=list)


def by_generation(sessions: Iterable[Session]) -> dict[int | None, list[Session]]:
    """From generation 0 on; sessions without one last."""
    found: dict[int | None, list[Session]] = defaultdict(list)
    for session in sessions:
        found[session.generation].append(session)
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def lineage_of(groups: Iterable[Group], lines: Iterable[Line], until: date) -> Lineage:
    """Of the verified sessions with names that ended until a day; one query."""
    verified = [
        group
        for group in groups
        if group.state == EventFact.What.VERIFIED
        and not group.is_headcount
        and group.last_day
        and group.last_day <= until
    ]
    leads = leads_of(verified)
    trained: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        if Stage.TRAINED in line.stages:
            trained[line.group.pk].add(line.person)
    sessions = derived(verified, {pk: lead.person for pk, lead in leads.items()}, trained)
    return Lineage(sessions, _tree(sessions, {lead.person: lead for lead in leads.values()}))


def leads_of(groups: Iterable[Group]) -> dict[int, Lead]:
    """The lead trainer of each session, by cohort; one query."""
    rows = Facilitation.objects.filter(
        event__cohort__in=[group.pk for group in groups], role=Facilitation.Role.LEAD
    ).annotate(who=identity("person"), key=Coalesce("person__merged_into__uuid", "person__uuid"))
    told = ("key", "person__names", "person__is_anonymous")
    return {
        cohort: Lead(who, str(uuid), Person(names=names, is_anonymous=anonymous).name())
        for cohort, who, uuid, names, anonymous in rows.values_list(
            "event__cohort_id", "who", *told
        )
    }


def derived(
    groups: Iterable[Group], leads: Mapping[int, int], trained: Mapping[int, set[int]]
) -> list[Session]:
    """Each session with its generation, in the order of time. Pure."""
    found: list[Session] = []
    trainings: dict[int, list[Session]] = defaultdict(list)  # by who took part
    for group in sorted(groups, key=lambda one: (_began(one), one.pk)):
        lead = leads.get(group.pk)
        earlier = trainings[lead] if lead is not None else []
        session = _descended(group, lead, earlier, frozenset(trained.get(group.pk, ())))
        found.append(session)
        for person in session.people if session.trains_trainers else ():
            trainings[person].append(session)
    return found


def _began(group: Group) -> date:
    return group.event.first_day if group.event else date.min


def _descended(
    group: Group, lead: int | None, trainings: Iterable[Session], people: frozenset[int]
) -> Session:
    over = [one for one in trainings if one.last_day < _began(group)]
    known = [one for one in over if one.generation is not None]
    parent = min(known, key=lambda one: (one.generation, one.last_day), default=None)
    if parent is not None:
        return Session(group, lead, (parent.generation or 0) + 1, parent.group.pk, people)
    return Session(group, lead, 0 if group.trains_trainers else None, None, people)


def _tree(sessions: Iterable[Session], leads: Mapping[int, Lead]) -> list[Node]:
    children: dict[int | None, list[Session]] = defaultdict(list)
    for session in sessions:
        children[session.parent].append(session)
    roots = [one for one in children[None] if one.trains_trainers]
    return [_node(root, children, leads) for root in roots]


def _node(
    session: Session, children: Mapping[int | None, list[Session]], leads: Mapping[int, Lead]
) -> Node:
    by_lead: dict[int, list[Session]] = defaultdict(list)
    for child in children.get(session.group.pk, ()):
        if child.lead is not None:
            by_lead[child.lead].append(child)
    branches = [_branch(lead, led, children, leads) for lead, led in by_lead.items()]
    lead = leads.get(session.lead) if session.lead is not None else None
    in_order = sorted(branches, key=lambda branch: (-len(branch.people), branch.lead.name))
    return Node(session, lead, in_order)


def _branch(
    lead: int,
    led: Sequence[Session],
    children: Mapping[int | None, list[Session]],
    leads: Mapping[int, Lead],
) -> Branch:
    others = [one for one in led if not one.trains_trainers]
    return Branch(
        lead=leads[lead],
        sessions=len(others),
        people=frozenset().union(*(one.people for one in others)),
        trainings=[_node(one, children, leads) for one in led if one.trains_trainers],
    )
