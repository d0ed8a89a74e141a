"""Makes the course and the learners of a drill, with sessions of their own.

Called on the site's own data: see `ground.Ground.run`.
"""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import start
from learning.people.models import Area, User
from modules.courses.models import CoursePage
from modules.papers.asking import PaperQuestion
from modules.papers.contents import Form, FormQuestion
from modules.papers.models import Purpose
from tests.cast import make_user, sign_in
from tests.learning.attempts.sitting import (
    EVERY_KIND,
    KINDS,
    LESSON_MINUTES,
    RIGHT_OF_EVERY_KIND,
    enrol,
    make_tested_course,
)
from tests.modules.papers.test_drawing import as_posted
from tests.modules.questions.making import make_all

COURSE = "drilled"
# What people answer when they do not know all of it: wrong, or right in part.
OTHERWISE: dict[str, Any] = {
    **dict.fromkeys(("single", "scenario", "hotspot"), "a"),
    "multiple": ["a", "b", "c"],
    "truefalse": "true",
    "multiple_truefalse": {"a": "true", "b": "true", "d": "false"},
    "matching": {"a": "y", "b": "x", "c": "y"},
    "ordering": {"rules": 2, "problem": 1, "decide": 3, "date": 4},
    "numeric": "1",
    "short": "Nobody knows.",
    "cloze": {"1": "payroll", "2": "55", "3": "?"},
    "essay": "There are two of them.",
}


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def sow(sitting: dict[str, int], newcomers: int, sessions: int) -> dict[str, Any]:
    """By name, groups of learners who sit a pre-test that lasts a day; those with phones have as
    many `sessions`, of which one after the other may end. `newcomers` have not started the course.
    """
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        page = make_tested_course(COURSE, kinds=EVERY_KIND)
        add_questions()
        return {
            "course": COURSE,
            "lessons": list(LESSON_MINUTES),
            **{
                name: [
                    learner(page, f"{name}-{n}", sessions if name == "phones" else 1)
                    for n in range(many)
                ]
                for name, many in sitting.items()
            },
            "newcomers": [newcomer(number) for number in range(newcomers)],
        }


def add_questions() -> None:
    """Some kinds once more: tests of the drills ask twenty questions."""
    for form in Form.objects.filter(course_code=COURSE):
        keys = {f"{COURSE}-{form.label.lower()}-{kind}-again": kind for kind in KINDS}
        make_all(keys, use="test")
        FormQuestion.objects.bulk_create(
            FormQuestion(form=form, position=len(EVERY_KIND) + n, question_key=key)
            for n, key in enumerate(keys, 1)
        )


def learner(page: CoursePage, name: str, sessions: int) -> dict[str, Any]:
    user = member(name)
    sitting = start(enrol(user, page), Purpose.PRE)
    tomorrow = timezone.now() + timedelta(days=1)
    Sitting.objects.filter(pk=sitting.pk).update(deadline_at=tomorrow)
    keys = [session_of(user) for _session in range(sessions)]
    return {
        "session": keys[0],
        "sessions": keys,
        "sitting": str(sitting.uuid),
        "positions": [choices(question) for question in questions_of(sitting)],
    }


def choices(question: PaperQuestion) -> list[dict[str, Any]]:
    """Answers to a question: what a browser sends, and what is to be stored."""
    kind = question.kind
    return [
        {"fields": as_posted(kind, question.given(response)), "response": response}
        for response in (RIGHT_OF_EVERY_KIND[kind], OTHERWISE[kind])
    ]


def newcomer(number: int) -> dict[str, Any]:
    user = member(f"newcomer-{number}")
    return {"session": session_of(user), "person": user.person.pk}


def member(name: str) -> User:
    return make_user(name, name.title(), Area.objects.get(code="PK-PB"))


def session_of(user: User) -> str:
    return sign_in(Client(headers={"host": "localhost"}), user).cookies["sessionid"].value
