"""R11: attempts are pinned to the question as it was. Whoever edits a question, its key, its full
mark or its outcome afterwards changes no mark: neither one that was given nor one still to come.
"""

from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from learning.attempts import scoring
from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.questions import questions_of
from learning.attempts.results import result_of
from learning.attempts.scoring import item_marks
from learning.attempts.taking import hand_in, save_answer, start
from modules.courses.keeping import renew_mark
from modules.courses.models import CoursePage
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.models import Purpose
from modules.questions.freezing import live_definitions
from modules.questions.models import Question, QuestionVersion
from tests.drills.figures import Figures
from tests.drills.sizes import ON_SQLITE
from tests.learning.attempts.sitting import (
    EVERY_KIND,
    RIGHT_OF_EVERY_KIND,
    answer,
    enrol,
    make_tested_course,
)
from tests.modules.questions.samples import english

pytestmark = ON_SQLITE

COURSE = "pinned"
BY_PERSON = 2  # short and essay


@pytest.fixture(scope="module")
def _course(made_once) -> None:
    make_tested_course(COURSE, kinds=EVERY_KIND)


@pytest.fixture
def course(db, _course) -> CoursePage:
    return CoursePage.objects.get(slug=COURSE, locale__language_code="en")


def answered(user, course: CoursePage) -> Sitting:
    """A pre-test with every question answered as was right when it began."""
    sitting = start(enrol(user, course), Purpose.PRE, seed=1)
    for question in questions_of(sitting):
        said = RIGHT_OF_EVERY_KIND[question.kind]
        save_answer(sitting, answer(sitting, question.item.position, said))
    return sitting


# --- the edit: what was right is wrong now, and worth three marks of another outcome


def turned_round(kind: str) -> dict[str, Any]:
    table = deepcopy(english(kind)) | {"full_mark": "3", "stem": "Something else?"}
    table.pop("kind")
    if kind in OTHERWISE:
        OTHERWISE[kind](table)
    elif "options" in table:
        turn_options(table["options"], single=kind != "multiple")
    return table


def turn_options(rows: list[dict[str, Any]], *, single: bool) -> None:
    first_wrong = next(row["key"] for row in rows if not row["correct"])
    for row in rows:
        row["correct"] = row["key"] == first_wrong if single else not row["correct"]


def turn_statements(table: dict[str, Any]) -> None:
    for row in table["statements"]:
        row["correct"] = not row["correct"]


def turn_pairs(table: dict[str, Any]) -> None:
    for row in table["premises"]:
        row["match"] = "y" if row["match"] == "x" else "x"


def turn_steps(table: dict[str, Any]) -> None:
    table["steps"] = [*table["steps"][1:], table["steps"][0]]


def turn_number(table: dict[str, Any]) -> None:
    table |= {"answer": "5", "min": "4", "max": "6"}


def turn_gaps(table: dict[str, Any]) -> None:
    source, number, word = table["gaps"]
    source["match"], word["accepted"] = "taxes", "tax"
    turn_number(number)


OTHERWISE: dict[str, Callable[[dict[str, Any]], None]] = {
    "multiple_truefalse": turn_statements,
    "matching": turn_pairs,
    "ordering": turn_steps,
    "numeric": turn_number,
    "cloze": turn_gaps,
}


def edit_all() -> None:
    for question in Question.objects.filter(key__startswith=f"{COURSE}-"):
        kind = question.definition[0].block_type
        question.definition = [{"type": kind, "value": turned_round(kind)}]
        question.outcome = "CO2"
        question.save()
    renew_mark()  # as at the end of the transaction, which comes after the test


def marks_of(sitting: Sitting) -> list[tuple[str, Fraction, Fraction | None]]:
    return [(mark.outcome, mark.full, mark.got) for mark in item_marks(sitting)]


# --- the drill


def test_edits_change_no_mark_that_was_given(cast, course):
    figures = Figures("R11", "sqlite")
    sitting = answered(cast.learner, course)
    hand_in(sitting, cast.learner)
    sitting.refresh_from_db()
    runs, result, marks = list(ScoringRun.objects.values()), result_of(sitting), marks_of(sitting)
    assert result.mark.got == len(EVERY_KIND) - BY_PERSON

    edit_all()

    assert list(ScoringRun.objects.values()) == runs
    assert result_of(sitting) == result
    assert marks_of(sitting) == marks
    figures.write(kinds=len(EVERY_KIND), edited=2 * len(EVERY_KIND), changed=0)


def test_edits_change_no_mark_of_a_test_that_runs(cast, course):
    sitting = answered(cast.learner, course)
    stems = [question.present("en").stem for question in questions_of(sitting)]

    edit_all()
    hand_in(sitting, cast.learner)

    assert [question.present("en").stem for question in questions_of(sitting)] == stems
    assert result_of(sitting).mark.got == len(EVERY_KIND) - BY_PERSON
    assert set(result_of(sitting).by_outcome) == {"CO1"}


def test_a_test_that_begins_afterwards_has_the_new_questions(cast, course):
    """Else the edits were none, and the two tests above could not fail."""
    start(enrol(cast.outsider, course), Purpose.PRE, seed=1)
    edit_all()
    sitting = answered(cast.learner, course)
    hand_in(sitting, cast.learner)

    assert result_of(sitting).mark.full == 3 * len(EVERY_KIND)
    assert not [mark for mark in item_marks(sitting) if mark.got == mark.full]


def test_deleted_questions_take_no_mark_with_them(cast, course):
    sitting = answered(cast.learner, course)
    hand_in(sitting, cast.learner)
    marks = marks_of(sitting)

    Question.objects.filter(key__startswith=f"{COURSE}-").delete()

    assert marks_of(sitting) == marks


def test_frozen_question_cannot_be_written_over(cast, course):
    sitting = answered(cast.learner, course)
    first = sitting.paper["items"][0]
    version = QuestionVersion.objects.get(key=first["question"], n=first["n"])

    with pytest.raises(TypeError, match="never changed"):
        version.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.create(
            key=version.key, n=version.n, content={}, structure_sha="", sha="x"
        )


def newest_questions_of(sitting: Sitting) -> list[PaperQuestion]:
    """The fault to be found: the paper names questions, and not their versions."""
    live = live_definitions([item["question"] for item in sitting.paper["items"]])
    return [
        question_of(question.item, live[question.item.question])
        for question in questions_of(sitting)
    ]


def test_control_marking_by_the_questions_of_today_is_found(cast, course, monkeypatch):
    sitting = answered(cast.learner, course)
    monkeypatch.setattr(scoring, "questions_of", newest_questions_of)
    marks = marks_of(sitting)

    edit_all()

    assert sum(old != new for old, new in zip(marks, marks_of(sitting), strict=True)) >= 10
