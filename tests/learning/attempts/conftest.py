"""A course with a lesson that asks one question of each kind."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from modules.courses.models import CourseVersion, LessonPage
from tests.modules.courses.making import block, make_course, make_lesson
from tests.modules.questions.making import make_all
from tests.modules.questions.samples import ENGLISH


@pytest.fixture
def make_practice(db) -> Callable[..., LessonPage]:
    def make_practice(**facts) -> LessonPage:
        course = make_course("trial", **facts)
        CourseVersion.objects.create(
            course=course.course,
            number="1.0",
            released_at=timezone.now(),
            manifest={},
            sha256="0" * 64,
        )
        make_all({f"co-{kind}": kind for kind in ENGLISH})
        blocks = [block("question", f"q-{kind}", use=f"co-{kind}") for kind in ENGLISH]
        return make_lesson(course, "a-lesson", *blocks)

    return make_practice


@pytest.fixture
def lesson(make_practice) -> LessonPage:
    return make_practice()
