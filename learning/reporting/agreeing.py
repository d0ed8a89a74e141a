"""How far marks agree, as tables and in words: by question, by two people, and answer by answer."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.attempts.charting import cut
from learning.attempts.doubling import share_given
from learning.attempts.models import HandMark
from learning.measurement.agreement import (
    MIN_TWICE,
    ROUGH_TWICE,
    Agreement,
    Band,
    Kappa,
)
from learning.reporting.comparing import hundredths
from learning.reporting.doubles import Compared, Pair, Twice
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value
from modules.questions.rubrics import Criterion
from modules.reference.lists import left_to_right, listed

BANDS: Mapping[Band, str | Promise] = {
    Band.POOR: gettext_lazy("less than by chance"),
    Band.SLIGHT: gettext_lazy("slight agreement"),
    Band.FAIR: gettext_lazy("fair agreement"),
    Band.MODERATE: gettext_lazy("moderate agreement"),
    Band.SUBSTANTIAL: gettext_lazy("substantial agreement"),
    Band.ALMOST_PERFECT: gettext_lazy("almost perfect agreement"),
}

type About = Sequence[tuple[str, str]]
# The address of the list behind a number.
type Listed = Callable[[Compared | Pair], str]


def agreement_table(
    rows: Sequence[Compared],
    listed_at: Listed,
    about: About,
    *,
    left_out: int = 0,
    in_file: bool = False,
) -> Table:
    """A row for each criterion of each question; a file has the linear kappa as well."""
    return Table(
        name="agreement",
        title=_("How far marks agree"),
        columns=(*_columns(), *(_linear_columns() if in_file else ())),
        rows=tuple(_row(row, listed_at(row), in_file=in_file) for row in rows),
        about=tuple(about),
        notes=tuple(_notes(left_out)),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("question", _("Question"), Kind.TEXT, _("Its key and its version.")),
        Column("criterion", _("Criterion"), Kind.TEXT),
        Column("answers", _("Marked twice"), about=_("Answers that two people marked.")),
        Column("same", _("Same level"), Kind.PERCENT, _("Of these answers, cut.")),
        Column(
            "within",
            _("Within one level"),
            Kind.PERCENT,
            _("The same level or the one next to it, of these answers, cut."),
        ),
        Column(
            "kappa",
            _("Weighted kappa"),
            about=_(
                "1 is complete agreement, 0 what chance alone would bring (Cohen 1968). Weights are"
                " quadratic: two levels apart are four times as bad as one."
            ),
        ),
        Column(
            "interval",
            _("95% interval"),
            about=_("Where the true kappa lies (Fleiss, Cohen and Everitt 1969)."),
        ),
        Column(
            "words",
            _("In words"),
            Kind.TEXT,
            _("Up to 0.20 slight, 0.40 fair, 0.60 moderate, 0.80 substantial (Landis, Koch 1977)."),
        ),
        Column(
            "decided",
            _("By a third person"),
            about=_("Answers whose marks were too far apart, so that another person decided."),
        ),
    )


def _linear_columns() -> tuple[Column, ...]:
    return (
        Column("linear", _("Linear kappa"), about=_("Two levels apart are twice as bad as one.")),
        Column("linear_interval", _("95% interval of the linear kappa")),
    )


def _notes(left_out: int) -> list[str]:
    notes = [
        _(
            "Below {few} answers no figure is told. Grey rows have fewer than {rough}: their"
            " figures are rough."
        ).format(few=MIN_TWICE, rough=ROUGH_TWICE)
    ]
    if left_out:
        notes.append(
            ngettext(
                "{n} answer is not counted: its rubric has changed since it was marked.",
                "{n} answers are not counted: their rubric has changed since they were marked.",
                left_out,
            ).format(n=left_out)
        )
    return notes


def _row(row: Compared, link: str, *, in_file: bool) -> Row:
    found = row.agreement
    cells = [
        Cell(str(row.asked)),
        Cell(criterion_words(row.criterion)),
        Cell(found.n, link if found.n else ""),
        Cell(cut(found.same) if found.same is not None else None),
        Cell(cut(found.within_one) if found.within_one is not None else None),
        Cell(kappa_words(found.quadratic)),
        Cell(interval_words(found.quadratic)),
        Cell(in_words(found)),
        Cell(row.decided, f"{link}&decided=1" if row.decided else ""),
    ]
    if in_file:
        cells += [
            Cell(kappa_words(found.linear)),
            Cell(interval_words(found.linear)),
        ]
    return Row(tuple(cells), Level.ROUGH if found.is_rough else Level.BODY)


def criterion_words(criterion: Criterion | None) -> str:
    """Of a short answer, which has levels alone, nothing more can be said."""
    if criterion is None:
        return _("All criteria together")
    return criterion.text or _("The whole answer")


def kappa_words(kappa: Kappa | None) -> Value:
    """Two digits after the point, with a minus of its own."""
    return unsigned(kappa.value) if kappa else None


def unsigned(value: float) -> str:
    """No plus sign: a kappa is no difference."""
    return hundredths(value).removeprefix("+")


def interval_words(kappa: Kappa | None) -> Value:
    if kappa is None or kappa.ci is None:
        return None
    low, high = (left_to_right(unsigned(end)) for end in kappa.ci)
    return _("{low} to {high}").format(low=low, high=high)


def in_words(found: Agreement) -> str:
    """What a training officer reads first."""
    if found.n < MIN_TWICE:
        return _("under {n}").format(n=MIN_TWICE)
    if found.quadratic is None:
        return _("one level for all: nothing can be said")
    return str(BANDS[found.quadratic.band])


# --- two people ----------------------------------------------------------------------------------


def pairs_table(pairs: Sequence[Pair], listed_at: Listed, about: About) -> Table:
    """Every two people who marked the same answers: who is the milder, and by how much."""
    return Table(
        name="markers",
        title=_("Two people on the same answers"),
        columns=(
            Column("one", _("One marker"), Kind.TEXT),
            Column("other", _("The other"), Kind.TEXT),
            Column("answers", _("Marked twice"), about=_("Answers that these two marked.")),
            Column(
                "milder",
                _("One less the other"),
                Kind.POINTS,
                _("How many points of 100 more the first of them gives, on average."),
            ),
            Column("words", _("In words"), Kind.TEXT),
        ),
        rows=tuple(_pair_row(pair, listed_at(pair)) for pair in pairs),
        about=tuple(about),
        notes=(
            _(
                "A difference says who is milder on the same answers, not who is right. Talk about"
                " the answers before anybody marks on."
            ),
        ),
    )


def _pair_row(pair: Pair, link: str) -> Row:
    one, other = map(str, pair.markers)
    found = pair.severity
    points = None if found.mean is None else round(found.mean * 100)
    cells = (Cell(one), Cell(other), Cell(found.n, link), Cell(points), Cell(_milder(pair, points)))
    return Row(cells, Level.ROUGH if found.is_rough else Level.BODY)


def _milder(pair: Pair, points: int | None) -> str:
    if points is None:
        return _("under {n}").format(n=MIN_TWICE)
    if not pair.severity.is_clear:
        return _("no clear difference")
    return _("{name} is milder").format(name=pair.markers[0 if points > 0 else 1])


# --- answer by answer ----------------------------------------------------------------------------


def answers_table(
    answers: Sequence[Twice], criterion: str, about: About, *, is_named: bool
) -> Table:
    """The answers behind a number, newest first; names of markers for who may know them all."""
    names = (
        (Column("first_by", _("First marker"), Kind.TEXT),
         Column("second_by", _("Second marker"), Kind.TEXT))
        if is_named
        else ()
    )  # fmt: skip
    return Table(
        name="marked-twice",
        title=_("Answers marked twice"),
        columns=(
            Column("day", _("Day"), Kind.DAY, _("When the second mark was given.")),
            Column("question", _("Question"), Kind.TEXT),
            *names,
            Column("first", _("First mark"), Kind.TEXT),
            Column("second", _("Second mark"), Kind.TEXT),
            Column("apart", _("Levels apart"), about=_("Where they differ most.")),
            Column("got", _("Got"), Kind.PERCENT, _("Of the full mark, cut.")),
            Column("how", _("How"), Kind.TEXT),
        ),
        rows=tuple(_answer_row(one, criterion, is_named=is_named) for one in answers),
        about=tuple(about),
    )


def _answer_row(one: Twice, criterion: str, *, is_named: bool) -> Row:
    names = [Cell(marker_words(mark)) for mark in (one.first, one.second)] if is_named else []
    return Row(
        (
            Cell(one.day),
            Cell(str(one.asked)),
            *names,
            Cell(mark_words(one, one.first, criterion)),
            Cell(mark_words(one, one.second, criterion)),
            Cell(one.apart),
            Cell(None if one.share is None else cut(one.share)),
            Cell(_how(one)),
        )
    )


def marker_words(mark: HandMark) -> str:
    return str(mark.recorded_by) if mark.recorded_by else _("somebody whose account is gone")


def mark_words(one: Twice, mark: HandMark, criterion: str) -> str:
    """The points of the levels: of one criterion, or of each with its name."""
    read = [(c, mark.levels[c.key]) for c in one.criteria if c.key in mark.levels]
    chosen = [points for c, points in read if c.key == criterion]
    if chosen:
        return chosen[0]
    if not read:
        return _("{n}%").format(n=cut(share_given(mark)))
    return listed(f"{c.text}: {points}" if c.text else points for c, points in read)


def _how(one: Twice) -> str:
    if one.decided:
        return _("decided")
    return _("waits for a decision") if one.share is None else _("mean of both")
