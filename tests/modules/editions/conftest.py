"""A course of two lessons that hold everything, with a question of each kind and two forms.

And a small one, with what a worker would make of its editions.
"""

import pytest

from modules.editions import producing
from modules.editions.gathering import gather
from modules.editions.producing import Produced
from modules.papers.models import Form, FormQuestion, Test
from tests.modules.courses.conftest import EVERYTHING, references  # noqa: F401 (a fixture)
from tests.modules.courses.making import block, make_course, make_lesson
from tests.modules.editions.making import DATA, make_small_course
from tests.modules.questions.samples import ENGLISH
from tests.modules.questions.test_asking import make

PRACTICE = tuple(f"practice-{kind}" for kind in ENGLISH)
AGENDA = block("activity", "day", "## A whole day\n\nSteps.", minutes=240, materials="A hall")
MARKED = [
    block("text", "example", "## Worked\n\nLike this. (own)", print="example"),
    block("text", "task", "## Your turn\n\nDo it. (own)", print="exercise"),
    block("text", "steps", "## Visit\n\n1. Knock. (own)", print="steps"),
]


@pytest.fixture
def course(references):  # noqa: F811 (the fixture)
    page = make_course(minutes=330)
    questions = [block("question", f"ask-{n}", use=key) for n, key in enumerate(PRACTICE)]
    make_lesson(page, "alpha", *EVERYTHING, *questions)
    make_lesson(page, "beta", *MARKED, AGENDA, *EVERYTHING)
    for kind, key in zip(ENGLISH, PRACTICE, strict=True):
        make(key, kind)
    for label in "AB":
        form = Form.objects.create(course_code=page.course.code, label=label)
        for position, kind in enumerate(ENGLISH, 1):
            make(f"{label}-{kind}", kind, use="test")
            FormQuestion.objects.create(
                form=form, position=position, question_key=f"{label}-{kind}"
            )
    Test.objects.create(course_code=page.course.code, purpose="pre", minutes=25, counts="first")
    return page.course


@pytest.fixture
def matter(course):
    return gather(course, "en")


@pytest.fixture(autouse=True)
def _own_storage(settings):
    """Files of one test must not be there in the next."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def small_course(db):
    """The page of a course of one lesson."""
    return make_small_course()


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
