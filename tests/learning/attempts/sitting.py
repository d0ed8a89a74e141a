"""A course with tests, made by hand: forms A and B ask a question of each kind, or of some."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from learning.attempts.models import Answer, Sitting
from learning.attempts.opening import Access, set_access
from learning.attempts.questions import questions_of
from learning.attempts.taking import new_answer
from learning.enrolment.enrolling import start_course
from learning.enrolment.models import Cohort, Enrolment
from modules.courses.models import CoursePage, CourseVersion
from modules.papers.contents import Form, FormQuestion
from modules.papers.drawing import freeze_form
from modules.papers.models import Test
from tests.modules.courses.making import make_course, make_lesson
from tests.modules.questions.making import make_all

# Of the usual course: marks, lines and totals of many tests are counted from these.
KINDS = (
    *("single", "scenario", "multiple", "truefalse"),
    *("matching", "ordering", "numeric", "short"),
)
RIGHT: dict[str, Any] = {
    "single": "b",
    "scenario": "b",
    "multiple": ["a", "c"],
    "truefalse": "false",
    "matching": {"a": "x", "b": "x", "c": "y"},
    "ordering": {"rules": 1, "problem": 2, "decide": 3, "date": 4},
    "numeric": "73.3",
    "short": "It helps people.",
}
# Of kinds that a tested course has only when it asks for them.
MORE_RIGHT: dict[str, Any] = {
    "multiple_truefalse": {key: "true" if key in "ac" else "false" for key in "abcde"},
    "hotspot": "b",
    "cloze": {"1": "payroll", "2": "55", "3": "contribution"},
    "essay": "Insurance is paid by its members, assistance by all.",
}
RIGHT_OF_EVERY_KIND = RIGHT | MORE_RIGHT
EVERY_KIND = tuple(RIGHT_OF_EVERY_KIND)  # that a learner answers herself
WRONG: dict[str, Any] = RIGHT | {
    "single": "a",
    "truefalse": "true",
    "numeric": "1",
    "multiple": ["b"],
}
LESSON_MINUTES = {"first": 45, "second": 15}


def make_tested_course(
    code: str = "tested", number: int = 85, kinds: Sequence[str] = KINDS, **rules: Any
) -> CoursePage:
    """An open course with two lessons (45 and 15 minutes), a pre-test and a post-test."""
    page = make_course(code, number=number)
    for key, minutes in LESSON_MINUTES.items():
        make_lesson(page, key, minutes=minutes)
    for label in ("A", "B"):
        form = Form.objects.create(course_code=code, label=label)
        keys = {f"{code}-{label.lower()}-{kind}": kind for kind in kinds}
        make_all(keys, use="test")
        FormQuestion.objects.bulk_create(
            FormQuestion(form=form, position=position, question_key=key)
            for position, key in enumerate(keys, 1)
        )
    Test.objects.create(course_code=code, purpose="pre", minutes=25, counts="first")
    Test.objects.create(
        **{
            "course_code": code,
            "purpose": "post",
            "minutes": 25,
            "attempts": 2,
            "wait_days": 7,
            "counts": "best",
            "feedback_when": "closed",
        }
        | rules
    )
    CourseVersion.objects.create(
        course=page.course,
        number="1.0",
        released_at=timezone.now(),
        manifest={
            "lessons": list(LESSON_MINUTES),
            "minutes": LESSON_MINUTES,
            "titles": {"en": page.title},
            "outcomes": {"CO1": {"level": "apply", "titles": {"en": "Apply it"}}},
        },
        sha256="0" * 64,
    )
    return page


def freeze_forms(page: CoursePage) -> None:
    """As after the first test of each form: for a course that many tests of a module sit."""
    for form in Form.objects.filter(course_code=page.course.code):
        freeze_form(form)


def enrol(user, page: CoursePage) -> Enrolment:
    return start_course(user.person, page.course, user.person.area_of_work, by=user)


def open_test(cohort: Cohort, purpose: str, **own: Any) -> None:
    """Let `cohort` take a test on devices, with dates or attempts of its own."""
    set_access(cohort, purpose, Access(is_offered=True, **own), None)


def add_test(page: CoursePage, purpose: str = "practice", **rules: Any) -> Test:
    """Another test of the course; practice draws on the same forms, which serves here."""
    return Test.objects.create(course_code=page.course.code, purpose=purpose, **rules)


def answer(sitting: Sitting, position: int, response: Any, *, seq: int = 1, **facts: Any) -> Answer:
    """An answer by a device of its own, not yet saved."""
    return new_answer(
        sitting,
        position,
        response,
        "en",
        facts.pop("by", None),
        fact_id=facts.pop("fact_id", uuid.uuid4()),
        device=facts.pop("device", uuid.uuid4()),
        device_seq=seq,
        captured_at=timezone.now(),
    )


def position_of(sitting: Sitting, kind: str) -> int:
    return next(q.item.position for q in questions_of(sitting) if q.kind == kind)
