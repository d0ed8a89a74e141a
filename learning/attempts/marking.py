"""Marking by hand: which answers wait for a person, and giving a mark.

Answers are grouped by question, so that one question is marked for everybody at a time. Nothing
here says whose answer it is.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting
from learning.attempts.questions import paper_of
from learning.attempts.results import newest_runs
from learning.attempts.scoring import hand_marks_of, in_force, score
from learning.people.models import User
from modules.papers.drawing import Item
from modules.questions.kinds import short
from modules.questions.models import QuestionVersion


class CannotMark(Exception):
    """The answer is marked already, or is no answer that waits for a person."""


@dataclass(frozen=True)
class Level:
    """One level of a rubric: its mark as the question writes it ("0.5"), and what earns it."""

    mark: str
    text: str

    @property
    def share(self) -> Fraction:
        return Fraction(self.mark)


@dataclass(frozen=True)
class Waiting:
    """A question and the answers to it that wait, in an order that tells nothing of people."""

    version: QuestionVersion
    answers: Sequence[Answer]

    def words(self, lang: str) -> dict[str, Any]:
        """Stem and model answer, in `lang` or in English."""
        texts = self.version.content["texts"]
        return texts.get(lang, texts["en"])

    def levels(self, lang: str) -> list[Level]:
        """The rubric from the lowest mark to the highest."""
        rubric = self.version.content["structure"]["rubric"]
        texts = self.words(lang)["rubric"]
        return [Level(row["mark"], texts[row["mark"]]) for row in rubric]


def waiting_in(sittings: QuerySet[Sitting]) -> list[Waiting]:
    """The answers of these sittings that wait for a mark, by question; six queries."""
    runs = newest_runs(sittings.values_list("pk", flat=True))
    unfinished = [run.sitting_id for run in runs if run.unmarked]
    found = Sitting.objects.filter(pk__in=unfinished).prefetch_related("answers", "hand_marks")
    by_question: dict[tuple[str, int], list[Answer]] = defaultdict(list)
    for sitting in found:
        for item, answer in _open_answers(sitting):
            by_question[item.question, item.n].append(answer)
    versions = QuestionVersion.objects.filter(key__in={key for key, _n in by_question})
    return [
        Waiting(version, sorted(by_question[version.key, version.n], key=_blind))
        for version in versions
        if (version.key, version.n) in by_question and version.content["kind"] == short.KIND
    ]


def _open_answers(sitting: Sitting) -> Iterable[tuple[Item, Answer]]:
    """Every answer in force without a mark by hand, whatever its kind; uses what is prefetched."""
    marked = {mark.position for mark in sitting.hand_marks.all()}
    items = paper_of(sitting).items
    for position, answer in in_force(sitting.answers.all()).items():
        if answer.response and position not in marked:
            yield items[position - 1], answer


def _blind(answer: Answer) -> str:
    return hashlib.sha256(answer.pk.bytes).hexdigest()


@transaction.atomic
def mark_answer(answer: Answer, share: Fraction, by: User, fact_id: uuid.UUID) -> HandMark:
    """Give an answer a share of its full mark, in [0, 1], and mark its sitting anew.

    The same mark sent again, by its id, is given once. Raises `CannotMark` when somebody marked
    the answer meanwhile, or when it does not wait for a mark; then nothing changes.
    """
    sitting = Sitting.objects.select_for_update().get(pk=answer.sitting_id)
    known = HandMark.objects.filter(pk=fact_id, sitting=sitting).first()
    if known:
        return known
    if not _waits(answer, sitting):
        raise CannotMark
    num, den = share.as_integer_ratio()
    mark = HandMark.objects.create(
        id=fact_id,
        sitting=sitting,
        position=answer.position,
        num=num,
        den=den,
        recorded_by=by,
    )
    score(sitting, ScoringRun.Reason.HAND_MARK, by)
    return mark


def _waits(answer: Answer, sitting: Sitting) -> bool:
    if sitting.is_open or answer.position in hand_marks_of(sitting):
        return False
    chosen = in_force(sitting.answers.all()).get(answer.position)
    return chosen is not None and chosen.pk == answer.pk and bool(answer.response)
