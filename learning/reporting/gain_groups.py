"""Before and after by what people are: exact, or with small groups concealed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.measurement.suppression import MIN_DENOMINATOR, MIN_RESULT
from learning.reporting.concealing import Counted, conceal, count_or_words, mean_or_words, rate
from learning.reporting.cutting import CUTS, options
from learning.reporting.form_filters import languages_listed
from learning.reporting.gain_filters import LANG, LANGUAGE, GainForm, Who, value_by
from learning.reporting.gain_tables import percent_of
from learning.reporting.gaining import Pooled, mean_of
from learning.reporting.pairing import Tried
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table

PASSED = gettext_lazy(
    "Who reached the pass mark of the course, of those with results of both tests; cut."
)


@dataclass(frozen=True)
class Part:
    """People with results of both tests who have one value of what is compared."""

    label: str
    value: str
    people: Sequence[Tried]

    @property
    def passed(self) -> tuple[int, int]:
        """How many reached the pass mark before, and after."""
        pairs = [(one, one.pair) for one in self.people if one.pair]
        return (
            sum(one.passes(pair.before.mark.share) for one, pair in pairs),
            sum(one.passes(pair.after.mark.share) for one, pair in pairs),
        )


def parts_of(found: Pooled, form: GainForm) -> list[Part]:
    """All values that may be had where they are fixed, else those that occur."""
    by_value: dict[str, list[Tried]] = defaultdict(list)
    for one in found.matched:
        by_value[value_by(form.by, one, form)].append(one)
    if form.by == LANG:
        listed = [(str(value), str(label)) for value, label in languages_listed()]
        return [Part(label, value, by_value[value]) for value, label in listed if value in by_value]
    lines = [one.line for one in found.matched]
    return [
        Part(option.label, option.in_address, by_value.get(option.value, []))
        for option in options(form.by, lines, form.reach.places)
    ]


def groups_table(found: Pooled, form: GainForm) -> Table:
    """A row for each group, and one for all; for viewers with small groups concealed."""
    exact, parts = form.reach.exact, parts_of(found, form)
    label = str(LANGUAGE if form.by == LANG else CUTS[form.by].label)
    rows = _exact_groups(parts, form) if exact else _viewers_groups(parts)
    return Table(
        name="before-after-groups",
        title=_("Before and after by {what}").format(what=label.lower()),
        columns=(
            Column("group", label, Kind.TEXT),
            Column("both", _("Results of both tests")),
            Column("mean_before", _("Mean before")),
            Column("mean_after", _("Mean after")),
            Column("passed_before", _("Passed before"), Kind.PERCENT, str(PASSED)),
            Column("passed_after", _("Passed after"), Kind.PERCENT, str(PASSED)),
        ),
        rows=tuple(rows),
        about=tuple(form.about()),
        notes=() if exact else (_hidden_note(),),
    )


def _hidden_note() -> str:
    return _(
        "“Not shown” and “under 10”: fewer than ten people, fewer than ten who passed or did not,"
        " or a group from which so few could be worked out."
    )


def _exact_groups(parts: Sequence[Part], form: GainForm) -> Iterator[Row]:
    for part in parts:
        link = form.link(**{form.by: part.value}, who=Who.BOTH) if part.people else ""
        yield _group_row(part, link, Level.BODY)
    yield _group_row(_all(parts), form.link(who=Who.BOTH), Level.TOTAL)


def _group_row(part: Part, link: str, level: Level) -> Row:
    n = len(part.people)
    means = [percent_of(mean_of(part.people, after=after)) for after in (False, True)]
    rates = [rate(passed, n, exact=True) for passed in part.passed]
    cells = (Cell(part.label), Cell(n, link if n else ""), *map(Cell, means), *map(Cell, rates))
    is_rough = level == Level.BODY and n < MIN_DENOMINATOR
    return Row(cells, Level.ROUGH if is_rough else level)


def _all(parts: Sequence[Part]) -> Part:
    return Part(_("All"), "", [one for part in parts for one in part.people])


def _viewers_groups(parts: Sequence[Part]) -> Iterator[Row]:
    """Means and rates of nobody fewer than ten, and none that gives away another by the total."""
    whole = _all(parts)
    ns = [len(part.people) for part in parts]
    told = conceal(
        Counted(
            whole=ns,
            whole_total=sum(ns),
            parts=list(zip(*(part.passed for part in parts), strict=True)),
            parts_totals=whole.passed,
            results={0: None, 1: None},
            least=MIN_DENOMINATOR,
        )
    )
    for place, part in enumerate(parts):
        shown = [column[place] for column in told.parts]
        yield _viewers_row(part, told.whole[place], shown)
    yield _viewers_row(whole, told.whole_total, told.parts_totals, Level.TOTAL)


def _viewers_row(
    part: Part, n: int | None, passed: Sequence[int | None], level: Level = Level.BODY
) -> Row:
    if n is None:
        is_few = len(part.people) < MIN_DENOMINATOR
        words = _("under {n}").format(n=MIN_DENOMINATOR) if is_few else _("not shown")
        return Row((Cell(part.label), *[Cell(words)] * 5), level)
    means = [mean_of(part.people, after=after) for after in (False, True)]
    shown = [mean_or_words(None if mean is None else mean * 100, n) for mean in means]
    rates = [
        count_or_words(None) if one is None else rate(one, n, exact=False, least=MIN_RESULT)
        for one in passed
    ]
    return Row((Cell(part.label), Cell(n), *map(Cell, shown), *map(Cell, rates)), level)
