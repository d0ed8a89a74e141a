"""Making drafts on paper; those of a whole course by a worker, for one person, and forgotten.

Editions wait in a table of their own, because all readers share one file and may ask for it again.
A draft is for who asked and for now: it waits in the cache under her name, and goes with the answer
that brings it to her. A worker that was ended leaves nothing behind but a time that runs out.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.tasks import task
from django.utils import translation
from wagtail.models import Page

from modules.courses.models import CoursePage, LessonPage
from modules.editions.compiling import write_book
from modules.editions.gathering import gather
from modules.editions.models import GIVEN_UP_AFTER
from modules.printing.errors import RenderingFailed

FORGOTTEN_AFTER = int(GIVEN_UP_AFTER.total_seconds())
BEING_MADE: dict[str, Any] = {}


@dataclass(frozen=True)
class Draft:
    """A book of a course as last saved, for one person."""

    user: str
    page: int
    edition: str

    @property
    def name(self) -> str:
        return f"draft:{self.user}:{self.page}:{self.edition}"

    def begun_or_made(self) -> bytes | None:
        """The PDF, or None while it is being made, which begins when nobody is at it.

        Raises `RenderingFailed` with what stopped it.
        """
        if cache.add(self.name, BEING_MADE, FORGOTTEN_AFTER):
            make_draft.enqueue(self.user, self.page, self.edition)
        found = cache.get(self.name) or BEING_MADE
        if "problem" in found:
            raise RenderingFailed(found["problem"])
        return found.get("pdf")

    def forget(self) -> None:
        cache.delete(self.name)


@task
def make_draft(user: str, page: int, edition: str) -> None:
    draft = Draft(user, page, edition)
    found: dict[str, Any]
    try:
        found = {"pdf": pdf_of(Page.objects.get(pk=page).specific, edition)}
    except RenderingFailed as error:
        found = {"problem": str(error)}
    except Exception as error:
        cache.set(draft.name, {"problem": f"Unexpected: {type(error).__name__}."}, FORGOTTEN_AFTER)
        raise
    cache.set(draft.name, found, FORGOTTEN_AFTER)


def pdf_of(page: CoursePage | LessonPage, edition: str, *, in_request: bool = False) -> bytes:
    """Raises `RenderingFailed` when it takes longer than a worker, or `in_request` a request, may.

    Exercises of a handbook begin where they fall: only in print must all languages agree on it.
    """
    from modules.editions.setting import set_book  # noqa: PLC0415 (WeasyPrint takes a second)

    course = page.course if isinstance(page, CoursePage) else page.course_page.course
    lang = page.locale.language_code
    with translation.override(lang):
        book = write_book(gather(course, lang, draft_of=page), edition)
        data, _pages = set_book(book, lambda stage, percent: None, in_request=in_request)
    return data
