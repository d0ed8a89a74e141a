"""Recording that a step is done."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, StringAgg, Value
from django.utils import timezone

from learning.enrolment.models import Enrolment, EnrolmentQuerySet
from learning.people.models import Person, User
from learning.progress.models import StepDone
from modules.courses.models import Course
from modules.coursework.models import Assignment
from modules.reference.statements import Statement


@transaction.atomic
def mark_done(
    enrolment: Enrolment,
    step_key: str,
    by: User | None,
    *,
    fact_id: uuid.UUID | None = None,
    captured_at: datetime | None = None,
) -> StepDone:
    """Record that `step_key` is done; a double click, a retry or a second phone records it once."""
    step, _made = StepDone.objects.get_or_create(
        enrolment=enrolment,
        step_key=step_key,
        defaults={
            "id": fact_id or uuid.uuid4(),
            "course_version": enrolment.cohort.course_version,
            "recorded_by": by,
            "captured_at": captured_at or timezone.now(),
        },
    )
    return step


def with_steps(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Brings the steps done along, so that `steps_done` needs no query of its own.

    `last_step_at` is when the last of them was recorded. Keys of steps hold no comma.
    """
    return enrolments.annotate(
        done_keys=StringAgg("steps__step_key", delimiter=Value(",")),
        last_step_at=Max("steps__received_at"),
    )


# Whether the course asks for coursework comes along: most do not, and need not be asked again.
ASSIGNED = Assignment.objects.filter(course_code=OuterRef("cohort__course_version__course__code"))
NEWEST_WITH_STEPS = Statement(
    lambda: with_steps(
        Enrolment.objects.annotate(asks_coursework=Exists(ASSIGNED))
    ).newest_by_slots()
)


def newest_with_steps(person: Person, course: Course) -> Enrolment | None:
    """`Enrolment.newest_of`, with the steps done and `asks_coursework` brought along; one query."""
    return NEWEST_WITH_STEPS.first(person=person.pk, course=course.pk)


def steps_done(enrolment: Enrolment) -> set[str]:
    """Keys of the steps done; one query, or none after `with_steps`."""
    if hasattr(enrolment, "done_keys"):
        return set(enrolment.done_keys.split(",")) if enrolment.done_keys else set()
    return set(enrolment.steps.values_list("step_key", flat=True))
