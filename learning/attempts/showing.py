"""A sitting as its pages show it: the questions with what was answered, the map, the time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.noticing import conflicts_in
from learning.attempts.practising import Row, longest_of
from learning.attempts.questions import paper_of, questions_of
from learning.attempts.scoring import in_force
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.questions.case_sets import Run, runs_in
from modules.questions.kinds import CHOOSING, essay
from modules.questions.presenting import Choice, Presented


@dataclass(frozen=True)
class Shown:
    """One question of a sitting, with the names that the templates of questions know."""

    position: int
    asked: Presented
    rows: Sequence[Row]
    written: str
    is_answered: bool
    full_mark: str
    error: str = ""
    reply: None = None
    run: Run | None = None
    by_person: bool = False
    cost: Fraction = Fraction(0)  # marks that a wrong answer costs

    @property
    def id(self) -> str:
        return f"question-{self.position}"

    @property
    def is_observed(self) -> bool:
        """Whether nothing is answered here, since a trainer looks at it."""
        return self.asked.kind in OBSERVED

    @property
    def longest(self) -> int:
        return longest_of(self.asked.kind)

    @property
    def words(self) -> int | None:
        """How many words were written, where a script parts them."""
        return essay.word_count(self.written)

    @property
    def template(self) -> str:
        return f"questions/{'options' if self.asked.kind in CHOOSING else self.asked.kind}.html"

    @property
    def task(self) -> tuple[str, str]:
        """The template of what there is to do, and that of most kinds."""
        return f"questions/tasks/{self.asked.kind}.html", "questions/tasks/default.html"

    @property
    def choices(self) -> Sequence[Choice]:
        return self.asked.choices


@dataclass(frozen=True)
class View:
    """A sitting that is open, as its person sees it."""

    sitting: Sitting
    questions: Sequence[Shown]
    seconds_left: int | None  # None: as long as it takes
    saved_at: datetime | None
    conflicts: Sequence[int] = ()  # positions that two devices answered differently

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def to_answer(self) -> int:
        """How many questions take an answer."""
        return sum(not shown.is_observed for shown in self.questions)

    @property
    def answered(self) -> int:
        return sum(shown.is_answered for shown in self.questions)

    @property
    def minutes_left(self) -> int | None:
        """Whole minutes, at least 1 as long as there is time."""
        return None if self.seconds_left is None else -(-self.seconds_left // 60)

    @property
    def takes_marks(self) -> bool:
        """Whether a wrong answer costs marks somewhere in it."""
        return any(shown.cost for shown in self.questions)

    @property
    def first_unanswered(self) -> int:
        """Where to go on; the first question when all are answered."""
        unanswered = (s.position for s in self.questions if not s.is_answered | s.is_observed)
        return next(unanswered, 1)


def view_of(sitting: Sitting, lang: str, now: datetime | None = None) -> View:
    """The questions in `lang` with the answers in force; two queries."""
    now = now or timezone.now()
    given = list(sitting.answers.all())
    answers = in_force(given)
    responses = {position: answer.response for position, answer in answers.items()}
    return View(
        sitting=sitting,
        questions=with_runs(
            [
                show(q, responses.get(q.item.position), lang, negative=sitting.is_negative)
                for q in questions_of(sitting)
            ]
        ),
        seconds_left=seconds_left(sitting, now),
        saved_at=max((answer.received_at for answer in answers.values()), default=None),
        conflicts=conflicts_in(given),
    )


def seconds_left(sitting: Sitting, now: datetime) -> int | None:
    """Whole seconds until time is up; None for as long as it takes."""
    if sitting.deadline_at is None:
        return None
    return max(0, int((sitting.deadline_at - now).total_seconds()))


def with_runs(questions: Sequence[Shown]) -> list[Shown]:
    """The questions, each knowing which neighbours are about the same case."""
    runs = runs_in([shown.asked for shown in questions])
    return [replace(shown, run=run) for shown, run in zip(questions, runs, strict=True)]


def first_unanswered(sitting: Sitting) -> int:
    """`View.first_unanswered` of a sitting whose questions are not shown; one query."""
    answers = in_force(sitting.answers.all())
    answered = {n for n, answer in answers.items() if answer.response is not None}
    positions = (item.position for item in paper_of(sitting).items)
    return next((n for n in positions if n not in answered), 1)


def show(
    question: PaperQuestion, response: Any, lang: str, error: str = "", *, negative: bool = False
) -> Shown:
    asked = question.present(lang)
    given = question.given(response)
    return Shown(
        position=question.item.position,
        asked=asked,
        rows=_rows(asked, given),
        written=given if isinstance(given, str) and asked.kind not in CHOOSING else "",
        is_answered=response is not None,
        full_mark=question.definition["max"],
        error=error,
        by_person=question.definition["method"] in ("by_hand", "by_rubric"),
        cost=question.cost(negative=negative),
    )


def _rows(asked: Presented, given: Any) -> list[Row]:
    """A row per part with what was given for it; steps stand as the person put them."""
    if isinstance(given, Mapping):
        rows = [Row(part, given=str(given.get(part.key, ""))) for part in asked.parts]
        if asked.kind == "ordering":
            rows.sort(key=lambda row: int(row.given or len(rows) + 1))
        return rows
    chosen = given if isinstance(given, list) else [given]
    return [Row(part, given=part.key if part.key in chosen else "") for part in asked.parts]


def next_seq(sitting: Sitting, device: Any) -> int:
    """The next count of a device that keeps none itself: a page without scripts."""
    last = sitting.answers.filter(device=device).aggregate(last=Max("device_seq"))["last"]
    return (last or 0) + 1
