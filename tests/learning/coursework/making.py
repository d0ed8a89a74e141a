"""A course with coursework, and people of one cohort who hand it in."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.coursework.files import check_upload
from learning.coursework.handing_in import begin, hand_in, save_draft
from learning.coursework.models import ReviewTask, Work
from learning.coursework.reviewing import give_review, rate_example
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.people.models import Programme, User
from modules.courses.models import CourseVersion
from modules.coursework.models import Assignment
from tests.modules.courses.making import make_course, make_lesson
from tests.modules.questions.making import make as make_question
from tests.modules.questions.samples import english

KEY = "note"
# Levels of the sample: clear has 0, 1, 3 points, true 0 and 4.
EXAMPLE = {"clear": "0", "true": "4"}
PDF = b"%PDF-1.7\n%body"


def make_coursework(code: str = "worked", number: int = 89, **settings: Any) -> Assignment:
    """An open course with one task; two reviews of each work, in seven days."""
    page = make_course(code, number=number)
    make_lesson(page, "a-lesson")
    criteria = [
        one | {"example": EXAMPLE[one["key"]], "why": f"Why {one['key']}."}
        for one in english("essay")["criteria"]
    ]
    table = {"title": "A note on two families", "example": "Members pay.", "criteria": criteria}
    make_question(f"{code}-note", "essay", use="test", **table)
    CourseVersion.objects.create(
        course=page.course,
        number="1.0",
        released_at=timezone.now(),
        manifest={"lessons": ["a-lesson"], "titles": {"en": page.title}},
        sha256="0" * 64,
    )
    return Assignment.objects.create(
        course_code=code, key=KEY, question_key=f"{code}-note", **{"reviews": 2} | settings
    )


def cohort_of(assignment: Assignment, programme: Programme) -> Cohort:
    version = CourseVersion.objects.get(course__code=assignment.course_code)
    cohort, _made = Cohort.objects.get_or_create(programme=programme, course_version=version)
    return cohort


def enrol(user: User, cohort: Cohort) -> Enrolment:
    enrolment = Enrolment.objects.create(cohort=cohort, person=user.person)
    EnrolmentFact.objects.create(enrolment=enrolment, what=EnrolmentFact.What.STARTED)
    return enrolment


def draft(enrolment: Enrolment, assignment: Assignment, text: str = "", file: bytes = b"") -> Work:
    work = begin(enrolment, assignment, "en")
    name = f"{enrolment.person.name('en')}.pdf"
    sent = check_upload(SimpleUploadedFile(name, file), ["pdf"], 1) if file else None
    return save_draft(work, text, "en", file=sent)


def handed_in(
    enrolment: Enrolment, assignment: Assignment, text: str = "Words.", file: bytes = b""
) -> Work:
    return hand_in(draft(enrolment, assignment, text, file), None, uuid.uuid4())


def tasks_for(enrolment: Enrolment) -> list[ReviewTask]:
    return list(ReviewTask.objects.filter(reviewer=enrolment).order_by("pk"))


def calibrate(enrolment: Enrolment, work: Work, rating: dict[str, str] = EXAMPLE) -> None:
    by = enrolment.person.user
    rate_example(enrolment, work.question_version, rating, by, uuid.uuid4())


def review(task: ReviewTask, clear: str = "1", true: str = "4", comment: str = "Good.") -> None:
    """As her reviewer finds it; she rates the example first."""
    calibrate(task.reviewer, task.work)
    rating = {"clear": clear, "true": true}
    give_review(task, rating, comment, task.reviewer.person.user, uuid.uuid4())
