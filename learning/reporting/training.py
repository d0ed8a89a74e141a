"""What a programme's training sessions came to in a period: people, sessions, shares, gains."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils import timezone

from learning.cascade.models import EventFact, Headcount
from learning.people.models import Person
from learning.reporting.asking import Asked
from learning.reporting.gathering import Line, counted_at
from learning.reporting.groups import Group
from learning.reporting.stages import Stage

What = EventFact.What
NEVER = date.min


@dataclass(frozen=True)
class Sum:
    """Figures of some lines of verified sessions. `tested`: whose mark after is final.

    `with_totals`: how many of the gains rest on a test of which only the total is known.
    """

    people: frozenset[int]
    women: int
    sex_known: int
    tested: int
    passed: int
    gains: tuple[Fraction, ...]
    with_totals: int = 0

    @property
    def trained(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Training:
    """The sessions of a programme in a period, and who took part. `headcounts` by cohort."""

    asked: Asked
    sessions: Sequence[Group]
    lines: Sequence[Line]
    headcounts: Counter[int]

    @property
    def verified(self) -> list[Group]:
        """Sessions with names that count."""
        return [one for one in self.sessions if one.state == What.VERIFIED and not one.is_headcount]

    @property
    def counted_only(self) -> list[Group]:
        """Verified sessions without names."""
        return [one for one in self.sessions if one.state == What.VERIFIED and one.is_headcount]

    @property
    def waiting(self) -> list[Group]:
        return over_and_not_verified(self.sessions)

    @property
    def counted(self) -> int:
        """People in verified sessions without names."""
        return sum(self.headcounts[one.pk] for one in self.counted_only)

    def enrolled_in(self, groups: Iterable[Group]) -> int:
        keys = {group.pk for group in groups}
        return sum(x.group.pk in keys and Stage.ENROLLED in x.stages for x in self.lines)

    @property
    def reached(self) -> int:
        """Named people who were in a verified session and are not trained by any."""
        return len({line.person for line in counted_at(Stage.REACHED, self.lines)})

    def by_place(self) -> dict[str, tuple[list[Group], list[Line]]]:
        """Verified sessions and lines by the code of the province they were held in."""
        places = self.asked.reach.places
        found: dict[str, tuple[list[Group], list[Line]]] = defaultdict(lambda: ([], []))
        for group in self.verified:
            found[places.province(group.area)][0].append(group)
        for line in self._in_verified(Stage.ENROLLED):
            found[places.province(line.group.area)][1].append(line)
        return found

    def sum(self, lines: Iterable[Line] | None = None) -> Sum:
        """The figures of `lines`, else of all in verified sessions."""
        return sum_of(self._in_verified(Stage.ENROLLED) if lines is None else lines)

    def _in_verified(self, stage: Stage) -> list[Line]:
        return [x for x in self.lines if x.group.state == What.VERIFIED and stage in x.stages]


def over_and_not_verified(groups: Iterable[Group]) -> list[Group]:
    today = timezone.localdate()
    over = [one for one in groups if one.last_day and one.last_day <= today]
    return [one for one in over if one.state not in {What.VERIFIED, What.CANCELLED}]


def headcounts_of(groups: Iterable[Group]) -> Counter[int]:
    """People without names, by cohort; one query."""
    found: Counter[int] = Counter()
    rows = Headcount.objects.filter(event__cohort__in=[group.pk for group in groups])
    for cohort, n in rows.values_list("event__cohort_id", "n"):
        found[cohort] += n
    return found


def sum_of(lines: Iterable[Line]) -> Sum:
    """Each person counts once as trained; tests and gains count by enrolment."""
    lines = list(lines)
    sexes = {line.person: line.about.sex for line in lines if Stage.TRAINED in line.stages}
    return Sum(
        people=frozenset(sexes),
        women=sum(sex == Person.Sex.FEMALE for sex in sexes.values()),
        sex_known=sum(bool(sex) for sex in sexes.values()),
        tested=sum(bool(line.after and line.after.is_final) for line in lines),
        passed=sum(Stage.PASSED in line.stages for line in lines),
        gains=tuple(line.pair.gain for line in lines if line.pair),
        with_totals=sum(line.pair.has_total for line in lines if line.pair),
    )


def training_of(asked: Asked, lines: Sequence[Line]) -> Training:
    """Of a programme's `lines` of all times those sessions that lie in the period; one query."""
    within = asked.period
    held = [
        group
        for group in asked.reach.groups
        if group.event and asked.has(group) and group.state != What.CANCELLED
    ]
    sessions = [one for one in held if within is None or (one.last_day or NEVER) in within]
    keys = {group.pk for group in sessions}
    own = [line for line in lines if line.group.pk in keys]
    return Training(asked, sessions, own, headcounts_of(sessions))
