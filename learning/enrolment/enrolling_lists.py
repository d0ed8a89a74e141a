"""Enrolling many people at once in a self-paced cohort, for whoever administers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched

from django.db import transaction

from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact, EnrolmentQuerySet
from learning.people.facts import Fact
from learning.people.models import User
from modules.courses.models import CourseVersion

AT_ONCE = 500  # people in one statement


class Standing(StrEnum):
    """How a person stands to a course before she is enrolled by a list."""

    NEW = "new"
    LEFT = "left"  # took it in this very cohort, and left
    ALREADY = "already"  # takes it at her own pace, in whatever cohort or version


@dataclass(frozen=True)
class Enrolled:
    """How many people were enrolled, were taken up again, and took the course already."""

    new: int
    again: int
    already: int


def standings(
    people: Iterable[int], version: CourseVersion, cohort: Cohort | None
) -> dict[int, Standing]:
    """How each of `people` (keys of persons) stands to the course of `version`.

    `cohort` is None while there is none yet. One query per 500 people. Who takes the course in
    another cohort goes on there: a second enrolment would hide what she has done.
    """
    found: dict[int, Standing] = {}
    for batch in batched(people, AT_ONCE, strict=False):
        taken = Enrolment.objects.filter(
            person__in=batch,
            cohort__course_version__course=version.course_id,
            cohort__kind=Cohort.Kind.SELF_PACED,
        )
        in_force = set(taken.in_force().values_list("person", flat=True))
        here = (
            set(taken.filter(cohort=cohort).values_list("person", flat=True)) if cohort else set()
        )
        for person in batch:
            found[person] = standing_of(person in in_force, person in here)
    return found


def standing_of(is_in_force: bool, is_here: bool) -> Standing:
    if is_in_force:
        return Standing.ALREADY
    return Standing.LEFT if is_here else Standing.NEW


@transaction.atomic
def enrol_list(cohort: Cohort, people: Sequence[int], by: User | None, via: Fact.Via) -> Enrolled:
    """Enrol `people` (keys of persons) in a self-paced `cohort`; doing so twice enrols once.

    Who takes the course already is left where she is; who left this cohort is taken up again. Some
    six queries per 500 people.
    """
    found = standings(people, cohort.course_version, cohort)
    to_enrol = [person for person in people if found[person] != Standing.ALREADY]
    Enrolment.objects.bulk_create(
        [Enrolment(cohort=cohort, person_id=person) for person in to_enrol],
        ignore_conflicts=True,  # another list may have been faster
        batch_size=AT_ONCE,
    )
    facts = [
        EnrolmentFact(enrolment=enrolment, what=what, recorded_by=by, captured_via=via)
        for batch in batched(to_enrol, AT_ONCE, strict=False)
        for enrolment, what in missing_facts(
            Enrolment.objects.filter(cohort=cohort, person__in=batch)
        )
    ]
    EnrolmentFact.objects.bulk_create(facts, batch_size=AT_ONCE)
    new = sum(fact.what == EnrolmentFact.What.STARTED for fact in facts)
    return Enrolled(new, len(facts) - new, len(people) - len(facts))


def missing_facts(enrolments: EnrolmentQuerySet) -> list[tuple[Enrolment, EnrolmentFact.What]]:
    """What has to be recorded so that each of `enrolments` is in force; they are locked for it."""
    locked = {enrolment.pk: enrolment for enrolment in enrolments.select_for_update()}
    in_force = set(enrolments.in_force().values_list("pk", flat=True))
    facts = EnrolmentFact.objects.filter(enrolment__in=locked)
    begun = set(facts.values_list("enrolment", flat=True))
    return [
        (
            enrolment,
            EnrolmentFact.What.REINSTATED if pk in begun else EnrolmentFact.What.STARTED,
        )
        for pk, enrolment in locked.items()
        if pk not in in_force
    ]
