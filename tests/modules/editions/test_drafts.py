"""Drafts on paper: of what was saved last, marked on every page, for who may edit it."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from learning.people.roles import synchronise_groups
from modules.courses.models import LessonPage
from modules.editions import draft_views
from modules.editions.compiling import write_book
from modules.editions.draft_views import draft_button, pdf_of
from modules.editions.gathering import gather
from modules.editions.kinds import Edition
from modules.printing.errors import RenderingFailed
from tests.cast import sign_in
from tests.modules.courses.making import block

pytestmark = pytest.mark.django_db

MARK = "Draft – not for distribution"
FAINT = b"/a0.16 gs"


@pytest.fixture
def draft(course) -> LessonPage:
    """The second lesson, with a text that nobody has published."""
    lesson = LessonPage.objects.get(key="beta", locale__language_code="en")
    lesson.title = "Beta anew"
    lesson.body = [block("text", "new", "## New\n\nUnpublished words. (own)")]
    lesson.save_revision()
    return LessonPage.objects.get(pk=lesson.pk)


def test_a_draft_is_the_lesson_alone_as_it_was_last_saved(course, draft):
    book = write_book(gather(course, "en", draft_of=draft), Edition.ORIENTATION_PACK)

    assert [(one.number, one.title) for one in book.chapters if one.kind == "lesson"] == [
        ("2", "Beta anew")
    ]
    assert "Unpublished words." in "".join(chapter.html for chapter in book.chapters)
    assert not [chapter for chapter in book.chapters if chapter.kind == "test"]
    assert book.watermark == MARK


def test_what_is_published_has_no_mark_and_no_draft(course, draft):
    book = write_book(gather(course, "en"), Edition.ORIENTATION_PACK)

    assert book.watermark == ""
    assert "Unpublished words." not in "".join(chapter.html for chapter in book.chapters)


def test_the_mark_stands_on_every_page(draft):
    """Readers of text pass over slanted words, so its colour is looked for, used nowhere else."""
    pdf = pikepdf.open(io.BytesIO(pdf_of(draft)))

    pages = [page.Contents.read_bytes() for page in pdf.pages]

    assert len(pages) > 3
    assert all(FAINT in page for page in pages)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        *(("author", True), ("reviewer", True), ("translator", True)),
        *(("legal_reviewer", False), ("learner", False), ("outsider", False)),
    ],
)
def test_who_may_edit_a_page_prints_its_draft(cast, draft, monkeypatch, role, may):
    monkeypatch.setattr(draft_views, "pdf_of", lambda page: b"%PDF")
    user = getattr(cast, role)
    synchronise_groups(user)

    answer = sign_in(Client(), user).get(reverse("page_draft", args=[draft.pk]))

    assert (answer.status_code == 200) is may
    assert bool(draft_button(draft, user)) is may
    if may:
        assert "no-store" in answer["Cache-Control"]


def test_a_legal_reviewer_prints_what_waits_for_her(cast, draft):
    draft.legal_caution = "punjab-2026"
    draft.save_revision()
    state = draft.get_workflow().start(draft, cast.author)
    state.current_task_state.approve(user=cast.reviewer)
    synchronise_groups(cast.legal_reviewer)

    waiting = LessonPage.objects.get(pk=draft.pk)

    assert draft_button(waiting, cast.legal_reviewer)


def test_a_course_leads_to_the_drafts_of_its_lessons(cast, draft):
    client = sign_in(Client(), cast.author)

    page = client.get(reverse("page_draft", args=[draft.course_page.pk])).content.decode()

    assert "Beta anew" in page
    assert reverse("page_draft", args=[draft.pk]) in page


def test_what_stands_for_an_english_page_has_no_draft(cast, draft):
    alias = LessonPage.objects.get(alias_of=draft, locale__language_code="ur")
    synchronise_groups(cast.author)

    assert draft_button(alias, cast.author) == []


def test_a_draft_that_takes_too_long_says_so(cast, draft, monkeypatch):
    def fail(page):
        raise RenderingFailed("The page took longer than 40 seconds.")

    monkeypatch.setattr(draft_views, "pdf_of", fail)

    answer = sign_in(Client(), cast.author).get(reverse("page_draft", args=[draft.pk]))

    assert "The page took longer than 40 seconds." in answer.content.decode()
