"""A sitting question by question with keys and reasons, for after nobody can gain by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from learning.attempts.models import HandMark, Sitting
from learning.attempts.practising import Practice, Row, with_reply
from learning.attempts.questions import questions_of
from learning.attempts.regrades import decided_for
from learning.attempts.scoring import (
    NOTHING_DECIDED,
    as_marked,
    counting_by_hand,
    in_force,
    mark_items,
    responses_of,
    shares_of_hands,
)
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.questions.asking import Asked
from modules.questions.case_sets import Run, runs_in
from modules.questions.rubrics import Criterion, criteria_of


@dataclass(frozen=True)
class Explained:
    """One question with its answer, mark and reasons; `got` is None while it waits for a person.

    `decided` says how it is marked since, where that was decided: one of `Regrading.How`. The key
    and the reasons are those by which it is marked. `levels` are those reached in each criterion:
    of one mark by hand, or of the two that the mark `is_mean` of.
    """

    position: int
    practice: Practice
    is_answered: bool
    got: Fraction | None
    full: Fraction
    run: Run | None = None
    levels: Sequence[tuple[Criterion, Sequence[str]]] = ()
    is_mean: bool = False
    note: str = ""
    decided: str = ""


def explain_sitting(sitting: Sitting, lang: str, sources_url: str) -> Sequence[Explained]:
    """Every question of a sitting handed in; whether it may be shown is for the caller to ask.

    `sources_url` is the page with the list of sources that reasons refer to.
    """
    questions = questions_of(sitting)
    answers = in_force(sitting.answers.all())
    responses = {position: answer.response for position, answer in answers.items()}
    decided = decided_for([sitting]).get(sitting.pk, NOTHING_DECIDED)
    hands = HandMark.objects.filter(sitting=sitting)
    counted = counting_by_hand(sitting, questions, answers, hands, decided)
    shares = shares_of_hands(counted)
    marks = mark_items(questions, responses, shares, decided, negative=sitting.is_negative)
    questions = [as_marked(question, decided.get(question.item.position)) for question in questions]
    explained = [
        Explained(
            position=mark.position,
            practice=_explain(question, responses.get(mark.position), lang, sources_url),
            is_answered=responses.get(mark.position) is not None,
            got=mark.got,
            full=mark.full,
            levels=_levels(question, counted.get(mark.position, ()), lang),
            is_mean=len(counted.get(mark.position, ())) > 1,
            note=_note(question, counted.get(mark.position, ())),
            decided=decided[mark.position].regrading.how if mark.position in decided else "",
        )
        for question, mark in zip(questions, marks, strict=True)
    ]
    runs = runs_in([item.practice.asked.shown for item in explained])
    return [replace(item, run=run) for item, run in zip(explained, runs, strict=True)]


def explain_answer(sitting: Sitting, position: int, lang: str, sources_url: str) -> Explained:
    """One question that was answered for good, in a sitting that is open; two queries."""
    question = questions_of(sitting)[position - 1]
    response = responses_of(sitting).get(position)
    [mark] = mark_items([question], {position: response}, {}, negative=sitting.is_negative)
    return Explained(
        position=position,
        practice=_explain(question, response, lang, sources_url),
        is_answered=True,
        got=mark.got,
        full=mark.full,
    )


def _levels(
    question: PaperQuestion, marks: Sequence[HandMark], lang: str
) -> Sequence[tuple[Criterion, Sequence[str]]]:
    """What was found in each criterion: the words of each level that was reached, from the top."""
    if not any(mark.levels for mark in marks):
        return ()
    found = []
    for one in criteria_of(question.definition, lang):
        reached = {mark.levels.get(one.key) for mark in marks}
        texts = [level.text for level in reversed(one.levels) if level.points in reached]
        if one.key:
            found.append((one, texts))
    return found


def _note(question: PaperQuestion, marks: Sequence[HandMark]) -> str:
    """What a trainer who saw it noted; notes beside written answers are for who has to decide."""
    return marks[0].note if marks and question.kind in OBSERVED else ""


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
