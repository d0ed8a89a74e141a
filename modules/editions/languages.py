"""In which languages an edition exists: where its lessons say all that it needs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page

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
COURSE_PATH = 4 * Page.steplen  # characters: root, home, catalogue, course

type Lessons = dict[str, list[LessonPage]]


def languages_of(course: Course, edition: str) -> list[str]:
    """Codes, English first; none for a course without lessons. Kept until a course changes."""
    kept = until_changed(f"edition-languages:{course.pk}", lambda: languages_by_edition(course))
    return kept[edition]


def languages_by_edition(course: Course) -> dict[str, list[str]]:
    """The same of every edition, asked now; one query."""
    lessons = _lessons(course)
    return {edition: _languages_of(lessons, edition) for edition in Edition.values}


def _languages_of(lessons: Lessons, edition: str) -> list[str]:
    wanted = {lesson.key for lesson in lessons[SOURCE]}
    needed = NEEDED.get(Edition(edition))
    return [
        code
        for code, _name in settings.LANGUAGES
        if wanted
        and {lesson.key for lesson in lessons[code]} == wanted
        and all(_speaks(lesson, code, needed) for lesson in lessons[code])
    ]


def _lessons(course: Course) -> Lessons:
    """The live lessons that are no aliases, by language."""
    above = CoursePage.objects.filter(course=course, path=Substr(OuterRef("path"), 1, COURSE_PATH))
    pages = LessonPage.objects.live().filter(Exists(above), alias_of=None)
    found: Lessons = defaultdict(list)
    for page in pages.select_related("locale").only("key", "body", "locale__language_code"):
        found[page.locale.language_code].append(page)
    return found


def _speaks(lesson: LessonPage, code: str, kinds: Iterable[str] | None) -> bool:
    blocks = [b for b in lesson.body.raw_data if kinds is None or b["type"] in kinds]
    return code == SOURCE or all(_is_in(block["value"], code) for block in blocks)


def _is_in(value: dict[str, Any], code: str) -> bool:
    """Blocks without a text of their own, and texts without a letter, are in every language."""
    text = str(value.get("text", ""))
    return not any(char.isalpha() for char in text) or language_of(text) == code
