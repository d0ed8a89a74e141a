"""Completion: who enrolled, began, took the tests, went through it and got a certificate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from learning.people.models import Person
from learning.reporting.asking import Asked
from learning.reporting.concealing import Counted, conceal, count_or_words
from learning.reporting.cutting import CUTS, options, parted
from learning.reporting.gathering import Line
from learning.reporting.stages import ABOUT, SHORT, Stage
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value

PEOPLE = "people"
# What administrators see of each row, in order, and what viewers see beside the sexes.
STAGES = (
    *(Stage.ENROLLED, Stage.LEFT, Stage.STARTED, Stage.PRE, Stage.READ_FIRST, Stage.DONE),
    *(Stage.POST, Stage.ACHIEVEMENT, Stage.ATTENDANCE),
)
VIEWER_STAGES = tuple(
    stage for stage in STAGES if stage not in {Stage.ENROLLED, Stage.LEFT, Stage.READ_FIRST}
)
# Which of them tell who passed, and of which test.
RESULTS = {
    VIEWER_STAGES.index(Stage.ACHIEVEMENT): VIEWER_STAGES.index(Stage.POST),
    VIEWER_STAGES.index(Stage.ATTENDANCE): None,
}
LIST = "report_people"
# A row makes its address once, with this in the place of what stands in the address of a number.
STAGE = "--stage--"
ASKED_FOR = (f"{Stage.ENROLLED}&count={PEOPLE}", *map(str, STAGES))


@dataclass
class Tally:
    """Enrolments by stage, and the people among those enrolled."""

    stages: Counter[Stage] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)

    def add(self, line: Line) -> None:
        self.stages.update(line.stages)
        if Stage.ENROLLED in line.stages:
            self.people.add(line.person)

    @property
    def values(self) -> list[int]:
        return [len(self.people), *(self.stages[stage] for stage in STAGES)]


def tally(lines: Iterable[Line]) -> Tally:
    found = Tally()
    for line in lines:
        found.add(line)
    return found


def completion_table(
    asked: Asked, by: str, cut: str = "", lines: Sequence[Line] | None = None
) -> Table:
    """A row for each value of `by`, parted once more by `cut` if that is given.

    Exact, with a list behind every number, or concealed and without lists. `lines` are those asked
    for, where they are known already.
    """
    lines = asked.lines() if lines is None else lines
    exact = asked.reach.exact
    rows = _exact_rows(asked, lines, by, cut) if exact else _viewer_rows(asked, lines, by)
    return Table(
        name="completion",
        title=_("Completion"),
        columns=tuple(_columns(by, cut, exact=exact)),
        rows=tuple(rows),
        about=asked.in_words(),
        notes=tuple(_notes(by, cut, exact=exact)),
    )


def _columns(by: str, cut: str, *, exact: bool) -> Iterator[Column]:
    if by == "cohort":
        yield Column("course", _("Course"), Kind.TEXT)
    for name in filter(None, (by, cut)):
        yield Column(name, str(CUTS[name].label), Kind.TEXT)
    if exact:
        yield Column(PEOPLE, _("People"), about=_("Distinct people among the enrolled."))
    else:
        yield _stage_column(Stage.ENROLLED)
        for value, label in _sexes(by):
            yield Column(f"sex-{value}", label)
    for stage in STAGES if exact else VIEWER_STAGES:
        yield _stage_column(stage)


def _stage_column(stage: Stage) -> Column:
    return Column(stage, str(SHORT[stage]), about=str(ABOUT[stage]))


def _sexes(by: str) -> list[tuple[str, str]]:
    """The columns that part the enrolled of a viewer's table by sex; none if its rows do so."""
    labels = {
        Person.Sex.FEMALE: _("Women"),
        Person.Sex.MALE: _("Men"),
        Person.Sex.ANOTHER: _("Another sex"),
        Person.Sex.NOT_STATED: _("Sex not stated"),
    }
    return [] if by == "sex" else [(str(value), label) for value, label in labels.items()]


