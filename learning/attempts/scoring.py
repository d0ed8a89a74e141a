"""The marks of a sitting, computed from its answers, its frozen questions and marks by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

from django.db.models import Max

from learning.attempts.doubling import counting, is_drawn, mean_of
from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting
from learning.attempts.questions import questions_of
from learning.attempts.regrades import ByPosition, Decided, Regrading, decided_for
from learning.people.models import User
from modules.papers.asking import PaperQuestion
from modules.questions.kinds import CHOOSING, essay, short
from modules.questions.rubrics import criteria_of

# Raised whenever the same answers of the same sitting would get other marks; a run says by which
# rules it was made. What each sitting froze for itself (`Sitting.rules`) is no part of it.
RULES_VERSION = "1"
NOTHING_DECIDED: ByPosition = {}
# What a person reads. What a trainer saw happened once: nobody can see it again without a name.
WRITTEN = frozenset({short.KIND, essay.KIND})


class Given(Protocol):
    """Of an `Answer`, what decides which one is in force."""

    position: int
    device: Any
    device_seq: int
    received_at: Any


@dataclass(frozen=True)
class ItemMark:
    """The mark of one position. `got` is None while a person has still to mark it."""

    position: int
    outcome: str
    full: Fraction
    got: Fraction | None


def in_force[G: Given](answers: Iterable[G]) -> dict[int, G]:
    """The answer that counts at each position.

    Of one device the newest by its own count, so that a late one replaces nothing; of several
    devices the one whose newest arrived last. In whatever order the same answers are looked at,
    the same are in force.
    """
    of_device: dict[tuple[int, Any], G] = {}
    for answer in answers:
        key = (answer.position, answer.device)
        if key not in of_device or of_device[key].device_seq < answer.device_seq:
            of_device[key] = answer
    chosen: dict[int, G] = {}
    for (position, _device), answer in of_device.items():
        if position not in chosen or _arrival(chosen[position]) < _arrival(answer):
            chosen[position] = answer
    return chosen


def _arrival(answer: Given) -> tuple[Any, str]:
    return answer.received_at, str(answer.device)


def mark_items(
    questions: Iterable[PaperQuestion],
    responses: Mapping[int, Any],
    hand_marks: Mapping[int, Fraction],
    decided: ByPosition = NOTHING_DECIDED,
    *,
    negative: bool = False,
) -> list[ItemMark]:
    """The marks by position; a question without a response gets 0, and nobody need read it.

    `negative`: a wrong choice costs what guessing gains on average (`PaperQuestion.penalty`).

    A mark by hand counts where a person had to read the answer, and where none was typed in: on
    paper a match or an order is marked by the trainer. It never replaces what the rule says; one
    that an earlier line gave on another form does not stay where that form has a letter.
    """
    return [
        _mark_item(
            question,
            responses.get(question.item.position),
            hand_marks.get(question.item.position),
            decided.get(question.item.position),
            negative=negative,
        )
        for question in questions
    ]


def _mark_item(
    question: PaperQuestion,
    response: Any,
    hand_mark: Fraction | None,
    decision: Decided | None,
    *,
    negative: bool,
) -> ItemMark:
    """The mark of one position; one that is left out has no full mark."""
    question = as_marked(question, decision)
    item, full = question.item, question.full_mark
    if decision and decision.leaves_out:
        return ItemMark(item.position, item.outcome, Fraction(0), Fraction(0))
    if decision and decision.gives_full:
        return ItemMark(item.position, item.outcome, full, full)
    share = question.mark(response)
    if hand_mark is not None and (
        share is None or (response is None and question.kind not in CHOOSING)
    ):
        share = hand_mark
    if negative and share == 0 and response:
        share = -question.penalty
    return ItemMark(item.position, item.outcome, full, None if share is None else share * full)


def responses_of(sitting: Sitting) -> dict[int, Any]:
    """What the person answered, by position; one query."""
    return {
        position: answer.response for position, answer in in_force(sitting.answers.all()).items()
    }


def is_doubled(sitting: Sitting, kind: str, answer: Answer | None) -> bool:
    """Whether an answer is to have a second mark.

    One whose words are gone, since its person gave up her data, has nobody to read it any more:
    what was given before counts.
    """
    return (
        sitting.second_marker > 0
        and kind in WRITTEN
        and answer is not None
        and bool(answer.response)
        and is_drawn(answer.pk, sitting.seed, sitting.second_marker)
    )


def marks_by_position(marks: Iterable[HandMark]) -> dict[int, list[HandMark]]:
    """Marks by hand in the order in which they arrived."""
    found: dict[int, list[HandMark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda one: (one.received_at, one.pk)):
        found[mark.position].append(mark)
    return found


def counting_by_hand(
    sitting: Sitting,
    questions: Iterable[PaperQuestion],
    answers: Mapping[int, Answer],
    marks: Iterable[HandMark],
    decided: ByPosition = NOTHING_DECIDED,
) -> dict[int, list[HandMark]]:
    """The marks by hand that count, by position; a place that waits for another has none.

    `answers` are those in force.
    """
    given = marks_by_position(marks)
    found = {}
    for question in questions:
        position = question.item.position
        if own := given.get(position):
            now = as_marked(question, decided.get(position))
            doubled = is_doubled(sitting, now.kind, answers.get(position))
            found[position] = counting(own, criteria_of(now.definition, ""), is_doubled=doubled)
    return {position: own for position, own in found.items() if own}


def shares_of_hands(counted: Mapping[int, Sequence[HandMark]]) -> dict[int, Fraction]:
    """The shares of the full mark that they come to."""
    return {position: mean_of(marks) for position, marks in counted.items()}


def as_marked(question: PaperQuestion, decision: Decided | None) -> PaperQuestion:
    """The question by the version that marks it."""
    if decision is None or decision.definition is None:
        return question
    return replace(question, definition=decision.definition)


def item_marks(sitting: Sitting) -> list[ItemMark]:
    """The marks of the sitting by position as its facts stand now; four queries, where nothing
    was decided about its questions."""
    questions = questions_of(sitting)
    answers = in_force(sitting.answers.all())
    decided = decided_for([sitting]).get(sitting.pk, NOTHING_DECIDED)
    marks = HandMark.objects.filter(sitting=sitting)
    return mark_items(
        questions,
        {position: answer.response for position, answer in answers.items()},
        shares_of_hands(counting_by_hand(sitting, questions, answers, marks, decided)),
        decided,
        negative=sitting.is_negative,
    )


def score(
    sitting: Sitting,
    reason: ScoringRun.Reason,
    by: User | None = None,
    regrading: Regrading | None = None,
) -> ScoringRun:
    """Add a marking run. To be called while the sitting's row is locked."""
    last = ScoringRun.objects.filter(sitting=sitting).aggregate(last=Max("n"))["last"] or 0
    return ScoringRun.objects.create(
        sitting=sitting,
        n=last + 1,
        rules_version=RULES_VERSION,
        reason=reason,
        by=by,
        regrading=regrading,
        **marks_now(sitting),
    )


