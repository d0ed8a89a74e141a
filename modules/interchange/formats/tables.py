"""Spreadsheets: a row for each question, as CSV or as XLSX with a sheet that explains the columns.

The one file of content that knows openpyxl. A workbook is an archive: it is looked at as one first.
"""

import csv
import io
import warnings
from collections.abc import Sequence
from functools import partial
from typing import Any

from modules.interchange.archives import Archive
from modules.interchange.drafts import MOST_QUESTIONS, Collector, Draft, Read, Refusal
from modules.interchange.fields import COMMENT, EXPLAINED, NAMES, fields_of
from modules.interchange.fields_reading import draft_of
from modules.interchange.texts import decoded
from modules.interchange.trees import sayable

WORKBOOK = "xl/workbook.xml"
MOST_COLUMNS = 200
# A spreadsheet would take a text that begins so for a formula; an apostrophe before it says no.
FORMULA = ("=", "+", "-", "@")
WIDTH = 28  # of a column, in letters


# --- out -----------------------------------------------------------------------------------------


def rows_of(drafts: Sequence[Draft], lang: str) -> list[list[str]]:
    fields = [fields_of(draft, lang) for draft in drafts]
    return [list(NAMES), *([one.get(name, "") for name in NAMES] for one in fields)]


def write_csv(drafts: Sequence[Draft], lang: str) -> bytes:
    """The mark at its beginning tells Excel that it is UTF-8."""
    file = io.StringIO(newline="")
    rows = ([_no_formula(cell) for cell in row] for row in rows_of(drafts, lang))
    csv.writer(file).writerows(rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def write_xlsx(drafts: Sequence[Draft], lang: str) -> bytes:
    import openpyxl  # noqa: PLC0415 (takes half a second, which only workbooks wait for)
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = openpyxl.Workbook()
    explained = [["column", "what to write"], *map(list, EXPLAINED.items())]
    for sheet, title, rows in (
        (book.active, "questions", rows_of(drafts, lang)),
        (book.create_sheet(), "columns", explained),
    ):
        sheet.title = title
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(number, place, sayable(text))
                    cell.data_type, cell.number_format = "s", "@"
                    cell.font = Font(bold=number == 1)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
        for place, _name in enumerate(rows[0]):
            letter = openpyxl.utils.get_column_letter(place + 1)
            sheet.column_dimensions[letter].width = WIDTH if title == "questions" else WIDTH * 3
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# --- in ------------------------------------------------------------------------------------------


def read_csv(data: bytes) -> Read:
    try:
        text = decoded(data)
        first = text.partition("\n")[0]
        mark = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        rows = [(reader.line_num, [_typed(cell) for cell in row]) for row in reader]
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    except csv.Error:
        return Read((), (Refusal("csv_broken", reader.line_num).remark(),))
    return read_rows(rows)


def _typed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*FORMULA, "'") else cell


def read_xlsx(data: bytes) -> Read:
    try:
        rows = list(enumerate(_cells(data), 1))
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    return read_rows(rows)


def _cells(data: bytes) -> list[list[str]]:
    import openpyxl  # noqa: PLC0415 (as above)

    archive = Archive(data)
    if WORKBOOK not in archive:
        raise Refusal("no_workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl passes over
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(
                max_row=MOST_QUESTIONS + 2, max_col=MOST_COLUMNS, values_only=True
            )
            return [[_text(cell) for cell in row] for row in rows]
    except Exception:  # noqa: BLE001 (on a broken workbook openpyxl raises anything)
        raise Refusal("archive_broken") from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def read_rows(rows: Sequence[tuple[int, list[str]]]) -> Read:
    """Rows with their numbers, the first of them the names of the columns."""
    if not rows:
        return Read((), (Refusal("no_questions").remark(),))
    names = [" ".join(name.split()).lower() for name in rows[0][1]]
    known = {name.lower(): name for name in NAMES}
    if not {"kind", "question"} <= set(names):
        return Read((), (Refusal("no_columns", rows[0][0]).remark(),))
    columns = [known.get(name, name) for name in names]
    collector = Collector()
    for number, row in rows[1:]:
        fields = dict(zip(columns, row, strict=False))
        key = fields.get("key", "").strip()
        if any(cell.strip() for cell in row) and not key.startswith(COMMENT):
            collector.add(number, key, partial(draft_of, fields))
    return collector.read


def is_like(text: str) -> bool:
    """Whether a file looks like a list with our columns."""
    first = text.lstrip("\ufeff").partition("\n")[0].lower()
    names = [name.strip(' "') for name in first.replace(";", ",").replace("\t", ",").split(",")]
    return {"kind", "question"} <= set(names)
