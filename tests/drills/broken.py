"""The site with the fault that R5 looks for: starting looks first and inserts afterwards."""

import time

from learning.wsgi import application  # isort: skip (sets Django up)

from learning.enrolment import views
from learning.enrolment.enrolling import current_version, open_cohort
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.models import Area, Person, User
from modules.courses.models import Course

__all__ = ["application"]


def start_course(person: Person, course: Course, country: Area, by: User) -> Enrolment:
    cohort = open_cohort(current_version(course), country)
    enrolment, _made = Enrolment.objects.get_or_create(cohort=cohort, person=person)
    if not enrolment.facts.exists():
        time.sleep(0.05)
        EnrolmentFact.objects.create(
            enrolment=enrolment, what=EnrolmentFact.What.STARTED, recorded_by=by
        )
    return enrolment


views.start_course = start_course
