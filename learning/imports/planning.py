"""The dry run: what a list would do, without doing it. The import carries out the same plan."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from learning.enrolment.enrolling_lists import Standing, standings
from learning.enrolment.models import Cohort
from learning.imports.matching import ANOTHER, Question, questions
from learning.imports.permissions import may_add_person, people_matchable_by
from learning.people.known import known_to
from learning.people.models import Area, Organisation, Person, Programme
from learning.people.roles import AnyUser
from learning.people.rows import PersonRow, Problem, read_people
from modules.courses.models import CourseVersion


@dataclass(frozen=True)
class Target:
    """What a list is for."""

    programme: Programme
    version: CourseVersion

    @property
    def cohort(self) -> Cohort | None:
        """The self-paced cohort, if it is there already."""
        return Cohort.objects.filter(
            programme=self.programme, course_version=self.version, kind=Cohort.Kind.SELF_PACED
        ).first()


@dataclass(frozen=True)
class Planned:
    """A row with the person it means: one we know, that of an earlier row, or a new one."""

    row: PersonRow
    person: Person | None = None
    twin: int = 0

    @property
    def is_new(self) -> bool:
        return self.person is None and not self.twin


COUNTED_AS = {Standing.NEW: "enrolled", Standing.LEFT: "again", Standing.ALREADY: "already"}


@dataclass
class Plan:
    """Rows with their people, what has to be mended, what has to be decided."""

    planned: list[Planned]
    problems: list[Problem]
    questions: list[Question]
    left_out: list[str]
    places: "Places"
    standing: Mapping[int, Standing] = field(default_factory=dict)

    @cached_property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if not question.answer]

    @property
    def is_ready(self) -> bool:
        """Whether it can be carried out as it is."""
        return bool(self.planned) and not self.problems and not self.open_questions

    @cached_property
    def people(self) -> list[Planned]:
        """One for each person: rows that mean somebody of an earlier row are left out."""
        seen: set[Person] = set()
        once = []
        for one in self.planned:
            if not one.twin and one.person not in seen:
                once.append(one)
            if one.person:
                seen.add(one.person)
        return once

    @cached_property
    def counts(self) -> Counter[str]:
        """How many people are `new` and `known`, how many rows mean somebody of an earlier one
        (`twins`), and how many will be `enrolled`, taken up `again`, or take the course `already`.
        """
        counts = Counter(new=0, known=0, enrolled=0, again=0, already=0)
        for one in self.people:
            counts["new" if one.is_new else "known"] += 1
            counts[COUNTED_AS[self.standing_of(one)]] += 1
        counts["twins"] = len(self.planned) - len(self.people)
        return counts

    def standing_of(self, one: Planned) -> Standing:
        return self.standing.get(one.person.pk, Standing.NEW) if one.person else Standing.NEW


@dataclass(frozen=True)
class Places:
    """The organisations and areas that a list names, by code."""

    organisations: Mapping[str, Organisation]
    areas: Mapping[str, Area]

    @classmethod
    def of(cls, people: Iterable[PersonRow]) -> "Places":
        """Two queries."""
        named = list(people)
        organisations = Organisation.objects.select_related("area").filter(
            code__in={person.organisation for person in named}
        )
        areas = Area.objects.filter(code__in={person.area for person in named})
        return cls({one.code: one for one in organisations}, {one.code: one for one in areas})


def make_plan(
    rows: Sequence[Sequence[str]],
    user: AnyUser,
    target: Target | None = None,
    choices: Mapping[str, str] | None = None,
) -> Plan:
    """What `user` would do with `rows`; without a target only who the people are.

    Some ten queries, and a few more per 500 people. Messages are in the active language.
    """
    reading = read_people(rows, known_to(user))
    asked = questions(reading.people, people_matchable_by(user), choices or {})
    places = Places.of(reading.people)
    planned = resolved(reading.people, asked)
    problems = list(reading.problems)
    if target is not None:
        problems += misplaced(planned, user, target.programme, places, asked)
    plan = Plan(
        planned, sorted(problems, key=lambda problem: problem.row), list(asked.values()),
        reading.left_out, places,
    )  # fmt: skip
    if target is not None:
        known = [one.person.pk for one in plan.people if one.person]
        plan.standing = standings(known, target.version, target.cohort)
    return plan


def resolved(people: Iterable[PersonRow], asked: Mapping[int, Question]) -> list[Planned]:
    """Who each row means; as somebody new where that is not decided yet."""
    found: dict[int, Planned] = {}
    for row in people:
        meant = asked[row.row].meant if row.row in asked else None
        if meant is None:
            found[row.row] = Planned(row)
        elif meant.person:
            found[row.row] = Planned(row, meant.person)
        else:
            first = found[meant.number]
            found[row.row] = replace(first, row=row, twin=first.twin or first.row.row)
    return list(found.values())


def misplaced(
    planned: Iterable[Planned],
    user: AnyUser,
    programme: Programme,
    places: Places,
    asked: Mapping[int, Question],
) -> list[Problem]:
    """A problem for each row that would make known somebody outside the scope of `user`."""
    words = _(
        "You can add people within your own area, organisation or programme only. Name a place of"
        " yours in this row, or leave it to the administrator of that place."
    )
    found = []
    for one in planned:
        is_decided = one.row.row not in asked or asked[one.row.row].answer == ANOTHER
        if one.is_new and is_decided:
            area = places.areas.get(one.row.area)
            organisation = places.organisations.get(one.row.organisation)
            if not may_add_person(user, programme, area, organisation):
                found.append(Problem(one.row.row, "area", words))
    return found
