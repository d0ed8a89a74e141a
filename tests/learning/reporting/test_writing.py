"""Files of reports: what is in them is what is on the screen, and never a formula."""

import datetime as dt
import io

import pytest
from django.http import Http404
from django.utils import translation
from openpyxl import load_workbook

from learning.cascade.models import Event
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, in_text
from learning.reporting.writing import csv_of, file_of, xlsx_of
from modules.reference.cells import from_csv
from tests.cast import sign_in
from tests.learning.cascade.making import verified_event
from tests.learning.reporting.making import (
    MARCH,
    crowd,
    enrol,
    enrol_all,
    give_certificate,
    hold,
    make_cohort,
)
from tests.learning.reporting.reading import as_shown, in_csv, in_xlsx, on_page

# How a cell may begin that a spreadsheet would take for a formula.
PAYLOADS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1"),
    '=HYPERLINK("http://example.org";"x")',
)
PLAIN = ("Ayesha", "'quoted'", "a=b", "", "سندھ")


def table(*texts: str) -> Table:
    return Table(
        name="test",
        title="A test",
        columns=(
            Column("name", "Name", Kind.TEXT),
            Column("n", "Number", about="How many."),
            Column("share", "Share", Kind.PERCENT),
        ),
        rows=tuple(Row((Cell(text), Cell(1272), Cell(31))) for text in texts),
        about=(("Period", "2026"),),
        notes=("Mind this.",),
        is_demo=False,
    )


@pytest.mark.parametrize("text", [*PAYLOADS, *PLAIN])
def test_text_of_a_csv_file_comes_back_as_it_was_and_is_no_formula(text):
    content = csv_of([table(text)]).decode()

    assert from_csv(content)[1][0] == text
    first = content.splitlines()[1].strip('"')
    assert not first.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", PAYLOADS)
def test_text_of_a_sheet_is_text(text):
    sheet = load_workbook(io.BytesIO(xlsx_of([table(text)]))).active

    cell = sheet["A2"]
    assert (cell.data_type, cell.value.replace("_x000D_", "\r")) == ("s", text)
    assert cell.quotePrefix


def test_numbers_are_numbers_with_a_format():
    sheet = load_workbook(io.BytesIO(xlsx_of([table("x")]))).active

    assert [(sheet[at].value, sheet[at].number_format) for at in ("B2", "C2")] == [
        (1272, "#,##0"),
        (31, '0"%"'),
    ]
    assert csv_of([table("x")]).decode().splitlines()[1] == "x,1272,31"


def test_files_say_when_by_which_filters_and_what_is_counted():
    remarks = dict(table("x").remarks())

    assert remarks["Report"] == "A test"
    assert remarks["Period"] == "2026"
    assert remarks["Number"] == "How many."
    assert remarks["Note"] == "Mind this."
    assert "As of" in remarks


def test_sheets_of_right_to_left_languages_read_from_the_right():
    with translation.override("ur"):
        mirrored = load_workbook(io.BytesIO(xlsx_of([table("x")]))).active
    plain = load_workbook(io.BytesIO(xlsx_of([table("x")]))).active

    assert mirrored.sheet_view.rightToLeft
    assert not plain.sheet_view.rightToLeft


def test_signs_that_no_sheet_allows_are_left_out():
    sheet = load_workbook(io.BytesIO(xlsx_of([table("a\x07b")]))).active

    assert sheet["A2"].value == "ab"


def test_a_kind_of_file_that_there_is_not_is_not_found():
    with pytest.raises(Http404):
        file_of("exe", [table()])


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.NUMBER, 1272, "1,272"),
        (Kind.PERCENT, 31, "31%"),
        (Kind.POINTS, 16, "+16"),
        (Kind.POINTS, -3, "−3"),
        (Kind.POINTS, 0, "0"),
        (Kind.NUMBER, None, ""),
        (Kind.NUMBER, "not shown", "not shown"),
    ],
)
def test_values_in_words(kind, value, text):
    assert in_text(Column("", "", kind), value) == text


def test_a_row_repeats_what_the_row_above_says():
    def row(*values):
        return Row(tuple(map(Cell, values)), Level.BODY)

    columns = (Column("a", "A", Kind.TEXT), Column("b", "B", Kind.TEXT), Column("n", "N"))
    found = Table("t", "T", columns, (row("x", "y", 1), row("x", "z", 1), row("v", "z", 1)))
    assert [[shown.repeats for shown in cells] for _row, cells in found.shown()] == [
        [False, False, False],
        [True, False, False],
        [False, False, False],
    ]


# Reports, how many tables each has on its page, and how many its files have before those.
REPORTS = [
    ("completion/?by=cohort&cut=sex", 1, 0),
    ("people/?stage=enrolled", 1, 0),
    ("people-register/?q=", 1, 0),
    ("sessions/?state=verified", 1, 0),
    ("sessions/?due=certifying", 1, 0),
    ("trainers/?q=", 1, 0),
    ("certificates/?q=", 1, 0),
    ("programmes/test-programme/?period=2026", 4, 1),
]


@pytest.fixture
def something_of_everything(cast):
    """People in a course and in sessions, trainers, certificates, and a name like a formula."""
    event = verified_event(cast)
    cohort = make_cohort(cast, version=event.cohort.course_version)
    enrol_all(cohort, crowd(3, sex="female", organisation=cast.institution))
    odd = enrol(cohort, "=cmd|' /C calc'!A0", lessons=("one",), sex="male")
    give_certificate(cast, odd)
    lead = odd.person
    hold(cast, [lead, *crowd(2)], kind=Event.Kind.TOT)
    hold(cast, crowd(12), lead=lead, day=MARCH + dt.timedelta(9))
    hold(cast, headcount=60, lead=lead)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("report", "tables", "before"), REPORTS)
def test_files_equal_the_screen(
    client, cast, something_of_everything, language, report, tables, before
):
    sign_in(client, cast.system_admin)
    address = f"{'' if language == 'en' else f'/{language}'}/reports/{report}"
    page = client.get(address).content.decode()

    for kind, read in (("csv", in_csv), ("xlsx", in_xlsx)):
        response = client.get(f"{address}&file={kind}")
        assert response["Content-Disposition"].startswith("attachment; filename=")
        for table in range(tables):
            rows = as_shown(read(response.content, before + table), language)
            assert rows
            assert rows == on_page(page, table)


@pytest.mark.django_db
def test_days_are_words_on_the_screen_and_dates_in_files(client, cast):
    hold(cast, crowd(1), day=MARCH)
    sign_in(client, cast.system_admin)
    address = "/reports/sessions/?state=verified"

    assert on_page(client.get(address).content.decode())[0][1] == "2 March 2026"
    assert in_csv(client.get(f"{address}&file=csv").content)[0][1] == "2026-03-02"
    book = load_workbook(io.BytesIO(client.get(f"{address}&file=xlsx").content))
    assert (book.active["B2"].value.date(), book.active["B2"].number_format) == (
        MARCH,
        "yyyy-mm-dd",
    )
