"""Filters that are no cuts: who led, which generation, what followed a training, which person.

Figures that count those link to lists with the same filter; both derive them alike.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learning.people.merging import identity
from learning.people.models import Person
from learning.reporting.asking import Asked, Narrowed, Reach
from learning.reporting.gathering import gather
from learning.reporting.groups import Group
from learning.reporting.lineage import Lead, Session, lineage_of

ANY, NONE = "any", "none"  # of the generations
USUAL = ("0", "1", "2", "3")  # generations that can be chosen; a link may name a later one
type Wanted = Callable[[Session], bool]


def generation_code(number: int | None) -> str:
    """What a generation is called in an address."""
    return NONE if number is None else str(number)


def generation_words(code: str) -> str:
    if code == ANY:
        return _("Any")
    if code == NONE:
        return _("Led by somebody whose training as a trainer is not on record")
    return _("Generation {n}").format(n=code)


def by_lead(lead: str, leads: Mapping[int, Lead]) -> Narrowed:
    """What one trainer led, by her key in addresses."""
    own = {cohort: one for cohort, one in leads.items() if one.uuid == lead}
    name = next((one.name for one in own.values()), "")
    return Narrowed("lead", lead, _("Lead trainer"), name, frozenset(own))


def by_generation(asked: Asked, code: str) -> Narrowed:
    """Verified sessions of one generation, or of any."""

    def wanted(session: Session) -> bool:
        return code == ANY or generation_code(session.generation) == code

    cohorts = _sessions(asked, wanted)
    return Narrowed("generation", code, _("Generation"), generation_words(code), cohorts)


def by_training(asked: Asked, training: Group) -> Narrowed:
    """What people of a training of trainers led afterwards, but further trainings of trainers."""

    def wanted(session: Session) -> bool:
        return session.parent == training.pk and not session.trains_trainers

    cohorts = _sessions(asked, wanted)
    return Narrowed("after", training.uuid, _("Led after the training"), training.label, cohorts)


def _sessions(asked: Asked, wanted: Wanted) -> frozenset[int]:
    """As the pages of the programmes derive them; seven queries, and one for each programme."""
    by_programme: dict[str, list[Group]] = defaultdict(list)
    programme = asked.chosen.get("programme")
    for group in asked.reach.groups:
        if group.in_scope and programme in {None, group.programme.code}:
            by_programme[group.programme.code].append(group)
    groups = [group for own in by_programme.values() for group in own]
    lines = gather(asked.reach.enrolments, groups)
    until = asked.period.last if asked.period else date.max
    found = [lineage_of(own, lines, until) for own in by_programme.values()]
    return frozenset(one.group.pk for lineage in found for one in lineage.sessions if wanted(one))


def people_within(reach: Reach) -> QuerySet[Person]:
    """Everybody whose enrolments are counted."""
    enrolled = reach.enrolments.annotate(who=identity("person")).values("who")
    return Person.objects.filter(pk__in=enrolled)


def of_person(asked: Asked, person: Person) -> Asked:
    """The same question of the enrolments of one person, by all of her records."""
    own = reach_of_person(asked.reach, person)
    one = Narrowed("person", str(person.uuid), _("Person"), person.name())
    return replace(asked, reach=own, narrowed=(*asked.narrowed, one))


def reach_of_person(reach: Reach, person: Person) -> Reach:
    own = reach.enrolments.alias(whose=identity("person")).filter(whose=person.pk)
    return replace(reach, enrolments=own)
