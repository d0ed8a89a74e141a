"""Figures of a test, of its questions and of the options of one question, as tables."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.measurement.basis import MIN_FULL, MIN_ROUGH, Basis
from learning.measurement.items import Analysis, Gap, Item
from learning.measurement.suppression import MIN_DENOMINATOR
from learning.reporting.choosing import Chosen
from learning.reporting.columns import Version
from learning.reporting.comparing import facility, hundredths, tenths
from learning.reporting.item_words import in_one, remarks
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value
from modules.reference.lists import left_to_right

type About = Sequence[tuple[str, str]]
type Links = Callable[[Version], str]

TOGETHER = gettext_lazy("How far right answers in it go together with those in the others.")


# --- the test ------------------------------------------------------------------------------------


def test_table(found: Analysis, points: float, people: str, about: About, *, exact: bool) -> Table:
    """A row for each figure. `points`: of 100, for one mark; `people`: address of the list."""
    few = _("under {n}").format(n=MIN_DENOMINATOR)
    shown = exact or found.n >= MIN_DENOMINATOR
    rows = [Row((Cell(_("People")), Cell(found.n if shown else few, people), Cell("")))]
    if found.n >= MIN_ROUGH:
        rows += [Row(tuple(map(Cell, row)), level_of(found.n)) for row in _figures(found, points)]
    return Table(
        name="test",
        title=_("The test"),
        columns=(
            Column("figure", _("What is measured"), Kind.TEXT),
            Column("value", _("Value")),
            Column("meaning", _("What it says"), Kind.TEXT),
        ),
        rows=tuple(rows),
        about=tuple(about),
    )


def _figures(found: Analysis, points: float) -> list[tuple[Value, Value, Value]]:
    def of_100(value: float | None) -> Value:
        return None if value is None else tenths(value * points)

    low, high = found.alpha_ci or (None, None)
    ends = [left_to_right(hundredths(end)) for end in (low, high)]
    rows: list[tuple[Value, Value, Value]] = [
        (_("Mean"), of_100(found.mean), _("of 100")),
        (_("Median"), of_100(found.median), _("of 100: half of the people have less")),
        (_("Spread"), of_100(found.sd), _("one standard deviation, in points of 100")),
        (_("Skewness"), _plain(found.skewness), _("below 0: more people near the top")),
        (_("Kurtosis"), _plain(found.kurtosis), _("above 0: more people far from the middle")),
        (
            _("Reliability (alpha)"),
            _plain(found.alpha),
            _("from 0.8 good for persons, from 0.7 for groups"),
        ),
    ]
    if found.alpha_ci:
        interval = _("{low} to {high}").format(low=ends[0], high=ends[1])
        rows.append((_("95% interval"), interval, _("where the true reliability lies")))
    if found.kr21 is not None:
        rows.append((_("KR-21"), _plain(found.kr21), _("reliability, were all questions as hard")))
    return [
        *rows,
        (_("Error of a mark"), of_100(found.sem), _("one standard error, in points of 100")),
    ]


def _plain(value: float | None) -> Value:
    return None if value is None else hundredths(value).removeprefix("+")


# --- the questions -------------------------------------------------------------------------------


def items_table(
    versions: Sequence[Version],
    found: Analysis,
    chosen: Chosen,
    links: tuple[Links, Links],
    about: About,
    *,
    exact: bool,
    names_options: bool,
) -> Table:
    """A row for each version of a question. `links`: to its page, and to the people asked."""
    to_page, to_people = links
    rows = [
        _item_row(
            (f"{version[0]}.{version[1]}", to_page(version)),
            item,
            to_people(version),
            remarks(item, chosen.of_one(place), names_options=names_options),
            exact=exact,
        )
        for place, (version, item) in enumerate(zip(versions, found.items, strict=True))
    ]
    return Table(
        name="questions",
        title=_("Questions"),
        columns=(
            Column("question", _("Question"), Kind.TEXT, _("Its key and its version.")),
            Column("people", _("People"), about=_("Who were asked it.")),
            Column(
                "facility",
                _("Right"),
                Kind.PERCENT,
                _("The share of the full mark that people got on average, cut."),
            ),
            Column("item_rest", _("With the rest"), about=str(TOGETHER)),
            Column(
                "upper_lower",
                _("Best less weakest"),
                Kind.POINTS,
                _("How much better the best 27% of the people did in it than the weakest 27%."),
            ),
            Column(
                "efficiency",
                _("Efficiency"),
                Kind.PERCENT,
                _("“With the rest” as a share of the most that the marks allow."),
            ),
            Column(
                "weight",
                _("Weight"),
                Kind.PERCENT,
                _("How much of the differences between people comes from it."),
            ),
            Column("note", _("To look at"), Kind.TEXT),
        ),
        rows=tuple(rows),
        about=tuple(about),
        notes=(
            _("Grey rows have fewer than {n} people.").format(n=MIN_FULL),
            _("First attempts alone are counted, each person once."),
        ),
    )


def _item_row(
    name: tuple[str, str], item: Item, people: str, said: list[str], *, exact: bool
) -> Row:
    few = _("under {n}").format(n=MIN_DENOMINATOR)
    shown = exact or item.n >= MIN_DENOMINATOR
    told = item.basis != Basis.FACILITY
    cells = [
        Cell(*name),
        Cell(item.n if shown else few, people),
        Cell(facility(item.facility or 0, item.n, exact=exact)),
        Cell(hundredths(item.item_rest) or None if told else None),
        Cell(in_percent(item.upper_lower) if told else None),
        Cell(in_percent(item.discriminative_efficiency) if told else None),
        Cell(in_percent(item.effective_weight) if told else None),
        Cell(in_one(said)),
    ]
    return Row(tuple(cells), level_of(item.n))


def level_of(n: int) -> Level:
    return Level.BODY if n >= MIN_FULL else Level.ROUGH


def in_percent(share: float | None) -> Value:
    return None if share is None else round(share * 100)


# --- one question --------------------------------------------------------------------------------


def languages_table(
    spoken: str, gaps: Sequence[tuple[str, Gap]], about: About, *, exact: bool
) -> Table:
    """A row for each other language in which the question was answered."""
    rows = []
    for name, gap in gaps:
        told = gap.basis != Basis.FACILITY
        few = _("under {n}").format(n=MIN_DENOMINATOR)
        shown = exact or gap.n_second >= MIN_DENOMINATOR
        ends = [left_to_right(f"{end * 100:+.0f}".replace("-", "−")) for end in gap.ci or ()]
        cells = [
            Cell(name),
            Cell(gap.n_second if shown else few),
            Cell(facility(gap.second or 0, gap.n_second, exact=exact)),
            Cell(in_percent(gap.gap) if told else None),
            Cell(_("{low} to {high}").format(low=ends[0], high=ends[1]) if told and ends else None),
            Cell(in_percent(gap.beyond) if told else None),
            Cell(_("check the translation") if gap.is_flagged else ""),
        ]
        rows.append(
            Row(
                tuple(cells), Level.BODY if gap.basis in {Basis.FULL, Basis.THIRDS} else Level.ROUGH
            )
        )
    return Table(
        name="languages",
        title=_("In other languages"),
        columns=(
            Column("language", _("Language"), Kind.TEXT),
            Column("people", _("People")),
            Column("facility", _("Right"), Kind.PERCENT),
            Column(
                "gap",
                _("Difference"),
                Kind.POINTS,
                _("How much easier it was than in {language}.").format(language=spoken),
            ),
            Column("ci", _("95% interval"), about=_("Where the true difference lies, in points.")),
            Column(
                "beyond",
                _("Beyond the rest"),
                Kind.POINTS,
                _("The difference, less what the people of both differ in the other questions."),
            ),
            Column("note", _("To look at"), Kind.TEXT),
        ),
        rows=tuple(rows),
        about=tuple(about),
    )
