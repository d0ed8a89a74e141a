"""People who came to different points of a course by themselves or in a session.

Sessions and crowds are written past the rules, in few statements: what they hold is what the rules
would make of them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from django.test import override_settings
from django.utils import timezone

from learning.attempts.models import ScoringRun, Sitting
from learning.cascade.models import (
    AttendanceMark,
    Event,
    EventFact,
    EventUnit,
    Facilitation,
    Headcount,
)
from learning.certificates.keys import seed_of
from learning.certificates.models import Certificate, Issuer
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.models import Area, Person
from learning.progress.models import StepDone
from learning.progress.recording import mark_done
from learning.reporting.asking import Asked, reach_of
from learning.reporting.completing import completion_table
from learning.reporting.periods import period
from learning.reporting.tables import Row, Table
from modules.courses.models import CourseVersion
from modules.papers import models as papers
from tests.cast import Cast
from tests.learning.certificates.making import certify, make_version

LESSONS = ("one", "two", "three", "four")
MARCH = dt.date(2026, 3, 2)
WHOLE_DAY = (dt.time(9), dt.time(16))  # seven hours, enough to train
FULL = 20


# --- courses people take by themselves -----------------------------------------------------------


def make_cohort(cast: Cast, **fields: Any) -> Cohort:
    """A course of four lessons that people take by themselves, in the programme of the cast."""
    version = fields.pop("version", None) or make_version()
    programme = fields.pop("programme", cast.programme)
    return Cohort.objects.create(programme=programme, course_version=version, **fields)


def has_pre_test(course: str) -> None:
    papers.Test.objects.create(course_code=course, purpose="pre", minutes=20)


def enrol(
    cohort: Cohort,
    name: str = "",
    *,
    lessons: Sequence[str] = (),
    pre: float | None = None,
    post: float | None = None,
    known: Person | None = None,
    **about: Any,
) -> Enrolment:
    """Somebody with these lessons done and these marks of 20; anonymous without a name."""
    names = {"Latn": name} if name else {}
    person = known or Person.objects.create(names=names, is_anonymous=not names, **about)
    enrolment = Enrolment.objects.create(cohort=cohort, person=person)
    EnrolmentFact.objects.create(enrolment=enrolment, what=EnrolmentFact.What.STARTED)
    for purpose, got in (("pre", pre), ("post", post)):
        if got is not None:
            sit([enrolment], purpose, got)
    for lesson in lessons:
        mark_done(enrolment, lesson, None)
    return enrolment


def sit(
    enrolments: Iterable[Enrolment],
    purpose: str,
    got: float,
    *,
    unmarked: int = 0,
    at: dt.datetime | None = None,
    wave: int = 0,
) -> None:
    """Everybody handed in a test on paper with so many marks of 20 that are certain."""
    now = at or timezone.now()
    sittings = Sitting.objects.bulk_create(
        Sitting(
            enrolment=enrolment,
            purpose=purpose,
            wave=wave,
            attempt_no=1,
            course_version=enrolment.cohort.course_version,
            paper={},
            seed=0,
            started_at=now,
            deadline_at=now + dt.timedelta(hours=1),
            handed_in_at=now,
            handed_in_by="keyed",
            grain="total",
        )
        for enrolment in enrolments
    )
    mark = Fraction(got)
    ScoringRun.objects.bulk_create(
        ScoringRun(
            sitting=sitting,
            n=1,
            rules_version="1",
            num=mark.numerator,
            den=mark.denominator,
            full_num=FULL,
            full_den=1,
            by_outcome={},
            unmarked=unmarked,
            reason="keyed",
        )
        for sitting in sittings
    )


@override_settings(SIGNING_KEY=seed_of("the key of reports"))
def give_certificate(cast: Cast, enrolment: Enrolment, grade: Any = "achievement") -> Certificate:
    Issuer.objects.get_or_create(
        programme=enrolment.cohort.programme,
        defaults={"organisation": cast.institution, "code": "PK-REPO"},
    )
    return certify(enrolment, grade)


def crowd(n: int, **about: Any) -> list[Person]:
    """So many people with names."""
    first = Person.objects.count()
    return Person.objects.bulk_create(
        Person(names={"Latn": f"Person {first + number:04d}"}, **about) for number in range(n)
    )


def enrol_all(cohort: Cohort, people: Iterable[Person]) -> list[Enrolment]:
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person) for person in people
    )
    EnrolmentFact.objects.bulk_create(
        EnrolmentFact(enrolment=one, what=EnrolmentFact.What.STARTED) for one in enrolments
    )
    return enrolments


def read_all(enrolments: Iterable[Enrolment], lessons: Sequence[str] = LESSONS) -> None:
    StepDone.objects.bulk_create(
        StepDone(enrolment=one, step_key=key, course_version=one.cohort.course_version)
        for one in enrolments
        for key in lessons
    )


# --- training sessions ---------------------------------------------------------------------------


def hold(
    cast: Cast,
    people: Iterable[Person] = (),
    *,
    area: str = "PK-PB",
    day: dt.date = MARCH,
    kind: str = Event.Kind.CASCADE,
    lead: Person | None = None,
    state: str = EventFact.What.VERIFIED,
    version: CourseVersion | None = None,
    present: bool = True,
    hours: tuple[dt.time, dt.time] = WHOLE_DAY,
    headcount: int = 0,
    **fields: Any,
) -> Event:
    """A session of one day in which everybody was there all the time, or nobody."""
    cohort = make_cohort(
        cast,
        version=version or CourseVersion.objects.first() or make_version(),
        kind=Cohort.Kind.EVENT,
        programme=fields.pop("programme", cast.programme),
    )
    event = Event.objects.create(
        cohort=cohort,
        kind=kind,
        area=Area.objects.get(code=area),
        counting=Event.Counting.HEADCOUNT if headcount else Event.Counting.NAMED,
        **fields,
    )
    unit = EventUnit.objects.create(event=event, n=1, date=day, starts=hours[0], ends=hours[1])
    for what in dict.fromkeys([EventFact.What.PLANNED, state]):
        reach_state(event, what)
    if lead:
        Facilitation.objects.create(event=event, person=lead, role="lead")
    if headcount:
        Headcount.objects.create(event=event, n=headcount)
    AttendanceMark.objects.bulk_create(
        AttendanceMark(unit=unit, enrolment=one, value="present" if present else "absent")
        for one in enrol_all(cohort, people)
    )
    return event


def reach_state(event: Event, what: str) -> None:
    """A fact that is the newest also where the clock stands still."""
    moment = timezone.now() + dt.timedelta(microseconds=event.facts.count())
    EventFact.objects.create(event=event, what=what, reason="For the test", received_at=moment)


# --- asking --------------------------------------------------------------------------------------


def ask(user: Any, within: str = "", **chosen: str) -> Asked:
    """What `user` asks, filtered by the cuts in `chosen`."""
    return Asked(reach_of(user), chosen, period(within) if within else None)


def completion(
    user: Any, by: str = "course", cut: str = "", within: str = "", **chosen: str
) -> Table:
    return completion_table(ask(user, within, **chosen), by, cut)


def records(table: Table) -> list[dict[str, Any]]:
    """The rows by the keys of their columns."""
    return [record(table, row) for row in table.rows]


def record(table: Table, row: Row) -> dict[str, Any]:
    return {column.key: cell.value for column, cell in table.pairs(row)}