def marks_now(sitting: Sitting) -> dict[str, Any]:
    """What a marking run of the sitting would hold, as its facts stand now."""
    if sitting.grain == Sitting.Grain.TOTAL:
        return _from_total(sitting)
    return totals_of(item_marks(sitting))


def totals_of(marks: Sequence[ItemMark]) -> dict[str, Any]:
    """What a marking run holds of the marks of all positions."""
    got = sum((mark.got for mark in marks if mark.got is not None), Fraction(0))
    full = sum((mark.full for mark in marks), Fraction(0))
    return {
        "num": got.numerator,
        "den": got.denominator,
        "full_num": full.numerator,
        "full_den": full.denominator,
        "by_outcome": by_outcome(marks),
        "unmarked": sum(mark.got is None for mark in marks),
    }


def _from_total(sitting: Sitting) -> dict[str, Any]:
    """Nothing is known by outcome where only the total was typed in."""
    total = sitting.totals.latest("received_at", "pk")
    return {
        "num": total.num,
        "den": total.den,
        "full_num": total.full,
        "full_den": 1,
        "by_outcome": {},
        "unmarked": 0,
    }


def by_outcome(marks: Iterable[ItemMark]) -> dict[str, dict[str, Any]]:
    """The marks added up by outcome, in the order in which the paper asks for them."""
    groups: dict[str, list[ItemMark]] = defaultdict(list)
    for mark in marks:
        groups[mark.outcome].append(mark)
    return {outcome: _sum(group) for outcome, group in groups.items()}


def _sum(marks: list[ItemMark]) -> dict[str, Any]:
    got = sum((mark.got for mark in marks if mark.got is not None), Fraction(0))
    full = sum((mark.full for mark in marks), Fraction(0))
    return {
        "got": list(got.as_integer_ratio()),
        "full": list(full.as_integer_ratio()),
        "unmarked": sum(mark.got is None for mark in marks),
    }


def answered_positions(answers: Iterable[Answer]) -> set[int]:
    """Where something was answered and not taken back."""
    return {
        position for position, answer in in_force(answers).items() if answer.response is not None
    }
