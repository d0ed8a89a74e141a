"""What follows when tests are marked again: who passes now or no more, and which certificates rest
on marks that are not reached any more. Nothing issued is touched here: people decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from learning.attempts.regrading import Change
from learning.attempts.results import Mark
from learning.cascade.certifying import proposals_of
from learning.cascade.models import Event
from learning.certificates.awarding import reaches, rule_in_force, rule_of
from learning.certificates.issuing import earned, evidence_of
from learning.certificates.models import AwardRule, Certificate, CertificateFact, Grade
from learning.certificates.standing import State, standing
from learning.enrolment.models import Enrolment
from modules.papers.models import Purpose

IN_FORCE = (State.VALID, State.UNDER_REVIEW)


@dataclass(frozen=True)
class Flips:
    """Tests after the course that reach the pass mark now, and those that do not any more."""

    passes: Sequence[Change]
    fails: Sequence[Change]


@dataclass(frozen=True)
class Resting:
    """A certificate in force, and the grade that its record earns now; None: none."""

    certificate: Certificate
    grade: Grade | None
    event: Event | None
    is_under_review: bool


def flips_in(changes: Iterable[Change]) -> Flips:
    """By the award rule of the day that counts for each; four queries."""
    after = [c for c in changes if c.sitting.purpose == Purpose.POST and not c.is_none]
    rules: dict[int, list[AwardRule]] = defaultdict(list)
    versions = {change.sitting.enrolment.cohort.course_version_id for change in after}
    for rule in AwardRule.objects.filter(course_version__in=versions):
        rules[rule.course_version_id].append(rule)
    events = events_of([change.sitting.enrolment for change in after])
    passes, fails = [], []
    for change in after:
        cohort = change.sitting.enrolment.cohort
        day = _judged_on(change, events.get(cohort.pk))
        needed = rule_of(rules.get(cohort.course_version_id, ()), day).pass_mark
        before, now = _passed(change.before, needed), _passed(change.after, needed)
        if now and not before:
            passes.append(change)
        elif before and not now:
            fails.append(change)
    return Flips(passes, fails)


def _passed(mark: Mark, needed: int) -> bool:
    return reaches(mark.share, needed)


def _judged_on(change: Change, event: Event | None) -> dt.date:
    handed_in = change.sitting.handed_in_at or timezone.now()
    return event.last_day if event else timezone.localdate(handed_in)


def events_of(enrolments: Collection[Enrolment]) -> dict[int, Event]:
    """The training sessions among their cohorts, by cohort; two queries."""
    cohorts = {enrolment.cohort_id for enrolment in enrolments}
    found = Event.objects.filter(cohort__in=cohorts).prefetch_related("units")
    return {event.cohort_id: event for event in found}


def certificates_of(changes: Iterable[Change]) -> list[Certificate]:
    """Certificates in force of the people whose marks these are, from these enrolments; two
    queries."""
    enrolments = {change.sitting.enrolment_id for change in changes}
    issued = Certificate.objects.filter(enrolment__in=enrolments).select_related(
        "person", "enrolment__person", "enrolment__cohort__course_version__course"
    )
    happenings = Prefetch("happenings", CertificateFact.objects.order_by("received_at", "pk"))
    return [
        one
        for one in issued.prefetch_related(happenings)
        if standing(one, one.happenings.all()).state in IN_FORCE
    ]


def not_earned_any_more(changes: Iterable[Change]) -> list[Resting]:
    """Certificates in force that say more than their record earns now.

    Only of people who lost marks. Some queries for each of their sessions and, of courses people
    take by themselves, for each of their certificates.
    """
    lost = [change for change in changes if change.after.share < change.before.share]
    certificates = certificates_of(lost)
    if not certificates:
        return []
    events = events_of([one.enrolment for one in certificates])
    grades = _grades_in(events.values())
    found = []
    for one in certificates:
        event = events.get(one.enrolment.cohort_id)
        grade = grades.get(one.enrolment_id) if event else _grade_of(one.enrolment)
        if grade is None or (one.grade == Grade.ACHIEVEMENT and grade != Grade.ACHIEVEMENT):
            under_review = standing(one, one.happenings.all()).state == State.UNDER_REVIEW
            found.append(Resting(one, grade, event, under_review))
    return found


def _grades_in(events: Iterable[Event]) -> dict[int, Grade | None]:
    """What each participant of these sessions has earned by now."""
    whole = Event.objects.with_all_it_needs().filter(pk__in=[event.pk for event in events])
    return {line.enrolment.pk: line.grade for event in whole for line in proposals_of(event)}


def _grade_of(enrolment: Enrolment) -> Grade | None:
    evidence = evidence_of(enrolment)
    if evidence is None:
        return None
    rule = rule_in_force(enrolment.cohort.course_version, evidence.judged_on)
    return earned(rule, evidence)
