"""Which format a file is in, told by what it holds and not by its name. Pure."""

import re

from modules.interchange.archives import ZIP, Archive
from modules.interchange.drafts import Refusal
from modules.interchange.formats import FORMATS, aiken, gift_reading, tables
from modules.interchange.texts import decoded

XML = b"<"
ITEM = re.compile(rb"<(?:\w+:)?(?:assessmentItem|qti-assessment-item)\b")
BEGINNING = 4_000  # bytes
# What an archive of each format always holds; both versions of QTI are read alike.
MEMBERS = {"imsmanifest.xml": "qti30", "workbook.xml": "xlsx", "document.xml": "docx"}


def format_of(data: bytes) -> str:
    """The name of the format, "" where it cannot be told."""
    if data.startswith(ZIP):
        return in_archive(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(XML):
        return "qti30" if ITEM.search(data[:BEGINNING]) else "moodle"
    try:
        text = decoded(data)
    except Refusal:
        return ""
    if tables.is_like(text):
        return FORMATS["csv"].name
    if aiken.is_like(text):
        return FORMATS["aiken"].name
    return FORMATS["gift"].name if gift_reading.is_like(text) else ""


def in_archive(data: bytes) -> str:
    try:
        paths = {path.rpartition("/")[2]: path for path in Archive(data)}
    except Refusal:
        return ""
    return next((name for member, name in MEMBERS.items() if member in paths), "")
