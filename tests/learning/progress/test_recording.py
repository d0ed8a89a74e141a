import uuid

import pytest
from django.utils import timezone

from learning.enrolment.enrolling import start_course
from learning.enrolment.models import Enrolment
from learning.progress.models import StepDone
from learning.progress.recording import mark_done, steps_done
from modules.courses.models import Course, CourseVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(cast) -> Enrolment:
    course = Course.objects.create(code="a-course", number=90, prefix="AC", status="open")
    CourseVersion.objects.create(
        course=course, number="1.0", released_at=timezone.now(), manifest={}, sha256="0" * 64
    )
    return start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)


def test_step_is_recorded_with_its_version_and_author(cast, enrolment):
    step = mark_done(enrolment, "one-language", cast.learner)

    assert step.course_version.number == "1.0"
    assert step.recorded_by == cast.learner
    assert steps_done(enrolment) == {"one-language"}


def test_double_click_and_retry_record_it_once(cast, enrolment):
    fact_id = uuid.uuid4()

    first = mark_done(enrolment, "mapping", cast.learner, fact_id=fact_id)
    again = mark_done(enrolment, "mapping", cast.learner, fact_id=fact_id)
    other_phone = mark_done(enrolment, "mapping", cast.learner, fact_id=uuid.uuid4())

    assert {first.pk, again.pk, other_phone.pk} == {fact_id}
    assert StepDone.objects.count() == 1


def test_order_does_not_matter(cast, enrolment):
    for key in ("mapping", "one-language", "two-axes"):
        mark_done(enrolment, key, cast.learner)

    assert steps_done(enrolment) == {"one-language", "two-axes", "mapping"}
