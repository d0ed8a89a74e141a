"""Forms A and B of a test side by side, and its questions one by one, as tables and sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from learning.attempts.charting import Tick, place, ticks
from learning.measurement.forms import (
    MIN_HALF,
    ROUGH_HALF,
    Caution,
    Comparison,
    Half,
    Link,
    Shift,
)
from learning.measurement.suppression import MIN_DENOMINATOR, Relation, shown_rate
from learning.reporting.concealing import is_few
from learning.reporting.halves import FORMS, Asked, Halves, Measured, marks_of
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value
from modules.reference.lists import left_to_right, listed

PASS_MARK = 70  # of which the link of two forms is told as an example

# The address of the list behind a number: of a form, of a question; empty for who sees none.
type Listed = Callable[[str, Asked | None], str]


@dataclass(frozen=True)
class Bar:
    """One form in the drawing: its mean, and one standard deviation on either side."""

    form: str
    mean: str
    x: int
    low: int
    high: int


# --- in words ------------------------------------------------------------------------------------


def sentences(found: Comparison) -> list[str]:
    """What the figures say, for who decides; the first one is the answer."""
    return [
        *_answer(found),
        *(str(SAID[caution]()) for caution in found.warnings if caution in SAID),
    ]


def _answer(found: Comparison) -> Iterator[str]:
    if found.difference is None:
        yield _(
            "Too few people took one of the forms first to say anything: {n} are needed on each."
        ).format(n=MIN_HALF)
        return
    words = {"a": tenths(found.a.mean), "b": tenths(found.b.mean)}
    if Caution.APART not in found.warnings:
        yield _(
            "The forms are about equally hard: people answered {a} of 100 on form A, {b} on form B."
        ).format(**words)
    elif found.difference > 0:
        yield _("Form B is easier: people answered {b} of 100 on it, {a} on form A.").format(
            **words
        )
    else:
        yield _("Form A is easier: people answered {a} of 100 on it, {b} on form B.").format(
            **words
        )
    if found.ci:
        low, high = (tenths(end, signed=True) for end in found.ci)
        yield _(
            "We are 95% sure that the difference, B less A, lies between {low} and {high} points."
        ).format(low=left_to_right(low), high=left_to_right(high))
    if found.link and Caution.APART in found.warnings:
        yield linked(found.link)


def linked(link: Link) -> str:
    """An example: what the usual pass mark on one form is worth on the other."""
    return _(
        "By the common questions, {mark} of 100 on form B are worth {worth} on form A. Nothing is"
        " changed by that: marks stay as they were earned."
    ).format(mark=PASS_MARK, worth=tenths(link.on_a(PASS_MARK)))


SAID: dict[Caution, Callable[[], str]] = {
    Caution.ROUGH: lambda: _(
        "Fewer than {n} people took one of the forms first: every figure is rough."
    ).format(n=ROUGH_HALF),
    Caution.APART: lambda: _(
        "The difference is more than a fifth of the usual spread of marks. Look at the questions"
        " below, and do not hold marks on the one form against marks on the other."
    ),
    Caution.BY_CHANCE: lambda: _(
        "It may still be chance: with more people it may turn out smaller."
    ),
    Caution.NO_SPREAD: lambda: _(
        "Everybody on a form has the same mark, so nothing can be said of chance."
    ),
    Caution.FEW_ANCHORS: lambda: _(
        "The forms have too few questions in common to link their marks. Let at least five"
        " questions, and a fifth of each form, stand in both."
    ),
}


def tenths(value: float | None, *, signed: bool = False) -> str:
    """A number with one digit after the point, in the reader's language."""
    if value is None:
        return ""
    pattern = "+0.0;-0.0" if signed and round(value, 1) else "0.0"
    return _decimal(round(value, 1), pattern)


# --- the forms -----------------------------------------------------------------------------------


def forms_table(
    halves: Halves, found: Comparison, listed_at: Listed, about: Sequence[tuple[str, str]]
) -> Table:
    """A row for each form, and one for the difference."""
    rows = [
        _form_row(form, half, listed_at(form, None))
        for form, half in zip(FORMS, (found.a, found.b), strict=True)
    ]
    return Table(
        name="forms",
        title=_("Forms A and B"),
        columns=(
            Column("form", _("Form"), Kind.TEXT),
            Column("people", _("People"), about=_("Whose first test before the course it was.")),
            Column("mean", _("Mean, of 100")),
            Column("sd", _("Spread"), about=_("One standard deviation, in points of 100.")),
            Column("se", _("Standard error"), about=_("Of the difference, in points of 100.")),
            Column("ci", _("95% interval"), about=_("Where the true difference lies.")),
            Column("in_sd", _("In spreads"), about=_("The difference divided by the spread.")),
        ),
        rows=(*rows, _difference(found)),
        about=tuple(about),
        notes=tuple(_notes(halves)),
    )


def _form_row(form: str, half: Half, link: str) -> Row:
    few: Value = _("under {n}").format(n=MIN_HALF)
    people: Value = half.n if link or not is_few(half.n, MIN_DENOMINATOR) else few
    values = [tenths(half.mean) or None, tenths(half.sd) or None, None, None, None]
    label = _("Form {form}").format(form=form)
    return Row(
        (Cell(label), Cell(people, link if half.n else ""), *map(Cell, values)), _level(half.n)
    )


