import pytest

from learning.enrolment.enrolling import self_paced_cohort, start_course, withdraw
from learning.enrolment.enrolling_lists import Enrolled, Standing, enrol_list, standings
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.facts import Fact
from learning.people.models import Person
from tests.learning.certificates.making import make_version

VIA = Fact.Via.IMPORT


@pytest.fixture
def cohort(cast) -> Cohort:
    return self_paced_cohort(cast.programme, make_version())


def make_people(many: int) -> list[int]:
    return [Person.objects.create(names={"Latn": f"Person {n}"}).pk for n in range(many)]


def test_people_of_a_list_are_enrolled_by_facts(cast, cohort):
    people = make_people(2)

    assert enrol_list(cohort, people, cast.area_admin, VIA) == Enrolled(2, 0, 0)

    facts = EnrolmentFact.objects.filter(enrolment__person__in=people)
    assert {(f.what, f.captured_via, f.recorded_by) for f in facts} == {
        ("started", "import", cast.area_admin)
    }
    assert Enrolment.objects.in_force().filter(cohort=cohort).count() == 2


def test_enrolling_twice_enrols_once(cast, cohort):
    people = make_people(3)
    enrol_list(cohort, people[:2], None, VIA)

    assert enrol_list(cohort, people, None, VIA) == Enrolled(1, 0, 2)
    assert EnrolmentFact.objects.count() == 3


def test_who_left_is_taken_up_again(cast, cohort):
    people = make_people(1)
    enrol_list(cohort, people, None, VIA)
    withdraw(Enrolment.objects.get(), None)

    assert standings(people, cohort.course_version, cohort) == {people[0]: Standing.LEFT}
    assert enrol_list(cohort, people, None, VIA) == Enrolled(0, 1, 0)
    assert [f.what for f in EnrolmentFact.objects.all()] == ["started", "withdrawn", "reinstated"]


def test_who_takes_the_course_elsewhere_goes_on_there(cast, cohort):
    learner = cast.learner.person
    course = cohort.course_version.course
    own = start_course(learner, course, cast.pakistan, cast.learner)

    assert standings([learner.pk], cohort.course_version, None) == {learner.pk: Standing.ALREADY}
    assert enrol_list(cohort, [learner.pk], None, VIA) == Enrolled(0, 0, 1)
    assert list(Enrolment.objects.filter(person=learner)) == [own]


def test_a_training_session_keeps_nobody_from_the_course(cast, cohort):
    learner = cast.learner.person
    event = Cohort.objects.create(
        programme=cast.programme, course_version=cohort.course_version, kind=Cohort.Kind.EVENT
    )
    enrol_list(event, [learner.pk], None, VIA)

    assert enrol_list(cohort, [learner.pk], None, VIA) == Enrolled(1, 0, 0)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(cohort, many, django_assert_num_queries):
    people = make_people(many)

    with django_assert_num_queries(9):  # two of them savepoints
        enrol_list(cohort, people, None, VIA)


def test_nobody_is_enrolled_by_an_empty_list(cohort):
    assert enrol_list(cohort, [], None, VIA) == Enrolled(0, 0, 0)
