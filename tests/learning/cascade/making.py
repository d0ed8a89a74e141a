"""A training session made by hand: who leads it, who takes part, what was noted."""

import datetime as dt
import uuid
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from learning.attempts.keying import key_total
from learning.cascade.accrediting import grant
from learning.cascade.attending import mark
from learning.cascade.clashing import Slot
from learning.cascade.closing import report, verify
from learning.cascade.models import Accreditation, Event, Facilitation
from learning.cascade.planning import Plan, plan_event
from learning.cascade.registering import About, participants_of, register
from learning.cascade.stickers import sticker_code
from learning.certificates.models import Issuer
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.models import Person, Programme
from tests.cast import Cast
from tests.learning.certificates.making import make_version

DAY = dt.date(2026, 3, 2)  # a Monday
MORNING = (dt.time(9), dt.time(12, 30))
AFTERNOON = (dt.time(13, 30), dt.time(17))


def two_days(first: dt.date = DAY) -> list[Slot]:
    """Four half-days of 210 minutes each."""
    days = (first, first + dt.timedelta(days=1))
    return [Slot(day, *hours) for day in days for hours in (MORNING, AFTERNOON)]


def make_plan(cast: Cast, **fields: Any) -> Plan:
    """A cascade session in Punjab, led by the trainer of the cast, on two days in March."""
    lead = fields.pop("lead", cast.trainer.person)
    return Plan(
        **{
            "programme": cast.programme,
            "course_version": fields.pop("version", None) or make_version(),
            "kind": Event.Kind.CASCADE,
            "mode": Event.Mode.ROOM,
            "area": cast.punjab,
            "slots": two_days(),
            "team": [(lead, Facilitation.Role.LEAD)],
            "languages": ["en", "ur"],
            "venue": "Directorate 07, Faisalabad",
        }
        | fields
    )


def make_event(cast: Cast, **fields: Any) -> Event:
    """The session of `make_plan`, with all it needs."""
    event = plan_event(make_plan(cast, **fields), cast.trainer)
    return loaded(event)


def loaded(event: Event) -> Event:
    """The same session as the database has it now."""
    return Event.objects.with_all_it_needs().get(pk=event.pk)


def add(event: Event, name: str = "", **about: Any) -> Enrolment:
    """A participant; without a name an anonymous one."""
    names = {"Latn": name} if name else {}
    known: Person | None = about.pop("known", None)
    return register(
        event, About(names=names, **about), None, enrolment_id=uuid.uuid4(), known=known
    )


def crowd(event: Event, many: int, **about: Sequence[str]) -> list[Enrolment]:
    """Many participants at once; each fact about them takes turns: sex=["female", "male"]."""
    people = Person.objects.bulk_create(
        Person(
            names={"Latn": f"Person {n}"},
            **{name: values[n % len(values)] for name, values in about.items()},
        )
        for n in range(many)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=event.cohort, person=person, code=sticker_code(n, event.uuid))
        for n, person in enumerate(people, 1)
    )
    EnrolmentFact.objects.bulk_create(
        EnrolmentFact(enrolment=one, what=EnrolmentFact.What.STARTED) for one in enrolments
    )
    return enrolments


def note(event: Event, enrolment: Enrolment, values: Sequence[str]) -> None:
    """Attendance by half-day: ["present", "late", …]."""
    for unit, value in zip(event.units.all(), values, strict=True):
        mark(unit, enrolment, value, None, fact_id=uuid.uuid4())


def there(event: Event) -> None:
    """Everybody was present in every half-day."""
    for enrolment in participants_of(event):
        note(event, enrolment, ["present"] * len(event.held_units))


def result(enrolment: Enrolment, purpose: str, got: float, full: int = 20) -> None:
    """A total, typed in from paper: of the first morning, or of the second day."""
    day = 2 if purpose == "pre" else 3
    key_total(
        enrolment,
        purpose,
        "",
        Fraction(got),
        full,
        None,
        line_id=uuid.uuid4(),
        sat_at=dt.datetime(2026, 3, day, 4, tzinfo=dt.UTC),
    )


def accredit(
    cast: Cast,
    person: Person | None = None,
    level: str = "trainer",
    *,
    programme: Programme | None = None,
    days: tuple[dt.date, dt.date] = (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
) -> Accreditation:
    """The trainer of the cast, for 2026, in her programme, unless told otherwise."""
    who = person or cast.trainer.person
    return grant(who, programme or cast.programme, level, *days, "Observed twice", None)


def give_issuer(cast: Cast) -> Issuer:
    return Issuer.objects.create(
        programme=cast.programme, organisation=cast.institution, code="PK-TEST"
    )


def verified_event(cast: Cast, **fields: Any) -> Event:
    """Two days with three people who were always there: Aamir 16 of 20, Bano 10 of 20, Chand 15.

    The lead trainer is accredited and the programme has an issuer.
    """
    accredit(cast)
    give_issuer(cast)
    event = make_event(cast, **fields)
    for name, before, after in (("Aamir", 8, 16), ("Bano", 6, 10), ("Chand", 9, 15)):
        enrolment = add(event, name)
        result(enrolment, "pre", before)
        result(enrolment, "post", after)
    there(event)
    report(event, cast.trainer)
    verify(event, cast.programme_admin)
    return loaded(event)
