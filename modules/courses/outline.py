"""The order of a course: its lessons, numbered, in the language of its page.

Whoever needs to know what comes next asks here.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from modules.courses.models import CoursePage, LessonPage


@dataclass(frozen=True)
class LessonEntry:
    """One lesson; `number` is that of course and lesson: "1.3"."""

    key: str
    number: str
    title: str
    url: str
    minutes: int  # notional minutes of study
    page: int


@dataclass(frozen=True)
class Outline:
    code: str
    title: str
    lessons: tuple[LessonEntry, ...]

    def lesson(self, key: str) -> LessonEntry | None:
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def after(self, key: str) -> LessonEntry | None:
        """The lesson after `key`; None after the last and for a key that is not here."""
        return self._beside(key, 1)

    def before(self, key: str) -> LessonEntry | None:
        return self._beside(key, -1)

    def _beside(self, key: str, step: int) -> LessonEntry | None:
        keys = [lesson.key for lesson in self.lessons]
        place = keys.index(key) + step if key in keys else -1
        return self.lessons[place] if 0 <= place < len(keys) else None


def outline(page: CoursePage, request: HttpRequest | None = None) -> Outline:
    """The live lessons under `page`, which may be an alias. Two queries.

    With `request`, what is known of the site's addresses is kept for the rest of it.
    """
    course = page.course
    lessons = LessonPage.objects.live().child_of(page).order_by("path")
    rows = lessons.values_list("key", "title", "slug", "minutes", "pk")
    address = page.get_url(request) or ""
    return Outline(
        code=course.code,
        title=page.title,
        lessons=tuple(
            LessonEntry(key, f"{course.number}.{place}", title, f"{address}{slug}/", minutes, pk)
            for place, (key, title, slug, minutes, pk) in enumerate(rows, 1)
        ),
    )
