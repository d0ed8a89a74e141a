"""The tests of a course and what they earn, for the template of its page."""

from typing import Any

from django import template

from learning.home.awards import TestsOfCourse, tests_of_course
from learning.templatetags.progress import enrolment_in
from modules.courses.models import CoursePage

register = template.Library()


@register.simple_tag(takes_context=True)
def tests_and_award(context: dict[str, Any], page: CoursePage) -> TestsOfCourse | None:
    """None where there is nothing to show: an announced course, or one without tests."""
    request = context.get("request")
    enrolment = enrolment_in(request, page) if request and hasattr(request, "user") else None
    return tests_of_course(page.course, enrolment)
