"""Small courses and files of their editions, made by hand."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from modules.courses.models import Course, CoursePage
from modules.editions.compiling import content_sha, version_of
from modules.editions.making import todays
from modules.editions.models import EditionFile
from tests.modules.courses.making import block, make_course, make_lesson, translate

DATA = b"%PDF-1.7 ten thousand rules %%EOF"


def make_small_course(code: str = "trial", **facts: Any) -> CoursePage:
    """A course of one lesson with a pocket card, in English."""
    page = make_course(code, **facts)
    make_lesson(
        page, "one", block("text", "t", "## Rule\n\nWords."), block("pocket", "p", "1. Pay.")
    )
    return page


def in_urdu(page: CoursePage) -> None:
    """Gives the course its pocket card in Urdu; the rest of the lesson stays English."""
    lesson = page.get_children().get().specific
    body = [block("text", "t", "## Rule\n\nWords."), block("pocket", "p", "1. ادا کریں")]
    translate(lesson, "ur", body=body)


def handbook(course: Course, **facts: Any) -> EditionFile:
    """The row of today's handbook, not saved."""
    file = todays(course, "handbook", "en", "pdf")
    for name, value in facts.items():
        setattr(file, name, value)
    return file


def built(
    course: Course,
    edition: str = "handbook",
    lang: str = "en",
    suffix: str = "pdf",
    *,
    on: datetime | None = None,
    days_ago: int = 0,
    **facts: Any,
) -> EditionFile:
    """A file that is made and kept, by default of today's content."""
    file = EditionFile(
        **{"course": course, "edition": edition, "lang": lang, "format": suffix}
        | {"sha": content_sha(course, edition, lang), "version": version_of(course)}
        | {"state": EditionFile.State.DONE, "percent": 100, "pages": 48, "bytes": len(DATA)}
        | {"built_at": on or timezone.now() - timedelta(days=days_ago)}
        | facts
    )
    file.file.save("", ContentFile(DATA), save=False)
    file.save()
    return file
