"""Which editions there are: of which courses, in which languages and formats."""

from collections.abc import Iterator

from django.http import Http404

from modules.courses.models import Course, CoursePage, LessonPage
from modules.editions.kinds import BOOKS, Edition
from modules.editions.languages import languages_by_edition, languages_of
from modules.editions.models import EditionFile

Format = EditionFile.Format


def formats_of(edition: str) -> tuple[str, ...]:
    return (Format.PDF, Format.EPUB) if edition in BOOKS else (Format.PDF,)


def files_of(course: Course, lang: str = "", edition: str = "") -> Iterator[tuple[str, str, str]]:
    """Edition, language and format of every file of `course`, or of those asked for."""
    for name, languages in languages_by_edition(course).items():
        for code in languages:
            if edition in {"", name} and lang in {"", code}:
                yield from ((name, code, suffix) for suffix in formats_of(name))


def open_course_or_404(code: str) -> Course:
    """The course, when people can read its lessons. Raises `Http404`."""
    course = Course.objects.filter(code=code, status=Course.Status.OPEN).first()
    if course is None:
        raise Http404
    return course


def check_exists(course: Course, edition: str, lang: str, suffix: str) -> None:
    """Raises `Http404` for an edition, language or format that the course does not have."""
    if edition not in Edition.values or suffix not in formats_of(edition):
        raise Http404
    if lang not in languages_of(course, edition):
        raise Http404


def first_lesson_or_404(course: Course, lang: str) -> LessonPage:
    """The lesson that stands for all of the course in `lang`; two queries. Raises `Http404`."""
    pages = CoursePage.objects.live().filter(course=course, locale__language_code=lang)
    page = pages.select_related("course").first()
    lesson = LessonPage.objects.live().child_of(page).order_by("path").first() if page else None
    if lesson is None:
        raise Http404
    lesson.course_page = page
    return lesson
