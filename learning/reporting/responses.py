"""Every response to a test as a row of a file, for who wants to compute something of her own."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import batched

import numpy as np
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from learning.reporting.coding import ALONE, TICK, Parts, parts_of, places_in
from learning.reporting.item_words import letter
from learning.reporting.surveying import Survey
from learning.reporting.tables import Cell, Column, Kind, Row, Table, Value
from learning.reporting.writing import TYPES, file_of
from modules.reference.cells import MARK, to_csv

AT_A_TIME = 2_000  # rows of a CSV that are made together
MOST_IN_A_SHEET = 50_000  # rows; a sheet is made in memory, a CSV is sent as it is made


def responses_file(
    kind: str, found: Survey, about: Sequence[tuple[str, str]], *, with_options: bool
) -> HttpResponse | StreamingHttpResponse:
    """The file; 404 for a kind that there is not, and for a sheet of too many rows."""
    if kind == "csv":
        return _sent(found, about, with_options=with_options)
    if not fits_a_sheet(found):
        raise Http404
    rows = tuple(Row(tuple(map(Cell, row))) for row in _rows(found, with_options=with_options))
    return file_of(kind, [_table(about, rows, with_options=with_options)])


def fits_a_sheet(found: Survey) -> bool:
    return int((~np.isnan(found.marks.marks)).sum()) <= MOST_IN_A_SHEET


def _sent(
    found: Survey, about: Sequence[tuple[str, str]], *, with_options: bool
) -> StreamingHttpResponse:
    head = _table(about, (), with_options=with_options)
    day = timezone.localdate(head.as_of).isoformat()
    name = f"cascade-{head.name}-{day}.csv"

    # Words are chosen now: the answer is sent when its language is not in force any more.
    headings, remarks = [column.heading for column in head.columns], head.remarks()

    def parts() -> Iterator[str]:
        yield to_csv([headings])
        for rows in batched(_rows(found, with_options=with_options), AT_A_TIME):
            plain = [
                [one.isoformat() if isinstance(one, dt.date) else one for one in row]
                for row in rows
            ]
            yield to_csv(plain).removeprefix(MARK)
        yield to_csv([[], *remarks]).removeprefix(MARK)

    return StreamingHttpResponse(
        (part.encode() for part in parts()),
        content_type=TYPES["csv"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _table(about: Sequence[tuple[str, str]], rows: tuple[Row, ...], *, with_options: bool) -> Table:
    """A row for each mark. People are numbers, the same in all rows of one file alone."""
    about_option = _(
        "The letters of what was chosen. For statements and pairs the letter of each with the"
        " number of what was chosen for it; of a statement 1 is true and 2 is false."
    )
    option = (Column("option", _("Option"), Kind.TEXT, about_option),) if with_options else ()
    return Table(
        name="responses",
        title=_("Responses"),
        columns=(
            Column("person", _("Person"), about=_("A number instead of a name.")),
            Column("day", _("Day"), Kind.DAY),
            Column("form", _("Form"), Kind.TEXT),
            Column("question", _("Question"), Kind.TEXT),
            Column("version", _("Version")),
            Column("mark", _("Mark"), Kind.TEXT),
            Column("full", _("Full mark"), Kind.TEXT),
            *option,
        ),
        rows=rows,
        about=tuple(about),
    )


def _rows(found: Survey, *, with_options: bool) -> Iterator[list[Value]]:
    marks, sittings = found.marks, found.marks.counted.table.sittings
    versions = marks.versions
    parts = [parts_of(found.definitions[version]) for version in versions]
    chosen = [
        None if own is None else places_in(own, marks.chosen(column))
        for column, own in enumerate(parts)
    ]
    for person, place in enumerate(marks.counted.places):
        day = timezone.localdate(dt.datetime.fromtimestamp(sittings.began[place], dt.UTC))
        form = str(sittings.form[place])
        for column in np.flatnonzero(~np.isnan(marks.marks[person])):
            mark, full = marks.marks[person, column], marks.full[column]
            row: list[Value] = [person + 1, day, form, *versions[column], f"{mark:g}", f"{full:g}"]
            yield [*row, _chosen(parts[column], chosen[column], person)] if with_options else row


def _chosen(parts: Parts | None, places: NDArray | None, person: int) -> str:
    """ "B", "A C" of a choice of several, "A1 B2" of statements and pairs; "" for nothing."""
    if parts is None or places is None:
        return ""
    own = [(n, int(place)) for n, place in enumerate(places[person]) if place >= 0]
    if parts.keys == ALONE:
        return "".join(letter(place) for _n, place in own)
    if parts.choices == TICK:
        return " ".join(letter(n) for n, _place in own)
    return " ".join(f"{letter(n)}{place + 1}" for n, place in own)
