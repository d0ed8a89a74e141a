"""How coursework stands, for the people who write, review and tutor it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import get_language

from learning.coursework.models import Review, ReviewTask, Work, WorkMark
from learning.enrolment.models import Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Person
from modules.coursework.asking import title_of, titles_now
from modules.coursework.models import Assignment
from modules.questions.rubrics import Criterion, criteria_of

State = ReviewTask.State


@dataclass(frozen=True)
class Line:
    """One task of a course for one person.

    `state`: "new", "draft", "waiting" (with others), "trainer", or "marked". `reviews` she has
    still to give, the first of them until `reviews_until`.
    """

    enrolment: Enrolment
    key: str
    title: str
    state: str
    mark: WorkMark | None = None
    reviews: int = 0
    reviews_until: datetime | None = None

    @property
    def percent(self) -> int:
        """Cut, never rounded up."""
        return int(self.mark.share * 100) if self.mark else 0


def lines_of(enrolments: Sequence[Enrolment]) -> list[Line]:
    """The coursework of these enrolments; one query where their courses have none, else six."""
    courses = {one.cohort.course_version.course.code for one in enrolments}
    assignments = list(Assignment.objects.filter(course_code__in=courses)) if courses else []
    if not assignments:
        return []
    works = {(work.enrolment_id, work.assignment_key): work for work in _works_of(enrolments)}
    open_tasks = _open_tasks(enrolments)
    titles = titles_now(assignments, get_language() or "en")
    return [
        line
        for enrolment in enrolments
        for assignment in assignments
        if assignment.course_code == enrolment.cohort.course_version.course.code
        if (
            line := _line(
                enrolment,
                assignment,
                works.get((enrolment.pk, assignment.key)),
                titles,
                open_tasks.get((enrolment.pk, assignment.key), []),
            )
        )
    ]


def _works_of(enrolments: Iterable[Enrolment]) -> Iterable[Work]:
    works = Work.objects.filter(enrolment__in=[one.pk for one in enrolments])
    return works.select_related("question_version").prefetch_related("marks", "tasks")


def _open_tasks(enrolments: Iterable[Enrolment]) -> dict[tuple[int, str], list[ReviewTask]]:
    found: dict[tuple[int, str], list[ReviewTask]] = {}
    tasks = ReviewTask.objects.filter(
        reviewer__in=[one.pk for one in enrolments], state=State.OPEN
    ).select_related("work")
    for task in tasks:
        if task.reviewer_id:
            found.setdefault((task.reviewer_id, task.work.assignment_key), []).append(task)
    return found


def _line(
    enrolment: Enrolment,
    assignment: Assignment,
    work: Work | None,
    titles: Mapping[str, str],
    tasks: Sequence[ReviewTask],
) -> Line | None:
    """None for a task that nobody can begin, because its question is not live."""
    title = titles.get(assignment.question_key, "")
    if work:
        title = title_of(work.definition, get_language() or "en")
    if not title:
        return None
    return Line(
        enrolment,
        assignment.key,
        title,
        state_of(work),
        mark_of(work) if work else None,
        len(tasks),
        min((task.due_at for task in tasks if task.due_at), default=None),
    )


def state_of(work: Work | None) -> str:
    """Uses what is prefetched."""
    if work is None:
        return "new"
    if work.is_draft:
        return "draft"
    if work.marks.all():
        return "marked"
    return "trainer" if any(t.reviewer_id is None for t in work.tasks.all()) else "waiting"


def mark_of(work: Work) -> WorkMark | None:
    """The one in force; uses what is prefetched."""
    return max(work.marks.all(), key=lambda mark: mark.n, default=None)


def lines_of_person(person: Person) -> list[Line]:
    """In all courses she takes; two queries where none has coursework."""
    own = Enrolment.objects.in_force().filter(person__in=all_records_of(person))
    return lines_of(list(own.select_related("cohort__course_version__course")))


@dataclass(frozen=True)
class CriterionLine:
    """One criterion with what it came to, and the level that others saw."""

    criterion: Criterion
    points: Fraction

    @property
    def is_whole(self) -> bool:
        return self.points.denominator == 1


@dataclass(frozen=True)
class Seen:
    """A review without a name, as author and trainer read it: each criterion with its level."""

    review: Review
    levels: Sequence[tuple[Criterion, str, str]]

    @property
    def comment(self) -> str:
        return self.review.comment


def criterion_lines(work: Work, mark: WorkMark, lang: str) -> list[CriterionLine]:
    return [
        CriterionLine(one, Fraction(mark.levels[one.key]))
        for one in criteria_of(work.definition, lang)
    ]


def levels_in(
    criteria: Iterable[Criterion], rating: Mapping[str, str]
) -> list[tuple[Criterion, str, str]]:
    """Each criterion with the points given and the words of that level."""
    return [
        (one, rating[one.key], next(lv.text for lv in one.levels if lv.points == rating[one.key]))
        for one in criteria
        if one.key in rating
    ]


def seen(reviews: Iterable[Review], criteria: Sequence[Criterion]) -> list[Seen]:
    return [Seen(one, levels_in(criteria, one.rating)) for one in reviews]
