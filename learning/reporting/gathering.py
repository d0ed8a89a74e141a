"""Everything that is counted, read once: each enrolment with the stages it has reached.

Figures and the lists behind them are made of the same lines, so they cannot disagree. The number
of queries does not depend on how many people, courses or sessions there are.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Min, OuterRef, Q, QuerySet, StringAgg, Subquery, Value
from django.utils import timezone

from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.results import Mark
from learning.cascade.attending import Attendance, in_force, minutes_attended
from learning.cascade.models import AttendanceMark, EventUnit
from learning.certificates.awarding import rule_of
from learning.certificates.models import AwardRule, Certificate, CertificateFact
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.merging import identity
from learning.people.models import Person
from learning.progress.models import StepDone
from learning.reporting.groups import Group
from learning.reporting.judging import Facts, Pair, Test, stages_of
from learning.reporting.periods import Period
from learning.reporting.stages import Stage
from modules.papers.models import Purpose

ENDED = (CertificateFact.What.REVOKED, CertificateFact.What.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class About:
    """What reports cut by, of one person; empty or None where it is not stated."""

    sex: str
    age: str
    constituency: str
    organisation: int | None
    area: int | None  # where the person works


@dataclass(frozen=True, slots=True)
class Line:
    """One enrolment. `day` decides the period; `after` is the mark of the test that counts."""

    enrolment: int
    person: int
    group: Group
    day: dt.date
    about: About
    stages: frozenset[Stage]
    pair: Pair | None = None
    after: Mark | None = None
    attendance: Attendance | None = None


def counted_at(stage: Stage, lines: Iterable[Line]) -> list[Line]:
    """Those of `lines` that a number of this stage counts.

    Who was reached by one session and trained by another counts as trained alone.
    """
    lines = list(lines)
    if stage != Stage.REACHED:
        return [line for line in lines if stage in line.stages]
    trained = {line.person for line in lines if Stage.TRAINED in line.stages}
    return [x for x in lines if Stage.REACHED in x.stages and x.person not in trained]


def gather(
    enrolments: QuerySet[Enrolment], groups: Iterable[Group], within: Period | None = None
) -> list[Line]:
    """The lines of those `enrolments` that are in `groups` and of the period.

    A training session belongs to the period of its last day, an enrolment in a course people take
    by themselves to that of the day it was made. Six queries, and one more where there are
    sessions.
    """
    by_pk = _by_pk(groups, within)
    if not by_pk:
        return []
    wanted = enrolments_in(enrolments, by_pk.values(), within)
    rows = list(_rows(wanted, by_pk))
    facts, people, rules = _facts(wanted, by_pk), _people(wanted), rules_of(by_pk.values())
    return [_line(row, people[row.person], facts[row.pk], rules) for row in rows]


def enrolled(
    enrolments: QuerySet[Enrolment], groups: Iterable[Group], within: Period | None = None
) -> list[Line]:
    """The same lines, without those who left and without what came of them; two queries."""
    by_pk = _by_pk(groups, within)
    if not by_pk:
        return []
    wanted = enrolments_in(enrolments, by_pk.values(), within)
    rows = [row for row in _rows(wanted, by_pk) if not row.has_left]
    people, stages = _people(wanted), frozenset({Stage.ENROLLED})
    return [
        Line(row.pk, row.person, row.group, row.day, people[row.person], stages) for row in rows
    ]


def enrolments_in(
    enrolments: QuerySet[Enrolment], groups: Iterable[Group], within: Period | None
) -> QuerySet[Enrolment]:
    """Those of `enrolments` that are in `groups` and of the period, who left among them."""
    wanted = enrolments.filter(cohort__in=[group.pk for group in groups])
    if within is None:
        return wanted
    return wanted.filter(Q(cohort__kind=Cohort.Kind.EVENT) | _made(within))


def _by_pk(groups: Iterable[Group], within: Period | None) -> dict[int, Group]:
    return {group.pk: group for group in groups if _may_lie_in(group, within)}


def _may_lie_in(group: Group, within: Period | None) -> bool:
    return within is None or group.last_day is None or group.last_day in within


def _made(within: Period) -> Q:
    midnight = dt.time.min
    first = timezone.make_aware(dt.datetime.combine(within.first, midnight))
    after = timezone.make_aware(dt.datetime.combine(within.last + dt.timedelta(1), midnight))
    return Q(created_at__gte=first, created_at__lt=after)


class Row(NamedTuple):
    """An enrolment before anything is known of what came of it."""

    pk: int
    person: int
    group: Group
    day: dt.date
    has_left: bool


def _rows(enrolments: QuerySet[Enrolment], groups: Mapping[int, Group]) -> Iterator[Row]:
    facts = EnrolmentFact.objects.filter(enrolment=OuterRef("pk")).order_by("-received_at", "-pk")
    rows = enrolments.annotate(who=identity("person"), what=Subquery(facts.values("what")[:1]))
    values = rows.filter(what__isnull=False).values_list(
        "pk", "who", "cohort_id", "created_at", "what"
    )
    for pk, person, cohort, created_at, what in values.iterator():
        group = groups[cohort]
        day = group.last_day or timezone.localdate(created_at)
        yield Row(pk, person, group, day, what == EnrolmentFact.What.WITHDRAWN)


def _people(enrolments: QuerySet[Enrolment]) -> dict[int, About]:
    who = enrolments.annotate(who=identity("person")).values("who")
    rows = Person.objects.filter(pk__in=who).values_list(
        "pk", "sex", "age_band", "constituency", "organisation_id", "area_of_work_id"
    )
    return {row[0]: About(*row[1:]) for row in rows.iterator()}


def _facts(enrolments: QuerySet[Enrolment], groups: Mapping[int, Group]) -> dict[int, Facts]:
    found: dict[int, Facts] = defaultdict(Facts)
    wanted = enrolments.values("pk")
    for pk, keys, first in _steps(wanted):
        found[pk].steps, found[pk].first_step_at = keys, first
    for pk, test in _tests(wanted):
        found[pk].tests.append(test)
    for pk, grade in _grades(wanted):
        found[pk].grades.add(grade)
    for pk, attendance in _attendance(wanted, groups.values()):
        found[pk].attendance = attendance
    return found


def _steps(enrolments: QuerySet) -> Iterator[tuple[int, frozenset[str], dt.datetime]]:
    """The lessons that each has done and when the first one was; keys of lessons hold no comma."""
    own = StepDone.objects.filter(enrolment__in=enrolments).order_by().values("enrolment_id")
    joined = own.annotate(keys=StringAgg("step_key", Value(",")), first=Min("received_at"))
    for pk, keys, first in joined.values_list("enrolment_id", "keys", "first").iterator():
        yield pk, frozenset(keys.split(",")), first


def _tests(enrolments: QuerySet) -> Iterator[tuple[int, Test]]:
    """Tests handed in and not taken back, with their newest marks, oldest first; no practice."""
    rows = runs_of_tests(enrolments)
    for pk, purpose, began, handed_in, by, grain, *numbers in rows.values_list(
        "sitting__enrolment_id",
        "sitting__purpose",
        "sitting__started_at",
        "sitting__handed_in_at",
        "sitting__handed_in_by",
        "sitting__grain",
        *("num", "den", "full_num", "full_den", "unmarked"),
    ).iterator():
        num, den, full_num, full_den, unmarked = numbers
        mark = Mark(Fraction(num, den), Fraction(full_num, full_den), unmarked)
        taken = began if by == Sitting.HandedInBy.KEYED else handed_in
        yield pk, Test(purpose, began, handed_in, taken, mark, grain == Sitting.Grain.TOTAL)


def runs_of_tests(
    enrolments: QuerySet, purposes: Collection[str] = (Purpose.PRE, Purpose.POST)
) -> QuerySet[ScoringRun]:
    """The newest marks of the tests before and after, in the order in which they were begun."""
    runs = ScoringRun.objects.filter(sitting=OuterRef("sitting")).order_by("-n").values("n")[:1]
    return ScoringRun.objects.filter(
        n=Subquery(runs),
        sitting__enrolment__in=enrolments,
        sitting__handed_in_at__isnull=False,
        sitting__taken_back_at=None,
        sitting__purpose__in=purposes,
    ).order_by("sitting__started_at", "sitting_id")


def _grades(enrolments: QuerySet) -> Iterable[tuple[int, str]]:
    """Grades of certificates that were neither revoked nor replaced."""
    certificates = Certificate.objects.filter(enrolment__in=enrolments)
    in_force_ = certificates.exclude(happenings__what__in=ENDED)
    return in_force_.values_list("enrolment_id", "grade").iterator()


def _attendance(enrolments: QuerySet, groups: Iterable[Group]) -> Iterator[tuple[int, Attendance]]:
    """Of everybody about whom something was noted in the sessions among `groups`."""
    units = {unit.pk: unit for group in groups if group.event for unit in group.event.held_units}
    if not units:
        return
    marks = AttendanceMark.objects.filter(unit__in=list(units), enrolment__in=enrolments)
    wanted = marks.only("unit_id", "enrolment_id", "value", "minutes", "captured_at")
    noted: dict[int, dict[int, AttendanceMark]] = defaultdict(dict)
    for (unit, enrolment), mark in in_force(wanted.iterator()).items():
        noted[enrolment][unit] = mark
    offered: dict[int, int] = defaultdict(int)
    for unit_ in units.values():
        offered[unit_.event_id] += unit_.minutes
    for enrolment, own in noted.items():
        event = units[next(iter(own))].event_id
        yield enrolment, Attendance(_attended(own, units), offered[event], own)


def _attended(own: Mapping[int, AttendanceMark], units: Mapping[int, EventUnit]) -> int:
    return sum(minutes_attended(mark, units[pk].minutes) for pk, mark in own.items())


type Rules = Mapping[int, Sequence[AwardRule]]


def rules_of(groups: Iterable[Group]) -> Rules:
    """The award rules of the course versions, by version; one query."""
    found: dict[int, list[AwardRule]] = defaultdict(list)
    versions = {group.version for group in groups}
    for rule in AwardRule.objects.filter(course_version__in=versions):
        found[rule.course_version_id].append(rule)
    return found


def _line(row: Row, about: About, facts: Facts, rules: Rules) -> Line:
    group = row.group
    if row.has_left:
        return Line(row.pk, row.person, group, row.day, about, frozenset({Stage.LEFT}))
    after = facts.after(group.terms.counts)
    handed_in = timezone.localdate(after[1].handed_in) if after else row.day
    rule = rule_of(rules.get(group.version, ()), group.last_day or handed_in)
    return Line(
        enrolment=row.pk,
        person=row.person,
        group=group,
        day=row.day,
        about=about,
        stages=stages_of(facts, group.terms, rule.pass_mark),
        pair=facts.pair(group.terms.compared),
        after=after[0] if after else None,
        attendance=facts.attendance,
    )
