"""What trainers see of coursework: rounds (one task in one cohort), and the works in each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import get_language

from learning.coursework.deciding import spread_in
from learning.coursework.models import Review, ReviewTask, Work
from learning.coursework.showing import mark_of, state_of
from learning.enrolment.models import Cohort
from modules.coursework.asking import title_of
from modules.questions.rubrics import criteria_of
from modules.reference.cells import Cell, exact, to_csv

State = ReviewTask.State
COLUMNS = ("name", "handed_in", "state", "reviews", "share", "share_percent", "decided_by_trainer")


@dataclass
class Round:
    """One task in one cohort, with the works that were handed in."""

    cohort: Cohort
    key: str
    title: str
    works: list[Work] = field(default_factory=list)

    @property
    def handed_in(self) -> int:
        return len(self.works)

    @property
    def with_trainer(self) -> int:
        return sum(state_of(work) == "trainer" for work in self.works)

    @property
    def marked(self) -> int:
        return sum(state_of(work) == "marked" for work in self.works)


@dataclass(frozen=True)
class Row:
    """One work in the list of a round."""

    work: Work
    state: str
    done: int
    asked: int
    late: int
    percent: int | None
    why: str


def rounds_in(works: QuerySet[Work]) -> list[Round]:
    """Those in which something was handed in; what waits for the trainer first. Four queries."""
    loaded = works.select_related(
        "enrolment__cohort__course_version__course", "enrolment__cohort__programme",
        "question_version",
    ).prefetch_related("tasks", "marks")  # fmt: skip
    rounds: dict[tuple[int, str], Round] = {}
    lang = get_language() or "en"
    for work in loaded.defer("text").order_by("pk"):
        cohort, key = work.enrolment.cohort, work.assignment_key
        title = title_of(work.definition, lang)
        rounds.setdefault((cohort.pk, key), Round(cohort, key, title)).works.append(work)
    return sorted(rounds.values(), key=lambda one: (-one.with_trainer, one.cohort.pk, one.key))


def rows_of(works: QuerySet[Work]) -> list[Row]:
    """What waits for the trainer first, then as it was handed in; four queries."""
    loaded = works.select_related("enrolment__person", "question_version")
    ordered = loaded.prefetch_related("tasks", "marks").order_by("handed_in_at", "pk")
    return sorted(map(_row, ordered), key=lambda row: row.state != "trainer")


def _row(work: Work) -> Row:
    tasks = [task for task in work.tasks.all() if task.reviewer_id]
    mark = mark_of(work)
    return Row(
        work,
        state_of(work),
        sum(task.state == State.DONE for task in tasks),
        work.terms["reviews"],
        sum(task.state == State.REPLACED for task in tasks),
        int(mark.share * 100) if mark else None,
        next((str(t.get_why_display()) for t in work.tasks.all() if t.reviewer_id is None), ""),
    )


@dataclass(frozen=True)
class Comparison:
    """One criterion with the points of each review; `is_apart`: more than one level."""

    text: str
    points: Sequence[str]
    is_apart: bool


def comparisons(work: Work, reviews: Sequence[Review], lang: str) -> list[Comparison]:
    found = []
    for one in criteria_of(work.definition, lang):
        points = [review.rating[one.key] for review in reviews]
        found.append(Comparison(one.text, points, bool(points) and spread_in(one, points) > 1))
    return found


def marks_csv(rows: Sequence[Row]) -> str:
    """The same names of columns in every language: programs read them."""
    return to_csv([list(COLUMNS), *map(_cells, rows)])


def _cells(row: Row) -> list[Cell]:
    mark = mark_of(row.work)
    handed_in = row.work.handed_in_at
    return [
        row.work.enrolment.person.name(),
        handed_in.date().isoformat() if handed_in else "",
        row.state,
        row.done,
        exact(mark.share) if mark else "",
        row.percent,
        ("yes" if mark.decision_id else "no") if mark else "",
    ]
