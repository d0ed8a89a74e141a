"""What is kept back until a date: its title and date are told, its text is nowhere."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from modules.courses.embargo import Upcoming, upcoming
from modules.courses.models import CoursePage, LessonPage
from modules.courses.searching import find_pages
from modules.courses.trees import fill_trees
from modules.editions.gathering import NoSuchText, gather
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]

OPENS = dt.datetime(2127, 3, 1, 6, tzinfo=dt.UTC)
COURSE, LESSON = "/courses/trial/", "/courses/trial/secret/"
WORD = "zanzibar"


def kept_back(course: CoursePage) -> LessonPage:
    """A second lesson, approved to open at `OPENS`."""
    text = block("text", "a", f"## A\n\n{WORD}. (own)")
    lesson = LessonPage(
        title="The secret", slug="secret", key="secret", purpose=f"{WORD}.", outcomes=["X1"],
        minutes=9, body=[text], live=False, locale=Locale.objects.get(language_code="en"),
    )  # fmt: skip
    course.refresh_from_db()
    course.add_child(instance=lesson)
    fill_trees(lesson)
    lesson.go_live_at = OPENS
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def lesson(db):
    course = make_course()
    make_lesson(course, "open")
    return kept_back(course)


def body(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("prefix", ["", "/ur", "/lo"])
def test_nobody_opens_it_before_in_any_language(client, lesson, prefix):
    assert client.get(prefix + LESSON).status_code == 404
    assert WORD not in body(client, prefix + COURSE)


def test_the_course_names_it_with_its_day_and_no_link(client, lesson):
    page = body(client, COURSE)

    assert "The secret" in page
    assert "from 1 March 2127" in page
    assert LESSON not in page
    assert "The secret" in body(client, "/ur" + COURSE)


def test_its_text_is_not_found_and_not_printed(lesson):
    locale = Locale.objects.get(language_code="en")
    anonymous = type("Visitor", (), {"is_anonymous": True})()

    assert find_pages(WORD, locale, anonymous).results.count() == 0
    matter = gather(lesson.course_page.course, "en")
    assert [one.key for one in matter.lessons] == ["open"]


def test_a_title_that_nobody_approved_is_not_told(lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(title="Unapproved")

    pages = LessonPage.objects.filter(locale__language_code="en")
    assert upcoming(pages) == [Upcoming("The secret", "2127-03-01")]


def test_a_date_alone_promises_nothing(lesson):
    lesson.revisions.update(approved_go_live_at=None)

    assert upcoming(LessonPage.objects.all()) == []


def test_on_its_day_it_opens_in_every_language(client, lesson):
    before = timezone.now() - dt.timedelta(minutes=1)
    revision = lesson.latest_revision
    revision.approved_go_live_at = before
    revision.content["go_live_at"] = before.isoformat()
    revision.save()

    call_command("publish_scheduled")

    assert client.get(LESSON).status_code == 200
    assert client.get("/ur" + LESSON).status_code == 200
    assert upcoming(LessonPage.objects.all()) == []


def test_a_course_that_is_kept_back_keeps_its_lessons(client, db):
    course = make_course()
    make_lesson(course, "open", block("text", "a", f"## A\n\n{WORD}. (own)"))
    course.unpublish()
    course.go_live_at = OPENS
    course.save_revision().publish()
    locale = Locale.objects.get(language_code="en")
    anonymous = type("Visitor", (), {"is_anonymous": True})()

    assert client.get(COURSE).status_code == 404
    assert client.get("/courses/trial/open/").status_code == 404
    catalogue = body(client, "/courses/")
    assert "Trial in full" in catalogue
    assert "from 1 March 2127" in catalogue
    assert find_pages(WORD, locale, anonymous).results.count() == 0
    with pytest.raises(NoSuchText):
        gather(course.course, "en")
