"""An uploaded file becomes rows of text, or one sentence that says why not. Nothing is stored here.

The content decides what a file is, not its name. Of a workbook only the values of the first sheet
are read: formulas come out as the text they are, which `people/cells.py` refuses.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.imports.errors import BadFile
from learning.people.delimited import split_rows
from learning.people.rows import is_headings, is_passed_over

LARGEST = 5 * 1024 * 1024  # bytes
MOST_PEOPLE = 5_000
MOST_LINES = 20_000  # with blank ones
MOST_COLUMNS = 60

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
NO_LISTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
FALLBACK = "cp1256"  # what Excel in Urdu or Arabic writes when asked for plain CSV


@dataclass(frozen=True)
class Table:
    """Rows of text as they stand in the file, and what people should know of how it was read."""

    rows: list[list[str]]
    remark: str = ""


def read_table(data: bytes) -> Table:
    """The rows of a CSV, tab-separated or XLSX file. Raises `BadFile`.

    At most 5 MB and 5,000 people; reading takes seconds and at most some 200 MB.
    """
    if len(data) > LARGEST:
        raise BadFile(_("The file is larger than 5 MB. Divide the list into several files."))
    if not data.strip():
        raise BadFile(_("The file is empty."))
    if data.startswith(ZIP):
        # Importing openpyxl takes half a second, which only those who upload a workbook wait.
        from learning.imports.workbooks import read_workbook  # noqa: PLC0415

        table = Table(*read_workbook(data, MOST_LINES, MOST_COLUMNS))
    else:
        table = read_text(data)
    rows = trimmed(table.rows)
    check_size(rows)
    return Table(rows, table.remark)


def read_text(data: bytes) -> Table:
    refuse_other_kinds(data)
    text, encoding = decode(data)
    if any(is_control(char) for char in set(text)):
        raise BadFile(_("This file is no list of text. Save the list as XLSX or CSV."))
    if text.count("\n") > MOST_LINES:
        raise BadFile(too_many())
    try:
        rows = split_rows(text)
    except ValueError:
        raise BadFile(
            _("A quotation mark in this file has no end, so its cells cannot be told apart.")
        ) from None
    remark = ""
    if encoding == FALLBACK:
        remark = _(
            "The file does not say its alphabet; it was read as Windows-1256 (Arabic, Urdu). If"
            " names look wrong below, save the list as XLSX or as CSV in UTF-8 and upload it again."
        )
    return Table(rows, remark)


def refuse_other_kinds(data: bytes) -> None:
    if data.startswith(OLE):
        raise BadFile(
            _("This is an old or a locked Excel file. Save it as XLSX without a password.")
        )
    if data.startswith(NO_LISTS):
        raise BadFile(_("This file is no list of text. Save the list as XLSX or CSV."))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise BadFile(
            _("This is a web page under another name. Open it in Excel and save it as XLSX.")
        )


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16, else Windows-1256."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return decoded(data, encoding), encoding
    if encoding := utf_16_without_mark(data):
        return decoded(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode(FALLBACK), FALLBACK


def decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise BadFile(
            _("Some letters of this file are broken. Save the list as XLSX and upload it again.")
        ) from None


def utf_16_without_mark(data: bytes) -> str:
    """Its name if every other byte is mostly zero, as in Latin text of two bytes a letter."""
    first, second = data[:2000:2], data[1:2000:2]
    if second.count(0) > len(second) / 3:
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > len(first) / 3 else ""


def is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and char not in "\t\r\n\x0b\x0c"


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without empty cells at the end of rows and empty rows at the end of the list."""
    short = [without_end(row) for row in rows]
    while short and not short[-1]:
        short.pop()
    return short


def without_end(row: list[str]) -> list[str]:
    length = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    return row[:length]


def check_size(rows: list[list[str]]) -> None:
    """Raises `BadFile` for no people, more than `MOST_PEOPLE`, or more than `MOST_COLUMNS`."""
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise BadFile(_("The list has more than {n} columns.").format(n=MOST_COLUMNS))
    spoken = [row for row in rows if not is_passed_over(row)]
    people = len(spoken) - (1 if spoken and is_headings(spoken[0]) else 0)
    if not spoken:
        raise BadFile(_("The file is empty."))
    if people == 0:
        raise BadFile(_("The list has headings but no people below them."))
    if people > MOST_PEOPLE:
        raise BadFile(too_many())


def too_many() -> str:
    return _("The list has more than {n} people. Divide it into several files.").format(
        n=f"{MOST_PEOPLE:,}"
    )
