"""The tests of a course and what they earn, for the template of its page."""

from typing import Any

from django import template

from learning.home.awards import SessionTests, TestsOfCourse, session_tests_of, tests_of_course
from learning.templatetags.progress import enrolment_in
from modules.courses.models import CoursePage

register = template.Library()


@register.simple_tag(takes_context=True)
def tests_and_award(context: dict[str, Any], page: CoursePage) -> TestsOfCourse | None:
    """None where there is nothing to show: an announced course, or one without tests."""
    request = context.get("request")
    enrolment = enrolment_in(request, page) if request and hasattr(request, "user") else None
    return tests_of_course(page.course, enrolment)


@register.simple_tag(takes_context=True)
def session_tests(context: dict[str, Any], page: CoursePage) -> list[SessionTests]:
    """The tests that one's training sessions have opened; no query for a visitor."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or user.is_anonymous or user.person is None:
        return []
    return session_tests_of(user.person, page.course)
