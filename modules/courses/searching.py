"""Finding lessons, courses and terms by their words, in one language of the site.

Everything goes through Wagtail's search of the database at hand; the models say what its index
holds. Facilitators' matter, options, keys and feedback never get there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from modules.courses.models import Course, CoursePage, LessonPage
from modules.reference.entries import Entry, entries_in
from modules.reference.models import GlossaryTerm

MAX_TERMS = 5


@dataclass(frozen=True)
class Matches:
    """Results to count and slice; `partly` when none holds all the words, but some of them."""

    results: Any
    partly: bool = False


@dataclass(frozen=True)
class Found:
    """A page that was found, with what tells readers whether it is the one they look for."""

    title: str
    url: str
    about: str
    course: str


def match(rows: QuerySet, words: str) -> Matches:
    """What of `rows` holds all of `words`, else any of them; the best first."""
    backend = get_search_backend()
    holding_all = backend.search(words, rows, operator="and")
    if " " not in words or holding_all.count():
        return Matches(holding_all)
    return Matches(backend.search(words, rows, operator="or"), partly=True)


def find_pages(words: str, locale: Locale, user: Any) -> Matches:
    """Courses, and lessons of the courses that are open to `user`."""
    pages = Page.objects.live().filter(locale=locale).type((LessonPage, CoursePage))
    # Lessons can be live below a course page that is not, or not yet.
    closed = closed_to(user) | Q(live=False)
    for course in CoursePage.objects.filter(closed, locale=locale):
        pages = pages.not_descendant_of(course)
    return match(pages, words)


def closed_to(user: Any) -> Q:
    """Courses whose lessons search keeps from `user`.

    Who started which course is not known here, so lessons that open only then are found by nobody
    but those who may read everything.
    """
    closed = Q(course__status=Course.Status.ANNOUNCED)
    if user.is_anonymous:
        return closed | ~Q(course__access=Course.Access.PUBLIC)
    if user.has_perm("modules.read_facilitator_matter"):
        return closed
    return closed | Q(course__access=Course.Access.ENROLLED)


def describe(pages: Iterable[Page], locale: Locale, request: HttpRequest) -> list[Found]:
    """Pages that were found, in their order; two queries."""
    pages = list(pages)
    courses = {course.path: course for course in CoursePage.objects.filter(locale=locale)}
    purposes = dict(
        LessonPage.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "purpose")
    )
    return [_describe(page, courses, purposes, locale, request) for page in pages]


def _describe(
    page: Page,
    courses: dict[str, CoursePage],
    purposes: dict[int, str],
    locale: Locale,
    request: HttpRequest,
) -> Found:
    page.locale = locale  # its address asks for it: a query for each page
    course = courses.get(page.path) or courses[page.path[: -Page.steplen]]
    is_lesson = page.pk in purposes
    return Found(
        page.title,
        page.get_url(request) or "",
        about=purposes[page.pk] if is_lesson else course.summary,
        course=course.short_title if is_lesson else "",
    )


def find_terms(words: str, locale: Locale) -> list[Entry]:
    """The few terms whose form in English or in the language of `locale` fits best."""
    rows = GlossaryTerm.objects.filter(locale_id__in=[locale.pk, Locale.get_default().pk])
    keys = dict.fromkeys(term.key for term in match(rows, words).results[: 2 * MAX_TERMS])
    entries = {entry.english.key: entry for entry in entries_in(locale.language_code, list(keys))}
    return [entries[key] for key in keys if key in entries][:MAX_TERMS]
