"""The provincial trainings of SIMPLIFY, and the cascade sessions below them."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from learning.cascade.accrediting import grant
from learning.cascade.attending import mark
from learning.cascade.certifying import approve_batch
from learning.cascade.clashing import Slot
from learning.cascade.closing import report, send_back, verify
from learning.cascade.entering import USUAL_FORM, Line, Row, enter_total, papers_of
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Accreditation, Event, Facilitation
from learning.cascade.permissions import events_recordable_by
from learning.cascade.planning import Plan, plan_event
from learning.cascade.registering import participants_of, register
from learning.cascade.tallying import Counted, count_hands
from learning.cascade.targets import Target
from learning.demo.clock import Clock
from learning.demo.invented import Inventor
from learning.demo.scores import FULL, raised, totals
from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import Area, Organisation, Person, Programme, User
from modules.courses.models import CourseVersion
from modules.papers.models import Purpose

MORNING = (dt.time(9), dt.time(12, 30))
AFTERNOON = (dt.time(13, 30), dt.time(17))
# People trained in each province, as the evaluation of the project states.
TRAINED = {"PK-PB": 20, "PK-KP": 25, "PK-SD": 38, "PK-BA": 17}
# People to be trained in a year, and units of the whole: demo values.
PLANNED = {"PK-PB": 60, "PK-KP": 55, "PK-SD": 50, "PK-BA": 90}
PLANNED_IN_ALL = {Target.Unit.SESSIONS: 14, Target.Unit.WOMEN: 40, Target.Unit.MASTERY: 70}
TOWNS = {
    "PK-PB": ("Lahore", "Multan", "Faisalabad"),
    "PK-KP": ("Peshawar", "Mardan", "Abbottabad"),
    "PK-SD": ("Karachi", "Hyderabad", "Sukkur"),
    "PK-BA": ("Quetta", "Hub", "Sibi"),
}
EMPLOYERS = {("female", "employer"): 14, ("male", "employer"): 43, ("", "employer"): 3}
VIA = Fact.Via.DEMO
TESTED_AGAIN = 75  # per cent of those with a test after the session
LEFT = (0.4, 1.0)  # of what somebody gained


@dataclass(frozen=True)
class Marks:
    """What somebody got in both tests; some went before the second."""

    enrolment: Enrolment
    before: Fraction
    after: Fraction | None


@dataclass(frozen=True)
class Team:
    """Who acts: the accounts of the demo, and the trainers who came from outside."""

    trainer: User
    admin: User
    national: Sequence[Person]


class Trainings:
    """Tells one session after the other."""

    def __init__(
        self,
        clock: Clock,
        chance: random.Random,
        programme: Programme,
        version: CourseVersion,
        team: Team,
        bodies: Mapping[str, Organisation],
    ) -> None:
        self.clock = clock
        self.chance = chance
        self.programme = programme
        self.version = version
        self.team = team
        self.bodies = bodies
        self.inventor = Inventor(chance)
        self.areas = {area.code: area for area in Area.objects.filter(code__in=TRAINED)}
        self.masters: dict[str, Person] = {}  # by province, after its training

    def tell(self) -> None:
        """Four provincial trainings, eight cascade sessions, one headcount, one to come."""
        self.targets()
        for who in self.team.national:
            self.accredit(who, -400)
        for number, code in enumerate(TRAINED):
            master = self.province(code, -200 + 7 * number)
            is_certified = code in {"PK-PB", "PK-KP"}  # the others wait for approval
            self.cascade(code, 1, master, -110 + 6 * number, 16 + number, certify=is_certified)
        masters = self.masters
        self.cascade("PK-KP", 2, masters["PK-KP"], -40, 14)
        self.cascade("PK-SD", 2, masters["PK-SD"], -12, 22, until="reported")
        self.cascade("PK-BA", 2, masters["PK-BA"], -20, 12, until="returned")
        self.cascade("PK-PB", 2, masters["PK-PB"], -3, 18, until="open")
        self.headcount(-30)
        self.to_come(masters["PK-PB"], 5)

    def targets(self) -> None:
        """What was planned for this year: people by province, and the programme as a whole."""
        year = self.clock.today.year
        planned = [(area, Target.Unit.PEOPLE, PLANNED[code]) for code, area in self.areas.items()]
        whole = [(self.programme.area, unit, value) for unit, value in PLANNED_IN_ALL.items()]
        Target.objects.bulk_create(
            Target(programme=self.programme, area=area, unit=unit, year=year, value=value)
            for area, unit, value in (*planned, *whole)
        )

    def province(self, code: str, day: int) -> Person:
        """The training of a province; returns who of its participants is the master trainer."""
        lead = self.team.national[0]
        event = self.plan(code, Event.Kind.TOT, day, lead, TOWNS[code][0], TRAINED[code])
        known = self.team.trainer.person if code == "PK-PB" else None
        people = self.register(event, TRAINED[code], ("deputy", "assistant"), known)
        self.roll(event, people)
        marks = self.results(event, people)
        self.close(event, day + 2)
        self.clock.at(day + 9, 11)
        approve_batch(event, [one.pk for one in people], self.team.admin)
        self.again(event, marks, 3, day + 95)
        if code == "PK-PB":
            self.again(event, marks, 6, day + 175)
        master = people[0].person
        self.accredit(master, day + 14)
        self.masters[code] = master
        return master

    def cascade(
        self,
        code: str,
        place: int,
        lead: Person,
        day: int,
        size: int,
        *,
        until: str = "verified",
        certify: bool = False,
    ) -> None:
        """A session led by the master trainer of the province, taken as far as `until`."""
        event = self.plan(code, Event.Kind.CASCADE, day, lead, TOWNS[code][place], size)
        people = self.register(event, size, ("inspector", "assistant", "officer"))
        self.roll(event, people)
        self.results(event, people[: -3 if until == "open" else None])
        if until == "open":
            return
        self.close(event, day + 2, verified=until == "verified")
        if until == "returned":
            self.clock.at(day + 6, 15)
            why = "Demo: the signed sheet of the afternoon shows one name more than the roll."
            send_back(event, self.team.admin, why, via=VIA)
        if certify:
            self.clock.at(day + 10, 11)
            approve_batch(event, [one.pk for one in people], self.team.admin)

    def headcount(self, day: int) -> None:
        """Employers who were only counted."""
        event = self.plan(
            "PK-SD",
            Event.Kind.AWARENESS,
            day,
            self.masters["PK-SD"],
            TOWNS["PK-SD"][0],
            60,
            counting=Event.Counting.HEADCOUNT,
        )
        self.clock.now = dt.datetime.combine(event.last_day, dt.time(13), self.zone)
        set_headcounts(event, EMPLOYERS, self.recorder(event))
        self.hands(event)
        self.close(event, day + 1)

    def hands(self, event: Event) -> None:
        """Both tests asked aloud: more hands for the right answers after than before."""
        papers, people = papers_of(event), sum(EMPLOYERS.values())
        # A chance of its own: whoever comes later stays who they are.
        chance = random.Random(f"hands {event.first_day}")  # noqa: S311 (invented people)
        for purpose, label in USUAL_FORM.items():
            counts = raised(chance, papers[label], people, purpose)
            own_id = uuid.UUID(int=chance.getrandbits(128), version=4)
            counted = Counted(own_id, label, people, counts)
            by = self.recorder(event)
            count_hands(event, purpose, counted, papers[label], by, via=VIA)

    def to_come(self, lead: Person, day: int) -> None:
        """The next session of the demo trainer, with its first participants."""
        event = self.plan("PK-PB", Event.Kind.CASCADE, day, lead, TOWNS["PK-PB"][2], 24)
        self.clock.at(-1, 10)
        self.register(event, 9, ("inspector",), today=True)

    # --- the steps of a session ----------------------------------------------------------------

    def recorder(self, event: Event) -> User:
        """Who records the session: the demo trainer where she may, else the administrator."""
        is_hers = events_recordable_by(self.team.trainer).filter(pk=event.pk).exists()
        return self.team.trainer if is_hers else self.team.admin

    def plan(
        self,
        code: str,
        kind: str,
        day: int,
        lead: Person,
        town: str,
        size: int,
        counting: str = Event.Counting.NAMED,
    ) -> Event:
        date = self.clock.day(day)
        hours = [MORNING, AFTERNOON] if kind == Event.Kind.TOT else [MORNING]
        planned_at = self.clock.at(min(day - 10, -2), 12)
        team = [(lead, Facilitation.Role.LEAD)]
        if kind == Event.Kind.TOT:
            team += [(who, Facilitation.Role.CO) for who in self.team.national[1:]]
        event = plan_event(
            Plan(
                programme=self.programme,
                course_version=self.version,
                kind=kind,
                mode=Event.Mode.ONLINE if code == "PK-PB" and size == TRAINED[code] else "room",
                area=self.areas[code],
                slots=[Slot(date, *hour) for hour in hours],
                team=team,
                languages=["ur", "en"],
                counting=counting,
                venue=f"{town} (demo)",
                host=self.bodies[code],
                planned=size,
            ),
            self.team.admin,
            at=planned_at,
            via=VIA,
        )
        return Event.objects.with_all_it_needs().get(pk=event.pk)

    def register(
        self,
        event: Event,
        size: int,
        roles: Sequence[str],
        known: Person | None = None,
        *,
        today: bool = False,
    ) -> list[Enrolment]:
        if not today:
            self.clock.now = dt.datetime.combine(event.first_day, dt.time(8, 30), self.zone)
        by = self.recorder(event)
        for place in range(size):
            about = self.inventor.person(roles, event.area, self.bodies[event.area.code])
            register(
                event,
                about,
                by,
                enrolment_id=self.new_id(),
                known=known if place == 0 else None,
                via=VIA,
            )
            self.clock.tick(40)
        return participants_of(event)

    @property
    def zone(self) -> dt.tzinfo | None:
        return self.clock.now.tzinfo

    def roll(self, event: Event, people: Sequence[Enrolment]) -> None:
        by = self.recorder(event)
        for unit in event.held_units:
            self.clock.now = dt.datetime.combine(unit.date, unit.starts, self.zone)
            for enrolment in people:
                value = self.chance.choices(["present", "late", "absent"], [92, 4, 4])[0]
                if enrolment is people[0]:
                    value = "present"  # who leads the cascade of the province afterwards
                mark(unit, enrolment, value, by, fact_id=self.new_id(), via=VIA)

    def results(self, event: Event, people: Sequence[Enrolment]) -> list[Marks]:
        """Totals of both tests on paper, typed in on the evening."""
        by = self.recorder(event)
        rows = totals(self.chance, len(people))
        self.clock.now = dt.datetime.combine(event.last_day, dt.time(19), self.zone)
        for enrolment, (before, after) in zip(people, rows, strict=True):
            for purpose, got in ((Purpose.PRE, before), (Purpose.POST, after)):
                if got is None:
                    continue
                line = Line(self.new_id(), f"{float(got):g}", "")
                enter_total(event, Row(enrolment, None, ""), purpose, line, FULL, by, via=VIA)
        return [Marks(one, *row) for one, row in zip(people, rows, strict=True)]

    def again(self, event: Event, marks: Sequence[Marks], months: int, day: int) -> None:
        """Most people of a session were visited some months later, and tested once more."""
        chance = random.Random(f"again {event.first_day} {months}")  # noqa: S311 (invented)
        now, by, test = self.clock.at(day, 15), self.recorder(event), f"retention-{months}"
        for one in marks:
            left = chance.uniform(*LEFT)
            if one.after is None or chance.randrange(100) >= TESTED_AGAIN:
                continue
            got = float(one.before + (one.after - one.before) * Fraction(left))
            own_id = uuid.UUID(int=chance.getrandbits(128), version=4)
            line = Line(own_id, f"{int(2 * got) / 2:g}", "", now.date())
            enter_total(event, Row(one.enrolment, None, ""), test, line, FULL, by, via=VIA)

    def close(self, event: Event, day: int, *, verified: bool = True) -> None:
        self.clock.at(day, 17)
        report(event, self.recorder(event), via=VIA)
        if verified:
            self.clock.at(day + 4, 10)
            verify(event, self.team.admin, via=VIA)

    def accredit(self, person: Person, day: int) -> None:
        self.clock.at(day, 12)
        start = self.clock.day(day)
        grant(
            person,
            self.programme,
            Accreditation.Level.MASTER,
            start,
            start + dt.timedelta(days=3 * 365),
            "Demo: training attended, teach-back and observation passed",
            self.team.admin,
            via=VIA,
        )

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)
