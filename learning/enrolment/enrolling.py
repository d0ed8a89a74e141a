"""Starting, leaving and taking up a course again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.models import Area, Person, Programme, User
from modules.courses.models import Course, CourseVersion


class CannotStart(Exception):
    """Why a course cannot be started; the message is for the learner."""


def country_of(person: Person, course: Course) -> Area | None:
    """The country whose cohort `person` joins: where she works, else the course's own, if known."""
    if person.area_of_work:
        return Area.objects.get(code=person.area_of_work.country_code)
    if course.country:
        return Area.objects.get(code=course.country)
    return None


def current_version(course: Course) -> CourseVersion:
    """The newest released version. Raises `CannotStart` when the course has none."""
    version = course.versions.last() if course.status == Course.Status.OPEN else None
    if version is None:
        raise CannotStart(_("This course is announced but not open yet. Nothing was started."))
    return version


def self_paced_code(country_code: str) -> str:
    """The code of the programme in which people of a country take courses at their own pace."""
    return f"self-paced-{country_code.lower()}"


def self_paced_programme(country: Area) -> Programme:
    """That programme, made when it is first needed."""
    programme, _made = Programme.objects.get_or_create(
        code=self_paced_code(country.code),
        defaults={"area": country, "names": {"en": f"Self-paced courses, {country.names['en']}"}},
    )
    return programme


def self_paced_cohort(programme: Programme, version: CourseVersion) -> Cohort:
    """The cohort of a course version that has no dates, made when it is first needed."""
    cohort, _made = Cohort.objects.get_or_create(
        programme=programme, course_version=version, kind=Cohort.Kind.SELF_PACED
    )
    return cohort


@transaction.atomic
def open_cohort(version: CourseVersion, country: Area) -> Cohort:
    """The self-paced cohort of a course version in a country, made when it is first needed."""
    return self_paced_cohort(self_paced_programme(country), version)


@transaction.atomic
def start_course(person: Person, course: Course, country: Area, by: User | None) -> Enrolment:
    """Enrol `person` in the open cohort of the course's current version in `country`.

    Starting twice is starting once: an enrolment in force, in whatever version, is returned.
    Raises `CannotStart` for a course that is not open.
    """
    existing = Enrolment.newest_of(person, course)
    if existing is not None:
        return existing
    cohort = open_cohort(current_version(course), country)
    enrolment, made = Enrolment.objects.get_or_create(cohort=cohort, person=person)
    if _is_in_force(_lock(enrolment)):
        return enrolment  # another press of the button was faster
    what = EnrolmentFact.What.STARTED if made else EnrolmentFact.What.REINSTATED
    EnrolmentFact.objects.create(enrolment=enrolment, what=what, recorded_by=by)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, by: User | None, reason: str = "") -> None:
    """Record that the person left; doing so twice records it once."""
    if _is_in_force(_lock(enrolment)):
        EnrolmentFact.objects.create(
            enrolment=enrolment, what=EnrolmentFact.What.WITHDRAWN, recorded_by=by, reason=reason
        )


def _lock(enrolment: Enrolment) -> Enrolment:
    """Whoever looks at the facts of an enrolment before adding one does so alone."""
    return Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _is_in_force(enrolment: Enrolment) -> bool:
    return Enrolment.objects.in_force().filter(pk=enrolment.pk).exists()
