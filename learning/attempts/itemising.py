"""The marks of many sittings question by question, for those who look at questions."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from learning.attempts.models import Answer, HandMark, Sitting
from learning.attempts.questions import questions_by_sitting
from learning.attempts.scoring import ItemMark, in_force, mark_items


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
    """The mark of one version of a question."""

    question: str
    n: int
    mark: ItemMark


def itemise(sittings: Collection[Sitting]) -> list[Taken]:
    """These sittings, of which the answers are known, in their order; three queries."""
    pks = [sitting.pk for sitting in sittings]
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(sitting__in=pks):
        answers[answer.sitting_id].append(answer)
    shares: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for hand in HandMark.objects.filter(sitting__in=pks).order_by("received_at", "pk"):
        shares[hand.sitting_id][hand.position] = Fraction(hand.num, hand.den)
    questions = questions_by_sitting(sittings)
    taken = []
    for sitting in sittings:
        given = in_force(answers[sitting.pk])
        responses = {position: answer.response for position, answer in given.items()}
        own = questions[sitting.pk]
        marks = mark_items(own, responses, shares[sitting.pk])
        pairs = zip(own, marks, strict=True)
        marked = tuple(Marked(q.item.question, q.item.n, mark) for q, mark in pairs)
        taken.append(Taken(sitting, language_of(given.values()), marked))
    return taken


def language_of(answers: Collection[Answer]) -> str:
    """The language of most of these answers, the first by name where two are even."""
    langs = [answer.lang for answer in answers]
    return min(set(langs), key=lambda lang: (-langs.count(lang), lang), default="")
