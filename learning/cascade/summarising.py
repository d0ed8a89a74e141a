"""One session on one page: facts, people, attendance, tests, certificates. Aggregates only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices

from learning.attempts.models import Sitting
from learning.cascade.attending import Attendance
from learning.cascade.certifying import proposals_of
from learning.cascade.comparing import Rate
from learning.cascade.doubling import Doubling, doublings_of, rates_of
from learning.cascade.figures import Figures, figures_of, mean
from learning.cascade.hands import Hands, hands_of
from learning.cascade.models import AttendanceMark, Event, EventFact, EventUnit, Facilitation
from learning.cascade.wording import Verdict, cautions_on, verdict_on
from learning.certificates.models import Grade
from learning.people.models import Person

Value = AttendanceMark.Value


@dataclass(frozen=True)
class Count:
    """How many people there are of one kind; `label` is in the language of the moment."""

    label: str
    n: int


@dataclass(frozen=True)
class HalfDay:
    """The roll of one half-day."""

    unit: EventUnit
    present: int
    late_or_left: int
    absent: int
    open: int  # not noted yet


@dataclass(frozen=True)
class Typing:
    """How well the slips of both tests were typed, as far as they were typed twice.

    `open`: those that still are to be typed, or of which nobody has decided.
    """

    slips: int
    twice: int
    open: int
    answers: Rate | None
    totals: Rate | None


@dataclass(frozen=True)
class Summary:
    """What the report says. Where people are only counted, there are no ages, nor any tests but
    shows of hands."""

    event: Event
    team: Sequence[Facilitation]
    people: int
    by_sex: Sequence[Count]
    by_age: Sequence[Count]
    by_constituency: Sequence[Count]
    half_days: Sequence[HalfDay]
    attendance: Fraction | None
    figures: Figures | None
    verdict: Verdict | None
    cautions: Sequence[str]
    typing: Typing | None
    proposed: Sequence[Count]
    issued: Sequence[Count]
    hands: Hands  # apart from everything above: nobody is named in it

    @property
    def is_verified(self) -> bool:
        return self.event.state == EventFact.What.VERIFIED  # type: ignore[attr-defined]


def summary_of(event: Event) -> Summary:
    """The report of a session with all it needs, in the language of the moment; 23 queries."""
    team = list(event.facilitations.select_related("person"))
    return _of_counted(event, team) if event.is_headcount else _of_named(event, team)


def _of_counted(event: Event, team: Sequence[Facilitation]) -> Summary:
    counted = list(event.headcounts.all())
    sexes: Counter[str] = Counter()
    constituencies: Counter[str] = Counter()
    for one in counted:
        sexes[one.sex] += one.n
        constituencies[one.constituency] += one.n
    return Summary(
        event=event,
        team=team,
        people=sum(one.n for one in counted),
        by_sex=_counts(Person.Sex, sexes),
        by_age=[],
        by_constituency=_counts(Person.Constituency, constituencies),
        half_days=[],
        attendance=None,
        figures=None,
        verdict=None,
        cautions=[],
        typing=None,
        proposed=[],
        issued=[],
        hands=hands_of(event),
    )


def _of_named(event: Event, team: Sequence[Facilitation]) -> Summary:
    lines = proposals_of(event)
    people = [line.enrolment.person for line in lines]
    roll = [line.attendance for line in lines]
    figures = figures_of(event)
    return Summary(
        event=event,
        team=team,
        people=len(people),
        by_sex=_counts(Person.Sex, Counter(person.sex for person in people)),
        by_age=_counts(Person.AgeBand, Counter(person.age_band for person in people)),
        by_constituency=_counts(
            Person.Constituency, Counter(person.constituency for person in people)
        ),
        half_days=[_half_day(unit, roll) for unit in event.held_units],
        attendance=mean([one.share for one in roll]),
        figures=figures,
        verdict=verdict_on(figures),
        cautions=cautions_on(figures),
        typing=_typing(doublings_of(event).values()),
        proposed=_grades(line.grade for line in lines if line.is_due),
        issued=_grades(line.certificate.grade for line in lines if line.certificate),
        hands=hands_of(event),
    )


def _counts(choices: type[TextChoices], found: Mapping[str, int]) -> list[Count]:
    """In the order of the choices, those that somebody is of; "not stated" comes last."""
    return [Count(str(choice.label), found[choice]) for choice in choices if found.get(choice)]


def _half_day(unit: EventUnit, roll: Sequence[Attendance]) -> HalfDay:
    values = Counter(one.marks[unit.pk].value for one in roll if unit.pk in one.marks)
    return HalfDay(
        unit=unit,
        present=values[Value.PRESENT],
        late_or_left=values[Value.LATE] + values[Value.LEFT],
        absent=values[Value.ABSENT] + values[Value.EXCUSED],
        open=len(roll) - values.total(),
    )


def _typing(doublings: Iterable[Doubling]) -> Typing | None:
    """Of all slips that were typed in; None where no slip is typed twice."""
    on = [doubling for doubling in doublings if doubling.is_on]
    if not on:
        return None
    rates = rates_of(on)
    return Typing(
        slips=sum(len(one.slips) for one in on),
        twice=sum(len(one.done) for one in on),
        open=sum(len(one.due) + len(one.differing) for one in on),
        answers=rates.get(Sitting.Grain.ITEM),
        totals=rates.get(Sitting.Grain.TOTAL),
    )


def _grades(grades: Iterable[str | None]) -> list[Count]:
    return _counts(Grade, Counter(grade for grade in grades if grade))
