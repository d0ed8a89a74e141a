"""XLSX files. The one file that knows openpyxl.

A workbook is a ZIP archive of XML: how much it unpacks to is looked at first, defusedxml refuses
entities, and what is kept is bounded whatever the file says of its size.
"""

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from learning.imports.errors import BadFile

# What 5,000 people need: five million bytes, with 400,000 signs that begin or end an element.
# Elements are what reading takes time and memory for, above all those of styles.
UNPACKED_AT_MOST = 16 * 1024 * 1024
ELEMENT_SIGNS_AT_MOST = 600_000
STYLES_AT_MOST = 512 * 1024
PARTS_AT_MOST = 500
ROWS_LOOKED_AT = 200_000
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> tuple[list[list[str]], str]:
    """The cells of the first visible sheet as text, and a remark on sheets left out.

    Raises `BadFile`.
    """
    check_archive(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl passes over
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return read_sheets(book, most_rows, most_columns)
    except BadFile:
        raise
    except Exception:  # noqa: BLE001 (on a broken workbook openpyxl raises anything)
        raise BadFile(
            _("This workbook is broken. Open it in Excel, save it as XLSX again and upload that.")
        ) from None


def check_archive(data: bytes) -> None:
    """Raises `BadFile` unless `data` is an archive with a workbook that unpacks to little."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if WORKBOOK not in archive.namelist():
                raise BadFile(
                    _("This archive holds no Excel workbook. Save the list as XLSX or CSV.")
                )
            if is_too_much(archive):
                raise BadFile(
                    _("This workbook holds far more than a list. Copy the list into a new one.")
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        raise BadFile(_("This file is broken. Save the list again and upload that.")) from None


def is_too_much(archive: zipfile.ZipFile) -> bool:
    """By what the archive says of its parts, then by the elements that are really in them."""
    parts = archive.infolist()
    sizes = {part.filename: part.file_size for part in parts}
    if len(parts) > PARTS_AT_MOST or sum(part.file_size for part in parts) > UNPACKED_AT_MOST:
        return True
    if sizes.get(STYLES, 0) > STYLES_AT_MOST:
        return True
    return sum(archive.read(part).count(b"<") for part in parts) > ELEMENT_SIGNS_AT_MOST


def read_sheets(book: Any, most_rows: int, most_columns: int) -> tuple[list[list[str]], str]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise BadFile(_("This workbook has no sheet that can be seen."))
    sheet = sheets[0]
    sheet.reset_dimensions()
    rows = list(rows_of(sheet, most_rows, most_columns))
    if len(sheets) == 1:
        return rows, ""
    return rows, _("Only the first sheet, “{name}”, was read.").format(name=sheet.title)


def rows_of(sheet: Any, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """Rows by their number: one that the file leaves out is an empty one.

    Blank rows may go on for a while, as those of a formatted sheet do.
    """
    # One column more than allowed, so that too many are noticed.
    cells = sheet.iter_rows(max_col=most_columns + 1, values_only=True)
    for number, row in enumerate(cells, 1):
        if number <= most_rows:
            yield [text_of(value) for value in row]
        elif number > ROWS_LOOKED_AT or any(value is not None for value in row):
            words = _("The sheet goes on after row {n}. Copy the list alone into a new workbook.")
            raise BadFile(words.format(n=f"{most_rows:,}"))


def text_of(value: Any) -> str:
    """What a person sees in a cell, nearly; a formula of several cells as the bare sign."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool | int | float | dt.date | dt.time | dt.timedelta):
        return str(value)
    return "="


# --- writing -------------------------------------------------------------------------------------


def write_workbook(
    title: str,
    rows: Sequence[Sequence[str]],
    choices: dict[int, list[str]],
    notes: tuple[str, Sequence[Sequence[str]]],
    *,
    right_to_left: bool,
) -> bytes:
    """A workbook with a sheet of `rows`, the first of them headings, and a sheet of notes.

    `choices` are offered in a column, by its number from 1.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    fill_sheet(sheet, title, rows, right_to_left=right_to_left)
    for column, words in choices.items():
        offer(sheet, column, words)
    fill_sheet(book.create_sheet(), *notes, right_to_left=right_to_left)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill_sheet(
    sheet: Worksheet, title: str, rows: Sequence[Sequence[str]], *, right_to_left: bool
) -> None:
    sheet.title = title[:31]  # what Excel allows
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place, text)
            cell.number_format = "@"  # text: Excel must not make dates or sums of it
            cell.data_type = "s"
            cell.font = Font(bold=number == 1)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest, 10), 44) + 2


def offer(sheet: Worksheet, column: int, words: Sequence[str]) -> None:
    """A list to choose from in the cells of `column`; other words are still allowed."""
    rule = DataValidation(
        type="list",
        formula1='"{}"'.format(",".join(words)),
        allow_blank=True,
        showErrorMessage=False,
    )
    letter = openpyxl.utils.get_column_letter(column)
    rule.add(f"{letter}2:{letter}5001")
    sheet.add_data_validation(rule)
