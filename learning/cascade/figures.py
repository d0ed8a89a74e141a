"""What a class achieved, as far as tests tell: pairs of marks, gain, outcomes mastered.

A pair is one participant with a final mark before and a final mark after, taken in this order.
Means are exact; what `measurement` computes from them is not, and is rounded where it is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from statistics import median

from learning.attempts.charting import cut
from learning.attempts.models import Sitting
from learning.attempts.questions import paper_of
from learning.attempts.results import Result, results_by_enrolment, shared_between
from learning.cascade.attending import Attendance, attendance_of
from learning.cascade.models import Event
from learning.cascade.registering import participants_of
from learning.certificates.awarding import reaches, rule_in_force
from learning.enrolment.models import Enrolment
from learning.measurement import gain as measuring
from learning.measurement.gain import Gain, Mastery
from learning.people.models import name_in
from modules.papers.drawing import Paper
from modules.papers.models import Purpose

MASTERED = 80  # per cent of the marks of an outcome
FEWEST_QUESTIONS = 3  # that an outcome needs for saying whether somebody masters it
REPEATED = Fraction(1, 2)  # more than this share of the questions makes it the same test again


@dataclass(frozen=True)
class Pair:
    """Two final results of one person, the first one taken before the second."""

    before: Result
    after: Result

    @property
    def change(self) -> int:
        """Difference of the whole per cents that are shown."""
        return cut(self.after.mark.share) - cut(self.before.mark.share)

    @property
    def days_between(self) -> int:
        first, second = self.before.sitting.taken_at, self.after.sitting.taken_at
        return (second - first).days if first and second else 0

    @property
    def is_by_answers(self) -> bool:
        """Whether every answer of both tests is known."""
        return self.before.sitting.grain == self.after.sitting.grain == Sitting.Grain.ITEM

    @cached_property
    def is_same_test(self) -> bool:
        """Whether the second test asked mostly what the first had asked."""
        if self.is_by_answers:
            return shared_between(*self.papers) > REPEATED
        first, second = self.before.sitting, self.after.sitting
        return bool(first.form_label) and first.form_label == second.form_label

    @property
    def is_of_other_test(self) -> bool:
        """Whether one of the two was a paper of the course, and the other one was not."""
        return is_of_course(self.before.sitting) != is_of_course(self.after.sitting)

    @property
    def outcomes(self) -> set[str]:
        """Codes of the outcomes that both tests asked about."""
        return set(self.before.by_outcome) & set(self.after.by_outcome)

    @cached_property
    def questions(self) -> Mapping[str, int]:
        """By outcome how many questions asked about it: the smaller number of both tests."""
        first, second = (Counter(item.outcome for item in paper.items) for paper in self.papers)
        return first & second

    @cached_property
    def papers(self) -> tuple[Paper, Paper]:
        """Of two tests whose answers are known."""
        return paper_of(self.before.sitting), paper_of(self.after.sitting)


def is_of_course(sitting: Sitting) -> bool:
    """Whether a form of the course was sat, or a paper that was drawn from its questions."""
    return bool(sitting.form_label) or sitting.grain == Sitting.Grain.ITEM


@dataclass(frozen=True)
class Tested:
    """The results of one person before and after, as far as they are known.

    `later`: those of tests some months after the course, by wave; `states` says of each wave how
    far it is for the person, where that is asked for (`attempts.waves`).
    """

    before: Result | None
    after: Result | None
    later: Mapping[int, Result] = field(default_factory=dict, kw_only=True)
    states: Mapping[int, str] = field(default_factory=dict, kw_only=True)

    @cached_property
    def pair(self) -> Pair | None:
        """Both results, if both are final and the first test was taken first."""
        if not (self.before and self.after):
            return None
        if not (self.before.mark.is_final and self.after.mark.is_final):
            return None
        first, second = self.before.sitting.taken_at, self.after.sitting.taken_at
        in_order = first is not None and second is not None and first < second
        return Pair(self.before, self.after) if in_order else None


@dataclass(frozen=True)
class Participant(Tested):
    """One participant of a session with the attendance."""

    enrolment: Enrolment
    attendance: Attendance


@dataclass(frozen=True)
class OutcomeFigure:
    """One outcome over the `n` pairs whose answers are known; mastery only with enough questions.

    `questions` is the smaller number that either test asked about it.
    """

    code: str
    title: str
    n: int
    questions: int
    before: Fraction
    after: Fraction
    mastery: Mastery | None

    @property
    def mastered_before(self) -> int:
        if self.mastery is None or self.mastery.share_pre is None:
            return 0
        return int(self.n * self.mastery.share_pre)

    @property
    def mastered_after(self) -> int:
        if self.mastery is None or self.mastery.share_post is None:
            return 0
        return int(self.n * self.mastery.share_post)


@dataclass(frozen=True)
class Compared:
    """The figures of some people. Means and medians are of the pairs, as shares in [0, 1]."""

    participants: Sequence[Tested]
    pairs: Sequence[Pair]
    gain: Gain
    pass_mark: int
    outcomes: Sequence[OutcomeFigure]

    @property
    def before(self) -> Fraction | None:
        return mean([pair.before.mark.share for pair in self.pairs])

    @property
    def after(self) -> Fraction | None:
        return mean([pair.after.mark.share for pair in self.pairs])

    @property
    def unmatched(self) -> list[Fraction]:
        """Shares of the first test of those who are in no pair: had they begun like the others?"""
        return final_shares(one.before for one in self.participants if one.pair is None)

    @property
    def before_unmatched(self) -> Fraction | None:
        return mean(self.unmatched)

    @property
    def median_before(self) -> Fraction | None:
        return middle([pair.before.mark.share for pair in self.pairs])

    @property
    def median_after(self) -> Fraction | None:
        return middle([pair.after.mark.share for pair in self.pairs])

    @property
    def needed(self) -> Fraction:
        """The share of the marks that passes."""
        return Fraction(self.pass_mark, 100)

    @property
    def shares_after(self) -> list[Fraction]:
        """Of everybody whose mark after is final, with or without one before."""
        return final_shares(one.after for one in self.participants)

    @property
    def passed_after(self) -> int:
        """How many of them reached the pass mark."""
        return sum(reaches(share, self.pass_mark) for share in self.shares_after)

    @property
    def pass_rate(self) -> Fraction:
        return rate(self.passed_after, len(self.shares_after))

    @property
    def match_rate(self) -> Fraction:
        """The share of the participants who are in a pair."""
        return rate(len(self.pairs), len(self.participants))

    @property
    def by_answers(self) -> int:
        """How many pairs the figures by outcome rest on."""
        return sum(pair.is_by_answers for pair in self.pairs)

    @property
    def totals_before(self) -> int:
        """Of how many final results before only the total is known."""
        return totals_among(one.before for one in self.participants)

    @property
    def totals_after(self) -> int:
        return totals_among(one.after for one in self.participants)

    @property
    def of_other_tests(self) -> int:
        return sum(pair.is_of_other_test for pair in self.pairs)

    @property
    def waiting(self) -> int:
        """How many people have a result that is not final yet."""
        both = ((one.before, one.after) for one in self.participants)
        return sum(any(one and not one.mark.is_final for one in results) for results in both)


@dataclass(frozen=True)
class Figures(Compared):
    """The figures of one session."""

    participants: Sequence[Participant]


def final_shares(results: Iterable[Result | None]) -> list[Fraction]:
    return [result.mark.share for result in results if result and result.mark.is_final]


def totals_among(results: Iterable[Result | None]) -> int:
    final = [result for result in results if result and result.mark.is_final]
    return sum(result.sitting.grain == Sitting.Grain.TOTAL for result in final)


def rate(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def mean(shares: Sequence[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def middle(shares: Sequence[Fraction]) -> Fraction | None:
    return median(shares) if shares else None


def figures_of(event: Event) -> Figures:
    """The figures of a session with all it needs; five queries."""
    participants = tested_in(event)
    pairs = [one.pair for one in participants if one.pair]
    rule = rule_in_force(event.cohort.course_version, event.last_day)
    return Figures(
        participants=participants,
        pairs=pairs,
        gain=gain_of(participants),
        pass_mark=rule.pass_mark,
        outcomes=outcomes_of(pairs, event.cohort.course_version.manifest.get("outcomes", {})),
    )


def tested_in(event: Event) -> list[Participant]:
    """Every participant in order of stickers; four queries.

    The test after is the one that counts for the certificate, the test before the first one.
    """
    participants = participants_of(event)
    roll = attendance_of(event.held_units, participants)
    results = results_by_enrolment(Enrolment.objects.filter(cohort=event.cohort_id))
    return [
        Participant(
            enrolment=one,
            attendance=roll[one.pk],
            before=_first(results.get(one.pk, []), Purpose.PRE),
            after=_first(list(reversed(results.get(one.pk, []))), Purpose.POST),
            later=later_in(results.get(one.pk, [])),
        )
        for one in participants
    ]


def _first(results: Sequence[Result], purpose: str) -> Result | None:
    return next((result for result in results if result.sitting.purpose == purpose), None)


def later_in(results: Iterable[Result]) -> dict[int, Result]:
    """The results of tests some months after the course, by wave."""
    return {one.sitting.wave: one for one in results if one.sitting.is_later}


def gain_of(participants: Sequence[Tested]) -> Gain:
    """The gain of a class. Who took the tests in the wrong order counts in both, in no pair."""
    pairs = [one.pair for one in participants if one.pair]
    others = [one for one in participants if one.pair is None]
    before_alone = final_shares(one.before for one in others)
    after_alone = final_shares(one.after for one in others)
    nothing: list[Fraction | None] = [None]
    return measuring.paired(
        [*(pair.before.mark.share for pair in pairs), *before_alone, *nothing * len(after_alone)],
        [*(pair.after.mark.share for pair in pairs), *nothing * len(before_alone), *after_alone],
        max_mark=1,
        same_form=2 * sum(pair.is_same_test for pair in pairs) > len(pairs),
        days_between=min((pair.days_between for pair in pairs), default=None),
    )


# --- by outcome ----------------------------------------------------------------------------------


def outcomes_of(pairs: Sequence[Pair], titles: Mapping[str, Mapping]) -> list[OutcomeFigure]:
    """Each outcome that both tests of some pairs asked about, of the pairs whose answers are known.

    `titles`: the outcomes of the manifest of the course version.
    """
    known = [pair for pair in pairs if pair.is_by_answers]
    codes = sorted({code for pair in known for code in pair.outcomes})
    return [
        _outcome(code, [pair for pair in known if code in pair.outcomes], titles) for code in codes
    ]


def _outcome(code: str, pairs: Sequence[Pair], titles: Mapping[str, Mapping]) -> OutcomeFigure:
    before = [pair.before.by_outcome[code].share for pair in pairs]
    after = [pair.after.by_outcome[code].share for pair in pairs]
    questions = min(pair.questions.get(code, 0) for pair in pairs)
    return OutcomeFigure(
        code=code,
        title=name_in(titles.get(code, {}).get("titles", {})) or code,
        n=len(pairs),
        questions=questions,
        before=mean(before) or Fraction(0),
        after=mean(after) or Fraction(0),
        mastery=_mastery(before, after) if questions >= FEWEST_QUESTIONS else None,
    )


def _mastery(before: Sequence[Fraction], after: Sequence[Fraction]) -> Mastery:
    """Whether each person has 80 per cent of the marks of the outcome, before and after."""
    return measuring.mastery(
        [reaches(share, MASTERED) for share in before],
        [reaches(share, MASTERED) for share in after],
    )
