"""In which languages an edition exists: where its lessons say all that it needs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from modules.courses.keeping import until_changed
from modules.courses.models import Course, CoursePage, LessonPage
from modules.editions.kinds import Edition
from modules.printing.scripts import language_of

SOURCE = "en"
# An edition that needs only some blocks of a lesson exists before the whole lesson is translated.
NEEDED = {
    Edition.POCKET_BOOK: frozenset({"pocket"}),
    Edition.POCKET_BOOK_A4: frozenset({"pocket"}),
}


def languages_of(course: Course, edition: str) -> list[str]:
    """Codes, English first; none for a course without lessons. Kept until a course changes."""
    name = f"edition-languages:{course.code}:{edition}"
    return until_changed(name, lambda: _languages_of(course, edition))


def _languages_of(course: Course, edition: str) -> list[str]:
    lessons = _lessons(course)
    wanted = {lesson.key for lesson in lessons[SOURCE]}
    return [
        code
        for code, _name in settings.LANGUAGES
        if wanted
        and {lesson.key for lesson in lessons[code]} == wanted
        and all(_speaks(lesson, code, NEEDED.get(Edition(edition))) for lesson in lessons[code])
    ]


def _lessons(course: Course) -> dict[str, list[LessonPage]]:
    """The live lessons that are no aliases, by language; two queries."""
    paths = CoursePage.objects.filter(course=course).values_list("path", flat=True)
    found: dict[str, list[LessonPage]] = defaultdict(list)
    pages = LessonPage.objects.live().filter(alias_of__isnull=True).select_related("locale")
    for page in pages:
        if any(page.path.startswith(path) for path in paths):
            found[page.locale.language_code].append(page)
    return found


def _speaks(lesson: LessonPage, code: str, kinds: Iterable[str] | None) -> bool:
    blocks = [b for b in lesson.body.raw_data if kinds is None or b["type"] in kinds]
    return all(_is_in(block["value"], code) for block in blocks)


def _is_in(value: dict[str, Any], code: str) -> bool:
    """Blocks without a text of their own, and texts without a letter, are in every language."""
    text = str(value.get("text", ""))
    return not any(char.isalpha() for char in text) or language_of(text) == code
