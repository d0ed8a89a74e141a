"""What stands on the home page: every course with one's progress, and where to go on."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from learning.enrolment.models import Enrolment
from learning.people.models import Person
from learning.progress.models import StepDone
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

    Three queries for a visitor; six for a learner.
    """
    index = CourseIndexPage.objects.child_of(home).live().first()
    cards = catalogue_context(index, request)["cards"] if index else []
    if person is None:
        return HomeView(tuple(CourseLine(card, None) for card in cards), None, None)
    enrolments = {
        enrolment.cohort.course_version.course_id: enrolment
        for enrolment in Enrolment.objects.in_force()
        .filter(person=person)
        .select_related("cohort__course_version")
        .order_by("created_at", "pk")
    }
    steps = list(
        StepDone.objects.filter(enrolment__in=enrolments.values())
        .order_by("received_at")
        .values_list("enrolment_id", "step_key")
    )
    counts = Counter(enrolment for enrolment, _step in steps)
    lines = tuple(
        CourseLine(card, counts[started.pk] if started else None)
        for card in cards
        for started in [enrolments.get(card.page.course_id)]
    )
    latest = steps[-1][0] if steps else max((e.pk for e in enrolments.values()), default=None)
    current = next(
        (c for c in cards if (e := enrolments.get(c.page.course_id)) and e.pk == latest), None
    )
    if current is None:
        return HomeView(lines, None, None)
    done = frozenset(step for enrolment, step in steps if enrolment == latest)
    return HomeView(lines, current, Standing(outline(current.page, request), done))
