"""A book as EPUB 3: for phones and readers, with the text as text.

Written by hand: the small libraries there are know no right-to-left books, no accessibility
metadata and no fixed date (`docs/decisions/0013-epub.md`).
"""

import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from modules.editions import xhtml
from modules.editions.book import Book, Chapter, Indexed
from modules.reference.lists import html_with_numbers_kept

TEMPLATES = "editions/epub"
FONTS = settings.BASE_DIR / "static/fonts"
LATIN = ("sans-400.woff2", "sans-700.woff2")
SCRIPTS = {
    "ur": "nastaliq-urdu-400.woff2",
    "km": "khmer-400.woff2",
    "lo": "lao-400.woff2",
}
# The kinds of chapter that have a name of their own among the parts of a book.
PARTS = {"terms": "glossary"}
# Lines and tables to write in.
ON_PAPER_ALONE = frozenset({"contacts", "notes"})
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a ZIP archive knows
UNDATED = datetime(*EARLIEST, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """A chapter with its file and its text."""

    chapter: Chapter
    file: str
    body: ET.Element

    @property
    def part(self) -> str:
        return PARTS.get(self.chapter.kind, "chapter")

    @property
    def has_drawing(self) -> bool:
        return xhtml.has_drawing(self.body)


@dataclass(frozen=True)
class Place:
    """Where a term is used: the address and what the link says."""

    href: str
    words: str


def write(book: Book, published: datetime | None) -> bytes:
    """`book` as EPUB 3.3. The same input gives the same bytes.

    `published` is aware; None for what is not released. Raises `ValueError` for a book without
    chapters, and when a heading or a term of the index lies nowhere in it.
    """
    pages = _pages(book)
    if not pages:
        raise ValueError("A book without chapters is none.")
    addresses = _addresses(pages)
    fonts = fonts_of(book.lang)
    context: dict[str, Any] = {
        "book": book,
        "pages": pages,
        "fonts": fonts,
        "identifier": identifier_of(book),
        "modified": f"{(published or UNDATED).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "day": f"{published.astimezone(UTC):%Y-%m-%d}" if published else "",
        "index": [_entry(indexed, addresses, pages) for indexed in book.index],
        "first": next((page for page in pages if page.chapter.number), pages[0]),
    }
    _check_headings(pages, addresses)
    with translation.override(book.lang):
        return _archive(_texts(context, addresses), fonts)


def identifier_of(book: Book) -> str:
    """A URN that is the same for the same content, edition and language."""
    name = f"{book.course}/{book.edition}/{book.lang}/{book.sha}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def fonts_of(language: str) -> tuple[str, ...]:
    """The files of the fonts that a book in `language` brings along."""
    return (SCRIPTS[language], *LATIN) if language in SCRIPTS else LATIN


def _pages(book: Book) -> list[Page]:
    chapters = [one for one in book.chapters if one.kind not in ON_PAPER_ALONE]
    return [
        Page(chapter, f"chapter-{number:02}.xhtml", _body(chapter))
        for number, chapter in enumerate(chapters, 1)
    ]


def _body(chapter: Chapter) -> ET.Element:
    """The text of a chapter; the id of its section is taken already."""
    body = xhtml.parsed(chapter.html)
    for element in body.iter():
        if element.get("id") == chapter.anchor:
            del element.attrib["id"]
    return body


def _addresses(pages: list[Page]) -> dict[str, str]:
    """Anchor -> file and anchor. Of anchors that several chapters have, the first counts."""
    addresses: dict[str, str] = {}
    for page in pages:
        for anchor in (page.chapter.anchor, *xhtml.ids_of(page.body)):
            addresses.setdefault(anchor, f"{page.file}#{anchor}")
    return addresses


def _check_headings(pages: list[Page], addresses: Mapping[str, str]) -> None:
    for page in pages:
        for heading in page.chapter.headings:
            _known(heading.anchor, addresses)


def _known(anchor: str, addresses: Mapping[str, str]) -> str:
    if anchor not in addresses:
        raise ValueError(f"Nothing in this book has the anchor “{anchor}”.")
    return addresses[anchor]


def _entry(
    indexed: Indexed, addresses: Mapping[str, str], pages: list[Page]
) -> tuple[str, list[Place]]:
    """A term with one link to each chapter that uses it."""
    chapters = {page.file: page.chapter for page in pages}
    places: dict[str, Place] = {}
    for anchor in indexed.places:
        href = _known(anchor, addresses)
        file = href.partition("#")[0]
        places.setdefault(file, Place(href, chapters[file].number or chapters[file].title))
    return indexed.term, list(places.values())


def _texts(context: dict[str, Any], addresses: Mapping[str, str]) -> dict[str, str]:
    """The text of each file by its path in the archive."""
    names = ["package.opf", "title.xhtml", "nav.xhtml"] + ["index.xhtml"] * bool(context["index"])
    texts: dict[str, str] = {"META-INF/container.xml": _text("container.xml", {})}
    texts |= {f"EPUB/{name}": _text(name, context) for name in names}
    texts |= {f"EPUB/{page.file}": _chapter(page, context, addresses) for page in context["pages"]}
    return texts | {"EPUB/book.css": stylesheet(context["book"].lang)}


def _text(name: str, context: Mapping[str, Any]) -> str:
    """The file `name` from its template, whose name ends in "html" so that its words are found."""
    text = render_to_string(f"{TEMPLATES}/{name.partition('.')[0]}.html", dict(context))
    return html_with_numbers_kept(text) if name.endswith(".xhtml") else text  # people read these


def _chapter(page: Page, context: dict[str, Any], addresses: Mapping[str, str]) -> str:
    own = {page.chapter.anchor, *xhtml.ids_of(page.body)}
    xhtml.link(page.body, lambda anchor: f"#{anchor}" if anchor in own else addresses.get(anchor))
    text = xhtml.written(page.body)
    return _text("chapter.xhtml", {**context, "page": page, "text": text})


@cache
def stylesheet(language: str) -> str:
    """The fonts of a language, and what all books share."""
    folder = settings.BASE_DIR / "templates" / TEMPLATES
    fonts = render_to_string(f"{TEMPLATES}/fonts.css", {"script": SCRIPTS.get(language)})
    return fonts + (folder / "book.css").read_text(encoding="utf-8")


def _archive(texts: Mapping[str, str], fonts: tuple[str, ...]) -> bytes:
    """All files as a ZIP: the media type first and bare, each of the same date."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(_info("mimetype", ZIP_STORED), "application/epub+zip")
        for path, text in texts.items():
            archive.writestr(_info(path, ZIP_DEFLATED), text.lstrip())
        for font in fonts:  # WOFF2 is compressed already
            archive.writestr(_info(f"EPUB/{font}", ZIP_STORED), (FONTS / font).read_bytes())
    return file.getvalue()


def _info(path: str, compression: int) -> ZipInfo:
    info = ZipInfo(path, EARLIEST)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    info.create_system = 3  # Unix, on every machine
    return info
