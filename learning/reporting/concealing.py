"""What may be told of small groups. The one place that hides counts and rates, for every output.

Whoever may open the list behind a number sees the number. A viewer sees it only if no group of one
to four people can be read or worked out from it, nor of one to nine who passed or failed:
docs/decisions/0011-small-groups.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from learning.measurement.suppression import (
    MIN_COUNT,
    MIN_DENOMINATOR,
    MIN_RESULT,
    Relation,
    shown_rate,
    suppress,
)
from learning.reporting.tables import Value

type Counts = Sequence[int]
type Shown = int | None  # None: hidden


@dataclass(frozen=True)
class Counted:
    """Rows of one grouping. `whole` counts people by row, each of `parts` some of them.

    `results` says which parts tell of tests, by place, each with the part that it is a result of:
    who took the test and is not among those who passed has failed. It stands before them. None:
    of the whole.

    `split` parts the whole of each row completely: its columns add up to `whole`. The totals are
    given apart, because somebody who stands in two rows counts once in a total.

    `least`: of how many people a row must be to be told of.
    """

    whole: Counts
    whole_total: int
    parts: Sequence[Counts] = ()
    parts_totals: Counts = ()
    split: Sequence[Counts] = ()  # by row
    split_totals: Counts = ()
    results: Mapping[int, int | None] = field(default_factory=dict)
    least: int = MIN_COUNT


@dataclass(frozen=True)
class Concealed:
    """The same with None where a number is hidden."""

    whole: list[Shown]
    whole_total: Shown
    parts: list[list[Shown]]
    parts_totals: list[Shown]
    split: list[list[Shown]]
    split_totals: list[Shown]


def conceal(counted: Counted) -> Concealed:
    """Hides what would tell of fewer than five people, also by subtraction from any total.

    Which totals are shown depends on the totals alone: they stand in the tables of other groupings
    of the same people too, and must not be hidden in one and shown in another.
    """
    total = counted.whole_total
    if is_few(total, counted.least):
        return _nothing(counted)
    hidden = hidden_in_row_of(counted.whole, counted.least)
    parts, parts_totals = _parts(counted, hidden)
    split_hidden = hidden_in_row_of(counted.split_totals)
    return Concealed(
        whole=[None if row in hidden else n for row, n in enumerate(counted.whole)],
        whole_total=total,
        parts=parts,
        parts_totals=parts_totals,
        split=_protected(counted.split, hidden),
        split_totals=[
            None if place in split_hidden else n for place, n in enumerate(counted.split_totals)
        ],
    )


def is_few(count: int, least: int = MIN_COUNT) -> bool:
    """Whether a count tells of so few people that they may be recognised; nobody is not few."""
    return 0 < count < least


def hidden_in_row_of(counts: Counts, least: int = MIN_COUNT) -> set[int]:
    """Which of some counts must be hidden while their sum is known, by place.

    The few, and as many of the next smaller ones that hold anybody until the hidden ones are at
    least two and together not few.
    """
    hidden = {place for place, count in enumerate(counts) if is_few(count, least)}
    others = sorted((n, place) for place, n in enumerate(counts) if n and place not in hidden)
    while (
        hidden
        and others
        and (len(hidden) == 1 or is_few(sum(counts[place] for place in hidden), least))
    ):
        hidden.add(others.pop(0)[1])
    return hidden


def _parts(counted: Counted, hidden: set[int]) -> tuple[list[list[Shown]], list[Shown]]:
    """All parts by row, and their totals."""
    shown: list[list[Shown]] = []
    totals: list[Shown] = []
    for place, (part, total) in enumerate(zip(counted.parts, counted.parts_totals, strict=True)):
        least = MIN_RESULT if place in counted.results else MIN_COUNT
        of = counted.results.get(place)
        if of is None:
            shown.append(_part(part, counted.whole, hidden, least))
            totals.append(_total_of(total, counted.whole_total, least))
        else:
            unknown = {row for row, n in enumerate(shown[of]) if n is None}
            shown.append(_part(part, counted.parts[of], unknown, least))
            totals.append(_result_total(total, counted.parts_totals[of]))
    return shown, totals


def _total_of(part: int, whole: int, least: int) -> Shown:
    return None if is_few(part, least) or is_few(whole - part, least) else part


def _result_total(passed: int, tested: int) -> Shown:
    """Not either where all passed or nobody did: it would tell the result of every row."""
    return None if tested and not MIN_RESULT <= passed <= tested - MIN_RESULT else passed


def _part(column: Counts, whole: Counts, hidden: set[int], least: int) -> list[Shown]:
    """One part by row: those who are in it and those who are not must both stay unknown.

    Who holds a certificate without a test on record counts as one who took it.
    """
    both = [[part, max(n - part, 0)] for part, n in zip(column, whole, strict=True)]
    return [row[0] for row in _protected(both, hidden, least)]


def _protected(
    rows: Sequence[Counts], hidden: set[int], least: int = MIN_COUNT
) -> list[list[Shown]]:
    """Rows whose sums are known, but for those in `hidden`, of which only the sum of all is."""
    if not rows:
        return []
    open_rows = [place for place in range(len(rows)) if place not in hidden]
    together = [sum(column) for column in zip(*(rows[place] for place in hidden), strict=True)]
    table = [list(rows[place]) for place in open_rows] + ([together] if hidden else [])
    shown = dict(zip(open_rows, suppress(table, least), strict=False))
    nothing: list[Shown] = [None] * len(rows[0])
    return [shown.get(place, nothing) for place in range(len(rows))]


def _nothing(counted: Counted) -> Concealed:
    return Concealed(
        whole=[None] * len(counted.whole),
        whole_total=None,
        parts=[[None] * len(counted.whole) for _part in counted.parts],
        parts_totals=[None] * len(counted.parts),
        split=[[None] * len(row) for row in counted.split],
        split_totals=[None] * len(counted.split_totals),
    )


# --- in words ------------------------------------------------------------------------------------


def count_or_words(count: Shown) -> Value:
    return _("not shown") if count is None else count


def rate(part: int, whole: int, *, exact: bool, least: int = MIN_COUNT) -> Value:
    """Whole per cent, cut; words where there is nobody, or where a viewer may not know it.

    `least`: how many must be in the part and how many outside of it.
    """
    if not whole:
        return None
    if exact:
        return part * 100 // whole
    told = shown_rate(part, whole)
    if told.value is None:
        return _("under {n}").format(n=MIN_DENOMINATOR)
    percent = int(told.value * 100)
    if told.relation == Relation.AT_MOST:
        return f"≤ {percent}%"
    if told.relation == Relation.AT_LEAST:
        return f"≥ {percent}%"
    return _("not shown") if is_few(part, least) or is_few(whole - part, least) else percent


def mean_or_words(mean: Fraction | None, of: int) -> Value:
    """A mean in whole points, cut; "under 10" for everybody where it is of fewer people."""
    if mean is None or of < MIN_DENOMINATOR:
        return _("under {n}").format(n=MIN_DENOMINATOR) if of else None
    return int(mean)
