"""Names of tests."""

from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext

from learning.certificates.issuers import time_zone_of
from learning.enrolment.models import Cohort
from learning.people.models import name_in
from modules.courses.models import CourseVersion
from modules.papers.models import Purpose

register = template.Library()


@register.simple_tag
def test_name(purpose: str) -> str:
    """What people call a test: “Pre-test”."""
    if purpose == Purpose.PRACTICE:
        return gettext("Practice test")
    return gettext("Pre-test") if purpose == Purpose.PRE else gettext("Post-test")


@register.simple_tag
def zone_of(cohort: Cohort) -> ZoneInfo:
    """The clock by which a cohort reads moments; two queries at most."""
    return time_zone_of(cohort)


@register.filter
def course_name(version: CourseVersion) -> str:
    """The title of a course version as it was released, and its number."""
    title = name_in(version.manifest.get("titles", {})) or version.course.code
    return gettext("{course}, version {number}").format(course=title, number=version.number)
