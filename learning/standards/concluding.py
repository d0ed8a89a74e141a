"""What the estimates of a panel come to. Pure: tables of per cents in, figures out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean, stdev

import numpy as np

from learning.measurement.standard import Cut, angoff
from learning.standards.estimating import Place

WIDE = 15  # points; judges whose estimates of a question spread wider should talk about it


@dataclass(frozen=True)
class JudgeFigure:
    """One judge: how many questions she estimated, her cut in per cent, and beside the others'."""

    judge: int
    answered: int
    cut: float | None
    severity: float | None


@dataclass(frozen=True)
class ItemFigure:
    """One question: mean of the estimates in per cent, and their spread in points."""

    position: int
    n: int
    mean: float | None
    spread: float | None

    @property
    def is_wide(self) -> bool:
        return self.spread is not None and self.spread > WIDE


@dataclass(frozen=True)
class Concluded:
    """One round. `cut` and `se` in per cent of the full marks; `by_form` the cut of each form."""

    cut: float | None
    se: float | None
    by_form: Mapping[str, float | None]
    judges: Sequence[JudgeFigure]
    items: Sequence[ItemFigure]
    missing: int  # estimates that are still to come

    @property
    def counted(self) -> int:
        """How many judges the cut rests on."""
        return sum(one.cut is not None for one in self.judges)

    @property
    def cut_shown(self) -> float | None:
        """The cut to a tenth, cut like the pass mark: 65.97 beside a pass mark of 65 is no 66.0."""
        return None if self.cut is None else int(self.cut * 10 + 1e-9) / 10

    @property
    def pass_mark(self) -> int | None:
        """The cut as a pass mark: whole per cent, never rounded up."""
        return None if self.cut is None else int(self.cut + 1e-9)


def conclude(
    judges: Sequence[int],
    positions: Sequence[int],
    full_marks: Sequence[Fraction],
    forms: Mapping[str, Sequence[int]],
    known: Mapping[Place, int],
) -> Concluded:
    """The figures of one round; `known` holds per cents by judge and position."""
    table = [[known.get((judge, position)) for position in positions] for judge in judges]
    whole = _cut(table, full_marks)
    share = float(sum(full_marks))
    own = [None if cut is None else cut / share * 100 for cut in whole.judges]
    cut = _percent(whole)
    return Concluded(
        cut=cut,
        se=None if whole.se is None else whole.se / share * 100,
        by_form={
            label: _percent(_cut(*_of_form(table, full_marks, positions, asked)))
            for label, asked in forms.items()
        },
        judges=[
            JudgeFigure(
                judge,
                sum(value is not None for value in row),
                one,
                None if one is None or cut is None else one - cut,
            )
            for judge, row, one in zip(judges, table, own, strict=True)
        ],
        items=[
            _item(position, [row[place] for row in table])
            for place, position in enumerate(positions)
        ],
        missing=sum(value is None for row in table for value in row),
    )


type Rows = Sequence[Sequence[int | None]]


def _of_form(
    table: Rows, full_marks: Sequence[Fraction], positions: Sequence[int], asked: Sequence[int]
) -> tuple[Rows, Sequence[Fraction]]:
    places = [place for place, position in enumerate(positions) if position in asked]
    return [[row[place] for place in places] for row in table], [full_marks[p] for p in places]


def _cut(table: Rows, full_marks: Sequence[Fraction]) -> Cut:
    if not table or not full_marks:
        return Cut(None, None, None, ())
    shares = [[np.nan if value is None else value / 100 for value in row] for row in table]
    return angoff(np.array(shares, dtype=float), [float(mark) for mark in full_marks])


def _percent(cut: Cut) -> float | None:
    return None if cut.cut_share is None else cut.cut_share * 100


def _item(position: int, values: Sequence[int | None]) -> ItemFigure:
    given = [value for value in values if value is not None]
    if not given:
        return ItemFigure(position, 0, None, None)
    return ItemFigure(
        position, len(given), float(mean(given)), stdev(given) if len(given) > 1 else None
    )


@dataclass(frozen=True)
class Agreement:
    """The two rounds held against each other, over estimates that were given in both.

    `moved` counts those that changed; `spread` are the mean spreads by question, in points;
    `correlation` of the mean estimates of the questions.
    """

    n: int
    moved: int
    mean_move: float | None
    spread: tuple[float | None, float | None]
    correlation: float | None


def agreement(
    first: Concluded, second: Concluded, a: Mapping[Place, int], b: Mapping[Place, int]
) -> Agreement:
    """None of anything where one of the rounds is empty."""
    both = sorted(set(a) & set(b))
    steps = [abs(b[place] - a[place]) for place in both]
    return Agreement(
        n=len(both),
        moved=sum(step > 0 for step in steps),
        mean_move=float(mean(steps)) if steps else None,
        spread=(_mean_spread(first), _mean_spread(second)),
        correlation=_correlation(first, second),
    )


def _mean_spread(found: Concluded) -> float | None:
    spreads = [item.spread for item in found.items if item.spread is not None]
    return mean(spreads) if spreads else None


def _correlation(first: Concluded, second: Concluded) -> float | None:
    pairs = [
        (one.mean, two.mean)
        for one, two in zip(first.items, second.items, strict=True)
        if one.mean is not None and two.mean is not None
    ]
    if len(pairs) < 3 or any(len(set(column)) < 2 for column in zip(*pairs, strict=True)):  # noqa: PLR2004
        return None
    return float(np.corrcoef(np.array(pairs, dtype=float).T)[0, 1])
