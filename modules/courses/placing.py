"""Where in the courses a practice question stands."""

from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from modules.courses.models import LessonPage


@dataclass(frozen=True)
class Place:
    """The lesson that asks a question, in one language, and the name of the block it stands in."""

    lesson: LessonPage
    anchor: str


def anchors_in(lesson: LessonPage) -> dict[str, str]:
    """Question key -> anchor of its block, for every question of `lesson`, in order."""
    return {
        block["value"]["use"]: block["value"]["anchor"]
        for block in lesson.body.raw_data
        if block["type"] == "question"
    }


def place_of_question(key: str, language: str) -> Place | None:
    """The first live lesson of an open course that asks the question; two queries.

    The body is searched as text, which any database can do; its blocks decide.
    """
    lessons = LessonPage.objects.live().filter(locale__language_code=language)
    found = lessons.annotate(text=Cast("body", TextField())).filter(text__contains=f'"{key}"')
    for lesson in found.select_related("locale", "alias_of").order_by("path"):
        anchor = anchors_in(lesson).get(key)
        if anchor and lesson.course_page.is_open:
            return Place(lesson, anchor)
    return None
