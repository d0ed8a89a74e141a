"""Drafts on paper: of what was saved last, marked on every page, for who may edit it."""

import io

import pikepdf
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from learning.people.roles import synchronise_groups
from modules.courses.models import CoursePage, LessonPage
from modules.editions import draft_views, drafting
from modules.editions.book import Book
from modules.editions.compiling import write_book
from modules.editions.draft_views import draft_button
from modules.editions.drafting import Draft, pdf_of
from modules.editions.gathering import gather
from modules.editions.kinds import BOOKS, Edition
from modules.editions.models import EditionFile
from modules.printing.errors import RenderingFailed
from tests.cast import sign_in
from tests.modules.courses.making import block, make_lesson

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
    pdf = pikepdf.open(io.BytesIO(pdf_of(draft, Edition.ORIENTATION_PACK)))

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
    monkeypatch.setattr(draft_views, "pdf_of", lambda *args, **kwargs: b"%PDF")
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


def test_a_course_leads_to_its_books_and_the_drafts_of_its_lessons(cast, draft):
    client = sign_in(Client(), cast.author)

    page = client.get(reverse("page_draft", args=[draft.course_page.pk])).content.decode()

    assert "Beta anew" in page
    assert reverse("page_draft", args=[draft.pk]) in page
    for edition in BOOKS:
        assert reverse("course_draft", args=[draft.course_page.pk, edition]) in page


def test_what_stands_for_an_english_page_has_no_draft(cast, draft):
    alias = LessonPage.objects.get(alias_of=draft, locale__language_code="ur")
    synchronise_groups(cast.author)

    assert draft_button(alias, cast.author) == []


def test_a_draft_that_takes_too_long_says_so(cast, draft, monkeypatch):
    def fail(*args, **kwargs):
        raise RenderingFailed("The page took longer than 40 seconds.")

    monkeypatch.setattr(draft_views, "pdf_of", fail)

    answer = sign_in(Client(), cast.author).get(reverse("page_draft", args=[draft.pk]))

    assert "The page took longer than 40 seconds." in answer.content.decode()


# --- a whole course ------------------------------------------------------------------------------


@pytest.fixture
def page(course, draft) -> CoursePage:
    """Its first lesson is taken back, its second changed, and its third was never published."""
    page = draft.course_page
    first = LessonPage.objects.child_of(page).get(key="alpha")
    first.title = "Alpha taken back"
    first.save_revision()
    LessonPage.objects.filter(pk=first.pk).update(live=False)
    third = make_lesson(page, "gamma", block("text", "g", "## Gamma\n\nNew words. (own)"))
    third.unpublish()
    page.title = "A course to come"
    page.save_revision()
    return CoursePage.objects.get(pk=page.pk)


def printed(page: CoursePage, edition: str, lang: str = "en") -> Book:
    return write_book(gather(page.course, lang, draft_of=page), edition)


def words_of(book: Book) -> str:
    return "".join(chapter.html for chapter in book.chapters)


@pytest.mark.parametrize("edition", BOOKS)
def test_a_draft_of_a_course_is_all_lessons_as_they_were_last_saved(page, edition):
    book = printed(page, edition)

    assert book.course_title == "A course to come"
    assert book.watermark == MARK
    if edition != Edition.POCKET_BOOK:
        titles = [(c.number, c.title) for c in book.chapters if c.kind == "lesson"]
        assert titles == [("1", "Alpha taken back"), ("2", "Beta anew"), ("3", "Lesson gamma")]


def test_a_draft_of_a_course_has_the_words_of_its_drafts_and_its_tests(page):
    book = printed(page, Edition.ORIENTATION_PACK)

    assert "Unpublished words." in words_of(book)
    assert "New words." in words_of(book)
    assert [chapter.kind for chapter in book.chapters].count("test") == 2


