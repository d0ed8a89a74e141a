"""A study as tables: the cut, its judges, its questions, who stands near it, and the list."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from learning.attempts.charting import cut as whole_percent
from learning.measurement.standard import Zone
from learning.people.roles import AnyUser
from learning.reporting.comparing import hundredths, tenths
from learning.reporting.halves import day_of
from learning.reporting.listing import link_to, managed_keys
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table
from learning.standards.bordering import Border, Near
from learning.standards.concluding import Agreement, Concluded
from learning.standards.estimating import Place
from learning.standards.models import Judge, Round, Study
from learning.standards.studying import Panel

type Rounds = Mapping[int, Concluded]
FEWEST_JUDGES = 5  # of whom a panel is said to need at least so many


def cut_table(study: Study, rounds: Rounds) -> Table:
    """The cut of each round, in per cent."""
    return Table(
        name="standard",
        title=_("Cut"),
        columns=(
            Column("round", _("Round"), Kind.TEXT),
            Column("judges", _("Judges")),
            Column("cut", _("Cut, of 100")),
            Column("se", _("Standard error"), about=_("How much the cut would vary with judges.")),
            *(
                Column(label, _("Form {form}").format(form=label), about=_("Its own questions."))
                for label in study.forms
            ),
            Column("pass_mark", _("Pass mark"), Kind.PERCENT, _("The cut, never rounded up.")),
            Column("missing", _("Estimates missing")),
        ),
        rows=tuple(_cut_row(study, round_, found) for round_, found in rounds.items()),
        about=((_("Study"), str(study)),),
    )


def _cut_row(study: Study, round_: int, found: Concluded) -> Row:
    cells = [
        Cell(str(Round(round_).label)),
        Cell(found.counted),
        Cell(tenths(found.cut_shown) or None),
        Cell(tenths(found.se) or None),
        *(Cell(tenths(found.by_form[label]) or None) for label in study.forms),
        Cell(found.pass_mark),
        Cell(found.missing),
    ]
    return Row(tuple(cells), Level.BODY if found.counted >= FEWEST_JUDGES else Level.ROUGH)


def judges_table(study: Study, judges: Sequence[Judge], rounds: Rounds) -> Table:
    """Each judge's cut in both rounds, and how severe it is beside the mean of all."""
    columns = [Column("judge", _("Judge"), Kind.TEXT)]
    for round_ in rounds:
        columns += [
            Column(f"cut-{round_}", _("Round {n}: cut").format(n=round_)),
            Column(
                f"severity-{round_}",
                _("Round {n}: beside all").format(n=round_),
                about=_("In points: a plus asks for more than the panel, a minus for less."),
            ),
            Column(f"answered-{round_}", _("Round {n}: questions").format(n=round_)),
        ]
    rows = []
    for place, judge in enumerate(judges):
        cells = [Cell(judge.name)]
        for found in rounds.values():
            one = found.judges[place]
            cells += [
                Cell(tenths(one.cut) or None),
                Cell(tenths(one.severity, signed=True) or None),
                Cell(one.answered),
            ]
        rows.append(Row(tuple(cells)))
    about = ((_("Study"), str(study)),)
    return Table("standard-judges", _("Judges"), tuple(columns), tuple(rows), about)


def questions_table(study: Study, panel: Panel, rounds: Rounds, language: str) -> Table:
    """Each question with the mean of its estimates and their spread in both rounds."""
    columns = [Column("n", _("No.")), Column("question", _("Question"), Kind.TEXT)]
    for round_ in rounds:
        columns += [
            Column(f"mean-{round_}", _("Round {n}: mean").format(n=round_)),
            Column(
                f"spread-{round_}",
                _("Round {n}: spread").format(n=round_),
                about=_("One standard deviation of the estimates, in points."),
            ),
        ]
    columns.append(Column("note", _("To look at"), Kind.TEXT))
    rows = [
        _question_row(place, question.item.position, _stem(panel, place, language), rounds)
        for place, question in enumerate(panel.questions)
    ]
    about = ((_("Study"), str(study)),)
    return Table("standard-questions", _("Questions"), tuple(columns), tuple(rows), about)


