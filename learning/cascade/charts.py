"""The gain of a session as a drawing, for its page and its report."""

from collections.abc import Sequence
from dataclasses import dataclass

from learning.attempts.charting import Line, Tick, line, ticks
from learning.cascade.figures import Compared, OutcomeFigure


@dataclass(frozen=True)
class Chart:
    """The lines of the chart: all together, then by outcome."""

    total: Line
    outcomes: Sequence[tuple[OutcomeFigure, Line]]
    ticks: Sequence[Tick]


def chart_of(figures: Compared, *, rtl: bool) -> Chart | None:
    """None as long as there is no pair to draw."""
    if figures.before is None or figures.after is None:
        return None
    return Chart(
        total=line(figures.before, figures.after, rtl=rtl, needed=figures.needed),
        outcomes=[(one, line(one.before, one.after, rtl=rtl)) for one in figures.outcomes],
        ticks=ticks(rtl=rtl),
    )