def test_where_an_english_lesson_stands_its_draft_is_printed(page, every_language):
    urdu = CoursePage.objects.get(translation_key=page.translation_key, locale__language_code="ur")
    lesson = LessonPage.objects.child_of(urdu).get(key="beta")
    assert lesson.alias_of_id

    assert "Unpublished words." in words_of(printed(urdu, Edition.ORIENTATION_PACK, "ur"))


def test_many_lessons_cost_no_more_questions(page, django_assert_max_num_queries):
    for number in range(5):
        make_lesson(page, f"more-{number}", block("text", "m", "## More\n\nWords. (own)"))
    page = CoursePage.objects.get(pk=page.pk)

    with django_assert_max_num_queries(26):
        gather(page.course, "en", draft_of=page)


def test_the_mark_stands_on_every_page_of_a_small_book(page):
    pdf = pikepdf.open(io.BytesIO(pdf_of(page, Edition.POCKET_BOOK)))

    assert all(FAINT in one.Contents.read_bytes() for one in pdf.pages)


def address(page: CoursePage, edition: str = Edition.HANDBOOK) -> str:
    return reverse("course_draft", args=[page.pk, edition])


@pytest.fixture
def rendered(monkeypatch) -> list[str]:
    """The drafts that were made, in the place of books that take a minute each."""
    made: list[str] = []

    def pdf_of(page, edition, **kwargs):
        made.append(f"{page.slug} {edition}")
        return b"%PDF of " + made[-1].encode()

    monkeypatch.setattr(drafting, "pdf_of", pdf_of)
    return made


def test_it_is_made_by_a_worker_and_opens_once(cast, page, rendered, monkeypatch):
    client = sign_in(Client(), cast.author)
    asked = []
    monkeypatch.setattr(drafting.make_draft.__class__, "enqueue", lambda *args: asked.append(args))

    waits = [client.get(address(page)) for _ in range(2)]

    assert [answer.status_code for answer in waits] == [202, 202]
    assert waits[0]["Refresh"] == "5"
    assert "no-store" in waits[0]["Cache-Control"]
    assert len(asked) == 1
    drafting.make_draft.func(*asked[0][1:])
    assert client.head(address(page)).status_code == 200
    opened = client.get(address(page))
    assert opened.content == f"%PDF of {page.slug} handbook".encode()
    assert "no-store" in opened["Cache-Control"]
    assert client.get(address(page)).status_code == 202


def test_it_is_for_who_asked_alone_and_nothing_of_it_stays(cast, page, rendered):
    author = sign_in(Client(), cast.author)
    author.head(address(page))  # made, and not yet fetched

    sign_in(Client(), cast.reviewer).get(address(page))

    assert len(rendered) == 2
    author.get(address(page))
    assert len(rendered) == 2
    for user in (cast.author, cast.reviewer):
        assert Draft(user.pk, page.pk, Edition.HANDBOOK).name not in cache
    assert not EditionFile.objects.exists()


def test_what_stops_it_is_said_and_asking_again_begins_anew(cast, page, rendered, monkeypatch):
    def fail(*args, **kwargs):
        raise RenderingFailed("The page took longer than 300 seconds.")

    client = sign_in(Client(), cast.author)
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "pdf_of", fail)
        assert "longer than 300 seconds" in client.get(address(page)).content.decode()

    assert client.get(address(page)).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("role", "status"),
    [("author", 200), ("translator", 200), ("legal_reviewer", 403), ("learner", 403)],
)
def test_who_may_edit_the_course_prints_its_draft(cast, page, rendered, role, status):
    client = sign_in(Client(), getattr(cast, role))

    assert (client.get(address(page)).status_code == 200) is (status == 200)
    assert bool(rendered) is (status == 200)


def test_only_books_of_courses_are_printed(cast, page, draft, rendered):
    client = sign_in(Client(), cast.author)

    assert client.get(address(page, "slides")).status_code == 404
    assert client.get(address(draft)).status_code == 404
    assert rendered == []
