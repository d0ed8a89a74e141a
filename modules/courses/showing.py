"""What the catalogue, a course and a lesson show: the context of their templates."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.utils import translation
from wagtail.models import Page

from modules.blocks.lesson import FACILITATOR_KINDS
from modules.blocks.markdown import sources_in
from modules.courses.choosing import wants_simple
from modules.courses.embargo import live_or_approved, upcoming, upcoming_in
from modules.courses.keeping import KEEP_SECONDS, is_kept_whole, mark_of, until_changed
from modules.courses.models import Course, CourseIndexPage, CoursePage, HomePage, LessonPage
from modules.courses.outline import Outline, outline
from modules.courses.reading import (
    CITED,
    Body,
    kept_body,
    key_of,
    language_of,
    make_body,
    render_body,
    revision_of,
)
from modules.reference.models import Outcome, Source


@dataclass(frozen=True)
class Card:
    """A course in the catalogue."""

    page: CoursePage
    url: str
    lessons: int
    minutes: int


def catalogue_context(page: CourseIndexPage, request: HttpRequest | None) -> dict[str, Any]:
    """The courses in their order; two queries."""
    courses = CoursePage.objects.child_of(page).live().select_related("course", "locale")
    lessons, minutes = Counter[str](), Counter[str]()
    for path, length in (
        LessonPage.objects.descendant_of(page).live().values_list("path", "minutes")
    ):
        lessons[path[: -Page.steplen]] += 1
        minutes[path[: -Page.steplen]] += length
    cards = [
        Card(
            course,
            course.get_url(request) or "",
            lessons[course.path],
            course.course.minutes or minutes[course.path],
        )
        for course in courses.order_by("course__number")
    ]
    return {"cards": cards, "text_language": language_of(page)}


def courses_to_come(page: CourseIndexPage) -> dict[str, Any]:
    """The courses that open on a day to come; one query."""
    return {"upcoming": upcoming(CoursePage.objects.child_of(page))}


@dataclass(frozen=True)
class Shelf:
    """All courses of one language: their cards, and the order of each by the key of its course."""

    cards: tuple[Card, ...]
    outlines: Mapping[int, Outline]


def shelf_below(home: HomePage) -> Shelf:
    """The courses below a home page, kept until anything of them changes."""
    name = f"shelf:{home.pk}:{translation.get_language()}"
    return until_changed(name, lambda: _shelf_below(home))


def _shelf_below(home: HomePage) -> Shelf:
    cards = cards_below(home)
    return Shelf(cards, {card.page.course_id: outline(card.page) for card in cards})


def cards_below(home: HomePage, request: HttpRequest | None = None) -> tuple[Card, ...]:
    """The cards of the catalogue that stands below a home page; three queries."""
    index = CourseIndexPage.objects.child_of(home).live().first()
    return tuple(catalogue_context(index, request)["cards"]) if index else ()


def course_context(page: CoursePage, request: HttpRequest) -> dict[str, Any]:
    """Lessons, outcomes and sources of a course; of an announced one only what it will cover.

    What is the same for every reader is kept until anything of the courses changes.
    """
    language = language_of(page)
    key = f"course:{settings.RELEASE}:{mark_of(request)}:{page.pk}:{language}"
    shared = cache.get(key)
    if shared is None:
        shared = _shared_context(page, language)
        if not is_kept_whole(request):
            cache.set(key, shared, KEEP_SECONDS)
    return {
        "course": page.course,
        "catalogue_url": (page.get_url() or "").removesuffix(f"{page.slug}/"),
        "text_language": language,
        **shared,
    }


def _shared_context(page: CoursePage, language: str) -> dict[str, Any]:
    context = {
        "courses": Course.objects.count(),
        "minutes": page.course.minutes,
        "outcomes": outcomes_of(page.course, language),
    }
    if page.course.status == Course.Status.OPEN:
        order = outline(page)
        children = LessonPage.objects.child_of(page).only("body", "live", "path")
        lessons = list(live_or_approved(children))
        context |= {
            "outline": order,
            "lessons": order.lessons,
            "upcoming": upcoming_in(lessons),
            "minutes": page.course.minutes or sum(lesson.minutes for lesson in order.lessons),
            "sources": sources_of(lesson for lesson in lessons if lesson.live),
            "version": page.course.versions.defer("manifest").last(),
        }
    return context


def outcomes_of(course: Course, language: str) -> list[Outcome]:
    """Each outcome of `course` in `language`, else in English; one query."""
    rows = Outcome.objects.filter(
        course_code=course.code, locale__language_code__in={"en", language}
    ).select_related("locale")
    english_first = sorted(rows, key=lambda row: row.locale.language_code != "en")
    by_code = {row.code: row for row in english_first}
    return [by_code[code] for code in sorted(by_code)]


def sources_of(lessons: Iterable[LessonPage]) -> list[Source]:
    """What the lessons of a course cite for everybody to read; one query."""
    cited: set[str] = set()
    for lesson in lessons:
        for block in lesson.body.raw_data:
            if block["type"] not in FACILITATOR_KINDS:
                cited.update(sources_in(str(block["value"].get("text", ""))))
    return list(Source.objects.filter(tag__in=cited))


def lesson_context(page: LessonPage, request: HttpRequest) -> dict[str, Any]:
    """A lesson with its place in the course. Raises `Http404` where the course is not open yet."""
    preview = getattr(request, "is_preview", False)
    course_page = page.course_page
    course_page.locale = page.locale
    if not course_page.is_open and not preview:
        raise Http404
    facilitator = request.user.has_perm("modules.read_facilitator_matter")
    simple, whole = wants_simple(request), is_kept_whole(request)
    if preview:
        body = render_body(page, language_of(page), facilitator=facilitator, simple=simple)
        course, content_mark = outline(course_page), ""
    else:
        content_mark = mark_of(request)
        order = f"outline:{settings.RELEASE}:{content_mark}:{course_page.pk}"
        body, course = _body_and_outline(
            page, course_page, order, facilitator=facilitator, simple=simple, keep=not whole
        )
    return {
        "body": body,
        "simple": simple,
        # Under which the template keeps what it adds; nothing where all of the page is kept.
        "content_mark": "" if whole else content_mark,
        "course_page": course_page,
        "course_url": course_page.get_url(),
        "text_language": language_of(page),
        **place_in_course(page, course),
    }


def _body_and_outline(
    page: LessonPage,
    course_page: CoursePage,
    order: str,
    *,
    facilitator: bool,
    simple: bool,
    keep: bool,
) -> tuple[Body, Outline]:
    """What is the same for all readers, asked of the cache at once; both are made when missing."""
    language = translation.get_language() or "en"
    body_key = key_of(revision_of(page), language, facilitator=facilitator, simple=simple)
    order_key = f"{order}:{language}"
    kept = cache.get_many([body_key, order_key, CITED])
    body = kept_body(kept, body_key) or make_body(page, facilitator=facilitator, simple=simple)
    course = kept.get(order_key)
    if course is None:
        course = outline(course_page)
        if keep:
            cache.set(order_key, course, KEEP_SECONDS)
    return body, course


def place_in_course(page: LessonPage, course: Outline) -> dict[str, Any]:
    """Number and neighbours of a lesson; of one that is not published yet there are none."""
    lesson = course.lesson(page.key)
    return {
        "outline": course,
        "lesson": lesson,
        "position": course.lessons.index(lesson) + 1 if lesson else None,
        "total": len(course.lessons),
        "previous": course.before(page.key),
        "next": course.after(page.key),
    }
