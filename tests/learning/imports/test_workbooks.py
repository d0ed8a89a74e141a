"""Workbooks that people make, and those that somebody made to do harm."""

import datetime as dt
import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from learning.imports.errors import BadFile
from learning.imports.reading import read_table
from learning.imports.workbooks import text_of
from tests.learning.imports.making import changed, saved, word, workbook_of

HONEST = workbook_of(["Name", "Sex"], ["Ali Khan", "m"])
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>"""


def refusal(data: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read_table(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Ali", "Ali"),
        (34, "34"),
        (34.0, "34"),
        (1.5, "1.5"),
        (True, "True"),
        (dt.datetime(1992, 3, 4, 12, tzinfo=dt.UTC), "1992-03-04"),
        (dt.date(1992, 3, 4), "1992-03-04"),
        (dt.time(9, 30), "09:30:00"),
        (ArrayFormula("A1:A2", "=B1"), "="),
    ],
)
def test_cells_become_the_text_that_people_see(value, text):
    assert text_of(value) == text


def test_formulas_come_as_text_and_are_never_computed():
    data = workbook_of(["Name", "Age"], ["Ali Khan", '=HYPERLINK("http://x.test","34")'])

    assert read_table(data).rows[1][1] == '=HYPERLINK("http://x.test","34")'


def test_only_the_first_sheet_is_read_and_that_is_told():
    table = read_table(workbook_of(["Name"], ["Ali Khan"], title="Lahore", more=1))

    assert table.rows == [["Name"], ["Ali Khan"]]
    assert table.remark == "Only the first sheet, “Lahore”, was read."


def test_a_hidden_sheet_is_not_the_first():
    book = openpyxl.Workbook()
    book.active.append(["Secret Person"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Seen").append(["Ali Khan"])

    assert read_table(saved(book)).rows == [["Ali Khan"]]


def test_rows_that_the_file_leaves_out_count():
    book = openpyxl.Workbook()
    book.active["A1"] = "Name"
    book.active["A5"] = "Ali Khan"

    assert read_table(saved(book)).rows == [["Name"], [], [], [], ["Ali Khan"]]


def test_blank_rows_may_go_on_for_ever_and_people_may_not():
    book = openpyxl.Workbook()
    book.active["A1"] = "Ali Khan"
    book.active["A30000"].number_format = "@"
    assert read_table(saved(book)).rows == [["Ali Khan"]]

    book.active["A30000"] = "Sana Bibi"
    assert refusal(saved(book)).startswith("The sheet goes on after row 20,000.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (HONEST[:-40], "This file is broken."),
        (b"PK\x03\x04nonsense", "This file is broken."),
        (changed(HONEST, SHEET, b"<worksheet><sheetData><row>"), "This workbook is broken."),
        (
            changed(HONEST, "xl/workbook.xml", b"<x/>"),
            "This workbook has no sheet that can be seen.",
        ),
        (
            changed(HONEST, SHEET, ENTITIES % (b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">', b"&b;")),
            "This workbook is broken.",
        ),
        (
            changed(HONEST, SHEET, ENTITIES % (b'<!ENTITY b SYSTEM "file:///etc/passwd">', b"&b;")),
            "This workbook is broken.",
        ),
    ],
)
def test_broken_and_hostile_workbooks_are_refused(data, message):
    assert refusal(data).startswith(message)


def archive(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(name, content)
    return file.getvalue()


def test_an_archive_without_a_workbook_is_refused():
    assert refusal(archive(("list.csv", b"Name"))).startswith(
        "This archive holds no Excel workbook"
    )


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = changed(HONEST, SHEET, b" " * (60 * 1024 * 1024))
    assert len(bomb) < 100_000

    tracemalloc.start()
    message = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert message.startswith("This workbook holds far more than a list.")
    assert peak < 5 * 1024 * 1024


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, b"<worksheet><sheetData>" + b"<row/>" * 600_001),
        (SHEET, b"<a>" * 600_001),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 600_001),
        ("xl/styles.xml", b" " * (512 * 1024 + 1)),
    ],
)
def test_more_elements_than_a_list_needs_are_refused_before_they_are_read(part, content):
    message = refusal(changed(HONEST, part, content))

    assert message.startswith("This workbook holds far more than a list.")


def test_a_row_number_beyond_all_sheets_ends_the_reading():
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <sheetData><row r="99999999999"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"""

    assert refusal(changed(HONEST, SHEET, sheet)).startswith("The sheet goes on after row 20,000.")


def test_the_largest_list_is_within_the_bounds():
    lines = [
        [f"Person {word(n)}", *(f"value {word(n)} {c}" for c in range(9))] for n in range(5000)
    ]

    assert len(read_table(workbook_of(*lines)).rows) == 5000


def test_an_archive_of_very_many_parts_is_refused():
    parts = [("xl/workbook.xml", b""), *((f"x/{n}", b"") for n in range(501))]

    assert refusal(archive(*parts)).startswith("This workbook holds far more than a list.")


def test_a_size_that_the_archive_lies_about_reads_no_further():
    """The archive says that the sheet is small; what is beyond is not unpacked."""
    sheet = zipfile.ZipFile(io.BytesIO(HONEST)).read(SHEET)
    longer = sheet.replace(b"</sheetData>", b" " * 5_000_000 + b"</sheetData>")
    data = changed(HONEST, SHEET, longer)
    true_size = len(longer).to_bytes(4, "little")
    lying = data.replace(true_size, (1000).to_bytes(4, "little"))
    assert lying != data

    assert refusal(lying).startswith("This file is broken.")
