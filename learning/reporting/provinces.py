"""A programme by province: people trained against the plan, sessions, women, gains."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.cascade.models import Event, EventFact
from learning.cascade.targets import Target
from learning.reporting.concealing import (
    Concealed,
    Counted,
    conceal,
    count_or_words,
    mean_or_words,
    rate,
)
from learning.reporting.judging import mean
from learning.reporting.planning import WORDS, Plan, Progress, due_share, progress
from learning.reporting.stages import ABOUT, Stage
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value
from learning.reporting.training import Sum, Training

Unit = Target.Unit
# Columns that say nothing without targets.
OF_PLAN = frozenset({"target", "percent", "planned", "state"})
PEOPLE_LIST, SESSION_LIST = "report_people", "report_sessions"
# The sessions that count, in an address.
VERIFIED = {"state": str(EventFact.What.VERIFIED)}
NAMED = VERIFIED | {"counting": str(Event.Counting.NAMED)}
ONLY_COUNTED = VERIFIED | {"counting": str(Event.Counting.HEADCOUNT)}


@dataclass(frozen=True)
class Province:
    """One row: figures as they may be shown; `code` is empty for the row of all.

    `trained` is None and `progress` too where the number is hidden.
    """

    code: str
    name: str
    trained: int | None
    target: int | None
    sessions: int
    planned: int | None
    women: Value
    gain: Value
    progress: Progress | None

    @property
    def percent(self) -> int | None:
        """Of the target, cut."""
        if self.target is None or self.trained is None:
            return None
        return self.trained * 100 // self.target


def provinces_of(training: Training, plan: Plan) -> list[Province]:
    """A row for each province with a session or a plan, by name; the row of all last."""
    places = training.asked.reach.places
    by_place = training.by_place()
    codes = sorted({*by_place, *plan.areas}, key=places.name)
    sums = [training.sum(by_place[code][1]) if code in by_place else NONE for code in codes]
    total = training.sum()
    shown = _shown(sums, total, exact=training.asked.reach.exact)
    rows = [
        _province(training, plan, code, len(by_place[code][0]) if code in by_place else 0, own)
        for code, own in zip(codes, shown, strict=False)
    ]
    return [*rows, _province(training, plan, "", len(training.verified), shown[-1])]


NONE = Sum(frozenset(), 0, 0, 0, 0, ())


@dataclass(frozen=True)
class _Shown:
    """A sum as the reader may know it."""

    trained: int | None
    women: Value
    gain: Value


def _shown(sums: Sequence[Sum], total: Sum, *, exact: bool) -> list[_Shown]:
    """The sums and, last, their total."""
    everything = [*sums, total]
    if exact:
        return [_as_known(one, one.trained, exact=True) for one in everything]
    hidden = conceal(
        Counted(
            whole=[one.trained for one in sums],
            whole_total=total.trained,
            parts=[[one.women for one in sums]],
            parts_totals=[total.women],
        )
    )
    return [
        _as_known(one, trained, exact=False, women_known=women is not None)
        for one, trained, women in zip(everything, *_columns(hidden), strict=True)
    ]


def _columns(hidden: Concealed) -> tuple[list[int | None], list[int | None]]:
    return [*hidden.whole, hidden.whole_total], [*hidden.parts[0], *hidden.parts_totals]


def _as_known(own: Sum, trained: int | None, *, exact: bool, women_known: bool = True) -> _Shown:
    if trained is None:
        return _Shown(None, _("not shown"), _("not shown"))
    women = rate(own.women, own.sex_known, exact=exact) if women_known else _("not shown")
    return _Shown(trained, women, mean_or_words(mean(own.gains), len(own.gains)))


def _province(training: Training, plan: Plan, code: str, sessions: int, shown: _Shown) -> Province:
    within, places = training.asked.period, training.asked.reach.places
    target = plan.of(Unit.PEOPLE, code) if code else plan.in_all(Unit.PEOPLE)
    planned = plan.of(Unit.SESSIONS, code) if code else plan.in_all(Unit.SESSIONS)
    due = due_share(within, timezone.localdate()) if within else Fraction(1)
    return Province(
        code=code,
        name=places.name(code) if code else _("All"),
        trained=shown.trained,
        target=target,
        sessions=sessions,
        planned=planned,
        women=shown.women,
        gain=shown.gain,
        progress=None if shown.trained is None else progress(shown.trained, target, due),
    )


def provinces_table(training: Training, provinces: Sequence[Province], plan: Plan) -> Table:
    """The provinces as a table; the plan is that of the whole year, and left out without one."""
    columns = list(_headings(plan))
    kept = [n for n, column in enumerate(columns) if plan.values or column.key not in OF_PLAN]
    places = training.asked.reach.places
    held = {places.province(group.area) for group in training.sessions}
    rows = [_row(training, one, held) for one in provinces]
    return Table(
        name="provinces",
        title=_("By province"),
        columns=tuple(columns[n] for n in kept),
        rows=tuple(Row(tuple(row.cells[n] for n in kept), row.level) for row in rows),
        about=training.asked.in_words(),
        notes=tuple(_notes(training)),
    )


def _headings(plan: Plan) -> Iterator[Column]:
    yield Column("province", _("Province"), Kind.TEXT, _("Where the session was held."))
    yield Column("trained", _("Trained"), about=str(ABOUT[Stage.TRAINED]))
    yield Column("target", _("Target {year}").format(year=plan.year))
    yield Column("percent", _("Of target"), Kind.PERCENT)
    yield Column(
        "sessions",
        _("Sessions"),
        about=_("Verified training sessions with names; their last day decides the period."),
    )
    yield Column("planned", _("Sessions planned"))
    yield Column(
        "women",
        _("Women"),
        Kind.PERCENT,
        _("Of the people trained whose sex is known."),
    )
    yield Column(
        "gain",
        _("Gain"),
        Kind.POINTS,
        _(
            "Mean difference between the test after and the test before, in points of 100, of"
            " those who took both in this order and whose marks are final; “under 10” where fewer"
            " did."
        ),
    )
    yield Column(
        "state",
        _("State"),
        Kind.TEXT,
        _(
            "Met: the target of the year is reached. Far behind: less than half of what was due in"
            " the period, by days of the year. On the way: everything between."
        ),
    )


def _row(training: Training, one: Province, held: Collection[str]) -> Row:
    """`held`: codes of the provinces with sessions of any state."""
    asked = training.asked
    here = {"place": one.code} if one.code else {}
    trained = here | {"stage": Stage.TRAINED, "count": "people"}
    cells = (
        Cell(one.name, asked.link(SESSION_LIST, **here) if one.code in held else ""),
        Cell(
            count_or_words(one.trained), asked.link(PEOPLE_LIST, **trained) if one.trained else ""
        ),
        Cell(one.target),
        Cell(one.percent),
        Cell(
            one.sessions,
            asked.link(SESSION_LIST, **here, **NAMED) if one.sessions else "",
        ),
        Cell(one.planned),
        Cell(
            one.women,
            asked.link(PEOPLE_LIST, **trained, sex="female") if isinstance(one.women, int) else "",
        ),
        Cell(
            one.gain,
            asked.link(PEOPLE_LIST, **here, **VERIFIED, stage=Stage.PAIR)
            if isinstance(one.gain, int)
            else "",
        ),
        Cell(str(WORDS[one.progress]) if one.progress else ""),
    )
    return Row(cells, Level.BODY if one.code else Level.TOTAL)


def _notes(training: Training) -> Iterator[str]:
    total = training.sum()
    if training.asked.reach.exact:
        in_places = [training.sum(lines) for _held, lines in training.by_place().values()]
        twice = sum(one.trained for one in in_places) - total.trained
        if twice:
            yield _(
                "Somebody trained in several provinces counts in each of them and once in the"
                " total: the provinces add up to {n} more than the total."
            ).format(n=twice)
        unknown = total.trained - total.sex_known
        if unknown:
            yield ngettext(
                "Of {n} person the sex is not stated.",
                "Of {n} people the sex is not stated.",
                unknown,
            ).format(n=unknown)
    else:
        yield _(
            "“Not shown”: fewer than five people, or fewer than ten who passed or failed, or a"
            " number from which so few could be worked out. Shares of fewer than ten people are"
            " “under 10”."
        )
    if total.with_totals:
        # Without a number, which could say something of few people.
        yield _(
            "Some gains rest on tests on paper of which only the total was typed in. They weigh in"
            " the mean like the others and tell nothing of single outcomes. Shows of hands are in"
            " no figure here."
        )
