"""A course with a lesson that asks one question of each kind."""

import pytest
from django.utils import timezone

from modules.courses.models import CourseVersion, LessonPage
from tests.modules.courses.making import block, make_course, make_lesson
from tests.modules.questions.making import make_all
from tests.modules.questions.samples import ENGLISH


@pytest.fixture(scope="module")
def _lesson(made_once) -> int:
    course = make_course("trial")
    CourseVersion.objects.create(
        course=course.course,
        number="1.0",
        released_at=timezone.now(),
        manifest={},
        sha256="0" * 64,
    )
    make_all({f"co-{kind}": kind for kind in ENGLISH})
    blocks = [block("question", f"q-{kind}", use=f"co-{kind}") for kind in ENGLISH]
    return make_lesson(course, "a-lesson", *blocks).pk


@pytest.fixture
def lesson(db, _lesson: int) -> LessonPage:
    """Made once for the module; as it is in the database, whatever a test before did with it."""
    return LessonPage.objects.get(pk=_lesson)
