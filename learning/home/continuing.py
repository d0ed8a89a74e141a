"""What stands on the home page: every course with one's progress, and where to go on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigAutoField, QuerySet
from django.http import HttpRequest

from learning.enrolment.models import Enrolment
from learning.people.models import Person
from learning.progress.recording import steps_done, with_steps
from learning.progress.standing import Standing
from modules.courses.models import HomePage
from modules.courses.showing import Card, cards_below, shelf_below
from modules.reference.statements import Slot, Statement


@dataclass(frozen=True)
class CourseLine:
    """A course of the catalogue; `done` is None for who has not started it."""

    card: Card
    done: int | None


@dataclass(frozen=True)
class HomeView:
    lines: tuple[CourseLine, ...]
    # The course worked at last, and how far it is; None before any course was started.
    current: Card | None
    standing: Standing | None


def taken() -> QuerySet[Enrolment]:
    """What a person has enrolled in and not left, with the steps done, the oldest first."""
    own = Enrolment.objects.in_force().filter(person=Slot("person", BigAutoField()))
    return with_steps(own).select_related("cohort__course_version").order_by("created_at", "pk")


TAKEN = Statement(taken)


def home_view(home: HomePage, person: Person | None, request: HttpRequest) -> HomeView:
    """The courses below `home`, with the progress of `person` where somebody is signed in.

    Three queries for a visitor, whose page is kept as a whole; two for a learner, one of the cache.
    """
    if person is None:
        lines = tuple(CourseLine(card, None) for card in cards_below(home, request))
        return HomeView(lines, None, None)
    shelf = shelf_below(home)
    cards = shelf.cards
    enrolments = {
        enrolment.cohort.course_version.course_id: enrolment
        for enrolment in TAKEN.run(person=person.pk)
    }
    lines = tuple(
        CourseLine(card, len(steps_done(started)) if started else None)
        for card in cards
        for started in [enrolments.get(card.page.course_id)]
    )
    latest = max(enrolments.values(), key=last_worked_at, default=None)
    current = next(
        (c for c in cards if latest and enrolments.get(c.page.course_id) is latest), None
    )
    if current is None or latest is None:
        return HomeView(lines, None, None)
    done = frozenset(steps_done(latest))
    return HomeView(lines, current, Standing(shelf.outlines[current.page.course_id], done))


def last_worked_at(enrolment: Enrolment) -> tuple[bool, datetime]:
    """Orders courses by the last step done; one that was only started comes before all others."""
    at: datetime | None = vars(enrolment)["last_step_at"]  # as `with_steps` brings it along
    return (at is not None, at or enrolment.created_at)
