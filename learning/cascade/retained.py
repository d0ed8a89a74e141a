"""What is still known some months after a course: one wave of some people. Pure.

Counted as due is who may have been tested again by now: whose wave has opened. Means are of people
with all three tests; passing is told of everybody with the two after the course.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from learning.attempts.waves import TAKEN
from learning.cascade.figures import Tested, final_shares, mean, rate
from learning.measurement.gain import Kept, Retention, mastery_kept, retention
from modules.papers.waves import OPEN, OVER

# Whether a share of the marks reaches the pass mark of somebody's course.
type Passes[T] = Callable[[T, Fraction], bool]


@dataclass(frozen=True)
class Retained[T: Tested]:
    """One wave, by its months."""

    months: int
    people: Sequence[T]
    passes: Passes[T]

    def of(self, state: str) -> list[T]:
        return [one for one in self.people if self._state(one) == state]

    def _state(self, one: T) -> str:
        return TAKEN if self.months in one.later else one.states.get(self.months, "")

    @property
    def taken(self) -> list[T]:
        return self.of(TAKEN)

    @property
    def can_still(self) -> list[T]:
        return self.of(OPEN)

    @property
    def missed(self) -> list[T]:
        return self.of(OVER)

    @property
    def due(self) -> list[T]:
        """Whose wave has opened, whatever came of it."""
        states = {TAKEN, OPEN, OVER}
        return [one for one in self.people if self._state(one) in states]

    @property
    def rate(self) -> Fraction:
        """The share of them who were tested again so far."""
        return rate(len(self.taken), len(self.due))

    @cached_property
    def whole(self) -> list[T]:
        """Those with final marks before, after and later."""
        return [one for one in self.taken if one.pair and self._later(one) is not None]

    @cached_property
    def figures(self) -> Retention:
        """Means, and the share of the gain that is left; in per cent of the full mark."""
        shares = [(one.pair, self._later(one)) for one in self.whole]
        return retention(
            [pair.before.mark.share for pair, _later in shares if pair],
            [pair.after.mark.share for pair, _later in shares if pair],
            [later for _pair, later in shares],
            max_mark=1,
        )

    @property
    def means(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """The same means exact, as shares; None of nobody."""
        columns = zip(*(self._shares(one) for one in self.whole), strict=True)
        found = [mean(column) or Fraction(0) for column in columns]
        return (found[0], found[1], found[2]) if found else None

    def _shares(self, one: T) -> tuple[Fraction, Fraction, Fraction]:
        later = self._later(one)
        if one.pair is None or later is None:
            raise ValueError("There are not all three results.")
        return one.pair.before.mark.share, one.pair.after.mark.share, later

    @cached_property
    def kept(self) -> Kept:
        """Of those who passed after the course and were tested again, who still would."""
        both = [
            (one, one.after.mark.share, later)
            for one in self.taken
            if one.after and one.after.mark.is_final and (later := self._later(one)) is not None
        ]
        return mastery_kept(
            [self.passes(one, after) for one, after, _later in both],
            [self.passes(one, later) for one, _after, later in both],
        )

    @property
    def passed_then(self) -> list[T]:
        """Those whom `kept` is of."""
        return [one for one in self.taken if self.had_passed(one)]

    def had_passed(self, one: T) -> bool:
        is_known = self._later(one) is not None and one.after and one.after.mark.is_final
        return bool(is_known and one.after and self.passes(one, one.after.mark.share))

    def passes_still(self, one: T) -> bool:
        later = self._later(one)
        return self.had_passed(one) and later is not None and self.passes(one, later)

    @property
    def after_taken(self) -> list[Fraction]:
        """Marks after the course of who was tested again: had the others been like them?"""
        return final_shares(one.after for one in self.taken)

    @property
    def after_missed(self) -> list[Fraction]:
        return final_shares(one.after for one in self.missed)

    @property
    def repeated(self) -> int:
        """How many of the whole were asked mostly what the test before the course had asked."""
        return sum(self._is_repeated(one) for one in self.whole)

    def _is_repeated(self, one: T) -> bool:
        label = one.later[self.months].sitting.form_label
        return bool(one.before and label and one.before.sitting.form_label == label)

    def _later(self, one: T) -> Fraction | None:
        result = one.later.get(self.months)
        return result.mark.share if result and result.mark.is_final else None


def waves_in(people: Iterable[Tested]) -> list[int]:
    """The waves that have come for anybody among them, the first one first."""
    found = set()
    for one in people:
        found |= {*one.later, *(wave for wave, state in one.states.items() if state in COME)}
    return sorted(found)


COME = {TAKEN, OPEN, OVER}
