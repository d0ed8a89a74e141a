"""Names of tests."""

from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext

from learning.attempts.naming import label_of_test
from learning.certificates.issuers import time_zone_of
from learning.enrolment.models import Cohort
from learning.people.models import name_in
from modules.courses.models import CourseVersion

register = template.Library()


@register.simple_tag
def test_name(name: str) -> str:
    """What people call a test: “Pre-test”, “Test after 3 months”."""
    return label_of_test(name)


@register.simple_tag
def zone_of(cohort: Cohort) -> ZoneInfo:
    """The clock by which a cohort reads moments; two queries at most."""
    return time_zone_of(cohort)


@register.filter
def course_name(version: CourseVersion) -> str:
    """The title of a course version as it was released, and its number."""
    title = name_in(version.manifest.get("titles", {})) or version.course.code
    return gettext("{course}, version {number}").format(course=title, number=version.number)