def _question_row(place: int, position: int, stem: str, rounds: Rounds) -> Row:
    items = [found.items[place] for found in rounds.values()]
    cells = [Cell(position), Cell(stem)]
    for item in items:
        cells += [Cell(tenths(item.mean) or None), Cell(tenths(item.spread) or None)]
    last = next((item for item in reversed(items) if item.n), None)
    is_wide = last is not None and last.is_wide
    cells.append(Cell(_("judges differ: talk about it") if is_wide else ""))
    return Row(tuple(cells))


def _stem(panel: Panel, place: int, language: str) -> str:
    return panel.questions[place].present(language).stem


def agreement_in_words(found: Agreement) -> list[str]:
    """Whether the discussion brought the judges together; nothing before the second round."""
    if not found.n:
        return []
    said = [
        _(
            "Between the rounds {moved} of {n} estimates changed, by {points} points on average."
        ).format(moved=found.moved, n=found.n, points=tenths(found.mean_move))
    ]
    before, after = found.spread
    if before is not None and after is not None:
        closer = after < before
        words = (
            _("Judges came closer: the spread of a question fell from {before} to {after} points.")
            if closer
            else _(
                "Judges came no closer: the spread of a question was {before}, then {after} points."
            )
        )
        said.append(words.format(before=tenths(before), after=tenths(after)))
    if found.correlation is not None:
        words = _("The questions kept their order of difficulty with a correlation of {r}.")
        said.append(words.format(r=hundredths(found.correlation, signed=found.correlation < 0)))
    return said


def grid_table(
    study: Study,
    panel: Panel,
    judges: Sequence[Judge],
    round_: int,
    known: Mapping[Place, int],
    language: str,
) -> Table:
    """The list to fill in: a row for each question, a column for each judge."""
    return Table(
        name=f"estimates-{round_}",
        title=str(Round(round_).label),
        columns=(
            Column("n", _("No.")),
            Column("question", _("Question"), Kind.TEXT),
            *(Column(f"judge-{judge.pk}", judge.name) for judge in judges),
        ),
        rows=tuple(
            Row(
                (
                    Cell(position),
                    Cell(_stem(panel, place, language)),
                    *(Cell(known.get((judge.pk, position))) for judge in judges),
                )
            )
            for place, position in enumerate(panel.positions)
        ),
        about=((_("Study"), str(study)),),
        notes=(_("Write whole numbers from 0 to 100. Empty cells change nothing."),),
    )


# --- the border ----------------------------------------------------------------------------------

ZONES = {
    Zone.JUST_BELOW: lambda: _("just below"),
    Zone.JUST_ABOVE: lambda: _("at or just above"),
}


def border_table(user: AnyUser, study: Study, shown: Sequence[Near]) -> Table:
    """Who is within one error of measurement of the cut; one query."""
    people = [one.taken.sitting.enrolment.person for one in shown]
    linked = managed_keys(user, [person.pk for person in people])
    return Table(
        name="standard-border",
        title=_("Near the cut"),
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("form", _("Form"), Kind.TEXT),
            Column("day", _("Day"), Kind.DAY),
            Column("share", _("Mark"), Kind.PERCENT, _("Of the full mark, cut.")),
            Column("zone", _("Beside the cut"), Kind.TEXT),
        ),
        rows=tuple(
            Row(
                (
                    Cell(person.name(), link_to(person, linked)),
                    Cell(one.taken.sitting.form_label),
                    Cell(day_of(one.taken.sitting)),
                    Cell(whole_percent(one.share)),
                    Cell(ZONES[one.zone]()),
                )
            )
            for person, one in zip(people, shown, strict=True)
        ),
        about=((_("Study"), str(study)),),
        notes=(_("A list to look at again. No mark and no certificate is changed by it."),),
    )


def exactness_in_words(found: Border) -> Iterator[str]:
    """How exactly each form measured."""
    for one in found.measured:
        if one.sem is None:
            yield _(
                "Form {form}: too few tests, or tests too alike, to say how exactly it measures"
                " ({n} first attempts)."
            ).format(form=one.label, n=one.n)
        else:
            yield _(
                "Form {form}: a mark may be off by {sem} points of 100 either way (reliability"
                " {alpha}, {n} first attempts)."
            ).format(
                form=one.label,
                sem=tenths(one.sem),
                alpha=hundredths(one.alpha, signed=False),
                n=one.n,
            )
