"""Marking by hand: which answers wait for a person, and giving a mark.

Answers are grouped by question, so that one question is marked for everybody at a time. Nothing
here says whose answer it is, but for what was shown to a trainer: she has to know who it was.
Whether an answer waits for its first mark or for a second one is told to nobody who gives it.
"""

import hashlib
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learning.attempts.doubling import Stage, stage_of
from learning.attempts.markers import account_of, markers_in
from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting
from learning.attempts.questions import paper_of, question_at
from learning.attempts.regrades import decided_for
from learning.attempts.results import newest_runs
from learning.attempts.scoring import (
    NOTHING_DECIDED,
    WRITTEN,
    in_force,
    is_doubled,
    marks_by_position,
    score,
)
from learning.people.models import Programme, User
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.papers.drawing import Item
from modules.questions.kinds import essay, kind_of
from modules.questions.models import QuestionVersion
from modules.questions.rubrics import Criterion, Rating, criteria_of, share_of
from modules.questions.shapes import Definition

BY_PERSON = WRITTEN | OBSERVED


class CannotMark(Exception):
    """The answer is marked already, or is no answer that waits for this person."""


@dataclass(frozen=True)
class Open:
    """A place in a sitting that waits for a mark; without an `answer` where none is written.

    `marks` were given before, in the order in which they arrived; only who decides between them
    may see them.
    """

    sitting: Sitting
    position: int
    answer: Answer | None = None
    stage: Stage = Stage.FIRST
    marks: Sequence[HandMark] = ()

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

    @property
    def takes_notes(self) -> bool:
        """Whether somebody may have to decide later, and would want to read why."""
        return self.sitting.second_marker > 0