def _notes(by: str, cut: str, *, exact: bool) -> Iterator[str]:
    if not exact:
        yield _("All numbers count enrolments, not people.")
        yield _(
            "“Not shown”: fewer than five people, or fewer than ten who passed or failed, or a"
            " number from which so few could be worked out. Courses people take by themselves only;"
            " training sessions stand on the page of the programme."
        )
        return
    yield _(
        "All numbers but “People” count enrolments: somebody in two courses or sessions is"
        " enrolled twice."
    )
    if by in {"course", "cohort"}:
        yield _("Somebody in two rows is one person in the total of “People”.")


# --- exact ---------------------------------------------------------------------------------------


def _exact_rows(asked: Asked, lines: Sequence[Line], by: str, cut: str) -> Iterator[Row]:
    places = asked.reach.places
    by_value = parted(by, lines, places)
    for option in options(by, lines, places):
        own = by_value.get(option.value, [])
        names = [option.label] if by != "cohort" else [own[0].group.title, option.label]
        where = {by: option.in_address}
        if cut:
            yield from _crossed_rows(asked, names, own, where, cut)
            names = [*names, _("All")]
        yield _row(asked, names, own, where, Level.SUM if cut else Level.BODY)
    blanks = [""] * (by == "cohort") + [""] * bool(cut)
    yield _row(asked, [_("All"), *blanks], lines, {}, Level.TOTAL)


def _crossed_rows(
    asked: Asked, names: Sequence[str], own: Sequence[Line], where: dict[str, str], cut: str
) -> Iterator[Row]:
    by_value = parted(cut, own, asked.reach.places)
    for option in options(cut, own, asked.reach.places):
        some = by_value.get(option.value, [])
        yield _row(asked, [*names, option.label], some, where | {cut: option.in_address})


def _row(
    asked: Asked,
    names: Sequence[str],
    lines: Sequence[Line],
    where: dict[str, str],
    level: Level = Level.BODY,
) -> Row:
    address = asked.link(LIST, **where, stage=STAGE)
    numbers = [
        Cell(value, address.replace(STAGE, asked_for) if value else "")
        for value, asked_for in zip(tally(lines).values, ASKED_FOR, strict=True)
    ]
    return Row((*map(Cell, names), *numbers), level)


# --- for viewers ---------------------------------------------------------------------------------


def _viewer_rows(asked: Asked, lines: Sequence[Line], by: str) -> Iterator[Row]:
    places = asked.reach.places
    enrolled = [line for line in lines if Stage.ENROLLED in line.stages]
    found, by_value = options(by, enrolled, places), parted(by, enrolled, places)
    own = [by_value.get(option.value, []) for option in found]
    shown = conceal(_counted(own, enrolled, by))
    for place, option in enumerate(found):
        parts = [column[place] for column in shown.parts]
        split = shown.split[place] if shown.split else []
        yield _plain_row(option.label, [shown.whole[place], *split, *parts])
    total = [shown.whole_total, *shown.split_totals, *shown.parts_totals]
    yield _plain_row(_("All"), total, Level.TOTAL)


def _counted(rows: Sequence[Sequence[Line]], enrolled: Sequence[Line], by: str) -> Counted:
    tallies, total = [tally(own).stages for own in rows], tally(enrolled).stages
    sexes = [value for value, _label in _sexes(by)]
    return Counted(
        whole=[len(own) for own in rows],
        whole_total=len(enrolled),
        parts=[[own[stage] for own in tallies] for stage in VIEWER_STAGES],
        parts_totals=[total[stage] for stage in VIEWER_STAGES],
        results=RESULTS,
        split=[_by_sex(own, sexes) for own in rows] if sexes else [],
        split_totals=_by_sex(enrolled, sexes),
    )


def _by_sex(lines: Iterable[Line], sexes: Sequence[str]) -> list[int]:
    found = Counter(line.about.sex for line in lines)
    return [found[sex] for sex in sexes]


def _plain_row(label: str, counts: Sequence[int | None], level: Level = Level.BODY) -> Row:
    values: list[Value] = [label, *map(count_or_words, counts)]
    return Row(tuple(map(Cell, values)), level)
