"""What of a course the reader has done, for the templates of pages."""

from typing import Any

from django import template
from django.http import HttpRequest

from learning.enrolment.models import Enrolment
from learning.progress.recording import newest_with_steps, steps_done
from learning.progress.standing import Standing
from modules.courses.models import CoursePage
from modules.courses.outline import outline

register = template.Library()


@register.simple_tag(takes_context=True)
def standing(context: dict[str, Any], page: CoursePage) -> Standing | None:
    """How far the signed-in reader is in the course of `page`; None for everybody else.

    One query for who is signed in, none for a visitor; asked once a request.
    """
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return None
    known: dict[int, Standing | None] = request.__dict__.setdefault("_standings", {})
    if page.course_id not in known:
        known[page.course_id] = find_standing(context, request, page)
    return known[page.course_id]


def find_standing(
    context: dict[str, Any], request: HttpRequest, page: CoursePage
) -> Standing | None:
    enrolment = enrolment_in(request, page)
    if enrolment is None:
        return None
    order = context.get("outline") or outline(page, request)
    return Standing(order, frozenset(steps_done(enrolment)))


def enrolment_in(request: HttpRequest, page: CoursePage) -> Enrolment | None:
    """The reader's enrolment in the course of `page`; asked once a request."""
    user = request.user
    if user.is_anonymous or user.person is None:
        return None
    known: dict[int, Enrolment | None] = request.__dict__.setdefault("_enrolments", {})
    if page.course_id not in known:
        known[page.course_id] = newest_with_steps(user.person, page.course)
    return known[page.course_id]
