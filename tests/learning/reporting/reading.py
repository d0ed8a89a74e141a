"""Reads reports as a person or a spreadsheet would: the page, the CSV file, the XLSX file.

A file holds what the page shows but for its days: words there, ISO dates in the file, so that they
sort and calculate. `as_shown` makes the one of the other.
"""

import io
import re
from html.parser import HTMLParser

from openpyxl import load_workbook

from modules.reference import dates
from modules.reference.cells import from_csv

type Cell = str | int
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"[-+−]?\d[\d,]*%?")


class _Tables(HTMLParser):
    """Collects the words of each cell of the tables of class `report`, but what is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = self.skipped = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self.inside = "report" in (told.get("class") or "").split()
            self.tables += [[]] if self.inside else []
        elif self.inside and tag == "tr":
            self.tables[-1].append([])
        elif self.inside and tag in {"th", "td"}:
            self.skipped = told.get("aria-hidden") == "true"
            self.tables[-1][-1] += [] if self.skipped else [""]

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "table"


def on_page(html: str, place: int = 0) -> list[list[Cell]]:
    """The rows of a report on a page, without its headings."""
    reader = _Tables()
    reader.feed(html)
    return [[value_of(cell.strip()) for cell in row] for row in reader.tables[place][1:]]


def in_csv(content: bytes, place: int = 0) -> list[list[Cell]]:
    """The rows of a report in a file, without its headings and remarks."""
    blocks: list[list[list[str]]] = [[]]
    for row in from_csv(content.decode()):
        if row:
            blocks[-1].append(row)
        else:
            blocks.append([])
    return [[value_of(cell) for cell in row] for row in blocks[2 * place][1:]]


def in_xlsx(content: bytes, place: int = 0) -> list[list[Cell]]:
    """The same of a sheet; numbers must be numbers."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[place]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    end = next((n for n, row in enumerate(rows) if all(cell is None for cell in row)), len(rows))
    return [[in_words(cell) for cell in row] for row in rows[:end]]


def as_shown(rows: list[list[Cell]], language: str = "en") -> list[list[Cell]]:
    """The rows of a file with their days as the page of the language writes them."""
    return [[_day(cell, language) for cell in row] for row in rows]


def _day(cell: Cell, language: str) -> Cell:
    is_day = isinstance(cell, str) and DAY.fullmatch(cell)
    return dates.in_words(str(cell), language) if is_day else cell


def in_words(value: object) -> Cell:
    if value is None:
        return ""
    return value if isinstance(value, int) else str(value).removesuffix(" 00:00:00")


def value_of(text: str) -> Cell:
    """A number as a page or a CSV file writes it, else the text."""
    if NUMBER.fullmatch(text):
        return int(text.strip("%").replace(",", "").replace("−", "-"))
    return text
