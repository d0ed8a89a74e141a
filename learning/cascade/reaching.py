"""How many people a trainer has reached: named and verified ones, and the others apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from learning.cascade.attending import attendance_in
from learning.cascade.counting import was_trained
from learning.cascade.models import Event, EventFact, Facilitation, Headcount
from learning.enrolment.models import Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Area, Person


@dataclass(frozen=True)
class Reach:
    """Of the sessions that somebody led. Each session has one lead, so reaches may be added up."""

    led: int  # sessions that are over
    verified: int
    areas: Sequence[Area]  # where the verified ones were
    people: int  # trained, with names; somebody trained twice counts once
    women: int
    sex_not_stated: int
    nameless: int  # trained, registered without a name
    counted_sessions: int
    counted_people: int


def reach_of(person: Person) -> Reach:
    """What the verified sessions that `person` led come to; five queries at most."""
    led = _led_by(person)
    verified = [event for event in led if event.state == EventFact.What.VERIFIED]  # type: ignore[attr-defined]
    trained = _trained_in([event for event in verified if not event.is_headcount])
    # Who had a name when she was counted stays counted after it was erased.
    named = [one for one in trained if not one.is_anonymous or one.erased_at]
    counted = [event for event in verified if event.is_headcount]
    heads = Headcount.objects.filter(event__in=counted).aggregate(n=Sum("n"))
    return Reach(
        led=len(led),
        verified=len(verified),
        areas=sorted({event.area for event in verified}, key=lambda area: area.path),
        people=len(named),
        women=sum(one.sex == Person.Sex.FEMALE for one in named),
        sex_not_stated=sum(one.sex == Person.Sex.NOT_STATED for one in named),
        nameless=len(trained) - len(named),
        counted_sessions=len(counted),
        counted_people=heads["n"] or 0,
    )


def _led_by(person: Person) -> list[Event]:
    own = Facilitation.objects.filter(person__in=all_records_of(person))
    led = own.filter(role=Facilitation.Role.LEAD)
    events = Event.objects.with_all_it_needs().not_cancelled().filter(pk__in=led.values("event"))
    today = timezone.localdate()
    # A manifest weighs some 20 kB, and nothing here needs the titles in it.
    light = events.defer("cohort__course_version__manifest")
    return [event for event in light if event.last_day <= today]


def _trained_in(events: Sequence[Event]) -> set[Person]:
    """Everybody who was trained in at least one of these sessions, each by one record."""
    by_cohort = {event.cohort_id: event for event in events}
    enrolments = Enrolment.objects.in_force().filter(cohort__in=by_cohort)
    loaded = list(enrolments.select_related("person__merged_into"))
    roll = attendance_in(events, loaded)
    return {
        one.person.merged_into or one.person
        for one in loaded
        if was_trained(by_cohort[one.cohort_id], roll[one.pk])
    }


def people_in(events: Iterable[Event]) -> dict[int, int]:
    """How many people each session has registered, or counted; by its key, two queries."""
    events = list(events)
    found = {event.pk: 0 for event in events}
    own = {event.cohort_id: event.pk for event in events}
    enrolments = Enrolment.objects.in_force().filter(cohort__in=own)
    for cohort in enrolments.values_list("cohort", flat=True):
        found[own[cohort]] += 1
    heads = Headcount.objects.filter(event__in=events).values("event").annotate(total=Sum("n"))
    return found | {row["event"]: row["total"] for row in heads}
