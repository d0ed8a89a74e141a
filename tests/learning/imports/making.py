"""Lists made by hand: as rows, as CSV and as workbooks."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

from learning.imports.importing import confirm
from learning.imports.models import Roster
from learning.imports.planning import Target
from learning.imports.storing import store
from learning.people.models import User

HEADINGS = ("Name", "Sex", "Organisation", "Area", "E-mail")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

type Rows = Sequence[Sequence[str]]


def row(name: str, sex: str = "", email: str = "", *, organisation: str = "", area: str = "PK-PB"):
    return [name, sex, organisation, area, email]


def rows(many: int, email: str = "", name: str = "Person") -> list[list[str]]:
    """People of Punjab with names of their own; `email` may hold {n}."""
    return [row(f"{name} {word(n)}", email=email.format(n=n)) for n in range(many)]


def word(number: int) -> str:
    return "".join(LETTERS[int(digit)] for digit in f"{number:05}")


def kept(by: User, target: Target, *people: Sequence[str], language: str = "en") -> Roster:
    """A list of people below our headings, uploaded."""
    found = [list(HEADINGS), *map(list, people)]
    return store(found, target, by=by, language=language, file_name="list.csv")


def imported(by: User, target: Target, *people: Sequence[str], **facts: Any) -> Roster:
    return confirm(kept(by, target, *people, **facts), by)


def csv_of(*lines: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(lines)
    return file.getvalue().encode(encoding)


def workbook_of(*lines: Sequence[Any], title: str = "List", more: int = 0) -> bytes:
    """With so many `more` empty sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    for number in range(more):
        book.create_sheet(f"More {number}")
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(workbook: bytes, part: str, content: bytes) -> bytes:
    """The same archive with one part added, or with another content."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()} | {part: content}
        for name, text in parts.items():
            new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return file.getvalue()
