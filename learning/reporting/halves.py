"""The two halves of people who met form A or form B first, with their marks as tables of numbers.

Counted once are people whose very first test before a course was the one form or the other: chance
decided which, and nothing was practised before.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from learning.attempts.itemising import Taken, itemise
from learning.attempts.models import Sitting
from learning.enrolment.models import Enrolment
from learning.measurement.forms import Comparison, Shift, compare, moved
from learning.people.merging import identity
from learning.reporting.periods import Period
from modules.papers.contents import Label
from modules.papers.models import Purpose

FORMS = (Label.A, Label.B)
ON_PAPER = "paper"  # the language of a test on paper, in addresses


@dataclass(frozen=True, order=True)
class Asked:
    """One version of a question, as the columns of the tables are called."""

    question: str
    n: int

    def __str__(self) -> str:
        return f"{self.question}.{self.n}"


@dataclass(frozen=True)
class Halves:
    """What people of both forms did. `unfinished` counts those with answers still to be marked."""

    taken: Sequence[Taken]
    unfinished: int

    def of(self, form: str) -> list[Taken]:
        return [one for one in self.taken if one.sitting.form_label == form]

    @property
    def questions(self) -> list[Asked]:
        """Every version that was asked, in the order of the papers, form A first."""
        in_order = [one for form in FORMS for one in self.of(form)]
        return list(dict.fromkeys(Asked(m.question, m.n) for x in in_order for m in x.marks))

    def asking(self, question: Asked) -> list[Taken]:
        return [one for one in self.taken if question in marks_of(one)]

    def forms_asking(self, question: Asked) -> list[str]:
        found = {one.sitting.form_label for one in self.asking(question)}
        return [form for form in FORMS if form in found]


@dataclass(frozen=True)
class Measured:
    """What the halves come to. `anchors` and `over_time` by question."""

    comparison: Comparison
    anchors: Mapping[Asked, Shift]
    over_time: Mapping[Asked, Shift]


def marks_of(taken: Taken) -> dict[Asked, float]:
    return {Asked(m.question, m.n): float(m.mark.got or 0) for m in taken.marks}


def first_tests(
    enrolments: QuerySet[Enrolment], course: str, number: str, within: Period | None
) -> list[Taken]:
    """Everybody's first test before this course, where it was one of this version; five queries.

    By form A or B, with the answers known; a test of the period if one is given. Who gave up her
    data has no answers any more and is left out.
    """
    sat = (
        Sitting.objects.that_count()
        .filter(enrolment__in=enrolments, purpose=Purpose.PRE, course_version__course__code=course)
        .annotate(who=identity("enrolment__person"))
        .select_related("enrolment__person", "enrolment__cohort", "course_version")
    )
    first: dict[int, Sitting] = {}
    for sitting in sat.order_by("started_at", "pk"):
        first.setdefault(sitting.who, sitting)
    return itemise([one for one in first.values() if _belongs(one, number, within)])


def _belongs(sitting: Sitting, number: str, within: Period | None) -> bool:
    return (
        sitting.course_version.number == number
        and sitting.grain == Sitting.Grain.ITEM
        and sitting.form_label in FORMS
        and sitting.enrolment.person.erased_at is None
        and (within is None or day_of(sitting) in within)
    )


def day_of(sitting: Sitting) -> dt.date:
    """When the test was taken."""
    return timezone.localdate(sitting.taken_at)


def languages_in(taken: Sequence[Taken]) -> list[str]:
    """The languages of these tests as addresses name them, the most frequent first."""
    counted = Counter(one.lang or ON_PAPER for one in taken)
    return [lang for lang, _n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def halves_in(taken: Sequence[Taken], lang: str) -> Halves:
    """Those answered in one language: questions of two languages do not compare."""
    own = [asked_in(one) for one in taken if (one.lang or ON_PAPER) == lang]
    final = [one for one in own if one.is_final]
    return Halves(final, len(own) - len(final))


def asked_in(taken: Taken) -> Taken:
    """Without questions that say nothing of people any more: left out, or given to everybody."""
    return replace(taken, marks=tuple(one for one in taken.marks if one.is_earned))


def measure(halves: Halves) -> Measured:
    """The figures of both forms and of each question."""
    by_form = {form: _columns(halves.of(form)) for form in FORMS}
    (in_a, marks_a, full_a), (in_b, marks_b, full_b) = (by_form[form] for form in FORMS)
    common = [question for question in in_a if question in set(in_b)]
    pairs = [(in_a.index(question), in_b.index(question)) for question in common]
    comparison = compare(marks_a, marks_b, full_a, full_b, pairs)
    asked, marks, full = _columns(halves.taken)
    moments = [one.sitting.started_at.timestamp() for one in halves.taken]
    return Measured(
        comparison,
        dict(zip(common, comparison.anchors, strict=False)),
        dict(zip(asked, moved(marks, full, moments), strict=True)),
    )


def _columns(taken: Sequence[Taken]) -> tuple[list[Asked], np.ndarray, list[float]]:
    """Questions, marks (people, questions) with NaN where one was not asked, and full marks."""
    full: dict[Asked, float] = {}
    for one in taken:
        for marked in one.marks:
            full.setdefault(Asked(marked.question, marked.n), float(marked.mark.full))
    own = [marks_of(one) for one in taken]
    table = [[marks.get(question, np.nan) for question in full] for marks in own]
    return list(full), np.array(table, dtype=float).reshape(len(taken), len(full)), [*full.values()]
