"""Cohorts as reports speak of them: of which course and programme, with or without a session."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.cascade.models import Event, EventFact
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Programme, name_in
from learning.people.roles import AnyUser
from learning.reporting.judging import Terms
from learning.reporting.permissions import enrolments_counted_for, events_counted_for
from modules.papers.models import Counts, Purpose, Test
from modules.reference.dates import in_words

TRAINS_TRAINERS = (Event.Kind.TOMT, Event.Kind.TOT)


@dataclass(frozen=True)
class Group:
    """A cohort with what reports need of it. `number` is the place of its course."""

    pk: int
    uuid: str
    programme: Programme
    course: str
    number: int
    title: str
    version: int
    version_number: str
    terms: Terms
    in_scope: bool  # whether its session is counted for the reader, not only some people
    since: datetime | None  # when its session came into its state

    @property
    def event(self) -> Event | None:
        return self.terms.event

    @property
    def area(self) -> int | None:
        """Where its session takes place."""
        return self.event.area_id if self.event else None

    @property
    def is_headcount(self) -> bool:
        return self.event is not None and self.event.is_headcount

    @property
    def trains_trainers(self) -> bool:
        return self.event is not None and self.event.kind in TRAINS_TRAINERS

    @property
    def state(self) -> str:
        """The last fact of its session; empty for courses people take by themselves."""
        return self.event.state if self.event else ""  # type: ignore[attr-defined]

    @property
    def last_day(self) -> date | None:
        """Of a session; courses people take by themselves have none."""
        return self.event.last_day if self.event else None

    @property
    def name(self) -> str:
        """Kind and place of its session."""
        if self.event is None:
            return self.label
        kind = self.event.get_kind_display().capitalize()
        return _("{kind}, {place}").format(kind=kind, place=self.event.place)

    @property
    def label(self) -> str:
        """What tells the cohort from others of its course."""
        if self.event is None:
            return _("{programme}, version {number}").format(
                programme=self.programme, number=self.version_number
            )
        day = in_words(self.event.last_day.isoformat(), get_language() or "en")
        return _("{session}, {day}").format(session=self.name, day=day)

    @property
    def order(self) -> tuple[Any, ...]:
        """By course; courses people take by themselves first, then sessions by date."""
        return (self.number, self.last_day is not None, self.last_day or date.min, self.pk)


def groups_for(user: AnyUser, programme: Programme | None = None) -> list[Group]:
    """The cohorts in the scope of `user`, of one programme or all, in the order of courses.

    Those that people she counts are enrolled in, and sessions she counts; two queries.
    """
    enrolled = enrolments_counted_for(user).values("cohort")
    events = events_counted_for(user)
    cohorts = Cohort.objects.filter(Q(pk__in=enrolled) | Q(event__in=events.values("pk")))
    if programme is not None:
        cohorts = cohorts.filter(programme=programme)
    held = events.filter(cohort=OuterRef("pk"))
    return _groups(cohorts.annotate(in_scope=Exists(held)))


def groups_of(enrolments: QuerySet[Enrolment]) -> list[Group]:
    """The cohorts of these enrolments, in the order of courses; two queries."""
    cohorts = Cohort.objects.filter(pk__in=enrolments.values("cohort"))
    return _groups(cohorts.annotate(in_scope=Value(False)))  # noqa: FBT003 (a value of SQL)


def _groups(cohorts: QuerySet[Cohort]) -> list[Group]:
    facts = EventFact.objects.filter(event__cohort=OuterRef("pk")).order_by("-received_at", "-pk")
    tests = Test.objects.filter(course_code=OuterRef("course_version__course__code"))
    loaded = (
        cohorts.select_related("programme__area", "event__area")
        .prefetch_related("event__units")
        .annotate(
            event_state=Subquery(facts.values("what")[:1]),
            event_since=Subquery(facts.values("received_at")[:1]),
            course_code=F("course_version__course__code"),
            course_number=F("course_version__course__number"),
            version_number=F("course_version__number"),
            titles=F("course_version__manifest__titles"),
            lesson_keys=F("course_version__manifest__lessons"),
            has_pre=Exists(tests.filter(purpose=Purpose.PRE)),
            counts=Subquery(tests.filter(purpose=Purpose.POST).values("counts")[:1]),
        )
    )
    return sorted(map(_group, loaded), key=lambda group: group.order)


def _group(cohort: Any) -> Group:
    event: Event | None = getattr(cohort, "event", None)
    if event is not None:
        event.state = cohort.event_state  # type: ignore[attr-defined]
    return Group(
        pk=cohort.pk,
        uuid=str(cohort.uuid),
        programme=cohort.programme,
        course=cohort.course_code,
        number=cohort.course_number,
        title=name_in(cohort.titles or {}) or cohort.course_code,
        version=cohort.course_version_id,
        version_number=cohort.version_number,
        terms=Terms(
            lessons=frozenset(cohort.lesson_keys or ()),
            has_pre=cohort.has_pre,
            # Of a session the last results typed in stand.
            counts=Counts.LAST if event else cohort.counts or Counts.BEST,
            event=event,
        ),
        in_scope=cohort.in_scope,
        since=cohort.event_since,
    )
