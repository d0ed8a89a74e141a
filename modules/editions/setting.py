"""From a book to pages: contents, running heads and index with page numbers, in one PDF.

The index stands in a document of its own, because only pages that are laid out know their number.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache as kept
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from modules.editions.book import Book
from modules.editions.kinds import Edition
from modules.editions.spreading import Starts, fillers
from modules.printing.scripts import with_breaks, with_room
from modules.reference.lists import html_with_numbers_kept

FOLDER = "editions"
KHMER_OR_LAO = re.compile(r"[\u0e80-\u0eff\u1780-\u17ff][\u0e80-\u0eff\u1780-\u17ff\u200b\s]*")
SPREAD = "exercise-"  # what the anchors of exercises begin with
INDEX = "index"
KEEP_SECONDS = 24 * 3600

type Report = Callable[[str, int], None]


def set_book(
    book: Book, report: Report, others: Sequence[Book] = (), *, in_request: bool = False
) -> tuple[bytes, int]:
    """The book as PDF, and how many pages it has.

    `others` is the same edition in other languages: exercises then begin on the same pages in all.
    `report` hears what is being done and per cent of the whole. Raises `RenderingFailed`, and
    `in_request` sooner.
    """
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import time_limit_of_book  # noqa: PLC0415

    with time_limit_of_book(in_request=in_request):
        return _set(book, report, others)


def _set(book: Book, report: Report, others: Sequence[Book]) -> tuple[bytes, int]:
    from modules.printing.rendering import joined, laid_out_book, written  # noqa: PLC0415 (as above)

    sheet = sheet_of(book.edition)
    filling: Mapping[str, int] = {}
    if others:
        starts = {one.lang: starts_of(one) for one in (book, *others)}
        filling = fillers(starts, book.lang)
        report("pages", 40)
    document = laid_out_book(page_of(book, filling=filling), sheet)
    report("pages", 70)
    pages = list(document.pages)
    if book.index:
        numbers = _numbers(pages)
        del pages[numbers[INDEX] - 1 :]
        index = laid_out_book(index_of(book, numbers, first=len(pages) + 1), sheet)
        pages += index.pages
    report("file", 85)
    whole = joined(document, pages)
    return written(whole, right_to_left=book.direction == "rtl"), len(pages)


def starts_of(book: Book) -> Starts:
    """On which page each exercise of a book begins when nothing is filled in.

    Kept, because the books in all languages ask for it, and it takes as long as a book does.
    """
    html, sheet = page_of(book), sheet_of(book.edition)
    key = f"edition-starts:{sha256((html + sheet).encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: _starts(html, sheet), KEEP_SECONDS) or []


def _starts(html: str, sheet: str) -> Starts:
    from modules.printing.rendering import laid_out_book  # noqa: PLC0415 (as above)

    numbers = _numbers(laid_out_book(html, sheet).pages)
    return [(name, page) for name, page in numbers.items() if name.startswith(SPREAD)]


def page_of(book: Book, *, filling: Mapping[str, int] | None = None) -> str:
    """The HTML of the whole book but for its index, which is an empty page here."""
    return _rendered("book", book, filling=dict(filling or {}))


def index_of(book: Book, numbers: Mapping[str, int], first: int) -> str:
    """The index with the pages of each term, each page once; the book's page number is `first`."""
    rows = []
    for entry in book.index:
        by_page = {numbers[place]: place for place in reversed(entry.places) if place in numbers}
        rows.append((entry.term, sorted(by_page.items())))
    return _rendered("index", book, rows=[row for row in rows if row[1]], first=first)


def _rendered(name: str, book: Book, **context: Any) -> str:
    with translation.override(book.lang):
        return in_its_script(render_to_string(f"{FOLDER}/{name}.html", {"book": book, **context}))


def in_its_script(html: str) -> str:
    """`html` with what its script asks for: where lines may break, which way numbers run, room."""
    html = KHMER_OR_LAO.sub(lambda run: with_breaks(run[0]), html)
    return html_with_numbers_kept(with_room(html))


@kept
def sheet_of(edition: str) -> str:
    """What all books share, and what this edition has besides."""
    folder = settings.BASE_DIR / "templates" / FOLDER
    names = ["book", "small" if edition == Edition.POCKET_BOOK else "large"]
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)


def _numbers(pages: Sequence[Any]) -> dict[str, int]:
    """Anchor -> number of the first page that it stands on, from 1."""
    numbers: dict[str, int] = {}
    for n, page in enumerate(pages, 1):
        for name in page.anchors:
            numbers.setdefault(name, n)
    return numbers
