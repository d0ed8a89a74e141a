"""Before and after over many sessions. Pure: people tested in, figures out.

People of one session had one room and one trainer, so they are no independent witnesses. Tests for
pairs and effect sizes are given of one class alone; of several the mean gain, with an interval that
knows of sessions. docs/decisions/0024-before-and-after.md says why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from learning.cascade.figures import (
    MASTERED,
    Compared,
    OutcomeFigure,
    final_shares,
    gain_of,
    mean,
    outcomes_of,
)
from learning.certificates.awarding import reaches
from learning.measurement.gain import Clustered, Interval, clustered
from learning.reporting.groups import Group
from learning.reporting.pairing import Tried


@dataclass(frozen=True)
class Class:
    """One cohort with the figures of its people who were tested."""

    group: Group
    figures: Compared


@dataclass(frozen=True)
class Pooled:
    """Everybody asked for. `change` tells of each outcome by how much mastery grew, in points."""

    people: Sequence[Tried]
    whole: Compared
    classes: Sequence[Class]
    gain: Clustered
    change: Mapping[str, Clustered]

    @property
    def matched(self) -> list[Tried]:
        return [one for one in self.people if one.pair]

    @property
    def sessions(self) -> int:
        """In how many sessions somebody has results of both tests."""
        return len({one.cluster for one in self.matched if one.line.group.event})

    @property
    def alone(self) -> int:
        """How many of those with results of both tests learned by themselves."""
        return sum(one.line.group.event is None for one in self.matched)

    @property
    def versions(self) -> int:
        """Of how many versions of the course their tests are."""
        return len({one.line.group.version for one in self.matched})

    @property
    def is_one_class(self) -> bool:
        """Whether all of them were in one session, or learned alone: independent of each other."""
        return bool(self.matched) and (
            self.sessions == 0 or (self.sessions == 1 and not self.alone)
        )

    @property
    def ci(self) -> Interval | None:
        """The 95 % interval of the mean gain, in points of 100."""
        return self.whole.gain.ci if self.is_one_class else self.gain.ci

    @property
    def before_unmatched(self) -> Sequence[Fraction]:
        """First marks of who has no result of both tests."""
        return self.whole.unmatched

    def passed(self, *, after: bool) -> int:
        """How many of those with both results reached the pass mark of their course."""
        return sum(one.passes(share_of(one, after=after)) for one in self.matched)


def share_of(one: Tried, *, after: bool) -> Fraction:
    """The share of the marks of somebody with results of both tests."""
    if one.pair is None:
        raise ValueError("There is only one result.")
    return (one.pair.after if after else one.pair.before).mark.share


def gain_in_points(one: Tried) -> float:
    return float((share_of(one, after=True) - share_of(one, after=False)) * 100)


def pool(people: Sequence[Tried], titles: Mapping[str, Mapping]) -> Pooled:
    """All figures of some people. `titles`: the outcomes of the manifest of a course version."""
    matched = [one for one in people if one.pair]
    whole = compare(people, titles)
    return Pooled(
        people=people,
        whole=whole,
        classes=classes_of(people),
        gain=clustered([gain_in_points(one) for one in matched], [x.cluster for x in matched]),
        change={one.code: _change(matched, one) for one in whole.outcomes if one.mastery},
    )


def classes_of(people: Iterable[Tried]) -> list[Class]:
    """The cohorts in their order, each with its figures but for outcomes."""
    by_group: dict[int, list[Tried]] = defaultdict(list)
    groups: dict[int, Group] = {}
    for one in people:
        group = one.line.group
        groups[group.pk] = group
        by_group[group.pk].append(one)
    ordered = sorted(groups.values(), key=lambda group: group.order)
    return [Class(group, compare(by_group[group.pk])) for group in ordered]


def compare(people: Sequence[Tried], titles: Mapping[str, Mapping] | None = None) -> Compared:
    """The figures of some people; by outcome only with `titles`."""
    pairs = [one.pair for one in people if one.pair]
    return Compared(
        participants=people,
        pairs=pairs,
        gain=gain_of(people),
        pass_mark=max((one.pass_mark for one in people), default=0),
        outcomes=[] if titles is None else outcomes_of(pairs, titles),
    )


def mean_of(people: Iterable[Tried], *, after: bool) -> Fraction | None:
    """Of those among them with results of both tests."""
    return mean([share_of(one, after=after) for one in people if one.pair])


def finals(people: Iterable[Tried]) -> tuple[int, int]:
    """How many have a final mark before, and how many after."""
    listed = list(people)
    return (
        len(final_shares(one.before for one in listed)),
        len(final_shares(one.after for one in listed)),
    )


def _change(matched: Iterable[Tried], outcome: OutcomeFigure) -> Clustered:
    """By how many points the share of those who master an outcome grew."""
    known = [
        one
        for one in matched
        if one.pair and one.pair.is_by_answers and outcome.code in one.pair.outcomes
    ]
    steps = [
        _mastered(one, outcome, after=True) - _mastered(one, outcome, after=False) for one in known
    ]
    return clustered([step * 100.0 for step in steps], [one.cluster for one in known])


def _mastered(one: Tried, outcome: OutcomeFigure, *, after: bool) -> int:
    if one.pair is None:
        raise ValueError("There is only one result.")
    result = one.pair.after if after else one.pair.before
    return int(reaches(result.by_outcome[outcome.code].share, MASTERED))
