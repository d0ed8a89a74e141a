"""What shows of hands come to: shares of a whole room, by question and together.

Never more than that. Nobody knows who raised which hand, so nobody can be held against herself, and
no test of chance, no gain by person and no pass rate can be made of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from learning.attempts.charting import cut
from learning.cascade.models import Event
from learning.cascade.tallies import Tally
from learning.cascade.tallying import RIGHT, counts_in
from modules.papers.asking import ONE_CHOICE, PaperQuestion, question_of
from modules.papers.drawing import Item, Paper
from modules.papers.models import Purpose
from modules.questions.models import QuestionVersion
from modules.questions.options import correct_keys


@dataclass(frozen=True)
class Question:
    """One question of a room of `people`; `right` is None where it was not counted.

    `is_judged`: the trainer said which answers are right; full marks alone are known of them.
    `unraised` are those who raised no hand; unknown where only the right ones did.
    """

    position: int
    full: Fraction
    people: int
    right: int | None
    unraised: int | None
    is_judged: bool

    @property
    def facility(self) -> Fraction | None:
        """The share of the room that had it right; who raised no hand had not."""
        return None if self.right is None else Fraction(self.right, self.people)


@dataclass(frozen=True)
class ShowOfHands:
    """One test of one room."""

    purpose: str
    label: str
    people: int
    questions: Sequence[Question]

    @property
    def counted(self) -> list[Question]:
        return [one for one in self.questions if one.right is not None]

    @property
    def left_out(self) -> list[int]:
        """Positions of questions for which no hands were counted."""
        return [one.position for one in self.questions if one.right is None]

    @property
    def mean(self) -> Fraction:
        """The mean share of the marks of the questions that were counted, in [0, 1].

        The mean mark of the room where every question has one right option; where the trainer
        judged, part marks are unknown and count as none.
        """
        full = sum((one.full for one in self.counted), Fraction(0))
        got = sum((one.full * (one.facility or 0) for one in self.counted), Fraction(0))
        return got / full if full else Fraction(0)


@dataclass(frozen=True)
class Hands:
    """Both tests of a session, as far as hands were counted."""

    before: ShowOfHands | None
    after: ShowOfHands | None

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    @property
    def shows(self) -> list[ShowOfHands]:
        return [one for one in (self.before, self.after) if one]

    @property
    def change(self) -> int | None:
        """Difference of the whole per cents that are shown, in points."""
        if not (self.before and self.after):
            return None
        return cut(self.after.mean) - cut(self.before.mean)


def show_of(tally: Tally, questions: Sequence[PaperQuestion]) -> ShowOfHands:
    """What a count comes to, with the questions as they were asked."""
    counts = counts_in(tally)
    return ShowOfHands(
        purpose=tally.purpose,
        label=tally.form_label,
        people=tally.people,
        questions=[
            _question(question, counts.get(question.item.position), tally.people)
            for question in questions
        ],
    )


def _question(question: PaperQuestion, counts: Mapping[str, int] | None, people: int) -> Question:
    is_choice = question.kind in ONE_CHOICE
    right = unraised = None
    if counts is not None and is_choice:
        right = sum(n for key, n in counts.items() if key in correct_keys(question.definition))
        unraised = people - sum(counts.values())
    elif counts is not None:
        right = counts[RIGHT]
    return Question(
        position=question.item.position,
        full=question.full_mark,
        people=people,
        right=right,
        unraised=unraised,
        is_judged=not is_choice,
    )


def hands_of(event: Event) -> Hands:
    """The shows of hands of a session; one query, and one more where there is one."""
    tallies = {one.purpose: one for one in event.tallies.in_force()}
    papers = {purpose: Paper.from_json(one.paper) for purpose, one in tallies.items()}
    contents = _contents([item for paper in papers.values() for item in paper.items])
    shows = {
        purpose: show_of(
            tally,
            [question_of(item, contents[item.question, item.n]) for item in papers[purpose].items],
        )
        for purpose, tally in tallies.items()
    }
    return Hands(shows.get(Purpose.PRE), shows.get(Purpose.POST))


def _contents(items: Sequence[Item]) -> dict[tuple[str, int], dict]:
    if not items:
        return {}
    versions = QuestionVersion.objects.filter(key__in={item.question for item in items})
    return {(version.key, version.n): version.content for version in versions}
