"""A list of people pasted into a session: what each row would register, before anything is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.cascade.listing import details, other_names
from learning.cascade.models import Event
from learning.cascade.permissions import people_known_to_trainer
from learning.cascade.places import Places
from learning.cascade.registering import About, participants_of
from learning.enrolment.models import Enrolment
from learning.people.delimited import split_rows
from learning.people.models import Person
from learning.people.naming import keys_of, people_named_like
from learning.people.roles import AnyUser
from learning.people.rows import Problem, look_alikes, read_people, sexes_agree

MOST_ROWS = 200
NEW, LEAVE_OUT = "new", "out"


@dataclass(frozen=True)
class Line:
    """One row of the list: what it would register, and whom it may mean.

    `here` takes part already, `earlier` is the number of a row of the same name, `known` are known
    people of the name, those who take part included.
    """

    row: int
    about: About
    here: Enrolment | None
    earlier: int | None
    known: Sequence[Person]

    @property
    def person(self) -> Person:
        """As she would stand in the list; not stored."""
        about = self.about
        return Person(
            names=about.names,
            sex=about.sex,
            age_band=about.age_band,
            constituency=about.constituency,
            organisation=about.organisation,
            job_role=about.job_role,
            area_of_work=about.area,
        )

    @property
    def other_names(self) -> list[tuple[str, str]]:
        return other_names(self.person)

    @property
    def details(self) -> list[str]:
        return details(self.person)

    @property
    def likely(self) -> str:
        """What is chosen as long as nobody chooses: leave out what is there, else the one person
        of the name with nothing against it, else a new person."""
        if self.here or self.earlier:
            return LEAVE_OUT
        fitting = [person for person in self.known if may_be(person, self.about)]
        return str(fitting[0].uuid) if len(fitting) == 1 else NEW


@dataclass(frozen=True)
class Preview:
    """`left_out` are headings of columns that are not read."""

    lines: Sequence[Line]
    problems: Sequence[Problem]
    left_out: Sequence[str]


def may_be(person: Person, about: About) -> bool:
    """Whether sex and organisation agree, as far as they are stated."""
    own, told = person.organisation_id, about.organisation
    return sexes_agree(person.sex, about.sex) and (not own or not told or own == told.pk)


def preview(text: str, event: Event, user: AnyUser, *, agreed: bool) -> Preview:
    """Read the list against what `user` knows; six queries. Raises `Refused` for no list at all."""
    rows = split(text)
    places = Places(event, user)
    reading = read_people(rows, places.known())
    names = [name for row in reading.people for name in row.names.values()]
    known = people_named_like(
        names,
        people_known_to_trainer(user).select_related("organisation", "area_of_work"),
    )
    here = {key: one for one in participants_of(event) for key in keys_of_person(one)}
    alike = look_alikes(reading.people)
    lines = []
    for row in reading.people:
        keys = keys_of(row.names.values())
        about = replace(places.about(row), agreed=agreed)
        earlier = alike[row.row].earlier if row.row in alike else None
        lines.append(Line(row.row, about, first(here, keys), earlier, unique(known, keys)))
    return Preview(lines, reading.problems, reading.left_out)


def split(text: str) -> list[list[str]]:
    try:
        rows = split_rows(text)
    except ValueError:
        rows = []
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise Refused(_("No list could be read here. Copy the cells in the spreadsheet once more."))
    if len(rows) > MOST_ROWS:
        raise Refused(_("This list has more than {n} rows. Paste it in parts.").format(n=MOST_ROWS))
    return rows


def keys_of_person(enrolment: Enrolment) -> set[str]:
    return keys_of(enrolment.person.names.values())


def first(here: Mapping[str, Enrolment], keys: set[str]) -> Enrolment | None:
    return next((here[key] for key in sorted(keys) if key in here), None)


def unique(known: Mapping[str, Sequence[Person]], keys: set[str]) -> list[Person]:
    found = {person.pk: person for key in keys for person in known.get(key, ())}
    return [found[pk] for pk in sorted(found)]
