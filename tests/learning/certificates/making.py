"""A course with a test, people who did their share of it, and certificates made by hand."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import timezone

from learning.attempts import results
from learning.attempts.models import Sitting
from learning.certificates.issuing import approve
from learning.certificates.models import Certificate, Grade, Proposal
from learning.enrolment.enrolling import start_course
from learning.enrolment.models import Enrolment
from learning.people.models import Person
from learning.progress.recording import mark_done
from modules.courses.models import Course, CourseVersion

MANIFEST: dict[str, Any] = {
    "lessons": ["one", "two", "three", "four"],
    "minutes": {"one": 30, "two": 20, "three": 30, "four": 20},
    "titles": {"en": "Working together", "ur": "مل کر کام"},
    "outcomes": {
        "WT2": {"level": "apply", "titles": {"en": "Agree on who does what."}},
        "WT1": {"level": "apply", "titles": {"en": "Map a system.", "ur": "نظام کا نقشہ بنائیں۔"}},
    },
}


def make_version(code: str = "working-together", number: int = 71) -> CourseVersion:
    course = Course.objects.create(
        code=code, number=number, prefix=f"W{number}", status="open", minutes=330
    )
    return CourseVersion.objects.create(
        course=course,
        number="1.0",
        released_at=timezone.now(),
        manifest=MANIFEST,
        sha256="0" * 64,
    )


def enrol(person: Person, version: CourseVersion, *done: str) -> Enrolment:
    """Started by somebody working in Pakistan, with these lessons done."""
    country = person.area_of_work.parent or person.area_of_work
    enrolment = start_course(person, version.course, country, by=None)
    for lesson in done:
        mark_done(enrolment, lesson, by=None)
    return enrolment


def read_everything(person: Person, version: CourseVersion) -> Enrolment:
    return enrol(person, version, *MANIFEST["lessons"])


@dataclass
class TestResult:
    """Stands in for what the test after the course came to; `share` None: not handed in."""

    __test__ = False
    share: Fraction | None
    unmarked: int = 0
    handed_in_at: Any = None

    def __call__(self, enrolment: Enrolment) -> tuple[results.Mark, results.Result] | None:
        if self.share is None:
            return None
        mark = results.Mark(self.share * 15, Fraction(15), self.unmarked)
        sitting = Sitting(handed_in_at=self.handed_in_at or timezone.now())
        return mark, results.Result(sitting, mark, {})


def has_result(monkeypatch, share: Fraction | None, unmarked: int = 0, **kwargs: Any) -> None:
    """From now on courses have a test, and everybody this result."""
    monkeypatch.setattr("learning.certificates.issuing.has_post_test", lambda version: True)
    result = TestResult(share, unmarked, **kwargs)
    monkeypatch.setattr("learning.certificates.issuing.counted_result", result)


def certify(enrolment: Enrolment, grade: Grade = Grade.ACHIEVEMENT) -> Certificate:
    """The certificate of this grade, whatever was earned."""
    today = timezone.localdate()
    proposal, _made = Proposal.objects.get_or_create(
        enrolment=enrolment,
        grade=grade,
        defaults={
            "a_num": 1,
            "a_den": 1,
            "rule": {"scheme": "S1", "a_min": 80, "pass_mark": 70, "gap": 10, "gate": None},
            "work_began": today,
            "work_ended": today,
        },
    )
    return approve(proposal)
