"""Which stages an enrolment has reached, by what is known of it. Pure: plain values in and out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from learning.attempts.results import Mark, choose
from learning.cascade.attending import Attendance
from learning.cascade.counting import was_trained
from learning.cascade.models import Event, EventFact
from learning.certificates.awarding import reaches
from learning.certificates.models import Grade
from learning.people.programme_settings import min_attendance
from learning.reporting.stages import Stage
from modules.papers.models import Counts, Purpose


@dataclass(frozen=True, slots=True)
class Test:
    """A test handed in, with the marks that are certain.

    `taken`: on paper when it was begun, not when it was typed in.
    """

    purpose: str
    began: datetime
    handed_in: datetime
    taken: datetime
    mark: Mark
    is_total: bool = False  # typed in as a total: no answer is known


@dataclass(frozen=True, slots=True)
class Pair:
    """Shares of the marks of one person in two tests: both final, the first one taken first."""

    before: Fraction
    after: Fraction
    has_total: bool = False  # of one of the two no answer is known

    @property
    def gain(self) -> Fraction:
        """In points of 100."""
        return (self.after - self.before) * 100


@dataclass(slots=True)
class Facts:
    """What the record holds about one enrolment; `tests` in the order they were begun."""

    steps: frozenset[str] = frozenset()  # keys of the lessons done
    first_step_at: datetime | None = None
    tests: list[Test] = field(default_factory=list)
    grades: set[str] = field(default_factory=set)
    attendance: Attendance | None = None

    def of(self, purpose: Purpose) -> list[Test]:
        return [test for test in self.tests if test.purpose == purpose]

    @property
    def before(self) -> Test | None:
        return next(iter(self.of(Purpose.PRE)), None)

    def after(self, counts: str) -> tuple[Mark, Test] | None:
        """The post-test that counts: the best, the last or the first."""
        tests = self.of(Purpose.POST)
        return choose(tests, counts) if tests else None

    def pair(self, counts: str) -> Pair | None:
        """The first pre-test and a post-test (`Terms.compared`), by the rule for sessions."""
        before, after = self.before, self.after(counts)
        if before is None or after is None or before.taken >= after[1].taken:
            return None
        if not (before.mark.is_final and after[0].is_final):
            return None
        has_total = before.is_total or after[1].is_total
        return Pair(before.mark.share, after[0].share, has_total)


@dataclass(frozen=True)
class Terms:
    """What a cohort asks for: its lessons, whether it has a pre-test, and its session, if any."""

    lessons: frozenset[str]
    has_pre: bool
    counts: str
    event: Event | None = None

    @property
    def compared(self) -> str:
        """Which post-test statistics compare with the pre-test.

        Of a session the last one typed in; of who learns by herself the first attempt, whichever
        counts for the award: a second try would flatter the course.
        """
        return self.counts if self.event else Counts.FIRST


def stages_of(facts: Facts, terms: Terms, pass_mark: int) -> frozenset[Stage]:
    """All stages reached. `pass_mark` is in per cent."""
    found = {Stage.ENROLLED, *_tested(facts, terms, pass_mark), *_certified(facts.grades)}
    found |= set(_attended(facts, terms) if terms.event else _read(facts, terms))
    return frozenset(found)


def _tested(facts: Facts, terms: Terms, pass_mark: int) -> Iterator[Stage]:
    if facts.before:
        yield Stage.PRE
    if facts.pair(terms.compared):
        yield Stage.PAIR
    after = facts.after(terms.counts)
    if after:
        yield Stage.POST
        if after[0].is_final and reaches(after[0].share, pass_mark):
            yield Stage.PASSED


def _certified(grades: set[str]) -> Iterator[Stage]:
    if Grade.ACHIEVEMENT in grades:
        yield Stage.ACHIEVEMENT
    elif Grade.ATTENDANCE in grades:
        yield Stage.ATTENDANCE


def _read(facts: Facts, terms: Terms) -> Iterator[Stage]:
    if facts.steps or facts.tests:
        yield Stage.STARTED
    if terms.has_pre and read_first(facts.first_step_at, facts.before):
        yield Stage.READ_FIRST
    if terms.lessons and terms.lessons <= facts.steps:
        yield Stage.DONE


def read_first(first_step_at: datetime | None, before: Test | None) -> bool:
    """Whether a lesson was done before the pre-test was begun, or without one."""
    if first_step_at is None:
        return False
    return before is None or first_step_at < before.began


def _attended(facts: Facts, terms: Terms) -> Iterator[Stage]:
    event, attendance = terms.event, facts.attendance
    if event is None or attendance is None:
        return
    if attendance.was_there:
        yield Stage.STARTED
    least = min_attendance(event.cohort.programme)
    if attendance.offered and reaches(attendance.share, least):
        yield Stage.DONE
    if was_trained(event, attendance):
        yield Stage.TRAINED
    elif attendance.was_there and is_verified(event):
        yield Stage.REACHED


def is_verified(event: Event) -> bool:
    """Of a session whose state is known."""
    return event.state == EventFact.What.VERIFIED  # type: ignore[attr-defined]


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """Exact; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None
