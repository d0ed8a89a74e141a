"""Rating the example, marking the work of others, and deciding as a trainer."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from learning.coursework.deciding import HALF, is_close
from learning.coursework.models import Calibration, Decision, Review, ReviewTask, Work
from learning.coursework.tending import set_mark, take_over, tend
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import User
from modules.questions.models import QuestionVersion
from modules.questions.rubrics import Rating, criteria_of, example_of, share_of

TRIES = 2  # at the example; whoever is far from it both times marks with half weight


class CannotReview(Exception):
    """The work is not hers to mark any more."""


@dataclass(frozen=True)
class Tuning:
    """How somebody did with the example of a question, by all she has rated so far."""

    tries: Sequence[Calibration]
    has_example: bool

    @property
    def is_close(self) -> bool:
        return any(one.is_close for one in self.tries)

    @property
    def is_over(self) -> bool:
        """Whether she may mark others."""
        return not self.has_example or self.is_close or len(self.tries) >= TRIES

    @property
    def weight(self) -> Fraction:
        return Fraction(1) if self.is_close or not self.has_example else HALF

    @property
    def last(self) -> Calibration | None:
        return self.tries[-1] if self.tries else None


def tuning_of(enrolment: Enrolment, version: QuestionVersion) -> Tuning:
    """One query."""
    tries = Calibration.objects.filter(enrolment=enrolment, question_version=version)
    return Tuning(list(tries), example_of(version.content, "en") is not None)


@transaction.atomic
def rate_example(
    enrolment: Enrolment, version: QuestionVersion, rating: Rating, by: User, fact_id: uuid.UUID
) -> Tuning:
    """Record how she rates the example. What is sent again, or after the end, changes nothing.

    Raises `ResponseError` for a rating that leaves a criterion out.
    """
    share_of(version.content, rating)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    before = tuning_of(enrolment, version)
    example = example_of(version.content, "en")
    if example is None or before.is_over or any(one.pk == fact_id for one in before.tries):
        return before
    Calibration.objects.create(
        id=fact_id,
        enrolment=enrolment,
        question_version=version,
        rating=dict(rating),
        is_close=is_close(criteria_of(version.content, "en"), rating, example.rating),
        recorded_by=by,
    )
    return tuning_of(enrolment, version)


def give_review(
    task: ReviewTask, rating: Rating, comment: str, by: User, fact_id: uuid.UUID
) -> Review:
    """Record what a reviewer found, once. Whoever was replaced by then is kept, and does not count.

    Raises `CannotReview` before she has rated the example, and `ResponseError` for a rating that
    leaves a criterion out.
    """
    work = task.work
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=work.enrolment.cohort_id)
        known = Review.objects.filter(task=task).first()
        if known:
            return known
        share_of(work.definition, rating)
        if task.reviewer is None:
            raise CannotReview
        tuning = tuning_of(task.reviewer, work.question_version)
        if not tuning.is_over:
            raise CannotReview
        review = Review.objects.create(
            id=fact_id,
            task=task,
            rating=dict(rating),
            comment=comment,
            weight_num=tuning.weight.numerator,
            weight_den=tuning.weight.denominator,
            recorded_by=by,
        )
        # Whoever was replaced meanwhile stays so.
        ReviewTask.objects.filter(pk=task.pk, state=ReviewTask.State.OPEN).update(
            state=ReviewTask.State.DONE
        )
    tend(work.enrolment.cohort_id, work.assignment_key)
    return review


@transaction.atomic
def decide_as_trainer(
    work: Work, rating: Rating, comment: str, reason: str, by: User, fact_id: uuid.UUID
) -> Decision:
    """The trainer's mark, which stands; of one sent twice, the first. Raises `ResponseError`."""
    points = {key: Fraction(value) for key, value in rating.items()}
    share_of(work.definition, rating)
    Cohort.objects.select_for_update().get(pk=work.enrolment.cohort_id)
    known = Decision.objects.filter(pk=fact_id, work=work).first()
    if known:
        return known
    decision = Decision.objects.create(
        id=fact_id,
        work=work,
        rating=dict(rating),
        comment=comment,
        reason=reason,
        recorded_by=by,
    )
    take_over(work)
    tasks = ReviewTask.objects.filter(work=work, state=ReviewTask.State.OPEN)
    tasks.filter(reviewer=None).update(state=ReviewTask.State.DONE)
    # Nobody is asked any more for what is decided.
    tasks.exclude(reviewer=None).update(state=ReviewTask.State.REPLACED)
    set_mark(work, points, decision)
    return decision


@transaction.atomic
def replace_reviewer(task: ReviewTask) -> None:
    """Ask somebody else, or the trainer, instead of a reviewer who has not marked yet."""
    work = task.work
    Cohort.objects.select_for_update().get(pk=work.enrolment.cohort_id)
    ReviewTask.objects.filter(
        pk=task.pk, state=ReviewTask.State.OPEN, reviewer__isnull=False
    ).update(state=ReviewTask.State.REPLACED)
    tend(work.enrolment.cohort_id, work.assignment_key)
