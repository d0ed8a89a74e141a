"""Whether an uploaded file is what it says it is, and may be kept. Nothing in it is ever run.

Both its name and its first bytes decide. Of a document that is a ZIP archive only the directory is
read: nothing is unpacked, so an archive that would swell to gigabytes costs nothing here.
"""

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from modules.coursework.models import FileType
from modules.reference.lists import listed

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120  # characters that are kept of a name
ODT = b"application/vnd.oasis.opendocument.text"
HEAD_OF_ZIP = 30  # bytes before the name of the first file in an archive
MOST_PARTS = 2_000  # files in an archive
MOST_UNPACKED = 200 * MEGABYTE  # what the directory says all of them come to
MACROS = ("vbaproject.bin", "vbadata.xml")


class BadUpload(Exception):
    """Why a file is not kept; the words are for the person who sent it."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    name: str
    kind: FileType
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check_upload(file: UploadedFile, types: Collection[str], most_mb: int) -> Checked:
    """Raises `BadUpload`. Holds the file in memory, at most `most_mb` of it."""
    if (file.size or 0) > most_mb * MEGABYTE:
        raise BadUpload(
            _("The file is larger than {n} MB. Make its pictures smaller, or divide it.").format(
                n=most_mb
            )
        )
    content = file.read(most_mb * MEGABYTE + 1)
    if not content.strip():
        raise BadUpload(_("The file is empty."))
    name = tidy_name(file.name or "")
    kind = ending_of(name)
    if kind is None or kind not in types:
        allowed = listed(str(FileType(one).label) for one in types)
        raise BadUpload(
            _("This type of file is not taken. Taken are: {types}.").format(types=allowed)
        )
    if not LOOKS_LIKE[kind](content):
        raise BadUpload(
            _(
                "The file is called “.{ending}” and is something else inside, or it is damaged or"
                " has macros. Save it anew as {type} and choose it again."
            ).format(ending=PurePosixPath(name).suffix[1:], type=kind.label)
        )
    return Checked(name, kind, content)


def tidy_name(name: str) -> str:
    """The name without folders and without characters that could mislead; its ending stays."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in plain if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:8]}" if dot else kept[:LONGEST_NAME]


def ending_of(name: str) -> FileType | None:
    ending = PurePosixPath(name).suffix[1:].lower()
    ending = {"jpeg": "jpg"}.get(ending, ending)
    return FileType(ending) if ending in FileType.values else None


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _is_jpg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _is_txt(content: bytes) -> bool:
    """UTF-8 without control characters, and no page that a browser would show."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    controls = (c for c in text if unicodedata.category(c) == "Cc" and c not in "\r\n\t\f")
    return next(controls, None) is None


def _is_docx(content: bytes) -> bool:
    names = _names_in(content)
    return {"[content_types].xml", "word/document.xml"} <= names and not _has_macros(names)


def _is_odt(content: bytes) -> bool:
    """An OpenDocument says its type in plain bytes at the beginning of the archive."""
    begins = content[HEAD_OF_ZIP : HEAD_OF_ZIP + len(b"mimetype") + len(ODT)]
    names = _names_in(content)
    scripts = any(name.startswith(("basic/", "scripts/")) for name in names)
    return begins == b"mimetype" + ODT and "content.xml" in names and not scripts


def _has_macros(names: Collection[str]) -> bool:
    return any(name.rpartition("/")[2] in MACROS for name in names)


def _names_in(content: bytes) -> set[str]:
    """What the directory of an archive lists, in small letters; nothing for one that is suspect."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return set()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return set()
    return {part.filename.lower() for part in parts}


LOOKS_LIKE: dict[FileType, Callable[[bytes], bool]] = {
    FileType.PDF: _is_pdf,
    FileType.DOCX: _is_docx,
    FileType.ODT: _is_odt,
    FileType.TXT: _is_txt,
    FileType.JPG: _is_jpg,
    FileType.PNG: _is_png,
}
