"""Catalogue, course and lesson as their readers get them."""

import re
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from learning.people.models import User
from modules.courses.models import LessonPage
from tests.modules.courses.conftest import EVERYTHING
from tests.modules.courses.making import block, make_course, make_lesson, translate

pytestmark = pytest.mark.django_db

LESSON = "/courses/trial/middle/"


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


# --- catalogue and course -------------------------------------------------------------------------


def test_catalogue_opens_courses_that_are_open_and_announces_the_others(client, lesson):
    make_course("later", number=82, status="announced")

    page = text_of(client.get("/courses/"))

    assert '<a href="/courses/trial/">Trial</a>' in page
    assert "3 lessons · about 5 h 30 min" in page
    assert "<h2>Later</h2>" in page
    assert "/courses/later/" not in page
    assert page.index("Trial") < page.index("Later")


def test_course_lists_its_lessons_and_sources_for_everybody(client, lesson):
    page = text_of(client.get("/courses/trial/"))

    assert '<a href="/courses/trial/before/">Lesson before</a>' in page
    assert re.findall(r'<span class="number">(81\.\d)</span>', page) == ["81.1", "81.2", "81.3"]
    assert "Title of E" in page
    assert "Title of W3" not in page  # cited for facilitators alone


def test_announced_course_says_so_and_what_it_will_cover(client, references):
    make_course("later", number=82, status="announced")

    page = text_of(client.get("/courses/later/"))

    assert "This course is announced." in page
    assert "What later is about." in page
    assert 'class="button"' not in page


def test_lessons_of_an_announced_course_do_not_exist(client, references):
    later = make_course("later", number=82, status="announced")
    make_lesson(later, "draft")

    assert client.get("/courses/later/draft/").status_code == 404
    assert client.get("/ur/courses/later/draft/").status_code == 404


# --- lesson ---------------------------------------------------------------------------------------


def test_lesson_shows_its_place(client, lesson):
    page = text_of(client.get(LESSON))

    assert '<p class="numeral" aria-hidden="true">81.2</p>' in page
    assert "Lesson 2 of 3 · 45 min · " in page
    assert '<a href="/courses/trial/"><bdi>Trial</bdi></a><b aria-current="page">2 of 3</b>' in page
    assert re.search(r'rel="prev" href="/courses/trial/before/">.*Lesson 1</span>', page)
    assert re.search(
        r'rel="next" href="/courses/trial/after/"><span>Next: lesson 3<small>Lesson after', page
    )


def test_first_and_last_lesson_lead_to_the_course(client, lesson):
    first = text_of(client.get("/courses/trial/before/"))
    last = text_of(client.get("/courses/trial/after/"))

    assert 'href="/courses/trial/"><svg' in first
    assert 'rel="prev"' not in first
    assert 'href="/courses/trial/"><span>Back to the course' in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize("path", ["/courses/", "/courses/trial/", LESSON, "/ur" + LESSON])
