"""In which languages an edition exists: where its lessons say all that it needs."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page

from modules.blocks.languages import language_of_block
from modules.courses.keeping import until_changed
from modules.courses.models import Course, CoursePage, LessonPage
from modules.editions.kinds import Edition

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
    blocks = (raw for raw in lesson.body.raw_data if kinds is None or raw["type"] in kinds)
    return all(language_of_block(raw["value"], code) == code for raw in blocks)
