"""One edition of a course in one language and format, made now: which room makes what."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from modules.courses.models import Course
from modules.editions.book import Book
from modules.editions.compiling import PAGED_TOGETHER, SHORT_SHA, compile_book, content_sha
from modules.editions.gathering import gather
from modules.editions.kinds import Edition
from modules.editions.languages import languages_of

# Takes what is being done, a key of `models.STAGES`, and how much of it in per cent.
type Report = Callable[[str, int], None]

PAGES_A_SHEET = 8  # of the pocket book: four on each side


@dataclass(frozen=True)
class Produced:
    data: bytes
    pages: int  # 0 for what has none until a reader opens it


def produce(course: Course, edition: str, lang: str, suffix: str, report: Report) -> Produced:
    """The bytes of the file and its pages. Raises `RenderingFailed` with one line that says why."""
    report("text", 5)
    if edition == Edition.SLIDES:
        return slides_of(course, lang, report)
    if edition == Edition.POCKET_BOOK_A4:
        pocket_book = produce(course, Edition.POCKET_BOOK, lang, suffix, report)
        return folded(pocket_book, lang)
    sha = content_sha(course, edition, lang)[:SHORT_SHA]
    book = replace(compile_book(course, edition, lang), sha=sha)
    return epub_of(course, book) if suffix == "epub" else pdf_of(course, book, report)


def pdf_of(course: Course, book: Book, report: Report) -> Produced:
    from modules.editions.setting import set_book  # noqa: PLC0415 (WeasyPrint takes a second)

    others: tuple[Book, ...] = ()
    if book.edition in PAGED_TOGETHER:  # exercises are found by page in a group of two languages
        codes = [code for code in languages_of(course, book.edition) if code != book.lang]
        others = tuple(compile_book(course, book.edition, code) for code in codes)
    return Produced(*set_book(book, report, others))


def epub_of(course: Course, book: Book) -> Produced:
    from modules.editions.epub import write  # noqa: PLC0415 (only who makes one needs it)

    newest = course.versions.order_by("released_at", "pk").last()
    return Produced(write(book, newest.released_at if newest else None), 0)


def folded(pocket_book: Produced, lang: str) -> Produced:
    """The pocket book on A4 sheets, printed on both sides."""
    from modules.editions.imposing import impose  # noqa: PLC0415 (only who makes one needs it)

    sheets = -(-pocket_book.pages // PAGES_A_SHEET)
    return Produced(impose(pocket_book.data, rtl=lang == "ur"), 2 * sheets)


def slides_of(course: Course, lang: str, report: Report) -> Produced:
    from modules.editions.slides import make  # noqa: PLC0415 (WeasyPrint takes a second)

    sha = content_sha(course, Edition.SLIDES, lang)[:SHORT_SHA]
    return Produced(*make(gather(course, lang), sha, report))