def _difference(found: Comparison) -> Row:
    ends = [left_to_right(tenths(end, signed=True)) for end in found.ci] if found.ci else []
    interval = _("{low} to {high}").format(low=ends[0], high=ends[1]) if ends else None
    values: list[Value] = [
        _("B less A"),
        None,
        tenths(found.difference, signed=True) or None,
        tenths(found.pooled_sd) or None,
        tenths(found.se) or None,
        interval,
        hundredths(found.in_sd) or None,
    ]
    return Row(tuple(map(Cell, values)), Level.TOTAL)


def hundredths(value: float | None, *, signed: bool = True) -> str:
    if value is None:
        return ""
    pattern = "+0.00;-0.00" if signed and round(value, 2) else "0.00"
    return _decimal(round(value, 2), pattern)


def _decimal(value: float, pattern: str) -> str:
    value += 0.0  # -0.0 becomes 0.0
    return format_decimal(value, format=pattern, locale=get_language() or "en").replace("-", "−")


def _notes(halves: Halves) -> Iterator[str]:
    if halves.unfinished:
        yield ngettext(
            "{n} test is not counted because an answer waits to be marked.",
            "{n} tests are not counted because answers wait to be marked.",
            halves.unfinished,
        ).format(n=halves.unfinished)


def _level(n: int) -> Level:
    return Level.BODY if n >= ROUGH_HALF else Level.ROUGH


# --- the questions -------------------------------------------------------------------------------


def questions_table(
    halves: Halves,
    measured: Measured,
    listed_at: Listed,
    about: Sequence[tuple[str, str]],
    *,
    exact: bool,
) -> Table:
    """A row for each version of a question that was asked."""
    return Table(
        name="questions",
        title=_("Questions"),
        columns=(
            Column("question", _("Question"), Kind.TEXT, _("Its key and its version.")),
            Column("forms", _("Form"), Kind.TEXT),
            Column("people", _("People"), about=_("Who were asked it.")),
            Column(
                "facility",
                _("Right"),
                Kind.PERCENT,
                _("The share of the full mark that people got on average, cut."),
            ),
            Column(
                "between",
                _("B less A"),
                Kind.POINTS,
                _(
                    "Of questions in both forms: how much easier it was on form B, beyond what the"
                    " people of both forms differ in the other common questions."
                ),
            ),
            Column(
                "later",
                _("Later less earlier"),
                Kind.POINTS,
                _("How much easier it was in the later half of its tests."),
            ),
            Column("note", _("To look at"), Kind.TEXT),
        ),
        rows=tuple(
            _question_row(halves, measured, question, listed_at, exact=exact)
            for question in halves.questions
        ),
        about=tuple(about),
        notes=(
            _(
                "“To look at”: a change that chance alone would bring about in fewer than one of 20"
                " such tables. A key that became known, a translation or new wording may be behind"
                " it. Grey rows have fewer than {n} people."
            ).format(n=ROUGH_HALF),
        ),
    )


def _question_row(
    halves: Halves, measured: Measured, question: Asked, listed_at: Listed, *, exact: bool
) -> Row:
    taken = halves.asking(question)
    n, link = len(taken), listed_at("", question)
    between, later = measured.anchors.get(question), measured.over_time.get(question)
    few = _("under {n}").format(n=MIN_HALF)
    cells = [
        Cell(str(question)),
        Cell(listed(halves.forms_asking(question))),
        Cell(n if exact or n >= MIN_DENOMINATOR else few, link),
        Cell(facility(_mean(halves, question), n, exact=exact)),
        Cell(_points(between)),
        Cell(_points(later)),
        Cell(_remark(between, later, n)),
    ]
    return Row(tuple(cells), _level(n))


def _mean(halves: Halves, question: Asked) -> float:
    full = {Asked(m.question, m.n): float(m.mark.full) for x in halves.taken for m in x.marks}
    got = [marks_of(one)[question] for one in halves.asking(question)]
    return sum(got) / len(got) / full[question] if full[question] else 0.0


def facility(share: float, n: int, *, exact: bool) -> Value:
    """Whole per cent, cut; words for so few that nothing is said, and near the ends for viewers."""
    if n < MIN_HALF:
        return _("under {n}").format(n=MIN_HALF)
    percent = int(round(share * 100, 6))
    told = shown_rate(min(n, max(0, round(share * n))), n)
    if exact or told.relation == Relation.EXACT or told.value is None:
        return percent
    sign = "≤" if told.relation == Relation.AT_MOST else "≥"
    return f"{sign} {int(told.value * 100)}%"


def _points(shift: Shift | None) -> Value:
    return None if shift is None or shift.change is None else round(shift.change * 100)


def _remark(between: Shift | None, later: Shift | None, n: int) -> str:
    said = []
    if between and between.is_flagged:
        easier = (between.change or 0) > 0
        said.append(_("easier on form B") if easier else _("harder on form B"))
    if later and later.is_flagged:
        said.append(_("became easier") if (later.change or 0) > 0 else _("became harder"))
    if MIN_HALF <= n < ROUGH_HALF:
        said.append(_("few people"))
    return listed(said)


# --- drawn ---------------------------------------------------------------------------------------


def bars(found: Comparison, *, rtl: bool) -> tuple[list[Bar], list[Tick]]:
    """Both forms on one scale; nothing where nothing is said."""
    if found.difference is None:
        return [], []
    both = zip(FORMS, (found.a, found.b), strict=True)
    return [_bar(form, half, rtl=rtl) for form, half in both], ticks(rtl=rtl)


def _bar(form: str, half: Half, *, rtl: bool) -> Bar:
    mean, sd = half.mean or 0, half.sd or 0
    ends = (place(round(mean - sd), rtl=rtl), place(round(mean + sd), rtl=rtl))
    return Bar(form, tenths(half.mean), place(round(mean), rtl=rtl), min(ends), max(ends))