@dataclass(frozen=True)
class Given:
    """A share of the full mark, in [0, 1], and what it was made of."""

    share: Fraction
    levels: Rating = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A question and what waits of it, in an order that tells nothing of people.

    `answers` wait for a mark, a first or a second one; `to_decide` have two that are too far apart;
    `elsewhere` wait for somebody other than who asks.
    """

    version: QuestionVersion
    answers: Sequence[Open]
    to_decide: Sequence[Open] = ()
    elsewhere: Sequence[Open] = ()

    @property
    def is_observed(self) -> bool:
        """Whether a trainer saw it, so that she is told names."""
        return self.version.content["kind"] in OBSERVED

    @property
    def is_long(self) -> bool:
        """Whether it matters how many words were written."""
        return self.version.content["kind"] == essay.KIND

    @property
    def stages(self) -> dict[Stage, int]:
        """How many of `answers` wait for a first and for a second mark.

        Empty where all wait for the same: then it would be told of each of them.
        """
        counts = Counter(one.stage for one in self.answers)
        return dict(counts) if len(counts) > 1 else {}

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


def waiting_in(within: QuerySet[Sitting], by: User | None = None) -> list[Waiting]:
    """What waits for a mark in these sittings, by question; seven queries.

    Under the version that marks it: of a question that was mended since, that is the newer one.
    `by` is who asks; None: whoever it may be. Two or three queries more for a mark of hers that is
    too far from another.
    """
    runs = newest_runs(within.values_list("pk", flat=True))
    unfinished = [run.sitting_id for run in runs if run.unmarked]
    found = Sitting.objects.filter(pk__in=unfinished).select_related(
        "enrolment__person", "enrolment__cohort__programme__area"
    )
    sittings = list(found.prefetch_related("answers", "hand_marks"))
    decided = decided_for(sittings)
    by_question: dict[tuple[str, int], list[Open]] = defaultdict(list)
    for sitting in sittings:
        own = decided.get(sitting.pk, NOTHING_DECIDED)
        for item, one in _open_places(sitting):
            decision = own.get(item.position)
            if decision is None or decision.definition:
                n = decision.regrading.to_n if decision else item.n
                by_question[item.question, n or item.n].append(one)
    versions = QuestionVersion.objects.filter(key__in={key for key, _n in by_question})
    every = (_waiting(version, by_question[version.key, version.n], by) for version in versions)
    return [found for found in every if found.answers or found.to_decide or found.elsewhere]


def _open_places(sitting: Sitting) -> Iterable[tuple[Item, Open]]:
    """Every place that may wait for a mark by hand, whatever its kind; uses what is prefetched."""
    given = marks_by_position(sitting.hand_marks.all())
    answers = in_force(sitting.answers.all())
    for item in paper_of(sitting).items:
        marks = given.get(item.position, [])
        if not marks or sitting.second_marker:
            answer = answers.get(item.position)
            written = answer if answer and answer.response else None
            yield item, Open(sitting, item.position, written, marks=marks)


def _waiting(version: QuestionVersion, places: Iterable[Open], by: User | None) -> Waiting:
    content = version.content
    if content["kind"] in OBSERVED:
        unseen = [one for one in places if not one.marks]
        known = [one for one in unseen if one.sitting.enrolment.person.erased_at is None]
        return Waiting(version, sorted(known, key=_by_name))
    if content["kind"] not in BY_PERSON:
        return Waiting(version, [])
    mark = kind_of(content).mark
    unmarked = [one for one in places if one.answer and mark(content, one.answer.response) is None]
    staged = [_with_stage(one, content) for one in sorted(unmarked, key=_blind)]
    waiting = [one for one in staged if one.stage != Stage.DONE]
    own = {one.id for one in waiting if by is None or _may_give(one, by)}
    return Waiting(
        version,
        [one for one in waiting if one.id in own and one.stage != Stage.ADJUDICATION],
        [one for one in waiting if one.id in own and one.stage == Stage.ADJUDICATION],
        [one for one in waiting if one.id not in own],
    )


def _with_stage(one: Open, content: Definition) -> Open:
    doubled = is_doubled(one.sitting, content["kind"], one.answer)
    stage = stage_of(one.marks, criteria_of(content, ""), is_doubled=doubled)
    return replace(one, stage=stage)


def _may_give(one: Open, by: User) -> bool:
    """Whether `by` is the person that an answer waits for, of those who mark in its programme."""
    gave = {mark.recorded_by_id for mark in one.marks}
    if by.pk not in gave:
        return True
    if one.stage != Stage.ADJUDICATION:
        return False
    markers = markers_in(one.sitting.enrolment.cohort.programme)
    both = {account for account in gave if account}
    return by.pk in markers.deciding(both, account_of(one.sitting))


def without_anybody(waiting: Iterable[Waiting], by: User) -> list[Programme]:
    """Programmes in which `by` gave a first mark and nobody else could give the second one.

    Two queries for each programme in which an answer waits for somebody else.
    """
    elsewhere = [one for found in waiting for one in found.elsewhere]
    programmes = {one.sitting.enrolment.cohort.programme for one in elsewhere}
    alone = [one for one in programmes if not markers_in(one).besides({by.pk})]
    return sorted(alone, key=str)


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

    Under the lock it turns out whether that is a first mark, a second one, or the decision between
    two. The same mark sent again, by its id, is given once. Raises `CannotMark` when somebody
    marked it meanwhile, or when it does not wait for a mark of this person; then nothing changes.
    """
    sitting = Sitting.objects.select_for_update().get(pk=one.sitting.pk)
    known = HandMark.objects.filter(pk=fact_id).first()
    if known:
        own = (known.sitting_id, known.position, known.recorded_by_id)
        if own != (sitting.pk, one.position, by.pk):
            raise CannotMark
        return known
    now = _as_it_waits(one, sitting)
    if now is None or not _may_give(now, by):
        raise CannotMark
    num, den = given.share.as_integer_ratio()
    mark = HandMark.objects.create(
        id=fact_id,
        sitting=sitting,
        position=one.position,
        role=HandMark.Role(now.stage),
        num=num,
        den=den,
        levels=dict(given.levels),
        note=given.note,
        recorded_by=by,
    )
    score(sitting, ScoringRun.Reason.HAND_MARK, by)
    return mark


def given_by(by: User, fact_id: uuid.UUID | None) -> HandMark | None:
    """The mark with this id, if it is one of hers: she may have sent it before; one query."""
    return HandMark.objects.filter(pk=fact_id, recorded_by=by).first() if fact_id else None


def _as_it_waits(one: Open, sitting: Sitting) -> Open | None:
    """The place as it is now; None where it waits for no mark of the sort that was asked for.

    Who was shown one answer without the marks it had cannot have decided between them.
    """
    marks = list(HandMark.objects.filter(sitting=sitting, position=one.position))
    question = _question_now(sitting, one.position)
    answer = in_force(sitting.answers.all()).get(one.position)
    if sitting.is_open or question is None:
        return None
    if question.mark(answer.response if answer else None) is not None:
        return None
    if question.kind in OBSERVED:
        return None if marks else replace(one, sitting=sitting, marks=())
    if not (answer and one.answer and answer.pk == one.answer.pk):
        return None
    now = _with_stage(Open(sitting, one.position, answer, marks=marks), question.definition)
    was_to_decide = one.stage == Stage.ADJUDICATION
    if now.stage == Stage.DONE or was_to_decide != (now.stage == Stage.ADJUDICATION):
        return None
    return now


def _question_now(sitting: Sitting, position: int) -> PaperQuestion | None:
    """The question by which the position is marked; None where none is, whatever is answered."""
    question = question_at(sitting, position)
    decision = decided_for([sitting]).get(sitting.pk, NOTHING_DECIDED).get(position)
    if question is None or decision is None:
        return question
    return replace(question, definition=decision.definition) if decision.definition else None
