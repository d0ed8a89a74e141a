"""How many queries the pages that are opened most cost, however much stands on them.

For learners and for pages kept for visitors with the cache in the database, as usual.
"""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.enrolment.enrolling import start_course
from learning.people.models import User
from learning.progress.recording import mark_done
from modules.courses.keeping import renew_mark
from modules.courses.models import CoursePage, CourseVersion
from modules.papers import models as papers
from tests.cast import sign_in
from tests.modules.courses.making import DRAWING, block, make_course, make_lesson
from tests.modules.questions.making import make as make_question

pytestmark = pytest.mark.django_db

HOME, COURSE, LESSON = "/", "/courses/course-1/", "/courses/course-1/lesson-1/"


@pytest.fixture
def database_cache(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_of_this_test",
        }
    }
    call_command("createcachetable", verbosity=0)


def make_courses(many: int) -> list[CoursePage]:
    """`many` courses with `many` lessons each, of `many` questions and figures each."""
    return [fill(make_course(f"course-{n}", number=80 + n), many) for n in range(1, many + 1)]


def fill(course: CoursePage, many: int) -> CoursePage:
    CourseVersion.objects.create(
        course=course.course, number="1.0", released_at=timezone.now(), manifest={}, sha256="0" * 64
    )
    for purpose in papers.Purpose.values:
        papers.Test.objects.create(course_code=course.slug, purpose=purpose, minutes=25)
    for n in range(1, many + 1):
        blocks = [block("text", "text", "## Part\n\nWords. (own)")]
        for q in range(many):
            key = f"{course.slug}-{n}-{q}"
            make_question(key)
            blocks.append(block("question", f"q-{q}", use=key))
            drawing = {"file": "figures/a.svg", "alt": "A.", "drawing": DRAWING}
            blocks.append(block("figure", f"f-{q}", "Drawn.\n\n- A: one", **drawing))
        make_lesson(course, f"lesson-{n}", *blocks)
    return course


@pytest.fixture
def learner(client: Client, cast, database_cache) -> Callable[[int], Client]:
    """A learner who started all of the `many` courses and finished a lesson of each."""

    def begin(many: int) -> Client:
        for course in make_courses(many):
            enrol(cast.learner, course)
        return sign_in(client, cast.learner)

    def enrol(user: User, course: CoursePage) -> None:
        area = user.person.area_of_work.parent
        enrolment = start_course(user.person, course.course, area, user)
        mark_done(enrolment, "lesson-1", user)

    return begin


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("address", "number"), [(HOME, 6), (COURSE, 12), (LESSON, 9)])
def test_a_learner_of_the_course(learner, many, address, number):
    client = learner(many)
    client.get(address)

    assert queries_of(client, address) == number


@pytest.mark.parametrize("address", [HOME, COURSE, LESSON, f"/ur{LESSON}"])
def test_a_visitor_of_a_page_that_is_kept(client, database_cache, address):
    make_courses(1)
    client.get(address)

    assert queries_of(Client(), address) == 1  # the mark and the page together


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"), [(HOME, 13), (COURSE, 19), (LESSON, 12), (f"/ur{LESSON}", 12)]
)
def test_first_visitor_after_a_change_of_something_else(
    client, database_cache, many, address, number
):
    """With the cache's own queries, of which keeping the page takes five."""
    make_courses(many)
    client.get(address)
    renew_mark()

    assert queries_of(client, address) == number


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"), [(HOME, 7), (COURSE, 13), (LESSON, 6), (f"/ur{LESSON}", 7)]
)
def test_first_visitor_of_all(client, many, address, number):
    """With an empty cache, without the cache's own queries."""
    make_courses(many)

    assert queries_of(client, address) == number
