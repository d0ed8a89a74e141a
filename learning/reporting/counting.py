"""Whose tests are counted in figures of questions, as arrays for the formulas.

Counted is each person's first test of a course and purpose, handed in and not taken back.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from learning.attempts.models import Sitting
from learning.enrolment.models import Enrolment
from learning.measurement.options import ABSENT
from learning.people.merging import identity
from learning.reporting.columns import EARNED, Responses, Version
from learning.reporting.halves import ON_PAPER
from learning.reporting.keeping import responses_now
from learning.reporting.periods import Period
from modules.courses.models import CourseVersion


@dataclass(frozen=True)
class Wanted:
    """Which tests: a version of a course, a purpose, a form or all ("") and a period."""

    course: str
    number: str
    purpose: str
    form: str = ""
    within: Period | None = None


@dataclass(frozen=True)
class Counted:
    """Some sittings of the table, by their places, in the order in which they began.

    `behind`: how many sittings the table lacks still.
    """

    table: Responses
    places: NDArray
    behind: int = 0

    @cached_property
    def langs(self) -> list[str]:
        """The languages of these tests as addresses name them, the most frequent first."""
        counted = Counter(str(lang) or ON_PAPER for lang in self.table.sittings.lang[self.places])
        return [lang for lang, _n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]

    def answered_in(self, lang: str) -> "Counted":
        code = "" if lang == ON_PAPER else lang
        return self._only(self.table.sittings.lang[self.places] == code)

    @property
    def unfinished(self) -> int:
        """How many wait for somebody to mark an answer."""
        return int((~self.table.sittings.final[self.places]).sum())

    @property
    def finished(self) -> "Counted":
        return self._only(self.table.sittings.final[self.places])

    def _only(self, chosen: NDArray) -> "Counted":
        return replace(self, places=self.places[chosen])

    @property
    def pks(self) -> list[int]:
        """The keys of the sittings."""
        return self.table.sittings.pk[self.places].tolist()


@dataclass(frozen=True)
class Marks:
    """(persons, questions) of the marks of some sittings, NaN where a question was not asked.

    `numbers` are the questions' places in the table; persons stand in the order of `counted`.
    """

    counted: Counted
    numbers: list[int]
    marks: NDArray
    full: NDArray

    @property
    def versions(self) -> list[Version]:
        known = self.counted.table.questions.versions
        return [known[number] for number in self.numbers]

    def column(self, version: Version) -> int | None:
        """Where a question stands, None where nobody was asked it."""
        return self.versions.index(version) if version in self.versions else None

    def asked(self, column: int) -> Counted:
        """Those whose marks a question's figures are made of."""
        return self.counted._only(~np.isnan(self.marks[:, column]))

    def chosen(self, column: int) -> NDArray:
        """(persons,) the number of what each chose in a question; `coding.py` reads it."""
        rows = self.counted.table.rows
        own = rows.question == self.numbers[column]
        persons = _persons(self.counted)[rows.sitting[own]]
        found = np.full(len(self.counted.places), ABSENT, dtype=np.int64)
        found[persons[persons >= 0]] = rows.chosen[own][persons >= 0]
        found[np.isnan(self.marks[:, column])] = ABSENT
        return found


def count(enrolments: QuerySet[Enrolment], wanted: Wanted) -> Counted:
    """The first tests of people with these enrolments, as far as they are wanted.

    Six queries when nothing was marked since. The very first test of a person counts; where it is
    of another version, form or time, she is not counted at all.
    """
    kept = responses_now()
    table, sittings = kept.table, kept.table.sittings
    people = dict(enrolments.annotate(who=identity("person")).order_by().values_list("pk", "who"))
    versions = dict(
        CourseVersion.objects.filter(course__code=wanted.course).values_list("pk", "number")
    )
    back = Sitting.objects.filter(taken_back_at__isnull=False).order_by()
    counts = (
        (sittings.purpose == wanted.purpose)
        & np.isin(sittings.version, list(versions))
        & np.isin(sittings.enrolment, list(people))
        & ~np.isin(sittings.pk, list(back.values_list("pk", flat=True)))
    )
    first = _first(table, np.flatnonzero(counts), people)
    right = [pk for pk, number in versions.items() if number == wanted.number]
    chosen = np.isin(sittings.version[first], right)
    if wanted.form:
        chosen &= sittings.form[first] == wanted.form
    if wanted.within:
        chosen &= _within(sittings.began[first], wanted.within)
    return Counted(table, first[chosen], kept.behind)


def marks_of(counted: Counted) -> Marks:
    """What these sittings got in each question, the questions in the order of their papers."""
    rows, questions = counted.table.rows, counted.table.questions
    persons = _persons(counted)[rows.sitting]
    own = (persons >= 0) & (rows.state == EARNED)
    asked, position = rows.question[own], rows.position[own]
    first = np.full(len(questions), np.iinfo(np.int32).max)
    np.minimum.at(first, asked, position)
    known = np.unique(asked)
    numbers = known[np.lexsort((questions.key[known], first[known]))]
    columns = np.zeros(len(questions), dtype=np.int64)
    columns[numbers] = np.arange(len(numbers))
    marks = np.full((len(counted.places), len(numbers)), np.nan)
    marks[persons[own], columns[asked]] = rows.share[own] * questions.full[asked]
    return Marks(counted, numbers.tolist(), marks, questions.full[numbers])


def _persons(counted: Counted) -> NDArray:
    """For each sitting of the table its place among those counted, or -1."""
    found = np.full(len(counted.table.sittings), -1, dtype=np.int64)
    found[counted.places] = np.arange(len(counted.places))
    return found


def _first(table: Responses, places: NDArray, people: Mapping[int, int]) -> NDArray:
    """Of each person the sitting that began first."""
    sittings = table.sittings
    in_order = places[np.lexsort((sittings.pk[places], sittings.began[places]))]
    who = np.array([people[pk] for pk in sittings.enrolment[in_order].tolist()], dtype=np.int64)
    _people, first = np.unique(who, return_index=True)
    return in_order[np.sort(first)]


def _within(began: NDArray, within: Period) -> NDArray:
    first, last = (
        timezone.make_aware(dt.datetime.combine(day, dt.time.min)).timestamp()
        for day in (within.first, within.last + dt.timedelta(days=1))
    )
    return (began >= first) & (began < last)
