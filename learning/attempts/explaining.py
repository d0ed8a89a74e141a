"""A sitting question by question with keys and reasons, for after nobody can gain by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from learning.attempts.models import Sitting
from learning.attempts.practising import Practice, Row, with_reply
from learning.attempts.questions import questions_of
from learning.attempts.scoring import hand_marks_of, mark_items, responses_of
from modules.papers.asking import PaperQuestion
from modules.questions.asking import Asked
from modules.questions.case_sets import Run, runs_in


@dataclass(frozen=True)
class Explained:
    """One question with its answer, mark and reasons; `got` is None while it waits for a person."""

    position: int
    practice: Practice
    is_answered: bool
    got: Fraction | None
    full: Fraction
    run: Run | None = None


def explain_sitting(sitting: Sitting, lang: str, sources_url: str) -> Sequence[Explained]:
    """Every question of a sitting handed in; whether it may be shown is for the caller to ask.

    `sources_url` is the page with the list of sources that reasons refer to.
    """
    questions = questions_of(sitting)
    responses = responses_of(sitting)
    marks = mark_items(questions, responses, hand_marks_of(sitting))
    explained = [
        Explained(
            position=mark.position,
            practice=_explain(question, responses.get(mark.position), lang, sources_url),
            is_answered=responses.get(mark.position) is not None,
            got=mark.got,
            full=mark.full,
        )
        for question, mark in zip(questions, marks, strict=True)
    ]
    runs = runs_in([item.practice.asked.shown for item in explained])
    return [replace(item, run=run) for item, run in zip(explained, runs, strict=True)]


def _explain(question: PaperQuestion, response: object, lang: str, sources_url: str) -> Practice:
    """The question as practice shows it after an answer."""
    shown = question.present(lang)
    asked = Asked(
        key=str(question.item.position),
        definition=question.definition,
        shown=shown,
        tokens=question.places,
    )
    practice = Practice(
        asked=asked,
        lesson_url=sources_url,
        anchor="",
        url="",
        rows=[Row(part) for part in shown.parts],
        written=response if isinstance(response, str) and not shown.parts else "",
    )
    return with_reply(practice, response)
