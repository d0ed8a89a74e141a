"""Marking by hand: which answers wait for a person, and giving a mark.

Answers are grouped by question, so that one question is marked for everybody at a time. Nothing
here says whose answer it is, but for what was shown to a trainer: she has to know who it was.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting
from learning.attempts.questions import paper_of, question_at
from learning.attempts.regrades import decided_for
from learning.attempts.results import newest_runs
from learning.attempts.scoring import NOTHING_DECIDED, hand_marks_of, in_force, score
from learning.people.models import User
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.papers.drawing import Item
from modules.questions.kinds import essay, kind_of, short
from modules.questions.models import QuestionVersion
from modules.questions.rubrics import Criterion, Rating, criteria_of, share_of

BY_PERSON = frozenset({short.KIND, essay.KIND}) | OBSERVED


class CannotMark(Exception):
    """The answer is marked already, or is no answer that waits for a person."""


@dataclass(frozen=True)
class Open:
    """A place in a sitting that waits for a mark; without an `answer` where none is written."""

    sitting: Sitting
    position: int
    answer: Answer | None = None

    @property
    def id(self) -> uuid.UUID:
        """Tells nothing of the sitting where there is an answer."""
        if self.answer:
            return self.answer.pk
        return uuid.uuid5(self.sitting.uuid, str(self.position))

    @property
    def words(self) -> int | None:
        """How many words were written, where a script parts them."""
        return essay.word_count(str(self.answer.response)) if self.answer else None


@dataclass(frozen=True)
class Given:
    """A share of the full mark, in [0, 1], and what it was made of."""

    share: Fraction
    levels: Rating = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A question and what waits of it, in an order that tells nothing of people."""

    version: QuestionVersion
    answers: Sequence[Open]

    @property
    def is_observed(self) -> bool:
        """Whether a trainer saw it, so that she is told names."""
        return self.version.content["kind"] in OBSERVED

    @property
    def is_long(self) -> bool:
        """Whether it matters how many words were written."""
        return self.version.content["kind"] == essay.KIND

    def words(self, lang: str) -> dict[str, Any]:
        """Stem and model answer, in `lang` or in English."""
        texts = self.version.content["texts"]
        return texts.get(lang, texts["en"])

    def criteria(self, lang: str) -> tuple[Criterion, ...]:
        """The rubric; of a short answer one criterion without a name."""
        return criteria_of(self.version.content, lang)

    def rated(self, levels: Rating, note: str = "") -> Given:
        """The mark that these levels are worth; raises `ResponseError` when one lacks."""
        return Given(share_of(self.version.content, levels), levels, note)


def waiting_in(within: QuerySet[Sitting]) -> list[Waiting]:
    """What waits for a mark in these sittings, by question; seven queries.

    Under the version that marks it: of a question that was mended since, that is the newer one.
    """
    runs = newest_runs(within.values_list("pk", flat=True))
    unfinished = [run.sitting_id for run in runs if run.unmarked]
    found = Sitting.objects.filter(pk__in=unfinished).select_related("enrolment__person")
    sittings = list(found.prefetch_related("answers", "hand_marks"))
    decided = decided_for(sittings)
    by_question: dict[tuple[str, int], list[Open]] = defaultdict(list)
    for sitting in sittings:
        own = decided.get(sitting.pk, NOTHING_DECIDED)
        for item, one in _unmarked(sitting):
            decision = own.get(item.position)
            if decision is None or decision.definition:
                n = decision.regrading.to_n if decision else item.n
                by_question[item.question, n or item.n].append(one)
    versions = QuestionVersion.objects.filter(key__in={key for key, _n in by_question})
    every = (_waiting(version, by_question[version.key, version.n]) for version in versions)
    return [waiting for waiting in every if waiting.answers]


def _unmarked(sitting: Sitting) -> Iterable[tuple[Item, Open]]:
    """Every place without a mark by hand, whatever its kind; uses what is prefetched."""
    marked = {mark.position for mark in sitting.hand_marks.all()}
    answers = in_force(sitting.answers.all())
    for item in paper_of(sitting).items:
        if item.position not in marked:
            answer = answers.get(item.position)
            written = answer if answer and answer.response else None
            yield item, Open(sitting, item.position, written)


def _waiting(version: QuestionVersion, places: Iterable[Open]) -> Waiting:
    content = version.content
    if content["kind"] in OBSERVED:
        known = [one for one in places if one.sitting.enrolment.person.erased_at is None]
        return Waiting(version, sorted(known, key=_by_name))
    if content["kind"] not in BY_PERSON:
        return Waiting(version, [])
    mark = kind_of(content).mark
    waiting = [one for one in places if one.answer and mark(content, one.answer.response) is None]
    return Waiting(version, sorted(waiting, key=_blind))


def _by_name(one: Open) -> tuple[str, int]:
    return one.sitting.enrolment.person.name(), one.sitting.pk


def _blind(one: Open) -> str:
    return hashlib.sha256(one.id.bytes).hexdigest()


def mark_answer(answer: Answer, share: Fraction, by: User, fact_id: uuid.UUID) -> HandMark:
    """`give_mark` for a written answer and a share alone."""
    return give_mark(Open(answer.sitting, answer.position, answer), Given(share), by, fact_id)


@transaction.atomic
def give_mark(one: Open, given: Given, by: User, fact_id: uuid.UUID) -> HandMark:
    """Give what waits a share of its full mark, and mark its sitting anew.

    The same mark sent again, by its id, is given once. Raises `CannotMark` when somebody marked
    it meanwhile, or when it does not wait for a mark; then nothing changes.
    """
    sitting = Sitting.objects.select_for_update().get(pk=one.sitting.pk)
    known = HandMark.objects.filter(pk=fact_id, sitting=sitting).first()
    if known:
        return known
    if not _waits(one, sitting):
        raise CannotMark
    num, den = given.share.as_integer_ratio()
    mark = HandMark.objects.create(
        id=fact_id,
        sitting=sitting,
        position=one.position,
        num=num,
        den=den,
        levels=dict(given.levels),
        note=given.note,
        recorded_by=by,
    )
    score(sitting, ScoringRun.Reason.HAND_MARK, by)
    return mark


def _waits(one: Open, sitting: Sitting) -> bool:
    if sitting.is_open or one.position in hand_marks_of(sitting):
        return False
    chosen = in_force(sitting.answers.all()).get(one.position)
    question = _question_now(sitting, one.position)
    response = chosen.response if chosen else None
    if question is None or question.mark(response) is not None:
        return False
    if question.kind in OBSERVED:
        return True
    return bool(chosen and one.answer and chosen.pk == one.answer.pk)


def _question_now(sitting: Sitting, position: int) -> PaperQuestion | None:
    """The question by which the position is marked; None where none is, whatever is answered."""
    question = question_at(sitting, position)
    decision = decided_for([sitting]).get(sitting.pk, NOTHING_DECIDED).get(position)
    if question is None or decision is None:
        return question
    return replace(question, definition=decision.definition) if decision.definition else None


def ratings_of(sitting: Sitting) -> Mapping[int, HandMark]:
    """The marks by hand in force, by position; one query."""
    marks = HandMark.objects.filter(sitting=sitting).order_by("received_at", "pk")
    return {mark.position: mark for mark in marks}
