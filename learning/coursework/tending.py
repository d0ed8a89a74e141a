"""Carrying out what `planning` says is next: the database around a pure rule.

Whoever looks tends: first without a lock, which changes nothing when nothing is due; only then the
cohort is locked and looked at again, so that two people who look at once do everything once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from learning.coursework.deadlines import Deadlines, deadlines_of
from learning.coursework.deciding import (
    RULES_VERSION,
    Found,
    Outcome,
    decide,
    share_of_points,
)
from learning.coursework.models import (
    Decision,
    Review,
    ReviewTask,
    Work,
    WorkMark,
)
from learning.coursework.planning import Piece, Place, Plan, plan
from learning.coursework.telling import MARKED, tell, tell_reviewer
from learning.enrolment.models import Cohort, Enrolment
from learning.people.merging import canonical_key
from modules.questions.rubrics import criteria_of

State = ReviewTask.State


@dataclass(frozen=True)
class Table:
    """All works of one task in one cohort that were handed in, and who is still there."""

    works: Sequence[Work]
    there: frozenset[int]  # enrolments in force, of people who were not erased
    deadlines: Deadlines

    @property
    def reviewers(self) -> dict[int, Enrolment]:
        """By person: whoever handed in and is still there."""
        return {
            canonical_key(work.enrolment.person): work.enrolment
            for work in self.works
            if work.enrolment_id in self.there
        }


def tend(cohort: int, key: str, now: datetime | None = None) -> bool:
    """Do what is due of the task `key` in a cohort; whether anything was. Safe to repeat."""
    now = now or timezone.now()
    if not _planned(_table(cohort, key), now):
        return False
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort)
        table = _table(cohort, key)
        _carry_out(_planned(table, now), table, now)
    return True


def tend_all(now: datetime | None = None) -> int:
    """The same everywhere; returns in how many cohorts something was due."""
    rounds = Work.objects.filter(handed_in_at__isnull=False, marks=None)
    pairs = rounds.order_by().values_list("enrolment__cohort", "assignment_key").distinct()
    return sum(tend(cohort, key, now) for cohort, key in pairs)


def _table(cohort: int, key: str) -> Table:
    """Five queries, three where nothing was handed in."""
    works = Work.objects.filter(
        enrolment__cohort=cohort, assignment_key=key, handed_in_at__isnull=False
    )
    loaded = works.select_related("enrolment__person", "file").prefetch_related(
        "tasks__review", "tasks__reviewer__person", "marks"
    )
    there = Enrolment.objects.in_force().filter(cohort=cohort, person__erased_at=None)
    return Table(
        list(loaded.order_by("handed_in_at", "pk")),
        frozenset(there.values_list("pk", flat=True)),
        deadlines_of(cohort, key),
    )


def _planned(table: Table, now: datetime) -> Plan:
    loads = dict.fromkeys(table.reviewers, 0)
    for work in table.works:
        for task in work.tasks.all():
            if task.reviewer and canonical_key(task.reviewer.person) in loads:
                loads[canonical_key(task.reviewer.person)] += 1
    pieces = [_piece(work, table, now) for work in table.works if not work.marks.all()]
    seed = table.works[0].pk if table.works else 0
    return plan(pieces, loads, now, seed)


def _piece(work: Work, table: Table, now: datetime) -> Piece:
    due_at = table.deadlines.of(work.enrolment_id)
    file = work.kept_file
    since = max(filter(None, (work.handed_in_at, due_at)))
    tasks = list(work.tasks.all())
    return Piece(
        work=work.pk,
        author=canonical_key(work.enrolment.person),
        reviews=work.terms["reviews"],
        gives_up_at=since + timedelta(days=work.terms["days_to_review"]),
        is_ready=since <= now and (file is None or file.is_for_others),
        is_with_trainer=any(task.reviewer_id is None for task in tasks),
        places=tuple(_place(task, table) for task in tasks if task.reviewer),
    )


def _place(task: ReviewTask, table: Table) -> Place:
    if task.reviewer is None or task.due_at is None:
        raise ValueError("The trainer's part is no place of a reviewer.")
    return Place(
        task.pk,
        canonical_key(task.reviewer.person),
        task.due_at,
        is_done=task.state == State.DONE,
        is_replaced=task.state == State.REPLACED,
        is_there=task.reviewer_id in table.there,
    )


def _carry_out(what: Plan, table: Table, now: datetime) -> None:
    works = {work.pk: work for work in table.works}
    reviewers = table.reviewers
    for pk, reviewer, replaced in what.given:
        _give(works[pk], reviewers[reviewer], replaced, now)
    for pk, why in what.to_trainer.items():
        _give_to_trainer(works[pk], ReviewTask.Why(why), now, table)
    for pk in what.settled:
        _settle(works[pk], now)


def _give(work: Work, reviewer: Enrolment, replaced: int | None, now: datetime) -> None:
    task = ReviewTask.objects.create(
        work=work,
        reviewer=reviewer,
        given_at=now,
        due_at=now + timedelta(days=work.terms["days_to_review"]),
    )
    if replaced:
        ReviewTask.objects.filter(pk=replaced, state=State.OPEN).update(
            state=State.REPLACED, replaced_by=task
        )
    tell_reviewer(task)


def _give_to_trainer(
    work: Work, why: ReviewTask.Why, now: datetime, table: Table | None = None
) -> ReviewTask:
    """Whoever is late by then is not waited for any more; whoever is in time may still mark."""
    task = ReviewTask.objects.create(work=work, why=why, given_at=now)
    late = [
        one.pk
        for one in work.tasks.all()
        if table and one.reviewer_id and _place(one, table).is_late(now)
    ]
    ReviewTask.objects.filter(pk__in=late).update(state=State.REPLACED, replaced_by=task)
    return task


def take_over(work: Work, now: datetime | None = None) -> None:
    """Let the trainer mark a work that others are marking; a second time changes nothing."""
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=work.enrolment.cohort_id)
        if not work.tasks.filter(reviewer=None).exists():
            _give_to_trainer(work, ReviewTask.Why.ASKED, now or timezone.now())


def _settle(work: Work, now: datetime) -> None:
    """Mark a work by its reviews, or give it to the trainer where they are in doubt."""
    outcome = outcome_of(work)
    if outcome.doubt:
        _give_to_trainer(work, ReviewTask.Why(outcome.doubt), now)
    else:
        set_mark(work, outcome.points, None, now)


def outcome_of(work: Work) -> Outcome:
    criteria = criteria_of(work.definition, "en")
    return decide(criteria, [Found(one.rating, one.weight) for one in counted_reviews(work)])


def counted_reviews(work: Work) -> list[Review]:
    """Reviews of those who were not replaced, in the order of their tasks; one query."""
    done = Review.objects.filter(task__work=work, task__state=State.DONE)
    return list(done.order_by("task"))


def set_mark(
    work: Work,
    points: Mapping[str, Fraction],
    decision: Decision | None,
    now: datetime | None = None,
) -> WorkMark:
    """The next mark of a work; its author is told."""
    share = share_of_points(criteria_of(work.definition, "en"), points)
    n = work.marks.count() + 1
    mark = WorkMark.objects.create(
        work=work,
        n=n,
        rules_version=RULES_VERSION,
        num=share.numerator,
        den=share.denominator,
        levels={key: str(value) for key, value in points.items()},
        decision=decision,
        made_at=now or timezone.now(),
    )
    tell(work, MARKED, str(n))
    return mark
