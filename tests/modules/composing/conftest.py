"""A course with two outcomes, eight questions of tests and four of practice, and a blueprint."""

import pytest
from wagtail.models import Locale

from modules.papers.contents import Blueprint, Form
from modules.reference.models import Outcome
from tests.cast import sign_in
from tests.modules.courses.making import make_course
from tests.modules.questions.making import make_all

TEST_KEYS = [f"co-t{n}" for n in range(1, 9)]
PRACTICE_KEYS = [f"co-p{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def _course(made_once) -> None:
    make_course("coordination", number=71)
    english = Locale.objects.get(language_code="en")
    for code in ("CO1", "CO2"):
        Outcome.objects.create(
            course_code="coordination", code=code, level="apply", title=f"Do {code}", locale=english
        )
    make_all(dict.fromkeys(TEST_KEYS, "single"), use="test")
    make_all(dict.fromkeys(PRACTICE_KEYS, "single"), use="practice")
    for label, keys in (("A", TEST_KEYS[:4]), ("B", TEST_KEYS[4:])):
        form = Form.objects.create(course_code="coordination", label=label)
        for position, key in enumerate(keys, 1):
            form.questions.create(position=position, question_key=key)


@pytest.fixture
def course(db, _course) -> str:
    return "coordination"


@pytest.fixture
def blueprint(course) -> Blueprint:
    """Two questions of CO1 from a pool of all eight of tests; one stands in every paper."""
    blueprint = Blueprint.objects.create(course_code=course, key="main")
    blueprint.cells.create(outcome="CO1", level="apply", count=2)
    for key in TEST_KEYS:
        blueprint.pool.create(question_key=key, is_anchor=key == "co-t8")
    return blueprint


@pytest.fixture
def author(client, cast, course):
    return sign_in(client, cast.author)
