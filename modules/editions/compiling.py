"""From a course to a book: what goes into which edition, and the hash of what is in it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from modules.courses.keeping import until_changed
from modules.courses.models import Course
from modules.editions import guide, handbook, pack, pocket
from modules.editions.book import Book, Chapter
from modules.editions.gathering import Matter, gather
from modules.editions.kinds import Edition
from modules.editions.languages import languages_of
from modules.editions.writing import Writer
from modules.questions.shapes import SOURCE

CHAPTERS: dict[str, Callable[[Writer], Iterator[Chapter]]] = {
    Edition.ORIENTATION_PACK: pack.chapters,
    Edition.FACILITATION_GUIDE: guide.chapters,
    Edition.HANDBOOK: handbook.chapters,
    Edition.POCKET_BOOK: pocket.chapters,
}
# What shows nothing that this book does not.
SAME_CONTENT: dict[str, str] = {
    Edition.POCKET_BOOK_A4: Edition.POCKET_BOOK,
    Edition.SLIDES: Edition.ORIENTATION_PACK,
}
# Where a page begins depends on the book in the other languages too.
PAGED_TOGETHER = frozenset({Edition.HANDBOOK})
WITHOUT_GLOSSARY = frozenset({Edition.POCKET_BOOK})
SHORT_SHA = 12
ANCHOR = re.compile(r' id="([\w-]+)"')
SEE = re.compile(r'(<a class="see"[^>]* href=)"#([\w-]+)">(.*?)</a>', re.DOTALL)


def compile_book(course: Course, edition: str, lang: str) -> Book:
    """One edition as the course stands today; some ten queries.

    Raises `NoSuchText` where the course has no page in `lang`.
    """
    return write_book(gather(course, lang), edition)


def write_book(matter: Matter, edition: str) -> Book:
    """The same of what was gathered already; no queries."""
    with translation.override(matter.lang):
        writer = Writer(matter, explains=edition not in WITHOUT_GLOSSARY)
        book = Book(
            edition=edition,
            lang=matter.lang,
            direction="rtl" if get_language_info(matter.lang)["bidi"] else "ltr",
            course=matter.course.code,
            course_title=matter.page.title,
            title=str(Edition(edition).label).capitalize(),
            version=matter.version,
            sha="",
            notice=str(_("Draft translation, awaiting native review")) if matter.is_draft else "",
            watermark=str(_("Draft – not for distribution")) if matter.is_unpublished else "",
            chapters=with_ends(tuple(CHAPTERS[edition](writer))),
        )
        book = replace(book, index=writer.index())
    return replace(book, sha=sha_of(book)[:SHORT_SHA])


def with_ends(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Where a link leads to what this book leaves out, it ends at the lesson, or is plain words."""
    anchors = {chapter.anchor for chapter in chapters}
    anchors |= {name for chapter in chapters for name in ANCHOR.findall(chapter.html)}

    def end(found: re.Match) -> str:
        lesson = found[2].partition("--")[0]
        known = next((name for name in (found[2], lesson) if name in anchors), None)
        return f'{found[1]}"#{known}">{found[3]}</a>' if known else found[3]

    return tuple(replace(one, html=SEE.sub(end, one.html)) for one in chapters)


def sha_of(book: Book) -> str:
    """64 hex digits over every word of a book and the design that it is set in."""
    words = json.dumps(asdict(book), ensure_ascii=False, sort_keys=True)
    return sha256(f"{design()}\n{words}".encode()).hexdigest()


@cache
def design() -> str:
    """All stylesheets and pages of books, as one text."""
    folder = settings.BASE_DIR / "templates/editions"
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".css", ".html"})
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def content_sha(course: Course, edition: str, lang: str) -> str:
    """64 hex digits over all that a file shows; kept until anything of the courses changes."""
    book = SAME_CONTENT.get(edition, edition)
    if book in PAGED_TOGETHER:
        words = "\n".join(_sha(course, book, code) for code in languages_of(course, book))
        return sha256(f"{lang}\n{words}".encode()).hexdigest()
    return _sha(course, book, lang)


def _sha(course: Course, book: str, lang: str) -> str:
    name = f"edition:{course.code}:{book}:{lang}"
    return until_changed(name, lambda: sha_of(replace(compile_book(course, book, lang), sha="")))


def version_of(course: Course) -> str:
    """What is printed as the version, in English; kept in the same way."""
    return until_changed(f"edition-version:{course.code}", lambda: _version_of(course))


def _version_of(course: Course) -> str:
    with translation.override(SOURCE):
        return gather(course, SOURCE).version
