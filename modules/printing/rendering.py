"""HTML to PDF. The one file that knows WeasyPrint.

Whatever a page refers to, only `data:` and our own fonts are loaded: no network, no other file of
this machine, no redirect, no attachment. Size and time are bounded.
"""

import contextlib
import io
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.document import Document, Page
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from modules.printing.errors import RenderingFailed

FONTS = (settings.BASE_DIR / "static/fonts").resolve()
LONGEST_PAGE = 300_000  # characters of HTML
LONGEST_BOOK = 5_000_000  # the same for a whole course
LONGEST_DATA = 300_000  # characters of one data: address
LARGEST_IMAGE = 4_000_000  # pixels
VARIANT = "pdf/ua-1"
SECONDS = 10.0
SECONDS_TOGETHER = 40.0  # below the time that a web worker has for one request
SECONDS_OF_BOOK = 300.0  # the worker makes books, and nobody waits for its answer
AGAIN = 0.5  # seconds until a page that goes on is interrupted once more
# One file per family and weight: of two, WeasyPrint draws the letters of one with the other.
FONT_FACES = {
    ("Cascade Sans", 400): "sans-400.woff2",
    ("Cascade Sans", 700): "sans-700.woff2",
    ("Cascade Serif", 400): "serif-400.woff2",
    ("Cascade Serif", 700): "serif-700.woff2",
    ("Cascade Nastaliq", 400): "nastaliq-arabic-400.woff2",
    ("Cascade Khmer", 400): "khmer-400.woff2",
    ("Cascade Lao", 400): "lao-400.woff2",
}


class Refused(ValueError):
    """A page refers to what it must not load. The page is drawn without it."""


class OwnFetcher(URLFetcher):
    """Loads `data:` and files of the font folder; for everything else raises `Refused`."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url[:5].lower() == "file:":
            return _font(url)
        if url[:5].lower() != "data:" or len(url) > LONGEST_DATA:
            raise Refused(url[:60])
        with contextlib.closing(super().fetch(url, headers)) as response:
            data = response.read()
        refuse_bomb(data)
        return URLFetcherResponse(url, data, response.headers)


@cache
def fetcher() -> OwnFetcher:
    """One for all pages: every one that is made reads all that this machine trusts on the net."""
    return OwnFetcher()


def _font(url: str) -> URLFetcherResponse:
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path)).resolve()
    if parts.netloc or path.suffix != ".woff2" or path.parent != FONTS:
        raise Refused(url[:60])
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})


def refuse_bomb(data: bytes) -> None:
    """Raises `Refused` for a picture that is small to send and huge in memory."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        raise Refused("too large")
    except OSError:
        return  # no picture that Pillow draws
    if width * height > LARGEST_IMAGE:
        raise Refused("too large")


def font_sheet() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f' src: url("{(FONTS / name).as_uri()}") }}'
        for (family, weight), name in FONT_FACES.items()
    )


@cache
def fonts() -> tuple[FontConfiguration, CSS]:
    """Our fonts, unpacked once per process: for each design anew, that took longer than a page."""
    found = FontConfiguration()
    return found, CSS(string=font_sheet(), font_config=found, url_fetcher=fetcher())


@cache
def prepared(sheet: str) -> tuple[FontConfiguration, list[CSS]]:
    """Fonts and stylesheet, read once per process."""
    found, faces = fonts()
    return found, [faces, CSS(string=sheet, font_config=found, url_fetcher=fetcher())]


def render(html: str, sheet: str) -> bytes:
    """`html` in the design of `sheet` (CSS) as a PDF/UA-1. The same input gives the same bytes.

    Raises `RenderingFailed` for a page over `LONGEST_PAGE` and, where the process can be
    interrupted (its main thread), for one that takes longer than `SECONDS`.
    """
    with time_limit(SECONDS):
        return written(laid_out(html, sheet))


def render_together(pages: Iterable[tuple[str, str]], title: str) -> bytes:
    """Pages of HTML, each in the design of its sheet, as one PDF/UA-1 in the language of the first.

    Raises `RenderingFailed` as `render` does, but all together may take `SECONDS_TOGETHER`.
    """
    with time_limit(SECONDS_TOGETHER):
        documents = [laid_out(html, sheet) for html, sheet in pages]
        whole = documents[0].copy([page for one in documents for page in one.pages])
        first = documents[0].metadata
        whole.metadata = DocumentMetadata(title=title, lang=first.lang, generator=first.generator)
        return written(whole)


def render_book(html: str, sheet: str) -> tuple[bytes, int]:
    """A long document as a PDF/UA-1, as `render` makes a short one, and how many pages it has.

    Raises `RenderingFailed` over `LONGEST_BOOK` and after `SECONDS_OF_BOOK`.
    """
    with time_limit(SECONDS_OF_BOOK):
        document = laid_out(html, sheet, longest=LONGEST_BOOK)
        return written(document), len(document.pages)


def time_limit_of_book(*, in_request: bool = False) -> contextlib.AbstractContextManager[None]:
    """For the parts of one book; raises `RenderingFailed` after `SECONDS_OF_BOOK`.

    A short one may be made `in_request`, while somebody waits; then after `SECONDS_TOGETHER`.
    """
    return time_limit(SECONDS_TOGETHER if in_request else SECONDS_OF_BOOK)


def laid_out_book(html: str, sheet: str) -> Document:
    """A part of a book; raises `RenderingFailed` over `LONGEST_BOOK`."""
    return laid_out(html, sheet, longest=LONGEST_BOOK)


def joined(first: Document, pages: Sequence[Page]) -> Document:
    """`pages`, which may be of other documents too, with the metadata of `first`."""
    return first.copy(list(pages))


def laid_out(html: str, sheet: str, *, longest: int | None = None) -> Document:
    longest = LONGEST_PAGE if longest is None else longest
    if len(html) > longest:
        raise RenderingFailed(f"The page has more than {longest} characters.")
    fonts, sheets = prepared(sheet)
    page = HTML(string=html, url_fetcher=fetcher())
    forbid_attachments(page)
    return page.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)


def written(document: Document, *, right_to_left: bool = False) -> bytes:
    """The file; readers show the pages of a right-to-left one bound on the right."""
    finish = _bind_right if right_to_left else None
    return bytes(
        document.write_pdf(pdf_variant=VARIANT, pdf_identifier=b"cascade", finisher=finish)
    )


def _bind_right(document: Document, pdf: Any) -> None:
    pdf.catalog.setdefault("ViewerPreferences", {})["Direction"] = "/R2L"


def forbid_attachments(page: HTML) -> None:
    for element in page.etree_element.iter():
        if "attachment" in str(element.get("rel", "")).lower():
            del element.attrib["rel"]


class TookTooLong(BaseException):
    """Not an `Exception`: WeasyPrint goes on after those that come out of loading."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises `RenderingFailed` after `seconds`; without effect outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: Any = signal.signal(signal.SIGALRM, _interrupt)
    # Again and again: an exception inside a callback of the garbage collector is swallowed.
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except TookTooLong:
        raise RenderingFailed(f"The page took longer than {seconds:.0f} seconds.") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
