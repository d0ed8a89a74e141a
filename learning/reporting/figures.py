"""The four large numbers of a programme, each with its target and the list behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.cascade.targets import Target
from learning.measurement.suppression import MIN_RESULT
from learning.reporting.asking import Asked
from learning.reporting.concealing import count_or_words, rate
from learning.reporting.planning import Plan
from learning.reporting.provinces import NAMED, PEOPLE_LIST, SESSION_LIST, VERIFIED, Province
from learning.reporting.stages import Stage
from learning.reporting.tables import Cell, Column, Kind, Row, Table, Value, in_text
from learning.reporting.training import Training

Unit = Target.Unit


@dataclass(frozen=True)
class Figure:
    """A number as it is shown, its words, what it is held against, and the list behind it.

    `value` is what a file has: a count as a number, a share as it is shown.
    """

    value: Value
    text: str
    words: str
    against: str
    is_met: bool
    link: str


def figures_of(training: Training, plan: Plan, whole: Province) -> list[Figure]:
    """People trained, sessions verified, women among them, post-tests passed.

    `whole` is the row of all provinces, so that both say the same.
    """
    return list(_figures(training, plan, whole))


def _figures(training: Training, plan: Plan, whole: Province) -> Iterator[Figure]:
    asked, total = training.asked, training.sum()
    trained = {"stage": str(Stage.TRAINED), "count": "people"}
    sessions = len(training.verified)
    yield _count(
        count_or_words(whole.trained),
        ngettext("person trained", "people trained", whole.trained or 0),
        plan,
        Unit.PEOPLE,
        asked.link(PEOPLE_LIST, **trained),
    )
    yield _count(
        sessions,
        ngettext("session verified", "sessions verified", sessions),
        plan,
        Unit.SESSIONS,
        asked.link(SESSION_LIST, **NAMED),
    )
    yield _share(
        whole.women,
        _("women"),
        plan.in_all(Unit.WOMEN),
        asked.link(PEOPLE_LIST, **trained, sex="female"),
    )
    yield _share(
        rate(total.passed, total.tested, exact=asked.reach.exact, least=MIN_RESULT),
        _("passed the post-test"),
        plan.in_all(Unit.MASTERY),
        asked.link(PEOPLE_LIST, stage=str(Stage.PASSED), **VERIFIED),
    )


def _count(value: Value, words: str, plan: Plan, unit: str, link: str) -> Figure:
    target = plan.in_all(unit)
    text = in_text(Column("", ""), value)
    against = _against(value, target, plan.year)
    return Figure(value, text, words, against, _is_met(value, target), link)


def _against(value: Value, target: int | None, year: int) -> str:
    if target is None:
        return _("no target")
    planned = in_text(Column("", ""), target)
    if not isinstance(value, int):
        return _("{target} planned for {year}").format(target=planned, year=year)
    return _("{percent}% of the {target} planned for {year}").format(
        percent=value * 100 // target, target=planned, year=year
    )


def _share(value: Value, words: str, target: int | None, link: str) -> Figure:
    shown = in_text(Column("", "", Kind.PERCENT), "–" if value is None else value)
    against = _("no target") if target is None else _("target {n}%").format(n=target)
    return Figure(shown, shown, words, against, _is_met(value, target), link)


def figures_table(asked: Asked, figures: Sequence[Figure], notes: Sequence[str]) -> Table:
    """The figures for files, with what they leave out."""
    return Table(
        name="programme",
        title=_("Figures"),
        columns=(
            Column("figure", _("What is counted"), Kind.TEXT),
            Column("value", _("Value")),
            Column("against", _("Held against"), Kind.TEXT),
        ),
        rows=tuple(
            Row((Cell(one.words), Cell(one.value, one.link), Cell(one.against))) for one in figures
        ),
        about=asked.in_words(),
        notes=tuple(notes),
    )


def _is_met(value: Value, target: int | None) -> bool:
    return target is not None and isinstance(value, int) and value >= target
