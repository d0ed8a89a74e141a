"""Training sessions of the demo trainer for the pages of participants and of the roll."""

import datetime as dt
import uuid

from django.utils import timezone

from learning.cascade.attending import mark
from learning.cascade.clashing import Slot
from learning.cascade.closing import report
from learning.cascade.models import Event, Facilitation
from learning.cascade.planning import Plan, cancel_unit, plan_event
from learning.cascade.registering import About, participants_of, register
from learning.people.models import Area, Organisation, Programme, User
from modules.courses.models import Course

# For journeys: sessions in which nobody is registered yet, each for one of them.
EMPTY = ("keyboard", "away", "plain", "known", "pasted")
NAMES = (
    *("Bano Bibi", "Muhammad Aslam Khan", "Sokha Chan", "Noy Vongsa", "Rukhsana Parveen"),
    *("Ghulam Mustafa", "Saima Iqbal", "Abdul Rehman Baloch", "Nadia Hussain", "Imran Shah"),
)
URDU = ("بانو بی بی", "محمد اسلم خان", "", "", "رخسانہ پروین")


def people_places() -> dict[str, str]:
    """The ids of sessions by what the shots and journeys call them."""
    made = {f"people_{name}": made_in(number) for number, name in enumerate(EMPTY, 1)}
    made["people_none"] = made_in(10)
    made["people_many"] = with_roll(made_in(-2), 38)
    made["people_roll"] = with_people(made_in(11), 17)
    made["people_phones"] = with_people(made_in(12), 3)
    made["people_form"] = with_people(made_in(13), 3)
    made["people_closed"] = closed(made_in(-10))
    first = participants_of(made["people_many"])[0]
    ids = {name: str(event.uuid) for name, event in made.items()}
    return ids | {"people_person": str(first.uuid)}


def made_in(weeks: int) -> Event:
    """Two days with four half-days, so many weeks from now."""
    trainer = User.objects.get(username="trainer@demo.test")
    punjab = Area.objects.get(code="PK-PB")
    programme, _made = Programme.objects.get_or_create(
        code="pages", defaults={"area": punjab.parent, "names": {"en": "Programme of the pages"}}
    )
    first = timezone.localdate() + dt.timedelta(weeks=weeks)
    hours = ((dt.time(9), dt.time(12, 30)), (dt.time(13, 30), dt.time(17)))
    days = (first, first + dt.timedelta(days=1))
    plan = Plan(
        programme=programme,
        course_version=Course.objects.get(code="coordination").versions.latest("released_at"),
        kind=Event.Kind.CASCADE,
        mode=Event.Mode.ROOM,
        area=punjab,
        slots=[Slot(date, *half) for date in days for half in hours],
        team=[(trainer.person, Facilitation.Role.LEAD)],
        languages=["en", "ur"],
        venue="Directorate 07, Faisalabad",
    )
    return plan_event(plan, trainer)


def with_people(event: Event, many: int) -> Event:
    body = Organisation.objects.get(code="demo-institution")
    for n in range(many):
        names = {"Latn": f"{NAMES[n % len(NAMES)]} {'ABCD'[n // len(NAMES)]}"}
        if n < len(URDU) and URDU[n]:
            names["Arab"] = URDU[n]
        about = About(
            {} if n == 6 else names,
            sex="female" if n % 3 == 0 else "male",
            age_band="35-44",
            constituency="government",
            organisation=body,
            job_role="Inspector",
            area=event.area,
            agreed=n != 3,
        )
        register(event, about, None, enrolment_id=uuid.uuid4())
    return event


def with_roll(event: Event, many: int) -> Event:
    """The first half-day complete, the second begun, the last one cancelled."""
    with_people(event, many)
    first, second, _third, last = event.units.all()
    values = ("present", "present", "present", "late", "present", "absent", "left", "excused")
    for n, enrolment in enumerate(participants_of(event)):
        mark(first, enrolment, values[n % len(values)], None, fact_id=uuid.uuid4())
        if n < 11:
            mark(second, enrolment, values[n % len(values)], None, fact_id=uuid.uuid4())
    cancel_unit(event, last, "Heavy rain; the road was closed.")
    return event


def closed(event: Event) -> Event:
    values = ("present", "late", "absent")
    people = participants_of(with_people(event, len(values)))
    for unit in event.units.all():
        for enrolment, value in zip(people, values, strict=True):
            mark(unit, enrolment, value, None, fact_id=uuid.uuid4())
    report(event, None)
    return event
