"""The list behind a number: who is counted, and how far each has come."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.people.models import Person
from learning.people.permissions import people_managed_by
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked
from learning.reporting.completing import PEOPLE
from learning.reporting.gathering import Line, counted_at
from learning.reporting.searching import in_order_of_names
from learning.reporting.stages import LABELS, Stage
from learning.reporting.tables import Cell, Column, Kind, Row, Table

# What somebody's state is called: the first of these that is reached.
STATES: dict[Stage, str | Promise] = {
    Stage.LEFT: gettext_lazy("Left"),
    Stage.ACHIEVEMENT: gettext_lazy("Certificate of Achievement"),
    Stage.ATTENDANCE: gettext_lazy("Certificate of Attendance"),
    Stage.PASSED: gettext_lazy("Passed the post-test"),
    Stage.POST: gettext_lazy("Took the post-test"),
    Stage.DONE: gettext_lazy("Went through it"),
    Stage.STARTED: gettext_lazy("Started"),
    Stage.ENROLLED: gettext_lazy("Enrolled"),
}


@dataclass(frozen=True)
class Entry:
    """A row of the list: a person with the lines she is counted for."""

    person: Person
    lines: Sequence[Line]


def entries(asked: Asked, stage: Stage, count: str) -> list[Entry]:
    """Everybody behind a number, by name; a row per enrolment, or per person for `count`.

    One query beside those of the lines.
    """
    lines = counted_at(stage, asked.lines())
    people = _people(lines)
    ordered = sorted(lines, key=lambda line: (people[line.person][0], line.group.order))
    if count != PEOPLE:
        return [Entry(people[line.person][1], [line]) for line in ordered]
    by_person: dict[int, list[Line]] = {}
    for line in ordered:
        by_person.setdefault(line.person, []).append(line)
    return [Entry(people[pk][1], own) for pk, own in by_person.items()]


def _people(lines: Iterable[Line]) -> dict[int, tuple[int, Person]]:
    """Each person with her place in the order of names."""
    found = Person.objects.filter(pk__in={line.person for line in lines})
    in_order = in_order_of_names(found.only("uuid", "names", "is_anonymous"))
    return {person.pk: (place, person) for place, person in enumerate(in_order)}


def people_table(
    asked: Asked, shown: Sequence[Entry], user: AnyUser, stage: Stage, count: str
) -> Table:
    """Some entries as a table; names lead to the record, else to what is counted of the person.

    One query.
    """
    linked = managed_keys(user, [entry.person.pk for entry in shown])
    rows = _("People") if count == PEOPLE else _("Enrolments")
    of_person = [one.words for one in asked.narrowed if one.name == "person"]
    return Table(
        name="people",
        title=of_person[0] if of_person else f"{rows}: {LABELS[stage]}",
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("organisation", _("Organisation"), Kind.TEXT),
            Column("area", _("Area of work"), Kind.TEXT),
            Column("course", _("Course or session"), Kind.TEXT),
            Column("state", _("State"), Kind.TEXT),
        ),
        rows=tuple(_row(asked, entry, linked) for entry in shown),
        about=asked.in_words(),
    )


def _row(asked: Asked, entry: Entry, linked: Collection[int]) -> Row:
    places, about = asked.reach.places, entry.lines[0].about
    person = entry.person
    cells = [
        Cell(person.name(), link_to(person, linked)),
        Cell(places.stated(places.organisation(about.organisation))),
        Cell(places.stated(places.province(about.area))),
        Cell("; ".join(_courses(entry.lines))),
        Cell("; ".join(dict.fromkeys(state_of(line) for line in entry.lines))),
    ]
    return Row(tuple(cells))


def link_to(person: Person, linked: Collection[int]) -> str:
    """The record of a person for who may open it, else everything that is counted of her.

    A programme covers nobody's record: who administers one sees what its people took part in.
    """
    if person.pk in linked:
        return reverse("people:edit", args=[person.pk])
    if person.is_anonymous:
        return ""
    return f"{reverse('report_people')}?{urlencode({'person': str(person.uuid)})}"


def _courses(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield f"{line.group.title}: {line.group.label}"


def state_of(line: Line) -> str:
    """How far an enrolment has come, in words."""
    return str(next(words for stage, words in STATES.items() if stage in line.stages))


def managed_keys(user: AnyUser, people: Collection[int]) -> set[int]:
    """Of these people those whose record `user` may open in the administration; one query."""
    return set(people_managed_by(user).filter(pk__in=people).values_list("pk", flat=True))
