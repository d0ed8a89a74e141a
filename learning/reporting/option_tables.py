"""Who chose what in one question, as a table: by option, or by statement or pair."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.measurement.basis import MIN_ROUGH, Basis
from learning.measurement.options import Choices, Option
from learning.reporting.comparing import hundredths
from learning.reporting.concealing import hidden_in_row_of, is_few, rate
from learning.reporting.item_tables import About, in_percent, level_of
from learning.reporting.item_words import in_one, letter, option_remarks, part_remarks
from learning.reporting.tables import Cell, Column, Kind, Row, Table, Value

BY_THIRD = gettext_lazy("How many of this third of the people, by their marks, chose it.")
RIGHT_BY_THIRD = gettext_lazy("How many of this third of the people, by their marks, had it right.")
OF_ASKED = gettext_lazy("Of those who were asked, cut.")


# --- options -------------------------------------------------------------------------------------


def options_table(choices: Choices, texts: Sequence[str], about: About, *, exact: bool) -> Table:
    """A row for each option, and one for who chose none."""
    hidden = set() if exact else _hidden_options(choices)
    rows = [
        Row(
            (
                Cell(_("{letter}: {text}").format(letter=letter(place), text=texts[place])),
                Cell(_("this one") if option.is_key else ""),
                *_count(choices, option.count, is_hidden=place in hidden, exact=exact),
                Cell(_r_rest(choices, option)),
                *_by_third(choices, option, is_hidden=place in hidden),
                Cell(in_one(list(option_remarks(place, option)))),
            ),
            level_of(choices.n),
        )
        for place, option in enumerate(choices.options)
    ]
    if choices.omitted:
        is_hidden = len(rows) in hidden
        cells = [Cell(_("No answer")), Cell("")]
        cells += _count(choices, choices.omitted, is_hidden=is_hidden, exact=exact)
        rows.append(Row((*cells, *[Cell(None)] * 4, Cell(""))))
    several = _("Who ticked it; one person may have ticked several.")
    return Table(
        name="options",
        title=_("Options"),
        columns=(
            Column("option", _("Option"), Kind.TEXT),
            Column("key", _("Right answer"), Kind.TEXT),
            Column(
                "people", _("People"), about=several if choices.is_several else _("Who chose it.")
            ),
            Column("share", _("Share"), Kind.PERCENT, str(OF_ASKED)),
            Column(
                "r_rest",
                _("With the rest"),
                about=_("How far choosing it goes together with right answers to the others."),
            ),
            *_thirds(str(BY_THIRD)),
            Column("note", _("To look at"), Kind.TEXT),
        ),
        rows=tuple(rows),
        about=tuple(about),
    )


def _hidden_options(choices: Choices) -> Collection[int]:
    """Which rows tell of few people, the last of them those who chose nothing.

    Options of which one is chosen add up to all people. Of several each stands alone, so that
    those who left it are told with those who ticked it.
    """
    counts = [*(option.count for option in choices.options), choices.omitted]
    if not choices.is_several:
        return hidden_in_row_of(counts)
    return {
        place for place, count in enumerate(counts) if is_few(count) or is_few(choices.n - count)
    }


# --- statements and pairs ------------------------------------------------------------------------


def parts_table(
    parts: Sequence[Choices],
    texts: tuple[Sequence[str], Sequence[str]],
    about: About,
    *,
    exact: bool,
) -> Table:
    """A row for each statement or pair: who has it right, and what others chose most.

    `texts`: of the parts, and of the choices that each has.
    """
    return Table(
        name="parts",
        title=_("Parts"),
        columns=(
            Column("part", _("Part"), Kind.TEXT),
            Column("key", _("Right answer"), Kind.TEXT),
            Column("people", _("People"), about=_("Who had it right.")),
            Column("share", _("Share"), Kind.PERCENT, str(OF_ASKED)),
            Column("r_rest", _("With the rest"), about=str(TOGETHER)),
            *_thirds(str(RIGHT_BY_THIRD)),
            Column("wrong", _("Most frequent mistake"), Kind.TEXT),
            Column("wrong_share", _("Who made it"), Kind.PERCENT, str(OF_ASKED)),
            Column("open", _("Left open"), about=_("Who chose nothing for this part.")),
            Column("note", _("To look at"), Kind.TEXT),
        ),
        rows=tuple(_part_row(place, part, texts, exact=exact) for place, part in enumerate(parts)),
        about=tuple(about),
    )


TOGETHER = gettext_lazy("How far having it right goes together with right answers to the others.")


def _part_row(
    place: int, part: Choices, texts: tuple[Sequence[str], Sequence[str]], *, exact: bool
) -> Row:
    counts = [*(option.count for option in part.options), part.omitted]
    hidden = set() if exact else hidden_in_row_of(counts)
    right = next((n for n, option in enumerate(part.options) if option.is_key), None)
    wrong = max(
        (n for n, option in enumerate(part.options) if option.count and n != right),
        key=lambda n: (part.options[n].count, -n),
        default=None,
    )
    told = exact or part.n >= MIN_ROUGH
    cells = [
        Cell(_("{letter}: {text}").format(letter=letter(place), text=texts[0][place])),
        Cell("" if right is None else texts[1][right]),
        *_right_cells(part, right, is_hidden=right in hidden, exact=exact),
        Cell(texts[1][wrong] if told and wrong is not None and wrong not in hidden else ""),
        Cell(_share(part, wrong, hidden, exact=exact) if told else None),
        Cell(_open(part, is_hidden=len(part.options) in hidden) if told else None),
        Cell(in_one(list(part_remarks(place, part, texts[1])))),
    ]
    return Row(tuple(cells), level_of(part.n))


def _right_cells(part: Choices, right: int | None, *, is_hidden: bool, exact: bool) -> list[Cell]:
    if right is None:
        return [Cell(None)] * 6
    option = part.options[right]
    return [
        *_count(part, option.count, is_hidden=is_hidden, exact=exact),
        Cell(_r_rest(part, option)),
        *_by_third(part, option, is_hidden=is_hidden),
    ]


def _share(part: Choices, wrong: int | None, hidden: Collection[int], *, exact: bool) -> Value:
    if wrong is None or wrong in hidden:
        return None
    return _rate(part, part.options[wrong].count, exact=exact)


def _open(part: Choices, *, is_hidden: bool) -> Value:
    return _("not shown") if is_hidden else part.omitted


# --- what both share -----------------------------------------------------------------------------


def _thirds(about: str) -> tuple[Column, ...]:
    return (
        Column("low", _("Weakest third"), Kind.PERCENT, about),
        Column("middle", _("Middle third"), Kind.PERCENT, about),
        Column("high", _("Best third"), Kind.PERCENT, about),
    )


def _count(choices: Choices, count: int, *, is_hidden: bool, exact: bool) -> list[Cell]:
    """How many, and their share."""
    if choices.n < MIN_ROUGH and not exact:
        return [Cell(None), Cell(None)]
    if is_hidden:
        return [Cell(_("not shown"))] * 2
    return [Cell(count), Cell(_rate(choices, count, exact=exact))]


def _rate(choices: Choices, count: int, *, exact: bool) -> Value:
    """Of fewer than ten, words for everybody, as beside "Right" of the whole question."""
    return rate(count, choices.n, exact=exact and choices.n >= MIN_ROUGH)


def _r_rest(choices: Choices, option: Option) -> Value:
    return hundredths(option.r_rest) or None if choices.basis != Basis.FACILITY else None


def _by_third(choices: Choices, option: Option, *, is_hidden: bool) -> list[Cell]:
    thirds = option.share_by_third if choices.basis == Basis.THIRDS else None
    if thirds is None or is_hidden:
        return [Cell(None)] * 3
    return [Cell(in_percent(third)) for third in thirds]
