"""The estimates of a round as a list: a row for each question, a column for each judge.

The list that is downloaded is the list that may be uploaded again. Nothing is stored here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.standards.errors import CannotStudy
from learning.standards.estimating import Place
from learning.standards.models import Judge
from learning.standards.studying import Panel
from modules.questions.digits import NumberError, read_number
from modules.reference.cells import restored

BESIDE = 2  # columns before those of judges: the number of the question, and its words
MOST_REMARKS = 20
MOST = 100


@dataclass(frozen=True)
class Grid:
    """What a list says: estimates by judge and question, and what cannot be read of it."""

    asked: Mapping[Place, int]
    remarks: Sequence[str]


def read_grid(rows: Sequence[Sequence[str]], judges: Sequence[Judge], panel: Panel) -> Grid:
    """The estimates of a list; empty cells say nothing. Raises `CannotStudy` without a judge.

    Below an empty row stands what reports say under their tables; it is passed over.
    """
    by_column = dict(_judges_in(rows[0] if rows else (), judges))
    if not by_column:
        raise CannotStudy(
            _(
                "No column has the name of a judge of this panel. Download the list, fill it in,"
                " and upload it again."
            )
        )
    asked: dict[Place, int] = {}
    remarks: list[str] = _strangers(rows[0], by_column)
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            break
        position = _position(row[0])
        if position in panel.positions:
            own, wrong = _read_row(row, number, by_column)
            asked |= {(pk, position): percent for pk, percent in own.items()}
            remarks += wrong
        else:
            remarks.append(_("Row {n}: there is no such question.").format(n=number))
    return Grid(asked, remarks[:MOST_REMARKS])


def _read_row(
    row: Sequence[str], number: int, by_column: Mapping[int, Judge]
) -> tuple[dict[int, int], list[str]]:
    """The estimates of one row by judge, and what cannot be read of it."""
    own, wrong = {}, []
    for place, judge in by_column.items():
        try:
            percent = read_percent(row[place] if place < len(row) else "")
        except ValueError:
            words = _("Row {n}, {judge}: write a whole number from 0 to 100.")
            wrong.append(words.format(n=number, judge=judge))
            continue
        if percent is not None:
            own[judge.pk] = percent
    return own, wrong


def _judges_in(headings: Sequence[str], judges: Sequence[Judge]) -> Iterator[tuple[int, Judge]]:
    by_name = {judge.name.casefold(): judge for judge in judges}
    for place, heading in enumerate(headings):
        judge = by_name.pop(restored(heading).strip().casefold(), None)
        if judge is not None:
            yield place, judge


def _strangers(headings: Sequence[str], by_column: Mapping[int, Judge]) -> list[str]:
    others = [
        heading.strip()
        for place, heading in enumerate(headings)
        if place >= BESIDE and place not in by_column and heading.strip()
    ]
    words = _("“{name}” is no judge of this panel; the column is passed over.")
    return [words.format(name=name) for name in others]


def _position(cell: str) -> int | None:
    try:
        number = read_number(cell, units=())
    except NumberError:
        return None
    return int(number) if number.denominator == 1 else None


def read_percent(cell: str) -> int | None:
    """A whole number from 0 to 100 in any script, with or without a sign; None for nothing.

    Raises `ValueError`.
    """
    text = cell.strip().rstrip("%٪").strip()
    if not text:
        return None
    try:
        number = read_number(text, units=())
    except NumberError:
        raise ValueError(cell) from None
    if number.denominator != 1 or not 0 <= number <= MOST:
        raise ValueError(cell)
    return int(number)
