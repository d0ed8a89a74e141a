"""Questions as somebody who composes a test needs to see them: one line each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from modules.bank.naming import kind_label
from modules.bank.searching import words_of
from modules.papers.contents import Blueprint, Form
from modules.papers.pool import Candidate
from modules.papers.pooling import candidate_of
from modules.questions.models import Question, QuestionQuerySet, State
from modules.questions.shapes import SOURCE
from modules.reference.models import Outcome

LONGEST_STEM = 110  # letters of a question in a table
BAND_LABELS = {
    "easy": _("easy"),
    "middle": _("middling"),
    "hard": _("hard"),
    "unknown": _("no estimate"),
}


@dataclass(frozen=True)
class Line:
    """A question of the bank, in English, with what a blueprint looks at."""

    key: str
    stem: str
    kind: str
    use: str
    state: State
    level_label: str
    candidate: Candidate

    @property
    def outcome(self) -> str:
        return self.candidate.outcome

    @property
    def band_label(self) -> str:
        return str(BAND_LABELS[self.candidate.band])

    @property
    def case_set(self) -> str:
        return self.candidate.case_set

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE


def english_questions() -> QuestionQuerySet:
    return Question.objects.filter(locale__language_code=SOURCE)


def outcomes_of(course_code: str) -> dict[str, str]:
    """Titles in English by code, CO2 before CO10."""
    rows = Outcome.objects.filter(course_code=course_code, locale__language_code=SOURCE)
    titles = dict(rows.values_list("code", "title"))
    return {code: titles[code] for code in sorted(titles, key=in_order)}


def in_order(outcome: str) -> tuple[int, str]:
    return len(outcome), outcome


def lines_of_course(course_code: str, also: Collection[str] = ()) -> list[Line]:
    """The questions of a course's outcomes, and those named `also`; by outcome, level and key."""
    english = english_questions()
    rows = english.filter(outcome__in=outcomes_of(course_code)) | english.filter(key__in=also)
    return sorted(
        lines_of(rows), key=lambda one: (in_order(one.outcome), one.candidate.level, one.key)
    )


def lines_by_key(keys: Iterable[str]) -> dict[str, Line]:
    """Those of the questions that are in the bank; one query."""
    return {line.key: line for line in lines_of(english_questions().filter(key__in=list(keys)))}


def lines_of(rows: QuestionQuerySet) -> list[Line]:
    return [
        Line(
            row.key,
            Truncator(next((text for text in words_of(row) if text), "")).chars(LONGEST_STEM),
            kind_label(row.kind),
            row.use,
            State(row.state),
            row.get_level_display(),
            candidate_of(row),
        )
        for row in rows.with_state().select_related("locale")
        if len(row.definition.raw_data)
    ]


def forms_of(course_code: str) -> list[Form]:
    """The forms of a course in order, with their questions; two queries."""
    return list(Form.objects.filter(course_code=course_code).prefetch_related("questions"))


def anchors_of(blueprint: Blueprint) -> dict[str, bool]:
    """Whether each question of the pool is an anchor."""
    return {row.question_key: row.is_anchor for row in blueprint.pool.all()}
