import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from learning.enrolment.enrolling import start_course
from learning.enrolment.permissions import may_read_course
from modules.courses.models import Course, CourseVersion

pytestmark = pytest.mark.django_db


def course_with(access: str) -> Course:
    course = Course.objects.create(
        code="a-course", number=90, prefix="AC", status="open", access=access
    )
    CourseVersion.objects.create(
        course=course, number="1.0", released_at=timezone.now(), manifest={}, sha256="0" * 64
    )
    return course


@pytest.mark.parametrize(
    ("access", "anonymous", "learner", "trainer"),
    [
        ("public", True, True, True),
        ("signed_in", False, True, True),
        ("enrolled", False, False, True),
    ],
)
def test_who_may_read(cast, access, anonymous, learner, trainer):
    course = course_with(access)

    assert may_read_course(AnonymousUser(), course) is anonymous
    assert may_read_course(cast.learner, course) is learner
    assert may_read_course(cast.trainer, course) is trainer


def test_who_started_the_course_may_read_it(cast):
    course = course_with("enrolled")

    start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    assert may_read_course(cast.learner, course)
    assert not may_read_course(cast.outsider, course)
