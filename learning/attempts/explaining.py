"""A sitting question by question with keys and reasons, for after nobody can gain by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from learning.attempts.marking import ratings_of
from learning.attempts.models import HandMark, Sitting
from learning.attempts.practising import Practice, Row, with_reply
from learning.attempts.questions import questions_of
from learning.attempts.regrades import ByPosition, decided_for
from learning.attempts.scoring import NOTHING_DECIDED, mark_items, responses_of
from modules.papers.asking import PaperQuestion
from modules.questions.asking import Asked
from modules.questions.case_sets import Run, runs_in
from modules.questions.rubrics import Criterion, criteria_of


@dataclass(frozen=True)
class Explained:
    """One question with its answer, mark and reasons; `got` is None while it waits for a person.

    `decided` says how it is marked since, where that was decided: one of `Regrading.How`. The key
    and the reasons are those by which it is marked.
    """

    position: int
    practice: Practice
    is_answered: bool
    got: Fraction | None
    full: Fraction
    run: Run | None = None
    levels: Sequence[tuple[Criterion, str]] = ()
    note: str = ""
    decided: str = ""


def explain_sitting(sitting: Sitting, lang: str, sources_url: str) -> Sequence[Explained]:
    """Every question of a sitting handed in; whether it may be shown is for the caller to ask.

    `sources_url` is the page with the list of sources that reasons refer to.
    """
    questions = questions_of(sitting)
    responses = responses_of(sitting)
    ratings = ratings_of(sitting)
    shares = {position: Fraction(one.num, one.den) for position, one in ratings.items()}
    decided = decided_for([sitting]).get(sitting.pk, NOTHING_DECIDED)
    marks = mark_items(questions, responses, shares, decided, negative=sitting.is_negative)
    questions = [_as_marked(question, decided) for question in questions]
    explained = [
        Explained(
            position=mark.position,
            practice=_explain(question, responses.get(mark.position), lang, sources_url),
            is_answered=responses.get(mark.position) is not None,
            got=mark.got,
            full=mark.full,
            levels=_levels(question, ratings.get(mark.position), lang),
            note=ratings[mark.position].note if mark.position in ratings else "",
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


def _as_marked(question: PaperQuestion, decided: ByPosition) -> PaperQuestion:
    decision = decided.get(question.item.position)
    if decision is None or decision.definition is None:
        return question
    return replace(question, definition=decision.definition)


def _levels(
    question: PaperQuestion, rating: HandMark | None, lang: str
) -> Sequence[tuple[Criterion, str]]:
    """What was found in each criterion: the words of the level that was reached."""
    if rating is None or not rating.levels:
        return ()
    criteria = criteria_of(question.definition, lang)
    return [
        (one, next((lv.text for lv in one.levels if lv.points == rating.levels.get(one.key)), ""))
        for one in criteria
        if one.key
    ]


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
