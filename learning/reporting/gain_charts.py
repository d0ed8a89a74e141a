"""Before and after drawn: everybody, the outcomes, and the newest sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language_bidi

from learning.attempts.charting import Line, line, ticks
from learning.cascade.charts import Chart
from learning.measurement.suppression import MIN_DENOMINATOR
from learning.reporting.gain_filters import GainForm
from learning.reporting.gain_wording import is_told
from learning.reporting.gaining import Pooled

MOST_DRAWN = 12  # sessions, the newest


@dataclass(frozen=True)
class GainChart(Chart):
    """The same, and the newest sessions of ten people or more, by name."""

    sessions: Sequence[tuple[str, Line]]


def chart_for(found: Pooled, form: GainForm) -> GainChart | None:
    """None where there is nothing to draw, or nothing may be told."""
    exact, rtl, whole = form.reach.exact, get_language_bidi(), found.whole
    if whole.before is None or whole.after is None or not is_told(found, exact=exact):
        return None
    needed = _needed(one.pass_mark for one in found.matched)
    outcomes = [one for one in whole.outcomes if exact or one.n >= MIN_DENOMINATOR]
    return GainChart(
        total=line(whole.before, whole.after, rtl=rtl, needed=needed),
        outcomes=[(one, line(one.before, one.after, rtl=rtl)) for one in outcomes],
        ticks=ticks(rtl=rtl),
        sessions=_sessions(found, rtl=rtl) if exact and not found.is_one_class else [],
    )


def _needed(pass_marks: Iterable[int]) -> Fraction | None:
    """The pass mark, where everybody had the same."""
    marks = set(pass_marks)
    return Fraction(marks.pop(), 100) if len(marks) == 1 else None


def _sessions(found: Pooled, *, rtl: bool) -> list[tuple[str, Line]]:
    drawn = []
    for one in found.classes:
        before, after = one.figures.before, one.figures.after
        if before is not None and after is not None and len(one.figures.pairs) >= MIN_DENOMINATOR:
            drawn.append((one.group.label, line(before, after, rtl=rtl)))
    return drawn[-MOST_DRAWN:]
