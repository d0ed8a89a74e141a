"""The front page of who is signed in: the courses are kept, what she has done never is."""

import pytest

from learning.enrolment.enrolling import start_course
from learning.enrolment.models import Enrolment
from learning.progress.recording import mark_done
from modules.courses.models import CoursePage, LessonPage
from modules.courses.releasing import release
from tests.cast import sign_in
from tests.modules.courses.making import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client, cast, django_capture_on_commit_callbacks):
    """Signed in, enrolled in a course of two lessons."""
    with django_capture_on_commit_callbacks(execute=True):
        page = make_course()
        make_lesson(page, "one")
        make_lesson(page, "two")
        release(page.course, "1.0")
    start_course(cast.learner.person, page.course, cast.pakistan, cast.learner)
    sign_in(client, cast.learner)
    return cast.learner


def home(client, address="/") -> str:
    return client.get(address).content.decode()


def test_a_second_visit_asks_for_who_comes_and_what_she_has_done(
    client, learner, django_assert_num_queries
):
    home(client)

    with django_assert_num_queries(4):  # page, session, account, enrolments; the cache besides
        assert "Continue: lesson" in home(client)


def test_progress_shows_at_once(client, learner):
    assert "0 of 2 lessons done" in home(client)

    mark_done(Enrolment.objects.get(), "one", learner)

    assert "1 of 2 lessons done" in home(client)


def test_a_change_of_a_course_shows_at_once(client, learner, django_capture_on_commit_callbacks):
    home(client)
    page = CoursePage.objects.get(locale__language_code="en")
    page.summary = "What it is about now."

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
        make_lesson(page, "three")

    after = home(client)
    assert "What it is about now." in after
    assert "0 of 3 lessons done" in after


def test_lessons_in_another_order_show_at_once(client, learner, django_capture_on_commit_callbacks):
    assert "Lesson one</h2>" in home(client)
    one, two = (
        LessonPage.objects.get(key=key, locale__language_code="en") for key in ("one", "two")
    )

    with django_capture_on_commit_callbacks(execute=True):
        two.move(one, pos="left")

    assert "Lesson two</h2>" in home(client)


def test_each_language_has_its_own(client, learner):
    assert 'href="/courses/' in home(client)
    assert 'href="/ur/courses/' in home(client, "/ur/")
