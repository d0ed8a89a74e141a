import pytest
from django.db import IntegrityError
from django.utils import timezone

from learning.enrolment.enrolling import (
    CannotStart,
    country_of,
    open_cohort,
    start_course,
    withdraw,
)
from learning.enrolment.models import Cohort, Enrolment
from learning.people.facts import FactIsFinal
from modules.courses.models import Course, CourseVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    course = Course.objects.create(code="a-course", number=90, prefix="AC", status="open")
    release(course, "1.0")
    return course


def release(course: Course, number: str) -> CourseVersion:
    return CourseVersion.objects.create(
        course=course, number=number, released_at=timezone.now(), manifest={}, sha256="0" * 64
    )


def facts(enrolment: Enrolment) -> list[str]:
    return list(enrolment.facts.order_by("received_at").values_list("what", flat=True))


def test_starting_enrols_in_the_cohort_of_the_country(cast, course):
    enrolment = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    assert enrolment.cohort.programme.code == "self-paced-pk"
    assert enrolment.cohort.course_version.number == "1.0"
    assert facts(enrolment) == ["started"]


def test_starting_twice_is_starting_once(cast, course):
    first = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)
    again = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    assert first == again
    assert facts(first) == ["started"]


def test_two_countries_have_two_cohorts(cast, course):
    version = course.versions.get()

    assert open_cohort(version, cast.pakistan) != open_cohort(version, cast.cambodia)
    assert open_cohort(version, cast.pakistan) == open_cohort(version, cast.pakistan)
    assert Cohort.objects.count() == 2


def test_leaving_and_coming_back(cast, course):
    enrolment = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)
    withdraw(enrolment, by=cast.learner)
    assert Enrolment.newest_of(cast.learner.person, course) is None

    back = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    assert back == enrolment
    assert facts(enrolment) == ["started", "withdrawn", "reinstated"]


def test_leaving_twice_is_recorded_once(cast, course):
    enrolment = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    withdraw(enrolment, by=cast.learner)
    withdraw(enrolment, by=cast.learner)

    assert facts(enrolment) == ["started", "withdrawn"]


def test_who_has_begun_a_version_goes_on_with_it(cast, course):
    old = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)
    release(course, "1.1")

    assert start_course(cast.learner.person, course, cast.pakistan, by=cast.learner) == old
    newcomer = start_course(cast.trainer.person, course, cast.pakistan, by=cast.trainer)
    assert newcomer.cohort.course_version.number == "1.1"


@pytest.mark.parametrize("status", ["announced", "open"])
def test_course_that_is_not_released_cannot_be_started(cast, status):
    course = Course.objects.create(code="later", number=91, prefix="LA", status=status)

    with pytest.raises(CannotStart, match="announced but not open"):
        start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    assert not Enrolment.objects.exists()


def test_country_is_where_the_person_works_or_the_course_belongs(cast, course):
    assert country_of(cast.learner.person, course) == cast.pakistan
    nowhere = cast.outsider.person
    nowhere.area_of_work = None
    assert country_of(nowhere, course) is None
    course.country = "KH"
    assert country_of(nowhere, course) == cast.cambodia


def test_database_keeps_one_enrolment_per_cohort(cast, course):
    enrolment = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    with pytest.raises(IntegrityError):
        Enrolment.objects.create(cohort=enrolment.cohort, person=cast.learner.person)


def test_facts_are_final(cast, course):
    fact = start_course(cast.learner.person, course, cast.pakistan, by=cast.learner).facts.get()
    fact.reason = "changed my mind"

    with pytest.raises(FactIsFinal):
        fact.save()


def test_newest_enrolment_costs_one_query(cast, course, django_assert_num_queries):
    start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)

    with django_assert_num_queries(1):
        enrolment = Enrolment.newest_of(cast.learner.person, course)
        assert enrolment.cohort.course_version.number == "1.0"
