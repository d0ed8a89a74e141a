"""A course of two lessons that hold everything, with a question of each kind and two forms.

And a small one, with what a worker would make of its editions.
"""

import pytest
from django.db import transaction

from modules.courses.models import Course, CoursePage
from modules.editions import producing
from modules.editions.gathering import Matter, gather
from modules.editions.producing import Produced
from modules.papers.contents import Form, FormQuestion
from modules.papers.models import Test
from tests.modules.courses.conftest import EVERYTHING
from tests.modules.courses.making import block, make_course, make_lesson, make_references
from tests.modules.editions.making import DATA, make_small_course
from tests.modules.questions.making import make_all
from tests.modules.questions.samples import ENGLISH

PRACTICE = tuple(f"practice-{kind}" for kind in ENGLISH)
AGENDA = block("activity", "day", "## A whole day\n\nSteps.", minutes=240, materials="A hall")
MARKED = [
    block("text", "example", "## Worked\n\nLike this. (own)", print="example"),
    block("text", "task", "## Your turn\n\nDo it. (own)", print="exercise"),
    block("text", "steps", "## Visit\n\n1. Knock. (own)", print="steps"),
]


@pytest.fixture(scope="module")
def _full_course(matter, made_once) -> int:
    """After `matter`, whose course has the same code and is gone by then."""
    return make_full_course().pk


@pytest.fixture
def course(db, _full_course: int) -> Course:
    """Made once for the module."""
    return Course.objects.get(pk=_full_course)


def make_full_course() -> Course:
    make_references()
    page = make_course(minutes=330)
    questions = [block("question", f"ask-{n}", use=key) for n, key in enumerate(PRACTICE)]
    make_lesson(page, "alpha", *EVERYTHING, *questions)
    make_lesson(page, "beta", *MARKED, AGENDA, *EVERYTHING)
    make_all(dict(zip(PRACTICE, ENGLISH, strict=True)))
    for label in "AB":
        form = Form.objects.create(course_code=page.course.code, label=label)
        keys = {f"{label}-{kind}": kind for kind in ENGLISH}
        make_all(keys, use="test")
        FormQuestion.objects.bulk_create(
            FormQuestion(form=form, position=position, question_key=key)
            for position, key in enumerate(keys, 1)
        )
    Test.objects.create(course_code=page.course.code, purpose="pre", minutes=25, counts="first")
    return page.course


@pytest.fixture(scope="session")
def matter(django_db_setup, django_db_blocker) -> Matter:
    """What that course says; gathered once, since no test can change it. The course is gone."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = gather(make_full_course(), "en")
        transaction.set_rollback(True)
    return found


@pytest.fixture(autouse=True)
def _own_storage(settings):
    """Files of one test must not be there in the next."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture(scope="module")
def _small_course(made_once) -> int:
    return make_small_course().pk


@pytest.fixture
def small_course(db, _small_course: int) -> CoursePage:
    """The page of a course of one lesson; made once for the module."""
    return CoursePage.objects.get(pk=_small_course)


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The editions that were made, in the place of books that take a minute each."""
    names: list[str] = []

    def produce(course, edition, lang, suffix, report):
        report("pages", 40)
        names.append(f"{edition}.{lang}.{suffix}")
        return Produced(DATA, 48)

    monkeypatch.setattr(producing, "produce", produce)
    return names
