"""What the list of participants shows of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from learning.cascade.models import Event
from learning.cascade.registering import who_agreed
from learning.enrolment.models import Enrolment
from learning.people.merging import canonical_key
from learning.people.models import SCRIPT_OF_LANGUAGE, Person

COMMA = _(", ")  # between the parts of a row of words
LANGUAGE_OF_SCRIPT = {script: language for language, script in SCRIPT_OF_LANGUAGE.items()}


@dataclass(frozen=True)
class Alike:
    """A known person of the same name; `code` is her sticker where she takes part herself."""

    person: Person
    code: str

    @property
    def about(self) -> str:
        return in_a_row(whereabouts(self.person))


@dataclass(frozen=True)
class Participant:
    """One row. `alike` are those among whom she may be."""

    enrolment: Enrolment
    agreed: bool
    alike: Sequence[Alike] = ()

    @property
    def person(self) -> Person:
        return self.enrolment.person

    @property
    def other_names(self) -> list[tuple[str, str]]:
        return other_names(self.person)

    @property
    def details(self) -> list[str]:
        return details(self.person)


def rows_of(
    enrolments: Sequence[Enrolment], alike: Mapping[str, Sequence[Alike]]
) -> list[Participant]:
    """A row for each, with `alike` by id of the enrolment; one query."""
    agreed = who_agreed(enrolments)
    return [
        Participant(one, canonical_key(one.person) in agreed, alike.get(str(one.uuid), ()))
        for one in enrolments
    ]


def with_stickers(event: Event, people: Iterable[Person]) -> list[Alike]:
    """The same people, with the stickers of those who take part in `event`; one query."""
    people = list(people)
    there = Enrolment.objects.in_force().filter(cohort=event.cohort_id, person__in=people)
    codes = dict(there.values_list("person", "code"))
    return [Alike(person, codes.get(person.pk, "")) for person in people]


def other_names(person: Person) -> list[tuple[str, str]]:
    """The names beside `person.name()`: language and name."""
    shown = person.name()
    names = person.names.items()
    return [(LANGUAGE_OF_SCRIPT[script], name) for script, name in names if name != shown]


def details(person: Person) -> list[str]:
    """What else is known of somebody, in words; without what is not stated."""
    return stated(
        person.get_sex_display() if person.sex else "",
        person.get_age_band_display() if person.age_band else "",
        person.get_constituency_display() if person.constituency else "",
        *whereabouts(person),
    )


def whereabouts(person: Person) -> list[str]:
    """Organisation, job and area: what tells two people of one name apart."""
    return stated(str(person.organisation or ""), person.job_role, str(person.area_of_work or ""))


def in_a_row(parts: Iterable[str]) -> str:
    """The parts with the commas of the reader's language."""
    return str(COMMA).join(parts)


def stated(*texts: str) -> list[str]:
    return [str(text) for text in texts if text]
