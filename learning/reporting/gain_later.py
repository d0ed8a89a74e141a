"""Some months after a course: the figures of each wave, with a sentence beside each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from learning.attempts.charting import Line, Tick, line_of_three, ticks
from learning.cascade.retained import Retained, waves_in
from learning.cascade.retained_wording import (
    about_kept,
    about_missing,
    about_ratio,
    cautions_about,
    told_of,
)
from learning.measurement.suppression import MIN_DENOMINATOR, MIN_RESULT
from learning.reporting.comparing import tenths
from learning.reporting.concealing import Counted, conceal, count_or_words, is_few, rate
from learning.reporting.gain_filters import GainForm, Who, title_of_wave
from learning.reporting.gaining import Pooled
from learning.reporting.pairing import Tried
from learning.reporting.tables import Cell, Column, Kind, Row, Table, Value

type Figure = tuple[str, Value, str, str]  # label, value, sentence, list behind it


@dataclass(frozen=True)
class Part:
    """One wave as its section has it."""

    found: Retained[Tried]
    title: str
    says: str
    cautions: Sequence[str]
    table: Table
    line: Line | None


@dataclass(frozen=True)
class LaterView:
    """The waves in which anybody was tested again; the drawing is of those with all three tests."""

    parts: Sequence[Part]
    ticks: Sequence[Tick]
    empty: str  # what is said in their place

    @property
    def is_drawn(self) -> bool:
        return any(part.line for part in self.parts)


def later_view(found: Pooled, form: GainForm) -> LaterView:
    """Nothing in it where nobody was tested again, or nothing may be told."""
    rtl = get_language_bidi()
    waves = (Retained(months, found.people, Tried.passes) for months in waves_in(found.people))
    told: list[Retained[Tried]] = []
    for one in waves:
        if is_told(one, [found.matched, *(other.whole for other in told)], exact=form.reach.exact):
            told.append(one)
    parts = [_part(one, form, rtl=rtl) for one in told]
    return LaterView(parts, ticks(rtl=rtl), _nothing(exact=form.reach.exact))


def is_told(found: Retained[Tried], others: Sequence[Sequence[Tried]], *, exact: bool) -> bool:
    """To a viewer only of ten people with all three tests.

    Nor where few could be worked out from the means of `others` on the same page.
    """
    if exact:
        return bool(found.taken)
    whole = {one.line.enrolment for one in found.whole}
    apart = (whole ^ {one.line.enrolment for one in other} for other in others)
    return len(whole) >= MIN_DENOMINATOR and not any(
        is_few(len(people), MIN_DENOMINATOR) for people in apart
    )


def _nothing(*, exact: bool) -> str:
    if exact:
        return _(
            "Nobody was tested again some months after the course, so nothing can be said of what"
            " people still know."
        )
    return _(
        "Some months after the course nobody was tested again, or too few people to tell of them."
    )


def _part(found: Retained[Tried], form: GainForm, *, rtl: bool) -> Part:
    exact, means = form.reach.exact, found.means
    return Part(
        found,
        title_of_wave(found.months),
        told_of(found, exact=exact),
        cautions_about(found, exact=exact),
        wave_table(found, form),
        line_of_three(*means, rtl=rtl) if means else None,
    )


def wave_table(found: Retained[Tried], form: GainForm) -> Table:
    """Each figure of one wave with a sentence beside it."""
    rows = _exact(found, form) if form.reach.exact else _viewers(found)
    return Table(
        name=f"before-after-{found.months}-months",
        title=title_of_wave(found.months),
        columns=(
            Column("figure", _("Figure"), Kind.TEXT),
            Column("value", _("Value")),
            Column("says", _("What it says"), Kind.TEXT),
        ),
        rows=tuple(
            Row((Cell(label), Cell(value, link), Cell(said))) for label, value, said, link in rows
        ),
        about=tuple(form.about()),
        notes=(
            _(
                "Counted from the test after the course that counts for the person, in a session"
                " from its last day. Everybody is tested once in each wave, on the other form than"
                " the last one, and nobody has to be."
            ),
        ),
    )


def _exact(found: Retained[Tried], form: GainForm) -> Iterator[Figure]:
    def behind(who: Who) -> str:
        return form.link(who=who, wave=str(found.months))

    said = _("Their test after the course is so long ago that they could be tested again.")
    yield _("People who came due"), len(found.due), said, behind(Who.DUE)
    share = f"{int(found.rate * 100)}%"
    yield _("Tested again"), len(found.taken), _rate_said(found), behind(Who.AGAIN)
    yield _("Re-test rate"), share, _("Of all who came due, cut."), ""
    still = _("Until the last day of their wave.")
    yield _("Can still be tested"), len(found.can_still), still, behind(Who.STILL_OPEN)
    missed = len(found.missed)
    yield _("Were not tested again"), missed, about_missing(found), behind(Who.MISSED)
    three = _("Before, after and later, all answers marked; the means below are theirs.")
    yield _("People with all three tests"), len(found.whole), three, behind(Who.THREE)
    yield from _means(found)
    if found.kept.had:
        kept = _("{n} of {all}").format(n=found.kept.kept, all=found.kept.had)
        label = _("Reach the pass mark still, of who did after the course")
        yield label, kept, about_kept(found), behind(Who.REACH_STILL)


def _rate_said(found: Retained[Tried]) -> str:
    n = len(found.taken)
    return ngettext(
        "{n} person has a result of this test.", "{n} people have a result of this test.", n
    ).format(n=n)


def _means(found: Retained[Tried]) -> Iterator[Figure]:
    figures = found.figures
    yield _("Mean before, of 100"), tenths(figures.mean_pre), "", ""
    yield _("Mean after, of 100"), tenths(figures.mean_post), "", ""
    yield _("Mean some months later, of 100"), tenths(figures.mean_follow), "", ""
    ratio = "–" if figures.ratio is None else f"{round(figures.ratio * 100)}%"
    yield _("Share of the gain that is left"), ratio, about_ratio(found), ""


def _viewers(found: Retained[Tried]) -> Iterator[Figure]:
    """Counts, means and rates of which none tells of few people."""
    every, taken = len(found.due), len(found.taken)
    told = conceal(Counted([every], every, [[taken]], [taken]))
    yield _("People who came due"), count_or_words(told.whole_total), "", ""
    yield _("Tested again"), count_or_words(told.parts_totals[0]), "", ""
    share = rate(taken, every, exact=False)
    yield _("Re-test rate"), _percent(share), "", ""
    means = found.means or (Fraction(0),) * 3
    labels = (
        _("Mean before, of 100"),
        _("Mean after, of 100"),
        _("Mean some months later, of 100"),
    )
    for label, mean in zip(labels, means, strict=True):
        yield label, int(mean * 100), "", ""
    ratio = found.figures.ratio
    shown = "–" if ratio is None else f"{round(ratio * 100)}%"
    yield _("Share of the gain that is left"), shown, about_ratio(found), ""
    kept = rate(found.kept.kept, found.kept.had, exact=False, least=MIN_RESULT)
    yield _("Reach the pass mark still, of who did after the course"), _percent(kept), "", ""


def _percent(share: Value) -> Value:
    return f"{share}%" if isinstance(share, int) else share
