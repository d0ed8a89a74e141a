"""People in the states that pictures need: a test open, passed, missed, waiting to be marked.

Runs inside the site that is photographed; `places` calls it.
"""

import json
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import hand_in, new_answer, save_answer, start
from learning.certificates.issuing import issue_due
from learning.certificates.models import CertificateFact
from learning.certificates.revoking import revoke
from learning.enrolment.enrolling import start_course
from learning.enrolment.models import Enrolment
from learning.people.models import Area, Person, User
from learning.people.roles import DEMO_PASSWORD
from learning.progress.recording import mark_done
from modules.courses.models import Course, CoursePage, LessonPage
from modules.papers.models import Purpose
from modules.questions.kinds import kind_of
from tests.pages.coursework_seeding import make_works
from tests.pages.doubles_seeding import make_doubles
from tests.pages.kinds_seeding import make_course_of_kinds
from tests.pages.parts_seeding import make_parts
from tests.pages.people_seeding import people_places
from tests.pages.places import MARK
from tests.pages.report_seeding import make_reports
from tests.pages.results_seeding import make_results
from tests.pages.rosters import make_rosters
from tests.pages.training_seeding import make_sessions


def make() -> None:
    """Prints the ids and tokens that the paths of shots name."""
    passed = person("passed", "Nasreen Gul", {"Arab": "نسرین گل"})
    sit(passed, Purpose.PRE, right=5)
    read(passed, 7)
    winning = sit(passed, Purpose.POST, right=13)
    certificate = issue_due(passed)
    revoked = person("revoked", "Bilal Khan")
    read(revoked, 7)
    sit(revoked, Purpose.POST, right=14)
    withdrawn = issue_due(revoked)
    admin = User.objects.get(username="admin@demo.test")
    revoke(withdrawn, by=admin, code=CertificateFact.Code.ERROR, note="For the picture")
    missed = person("missed", "Sokha Chan")
    first = sit(missed, Purpose.PRE, right=9)
    losing = sit(missed, Purpose.POST, right=4)
    going = person("going", "Aamir Baloch")
    read(going, 2)
    open_sitting = sit(going, Purpose.POST, right=6, is_open=True)
    person("started", "Noy Vongsa")
    long_ago(person("over", "Bounmy Keo"), timedelta(days=300))
    again = some_months_later(person("later", "Farah Siddiqui", {"Arab": "فرح صدیقی"}))
    reported = make_reports()
    make_course_of_kinds()
    make_doubles()
    question = next(q for q in questions_of(winning) if q.kind == "short").item
    print(  # noqa: T201 (read by `places`)
        MARK
        + json.dumps(
            {
                "winning": str(winning.uuid),
                "losing": str(losing.uuid),
                "pre": str(first.uuid),
                "open": str(open_sitting.uuid),
                "later": str(again.uuid),
                "certificate": certificate.token,
                "revoked": withdrawn.token,
                "question": question.question,
                **reported,
                **make_sessions(),
                **{q.kind: str(q.item.position) for q in questions_of(open_sitting)},
                **make_rosters(),
                **make_parts(),
                **make_works(coursework_people()),
                **people_places(),
                **make_results(right_answer),
                "changed_since": edit_lesson("compliance"),
                "unchanged_since": newest_version("coordination"),
            }
        )
    )


def edit_lesson(course: str) -> str:
    """Somebody writes another purpose after the release; returns the number of the release."""
    number = newest_version(course)
    page = CoursePage.objects.get(course__code=course, locale__language_code="en")
    lesson = LessonPage.objects.child_of(page).live().first()
    lesson.purpose = "By the end you can say what follows when nobody pays. (Invented.)"
    lesson.save_revision().publish()
    return number


def newest_version(course: str) -> str:
    return Course.objects.get(code=course).versions.latest("released_at").number


def person(username: str, name: str, more: dict[str, str] | None = None) -> Enrolment:
    """A learner who has started Coordination; signs in as `username`@demo.test."""
    area = Area.objects.get(code="PK-PB")
    someone = Person.objects.create(names={"Latn": name} | (more or {}), area_of_work=area)
    address = f"{username}@demo.test"
    user = User.objects.create_user(address, address, DEMO_PASSWORD, person=someone)
    course = Course.objects.get(code="coordination")
    return start_course(someone, course, Area.objects.get(code="PK"), user)


def some_months_later(enrolment: Enrolment) -> Sitting:
    """Tested three months and more ago, once more since, with the next wave to come."""
    long_ago(enrolment, timedelta(days=95))
    return sit(enrolment, Purpose.RETENTION, right=9)


def long_ago(enrolment: Enrolment, ago: timedelta) -> None:
    """Tested before the course and after it, on one day."""
    sit(enrolment, Purpose.PRE, right=5)
    sit(enrolment, Purpose.POST, right=13)
    for sitting in enrolment.sittings.all():
        began = sitting.started_at - ago
        Sitting.objects.filter(pk=sitting.pk).update(
            started_at=began, handed_in_at=began + timedelta(minutes=20)
        )


def coursework_people() -> dict[str, Enrolment]:
    """Who hands in, by what her pages show; the last one is still writing."""
    names = ("marked", "apart", "waiting", "example", "draft")
    return {name: person(f"works-{name}", f"Works {name.title()}") for name in names}


def read(enrolment: Enrolment, many: int) -> None:
    for key in list(enrolment.cohort.course_version.lesson_minutes)[:many]:
        mark_done(enrolment, key, None)


def sit(enrolment: Enrolment, purpose: Purpose, *, right: int, is_open: bool = False) -> Sitting:
    """A test with so many right answers, the first ones; the others are left open."""
    sitting = start(enrolment, purpose, seed=1)
    now = timezone.now()
    for question in questions_of(sitting)[:right] + questions_of(sitting)[-1:]:
        answer = new_answer(
            sitting,
            question.item.position,
            right_answer(question.definition),
            "en",
            None,
            fact_id=uuid.uuid4(),
            device=uuid.uuid4(),
            device_seq=1,
            captured_at=now,
        )
        save_answer(sitting, answer, now)
    return sitting if is_open else hand_in(sitting, None, now + timedelta(seconds=1))


WORDS = "They meet every second month, decide, and write down who does what until when."


def right_answer(definition: dict[str, Any]) -> Any:
    """What gets the full mark, in the question's own names; where a person marks, some words."""
    return kind_of(definition).right(definition) or WORDS
