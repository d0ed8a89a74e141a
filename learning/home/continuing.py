"""What stands on the home page: every course with one's progress, and where to go on."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from wagtail.models import Page

from learning.enrolment.models import Enrolment
from learning.people.models import Person
from learning.progress.recording import steps_done, with_steps
from learning.progress.standing import Standing
from modules.courses.models import CourseIndexPage
from modules.courses.outline import outline
from modules.courses.showing import Card, catalogue_context


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


def home_view(home: Page, person: Person | None, request: HttpRequest) -> HomeView:
    """The courses below `home`, with the progress of `person` where somebody is signed in.

    Three queries for a visitor, five for a learner.
    """
    index = CourseIndexPage.objects.child_of(home).live().first()
    cards = catalogue_context(index, request)["cards"] if index else []
    if person is None:
        return HomeView(tuple(CourseLine(card, None) for card in cards), None, None)
    enrolments = {
        enrolment.cohort.course_version.course_id: enrolment
        for enrolment in with_steps(Enrolment.objects.in_force().filter(person=person))
        .select_related("cohort__course_version")
        .order_by("created_at", "pk")
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
    return HomeView(lines, current, Standing(outline(current.page, request), done))


def last_worked_at(enrolment: Enrolment) -> tuple[bool, datetime]:
    """Orders courses by the last step done; one that was only started comes before all others."""
    at: datetime | None = vars(enrolment)["last_step_at"]  # as `with_steps` brings it along
    return (at is not None, at or enrolment.created_at)
