"""Reports as files: CSV and XLSX of the very tables that are on the screen.

The one file of reports that knows openpyxl, which Wagtail brings along and writes its own
exports with. Numbers are written as numbers, days as ISO dates or dates of the sheet, so that they
sort in any language; everything else as the text of the screen, never as a formula.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from learning.reporting.tables import Cell, Column, Kind, Table, Value
from modules.reference.cells import to_csv

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NUMBER_FORMATS = {
    Kind.NUMBER: "#,##0",
    Kind.PERCENT: '0"%"',
    Kind.POINTS: "+0;-0;0",
    Kind.DAY: "yyyy-mm-dd",
}
LONGEST_SHEET_NAME = 31  # what Excel allows
NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
WIDTHS = {True: 14, False: 30}  # of columns of numbers, of others; in characters


def file_of(kind: str, tables: Sequence[Table]) -> HttpResponse:
    """The answer that saves `tables` as a file; 404 for a kind that there is not."""
    if kind not in TYPES:
        raise Http404
    content = csv_of(tables) if kind == "csv" else xlsx_of(tables)
    day = timezone.localdate(tables[0].as_of).isoformat()
    name = f"cascade-{tables[0].name}-{day}.{kind}"
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# --- CSV -----------------------------------------------------------------------------------------


def csv_of(tables: Iterable[Table]) -> bytes:
    """Each table with its headings, then what it counts; an empty line before the next."""
    return to_csv(row for table in tables for row in _csv_rows(table)).encode()


def _csv_rows(table: Table) -> Iterator[Sequence[str | int]]:
    yield [column.heading for column in table.columns]
    for row in table.rows:
        yield [_plain(cell.value) for cell in row.cells]
    yield []
    yield from table.remarks()
    yield []


def _plain(value: Value) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


# --- XLSX ----------------------------------------------------------------------------------------


def xlsx_of(tables: Iterable[Table]) -> bytes:
    """A sheet for each table; right to left where the language is."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(NOT_IN_SHEET_NAME.sub("", table.title)[:LONGEST_SHEET_NAME])
        sheet.sheet_view.rightToLeft = get_language_bidi()
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table.columns):
            letter = sheet.column_dimensions[_letter(place)]
            letter.width = WIDTHS[column.is_number]
        for cells in _rows(sheet, table):
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(sheet: WriteOnlyWorksheet, table: Table) -> Iterator[list[WriteOnlyCell]]:
    yield [_text(sheet, column.heading, bold=True, wrap=True) for column in table.columns]
    for row in table.rows:
        yield [_cell(sheet, c, cell, bold=row.is_total) for c, cell in table.pairs(row)]
    yield []
    for remark in table.remarks():
        yield [_text(sheet, text) for text in remark]


def _cell(sheet: WriteOnlyWorksheet, column: Column, cell: Cell, *, bold: bool) -> WriteOnlyCell:
    value = cell.value
    if value is None or isinstance(value, str):
        return _text(sheet, value or "", bold=bold)
    found = WriteOnlyCell(sheet, value)
    found.number_format = NUMBER_FORMATS[column.kind]
    found.font = Font(bold=bold)
    return found


def _text(
    sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False, wrap: bool = False
) -> WriteOnlyCell:
    """Text that stays text, whatever it begins with."""
    found = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    found.data_type = "s"
    found.quotePrefix = True
    found.font = Font(bold=bold)
    found.alignment = Alignment(wrap_text=wrap, vertical="top")
    return found


def _letter(place: int) -> str:
    """The name of a column; no report has more than 26."""
    return chr(ord("A") + place)
