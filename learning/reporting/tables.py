"""A report as one value: what page, CSV, XLSX and PDF show alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from babel.numbers import format_decimal
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modules.reference.dates import in_words

# A text in a column of numbers says why there is none: "under 10", "not shown".
type Value = str | int | date | None


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # whole per cent, cut
    POINTS = "points"  # a difference in whole points of 100, with its sign
    DAY = "day"


class Level(StrEnum):
    BODY = "body"
    ROUGH = "rough"  # of so few people that its numbers are rough
    SUM = "sum"  # adds up the rows above it, back to the last sum
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """`about` says in a sentence what is counted; empty for what its name says."""

    key: str
    label: str
    kind: Kind = Kind.NUMBER
    about: str = ""

    @property
    def heading(self) -> str:
        """For files, whose numbers have no signs."""
        return f"{self.label} (%)" if self.kind == Kind.PERCENT else self.label

    @property
    def is_number(self) -> bool:
        return self.kind in {Kind.NUMBER, Kind.PERCENT, Kind.POINTS}


@dataclass(frozen=True)
class Cell:
    """A value, and the address of the list behind it or of what it names, for who may open that."""

    value: Value
    link: str = ""


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    level: Level = Level.BODY

    @property
    def is_total(self) -> bool:
        return self.level == Level.TOTAL


@dataclass(frozen=True)
class Shown:
    """A cell in words. `repeats`: it and those before it say what the row above says too."""

    column: Column
    cell: Cell
    text: str
    repeats: bool


@dataclass(frozen=True)
class Table:
    """`name` is for files and sheets; `about` are the filters in words, by what they filter."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    about: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    as_of: datetime = field(default_factory=timezone.now)
    is_demo: bool = field(default_factory=lambda: settings.DEMO)

    @property
    def body(self) -> Sequence[Row]:
        return [row for row in self.rows if not row.is_total]

    @property
    def totals(self) -> Sequence[Row]:
        return [row for row in self.rows if row.is_total]

    @property
    def explained(self) -> Sequence[Column]:
        return [column for column in self.columns if column.about]

    def shown(self) -> Iterator[tuple[Row, list["Shown"]]]:
        """Each row with its cells as a page prints them."""
        before: tuple[Cell, ...] = ()
        for row in self.rows:
            yield row, list(self._shown(row, before))
            before = row.cells

    def _shown(self, row: Row, before: tuple[Cell, ...]) -> Iterator["Shown"]:
        repeats = bool(before)
        for place, (column, cell) in enumerate(self.pairs(row)):
            repeats = repeats and not column.is_number and before[place].value == cell.value
            yield Shown(column, cell, in_text(column, cell.value), repeats)

    def pairs(self, row: Row) -> Iterator[tuple[Column, Cell]]:
        return zip(self.columns, row.cells, strict=True)

    def remarks(self) -> list[tuple[str, str]]:
        """What stands under the table in a file: when, by which filters, and what to mind."""
        when = timezone.localtime(self.as_of).strftime("%Y-%m-%d %H:%M %Z")
        lines = [(_("Report"), self.title), (_("As of"), when), *self.about]
        lines += [(column.label, column.about) for column in self.explained]
        lines += [(_("Note"), note) for note in self.notes]
        if self.is_demo:
            lines.append((_("Note"), _("Demo data: people and scores are invented.")))
        return lines


def in_text(column: Column, value: Value) -> str:
    """A value in words and digits of the reader's language."""
    if value is None:
        return ""
    if isinstance(value, date):
        return in_words(value.isoformat(), get_language() or "en")
    if isinstance(value, str):
        return value
    number = number_in(value, get_language() or "en")
    if column.kind == Kind.PERCENT:
        return f"{number}%"
    sign = "+" if column.kind == Kind.POINTS and value > 0 else ""
    return f"{sign}{number}"


@lru_cache(maxsize=10_000)
def number_in(value: int, language: str) -> str:
    """Tables hold the same small numbers again and again."""
    return format_decimal(value, locale=language).replace("-", "−")
