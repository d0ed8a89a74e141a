"""Lists of people as spreadsheets have them: rows of text become typed rows, or messages.

Nothing is looked up or stored here: which organisations and areas there are is handed in
(`known.py`). The words that are understood stand in `row_words.toml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.people.cells import Cells, Unreadable, names_by_script
from learning.people.known import Known
from learning.people.naming import keys_of, plain
from learning.people.row_words import COLUMNS, columns, columns_left_out, heading

STANDARD = tuple((column, place) for place, column in enumerate(COLUMNS))
COMMENT = "# "  # begins a row that is for people only, as in our template


@dataclass(frozen=True)
class PersonRow:
    """One person as a list tells of her; an empty text is something not stated.

    `names` is by script, `organisation` and `area` are codes. The row is that of the file, from 1.
    """

    row: int
    names: Mapping[str, str]
    sex: str = ""
    age_band: str = ""
    constituency: str = ""
    organisation: str = ""
    job_role: str = ""
    area: str = ""
    language: str = ""
    email: str = ""


@dataclass(frozen=True)
class Problem:
    """What cannot be read, for people. The column is one of `COLUMNS`, or "" for the whole row."""

    row: int
    column: str
    message: str

    @property
    def heading(self) -> str:
        return heading(self.column, get_language() or "en") if self.column else ""


@dataclass(frozen=True)
class Reading:
    """`people` are the rows without a problem; `left_out` are headings of columns not read."""

    people: list[PersonRow]
    problems: list[Problem]
    left_out: list[str]


@dataclass
class Layout:
    """Which column stands where (from 0), and after which row the people begin."""

    heading_row: int
    places: dict[str, int]
    left_out: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_people(rows: Sequence[Sequence[str]], known: Known) -> Reading:
    """Read `rows` of text, with a row of headings in any language or in the order of our template.

    Blank rows and rows that begin with "# " are passed over; row numbers stay those of `rows`,
    from 1. Messages are in the active language.
    """
    layout = find_layout(rows)
    reading = Reading([], layout.problems, layout.left_out)
    if layout.problems:
        return reading
    cells = Cells(known)
    for number, row in enumerate(rows, 1):
        if number > layout.heading_row and not is_passed_over(row):
            person, problems = read_row(number, row, layout, cells)
            reading.problems.extend(problems)
            if not problems:
                reading.people.append(person)
    return reading


def is_passed_over(row: Sequence[str]) -> bool:
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return not first or first.startswith(COMMENT)


# --- headings ------------------------------------------------------------------------------------


def find_layout(rows: Sequence[Sequence[str]]) -> Layout:
    """The columns by the first row that says something, or in the standard order."""
    spoken = ((number, row) for number, row in enumerate(rows, 1) if not is_passed_over(row))
    number, first = next(spoken, (0, ()))
    if is_headings(first):
        layout = layout_by(number, first)
        headed = {place for place, cell in enumerate(first) if cell.strip()}
    else:
        layout = Layout(0, dict(STANDARD))
        headed = set(layout.places.values())
    for place in sorted(places_filled(rows[layout.heading_row :]) - headed):
        layout.left_out.append(_("Column {n}, which has no heading").format(n=place + 1))
    return layout


def is_headings(row: Sequence[str]) -> bool:
    """Whether at least half of the cells that say something are headings we know."""
    texts = [plain(cell) for cell in row if plain(cell)]
    known = [text for text in texts if text in columns() or text in columns_left_out()]
    return bool(known) and 2 * len(known) >= len(texts)


def layout_by(number: int, row: Sequence[str]) -> Layout:
    """The columns as the row of headings names them."""
    layout = Layout(number, {})
    for place, cell in enumerate(row):
        column = columns().get(plain(cell))
        if column is None:
            layout.left_out += [cell.strip()] if cell.strip() else []
        elif column in layout.places:
            words = _("Two columns are headed “{heading}”. Keep one of them.")
            layout.problems.append(Problem(number, column, words.format(heading=cell.strip())))
        else:
            layout.places[column] = place
    if not layout.places.keys() & {"name", "own_name"}:
        words = _("No column holds the names of the people. Head one of them “{heading}”.")
        name = heading("name", get_language() or "en")
        layout.problems.append(Problem(number, "", words.format(heading=name)))
    return layout


def places_filled(rows: Iterable[Sequence[str]]) -> set[int]:
    """The columns, from 0, in which any row says something."""
    return {
        place
        for row in rows
        if not is_passed_over(row)
        for place, cell in enumerate(row)
        if cell.strip()
    }


# --- rows ----------------------------------------------------------------------------------------


def read_row(
    number: int, row: Sequence[str], layout: Layout, cells: Cells
) -> tuple[PersonRow, list[Problem]]:
    values: dict[str, str] = {}
    problems = []
    for column, place in layout.places.items():
        try:
            values[column] = cells.read(column, row[place] if place < len(row) else "")
        except Unreadable as refusal:
            problems.append(Problem(number, column, str(refusal)))
    try:
        names = names_by_script(values.pop("name", ""), values.pop("own_name", ""))
    except Unreadable as refusal:
        names = {}
        if not problems:
            problems.append(Problem(number, "name", str(refusal)))
    age_band = values.pop("age", "")
    return PersonRow(number, names, age_band=age_band, **values), problems


# --- the same person twice -----------------------------------------------------------------------


class Why(StrEnum):
    """What two entries have in common. Only the first is enough to take them for one person."""

    ADDRESS_AND_NAME = "address and name"
    ADDRESS = "address"
    NAME = "name"  # with nothing against it in sex and organisation


@dataclass(frozen=True)
class Likeness:
    """That a row may be the person of an `earlier` row of the same list."""

    earlier: int
    why: Why


def look_alikes(people: Iterable[PersonRow]) -> dict[int, Likeness]:
    """Rows that look like an earlier one of `people`, with the first such; by row number."""
    earlier = Earlier()
    found = {}
    for person in people:
        if likeness := earlier.like(person):
            found[person.row] = likeness
        earlier.add(person)
    return found


class Earlier:
    """The first row of each address, and of each name with its sex and organisation."""

    def __init__(self) -> None:
        self.by_address: dict[str, PersonRow] = {}
        self.by_name: dict[tuple[str, str], dict[str, int]] = {}

    def like(self, person: PersonRow) -> Likeness | None:
        keys = keys_of(person.names.values())
        if owner := self.by_address.get(person.email.casefold()):
            same = not keys.isdisjoint(keys_of(owner.names.values()))
            return Likeness(owner.row, Why.ADDRESS_AND_NAME if same else Why.ADDRESS)
        rows = [
            row
            for key in keys
            for sex, row in self.by_name.get((key, person.organisation), {}).items()
            if sexes_agree(sex, person.sex)
        ]
        return Likeness(min(rows), Why.NAME) if rows else None

    def add(self, person: PersonRow) -> None:
        if person.email:
            self.by_address.setdefault(person.email.casefold(), person)
        for key in keys_of(person.names.values()):
            rows = self.by_name.setdefault((key, person.organisation), {})
            rows.setdefault(person.sex, person.row)


def sexes_agree(one: str, other: str) -> bool:
    """Whether the two may be the same: equal, or one of them not stated."""
    return not one or not other or one == other