def test_one_h1_no_level_left_out_every_anchor_once(client, cast, lesson, path):
    client.force_login(cast.trainer)

    page = text_of(client.get(path))

    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []
    anchors = re.findall(r'\sid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_facilitators_matter_is_for_facilitators(client, cast, lesson):
    assert "Secret" not in text_of(client.get(LESSON))
    client.force_login(cast.learner)
    assert "Secret" not in text_of(client.get(LESSON))
    client.force_login(cast.trainer)
    page = text_of(client.get(LESSON))
    assert "Secret play" in page
    assert "Secret cards" in page
    client.force_login(cast.learner)
    assert "Secret" not in text_of(client.get(LESSON))


def test_nothing_personal_is_kept_with_the_text(client, cast, lesson):
    client.force_login(cast.trainer)
    assert "Tariq Trainer" in text_of(client.get(LESSON))
    client.force_login(cast.author)
    page = text_of(client.get(LESSON))

    assert "Asma Author" in page
    assert "Tariq Trainer" not in page
    assert page.count("csrfmiddlewaretoken") == 2  # to sign out, in the wide and the narrow menu


def test_alias_speaks_english_and_says_so_in_the_readers_language(client, lesson):
    page = text_of(client.get("/ur" + LESSON))

    box = page[page.index('<div class="text" lang="en" dir="ltr">') :]
    assert page[: -len(box)].count('<p class="note">') == 1
    assert "Part 1 of 2" in box
    assert 'href="/ur/glossary/#fund"' in box
    assert 'rel="next" href="/ur/courses/trial/after/"' in page


def test_draft_translation_says_that_it_awaits_its_reviewer(client, lesson):
    translate(lesson, "ur", title="سبق", review="draft")

    page = text_of(client.get("/ur" + LESSON))

    assert page.index('<p class="note">') < page.index('<div class="text">')


def test_a_lesson_translated_in_part_says_so_and_marks_what_is_english(client, lesson):
    card = block("pocket", "card", "1. قاعدہ۔")
    translate(lesson, "ur", title="سبق", review="reviewed", body=[*EVERYTHING[:2], card])

    page = text_of(client.get("/ur" + LESSON))

    assert page.count('<p class="note">') == 1
    assert "اس سبق کا کچھ حصہ ترجمہ ہوا ہے۔" in page
    assert '<section class="row" id="first" lang="en" dir="ltr">' in page
    assert '<section class="row" id="card" aria-labelledby="card-head">' in page


def test_a_lesson_translated_whole_marks_nothing(client, lesson):
    card = block("pocket", "card", "1. قاعدہ۔")
    words = {"title": "سبق", "purpose": "آپ یہ کر سکیں گے۔"}
    translate(lesson, "ur", **words, review="reviewed", body=[card])

    page = text_of(client.get("/ur" + LESSON))

    assert '<p class="note">' not in page
    assert 'lang="en"' not in page[page.index("<main") : page.index("</main>")]


def test_a_legal_caution_stands_above_the_lesson_until_it_is_cleared(client, cast, lesson):
    client.force_login(cast.learner)
    assert "Law of Punjab" not in text_of(client.get(LESSON))

    lesson.legal_caution = "punjab-2026"
    lesson.save_revision().publish()
    page = text_of(client.get(LESSON))
    assert page.index("<h1>") < page.index("Law of Punjab: ") < page.index('<div class="lesson"')
    assert "Law of Punjab: " in text_of(client.get("/ur" + LESSON))  # whose text is English

    lesson.legal_caution = "cleared"
    lesson.save_revision().publish()
    assert "Law of Punjab" not in text_of(client.get(LESSON))
    assert "Law of Punjab" not in text_of(client.get("/ur" + LESSON))


def test_a_translated_lesson_has_its_legal_caution_in_its_language(client, lesson):
    translate(lesson, "ur", title="سبق", review="draft", legal_caution="punjab-2026")

    page = text_of(client.get("/ur" + LESSON))

    assert "پنجاب کا قانون" in page
    assert "Law of Punjab" not in page


def test_editors_find_the_legal_caution_in_the_admin(lesson):
    form = LessonPage.get_edit_handler().get_form_class()(instance=lesson)

    assert dict(form.fields["legal_caution"].choices).keys() == {"", "punjab-2026", "cleared"}
    assert "until it is cleared" in form.fields["legal_caution"].help_text


def test_publishing_shows_at_once_in_every_language_that_follows(client, cast, lesson):
    client.force_login(cast.learner)
    text_of(client.get(LESSON)), text_of(client.get("/ur" + LESSON))
    lesson.body = [("keypoints", {"anchor": "new", "text": "- Brand new."})]
    lesson.save_revision().publish()

    assert "Brand new." in text_of(client.get(LESSON))
    assert "Brand new." in text_of(client.get("/ur" + LESSON))


def test_preview_shows_the_draft_and_keeps_nothing(client, cast, lesson):
    client.force_login(cast.trainer)
    lesson.body = [("keypoints", {"anchor": "new", "text": "- Only a draft."})]
    request = lesson.make_preview_request(
        preview_mode="", original_request=client.get(LESSON).wsgi_request
    )

    assert "Only a draft." in request.content.decode()
    assert "Only a draft." not in text_of(client.get(LESSON))


def test_preview_of_a_new_lesson_has_no_place_yet(client, cast, course):
    page = make_lesson(course, "new", block("keypoints", "k", "- Soon."))
    page.key = "renamed"

    response = page.make_preview_request()

    assert "Soon." in response.content.decode()
    assert 'class="next"' not in response.content.decode()


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "cold", "warm"),
    [
        ("/courses/trial/plain/", 12, 10),
        ("/ur/courses/trial/plain/", 12, 10),
        ("/courses/trial/", 12, 12),
        ("/ur/courses/trial/", 12, 12),
        ("/courses/", 12, 12),
    ],
)
def test_queries_stay_within_their_budgets(course, path, cold, warm):
    """Of a visitor's first visit, and of the second of somebody who is signed in, no learner yet.

    What questions and progress cost is pinned where they are at home.
    """
    make_lesson(course, "plain", *[part for part in EVERYTHING if part["type"] != "question"])
    visitor, reader = Client(), Client()
    reader.force_login(User.objects.create_user("reader"))

    assert queries_of(visitor, path) <= cold
    queries_of(reader, path)
    assert queries_of(reader, path) <= warm


def queries_of(client, path) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_queries_do_not_grow_with_the_lessons(client, lesson):
    """Measured after the first visit, which fills what Wagtail keeps of its sites."""
    client.get("/courses/trial/before/")
    few = [queries_of(client, path) for path in (LESSON, "/courses/trial/", "/courses/")]
    for number in range(3):
        make_lesson(lesson.course_page, f"more-{number}", block("keypoints", "k", "- [E]"))
    cache.clear()
    client.get("/courses/trial/before/")

    assert [queries_of(client, path) for path in (LESSON, "/courses/trial/", "/courses/")] == few


@pytest.mark.usefixtures("every_language")
def test_locale_of_the_page_is_the_readers(client, lesson):
    khmer = lesson.get_translation(Locale.objects.get(language_code="km"))

    assert client.get("/km" + LESSON).context["page"].pk == khmer.pk
