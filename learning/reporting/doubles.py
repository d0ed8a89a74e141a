"""Answers that two people marked: who gave which level, by the rubric that marks them now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from learning.attempts.doubling import Steps, counting, mean_of, share_given, steps_of
from learning.attempts.models import HandMark, Sitting
from learning.attempts.questions import paper_of
from learning.attempts.regrades import Decided, decided_for
from learning.attempts.scoring import NOTHING_DECIDED
from learning.measurement.agreement import Agreement, Severity, compare, severity
from learning.people.models import User
from learning.reporting.halves import Asked
from modules.papers.drawing import Item
from modules.questions.models import QuestionVersion
from modules.questions.rubrics import Criterion, criteria_of

ALL = "all"  # in addresses: every criterion of a rubric together


@dataclass(frozen=True)
class Twice:
    """One answer with its two marks, and the one that decided between them where they parted.

    `first_steps` and `second_steps` are None where the rubric cannot read a mark. `is_named`: the
    reader may know who the markers are.
    """

    sitting: Sitting
    asked: Asked
    criteria: tuple[Criterion, ...]
    first: HandMark
    second: HandMark
    decided: HandMark | None
    is_named: bool

    @property
    def day(self) -> date:
        """When the second mark was given."""
        return timezone.localdate(self.second.received_at)

    @property
    def steps(self) -> tuple[Steps, Steps] | None:
        first, second = (steps_of(mark, self.criteria) for mark in (self.first, self.second))
        return None if first is None or second is None else (first, second)

    @property
    def apart(self) -> int | None:
        """By how many levels they differ in the criterion in which they differ most."""
        if self.steps is None:
            return None
        first, second = self.steps
        return max(abs(first[key] - second[key]) for key in first)

    @property
    def share(self) -> Fraction | None:
        """What the answer got; None while somebody has to decide."""
        marks = [mark for mark in (self.first, self.second, self.decided) if mark]
        counted = counting(marks, self.criteria, is_doubled=True)
        return mean_of(counted) if counted else None


@dataclass(frozen=True)
class Compared:
    """One criterion of one question, or the whole rubric where `criterion` is None."""

    asked: Asked
    criterion: Criterion | None
    answers: Sequence[Twice]
    agreement: Agreement

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.criterion.key if self.criterion and self.criterion.key else ALL

    @property
    def decided(self) -> int:
        return sum(one.decided is not None for one in self.answers)


def marked_twice(seconds: QuerySet[HandMark], named: Collection[int], lang: str) -> list[Twice]:
    """The answers of these second marks, by question; six queries, up to eight after regrades.

    `named`: programmes whose markers the reader may know. Answers that nobody has to read any
    more, as of a question that was left out since, are left out.
    """
    given = list(
        seconds.select_related(
            "recorded_by__person",
            "sitting__enrolment__cohort__programme",
            "sitting__course_version",
        ).order_by("received_at", "pk")
    )
    sittings = list({mark.sitting_id: mark.sitting for mark in given}.values())
    others = _others(sittings)
    decided = decided_for(sittings)
    places = []
    for mark in given:
        item = paper_of(mark.sitting).item(mark.position)
        own = decided.get(mark.sitting_id, NOTHING_DECIDED).get(mark.position)
        asked = _asked(item, own) if item else None
        if asked:
            places.append((mark, asked))
    criteria = _criteria({asked for _mark, asked in places}, lang)
    found = [
        Twice(
            sitting=mark.sitting,
            asked=asked,
            criteria=criteria[asked],
            first=by_role[HandMark.Role.FIRST],
            second=mark,
            decided=by_role.get(HandMark.Role.ADJUDICATION),
            is_named=mark.sitting.enrolment.cohort.programme_id in named,
        )
        for mark, asked in places
        if HandMark.Role.FIRST in (by_role := others[mark.sitting_id, mark.position])
    ]
    return sorted(found, key=lambda one: one.asked)


def _others(sittings: Collection[Sitting]) -> dict[tuple[int, int], dict[str, HandMark]]:
    """All marks by hand of these sittings, by place and role; one query."""
    found: dict[tuple[int, int], dict[str, HandMark]] = defaultdict(dict)
    marks = HandMark.objects.filter(sitting__in=sittings).select_related("recorded_by__person")
    for mark in marks.order_by("received_at", "pk"):
        found[mark.sitting_id, mark.position][mark.role] = mark
    return found


def _asked(item: Item, decision: Decided | None) -> Asked | None:
    """The version that marks it now."""
    if decision is None:
        return Asked(item.question, item.n)
    if decision.definition is None:
        return None
    return Asked(item.question, decision.regrading.to_n or item.n)


def _criteria(asked: Collection[Asked], lang: str) -> dict[Asked, tuple[Criterion, ...]]:
    versions = QuestionVersion.objects.filter(key__in={one.question for one in asked})
    return {
        Asked(version.key, version.n): criteria_of(version.content, lang) for version in versions
    }


def compared(answers: Iterable[Twice]) -> list[Compared]:
    """Each criterion of each question, and the whole where a rubric has several."""
    by_question: dict[Asked, list[Twice]] = defaultdict(list)
    for one in answers:
        by_question[one.asked].append(one)
    return [row for asked, own in by_question.items() for row in _of_question(asked, own)]


def _of_question(asked: Asked, answers: Sequence[Twice]) -> list[Compared]:
    readable = [one for one in answers if one.steps]
    criteria = answers[0].criteria
    rows = [
        Compared(asked, criterion, readable, _agreement(readable, [criterion]))
        for criterion in criteria
    ]
    if len(criteria) > 1:
        rows.append(Compared(asked, None, readable, _agreement(readable, criteria)))
    return rows


def _agreement(answers: Sequence[Twice], criteria: Sequence[Criterion]) -> Agreement:
    """In one criterion; in several by the levels of all of them added up."""
    levels = sum(len(criterion.levels) - 1 for criterion in criteria) + 1
    pairs = [one.steps for one in answers if one.steps]
    first, second = (
        [sum(pair[place][criterion.key] for criterion in criteria) for pair in pairs]
        for place in (0, 1)
    )
    return compare(first, second, levels)


@dataclass(frozen=True)
class Pair:
    """Two people who marked the same answers. `severity` is that of the first of them."""

    markers: tuple[User, User]
    answers: Sequence[Twice]
    severity: Severity

    @property
    def key(self) -> str:
        """How an address names them."""
        return "-".join(str(one.pk) for one in self.markers)


def pairs_of(answers: Iterable[Twice]) -> list[Pair]:
    """Every two people whose names the reader may know, in the order of their names."""
    by_pair: dict[tuple[User, User], list[Twice]] = defaultdict(list)
    for one in answers:
        first, second = one.first.recorded_by, one.second.recorded_by
        if one.is_named and first and second:
            both = sorted((first, second), key=lambda user: (str(user), user.pk))
            by_pair[both[0], both[1]].append(one)
    found = [_pair(markers, own) for markers, own in by_pair.items()]
    return sorted(found, key=lambda pair: [str(one) for one in pair.markers])


def _pair(markers: tuple[User, User], answers: Sequence[Twice]) -> Pair:
    mine, hers = [], []
    for one in answers:
        shares = {mark.recorded_by_id: share_given(mark) for mark in (one.first, one.second)}
        mine.append(shares[markers[0].pk])
        hers.append(shares[markers[1].pk])
    return Pair(markers, answers, severity(mine, hers))
