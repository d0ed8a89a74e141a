"""The marks of many sittings question by question, for those who look at questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learning.attempts.models import Answer, HandMark, Sitting
from learning.attempts.questions import paper_of, questions_by_sitting
from learning.attempts.regrades import ByPosition, Decided, decided_for
from learning.attempts.scoring import (
    NOTHING_DECIDED,
    ItemMark,
    counting_by_hand,
    in_force,
    mark_items,
    shares_of_hands,
)


@dataclass(frozen=True)
class Taken:
    """One sitting with its marks in the order of its paper, and the language it was answered in.

    `lang` is the one of most answers; empty for a test on paper, of which nobody knows.
    """

    sitting: Sitting
    lang: str
    marks: tuple["Marked", ...]

    @property
    def is_final(self) -> bool:
        return all(marked.mark.got is not None for marked in self.marks)


@dataclass(frozen=True)
class Marked:
    """The mark of one version of a question, and what was answered to it: None for nothing.

    `is_earned`: whether the answer decides it, and the question was neither left out of the
    marking nor given to everybody since.
    """

    question: str
    n: int
    mark: ItemMark
    is_earned: bool = True
    response: Any = None


def itemise(sittings: Collection[Sitting]) -> list[Taken]:
    """These sittings, of which the answers are known, in their order; four queries.

    Marks are those that hold now, whatever was decided about a question since it was answered.
    """
    answers = answers_of(sittings)
    decided = decided_for(sittings)
    marks = mark_all(sittings, answers, decided)
    taken = []
    for sitting in sittings:
        items = paper_of(sitting).items
        pairs = zip(items, marks[sitting.pk], strict=True)
        own = decided.get(sitting.pk, NOTHING_DECIDED)
        given = in_force(answers.get(sitting.pk, ()))
        marked = tuple(
            Marked(
                question=item.question,
                n=item.n,
                mark=mark,
                is_earned=_is_earned(own.get(item.position)),
                response=given[item.position].response if item.position in given else None,
            )
            for item, mark in pairs
        )
        lang = language_of(given.values())
        taken.append(Taken(sitting, lang, marked))
    return taken


def _is_earned(decision: Decided | None) -> bool:
    return decision is None or decision.definition is not None


def answers_of(sittings: Collection[Sitting]) -> dict[int, list[Answer]]:
    """All answers by sitting; one query."""
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(sitting__in=[sitting.pk for sitting in sittings]):
        answers[answer.sitting_id].append(answer)
    return answers


def mark_all(
    sittings: Collection[Sitting],
    answers: Mapping[int, Sequence[Answer]],
    decided: Mapping[int, ByPosition],
) -> dict[int, list[ItemMark]]:
    """The marks of these sittings by position, by their keys; two queries."""
    hands: dict[int, list[HandMark]] = defaultdict(list)
    for hand in HandMark.objects.filter(sitting__in=[sitting.pk for sitting in sittings]):
        hands[hand.sitting_id].append(hand)
    questions = questions_by_sitting(sittings)
    found = {}
    for sitting in sittings:
        pk = sitting.pk
        given = in_force(answers.get(pk, ()))
        responses = {position: answer.response for position, answer in given.items()}
        own = decided.get(pk, NOTHING_DECIDED)
        counted = counting_by_hand(sitting, questions[pk], given, hands[pk], own)
        found[pk] = mark_items(questions[pk], responses, shares_of_hands(counted), own)
    return found


def language_of(answers: Collection[Answer]) -> str:
    """The language of most of these answers, the first by name where two are even."""
    langs = [answer.lang for answer in answers]
    return min(set(langs), key=lambda lang: (-langs.count(lang), lang), default="")
