"""Before and after as tables: the figures, by session, by what people are, by outcome."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from learning.attempts.charting import cut
from learning.cascade.figures import OutcomeFigure
from learning.measurement.gain import Interval
from learning.measurement.suppression import MIN_DENOMINATOR, MIN_RESULT
from learning.reporting.comparing import hundredths, tenths
from learning.reporting.concealing import (
    Counted,
    conceal,
    count_or_words,
    rate,
)
from learning.reporting.gain_filters import GainForm, Who
from learning.reporting.gain_wording import (
    about_attrition,
    about_change,
    about_clusters,
    about_effect,
    about_gain,
    about_hake,
    about_mastery,
    about_match,
    about_p,
    is_told,
)
from learning.reporting.gaining import Pooled, finals, mean_of
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table, Value
from modules.reference.lists import left_to_right

SMALLEST_P = 0.001


def interval_in_words(ci: Interval | None) -> str:
    if ci is None:
        return ""
    low, high = (left_to_right(tenths(end, signed=True)) for end in ci)
    return _("{low} to {high}").format(low=low, high=high)


def p_in_words(p: float | None) -> str:
    if p is None:
        return ""
    return f"< {SMALLEST_P}" if p < SMALLEST_P else f"{p:.3f}"


def percent_of(mean: Fraction | None) -> str:
    return tenths(float(mean * 100)) if mean is not None else ""


# --- in figures ----------------------------------------------------------------------------------


def figures_table(found: Pooled, form: GainForm) -> Table:
    """Each figure with a sentence beside it."""
    exact = form.reach.exact
    rows = _exact_figures(found, form) if exact else _viewers_figures(found)
    if not is_told(found, exact=exact) and not exact:
        rows = iter(())
    return Table(
        name="before-after",
        title=_("Before and after"),
        columns=(
            Column("figure", _("Figure"), Kind.TEXT),
            Column("value", _("Value")),
            Column("says", _("What it says"), Kind.TEXT),
        ),
        rows=tuple(
            Row((Cell(label), Cell(value, link), Cell(said))) for label, value, said, link in rows
        ),
        about=tuple(form.about()),
        notes=tuple(_notes(found)),
    )


type Figure = tuple[str, Value, str, str]  # label, value, sentence, list behind it


def _exact_figures(found: Pooled, form: GainForm) -> Iterator[Figure]:
    before, after = finals(found.people)
    n, every = len(found.matched), len(found.people)
    final = _("All their answers are marked.")
    yield _("People with a result before"), before, final, form.link(who=Who.BEFORE)
    yield _("People with a result after"), after, final, form.link(who=Who.AFTER)
    yield _("People with results of both tests"), n, about_match(n, every), form.link(who=Who.BOTH)
    yield from _attrition(found, form)
    yield from _means(found)
    if found.is_one_class:
        yield from _of_one_class(found)
    else:
        yield from _of_several(found)
    said = _("Of those with results of both tests; each by the pass mark of the own course.")
    for label, passed in _passed(found):
        told = _("{n} of {all}").format(n=passed, all=n)
        yield label, told, said, ""


def _passed(found: Pooled) -> list[tuple[str, int]]:
    return [
        (_("Reached the pass mark in the test before"), found.passed(after=False)),
        (_("Reached the pass mark in the test after"), found.passed(after=True)),
    ]


def _attrition(found: Pooled, form: GainForm) -> Iterator[Figure]:
    others = len(found.people) - len(found.matched)
    if not others:
        return
    yield _("Tested, without results of both"), others, "", form.link(who=Who.ONE)
    began, both = found.whole.before_unmatched, mean_of(found.matched, after=False)
    if began is not None and both is not None:
        said = about_attrition(len(found.before_unmatched), float((both - began) * 100))
        yield _("Mean before of those without results of both"), percent_of(began), said, ""


def _means(found: Pooled) -> Iterator[Figure]:
    gain = found.whole.gain
    both = _("Of those with results of both tests.")
    yield _("Mean before, of 100"), tenths(gain.mean_pre), both, ""
    yield _("Mean after, of 100"), tenths(gain.mean_post), both, ""
    said = _("By so many of 100 points people did better on average, or worse with a minus.")
    yield _("Mean gain, in points"), tenths(gain.mean_gain, signed=True), said, ""
    ci = interval_in_words(found.ci) or "–"
    yield _("Where the true gain lies (95 per cent sure)"), ci, about_gain(found), ""


def _of_one_class(found: Pooled) -> Iterator[Figure]:
    gain = found.whole.gain
    if gain.t is not None:
        label = _("Test for pairs: t, {df} degrees of freedom").format(df=gain.df)
        yield label, _with_p(hundredths(gain.t, signed=False), gain.p), about_p(gain.p), ""
    if gain.wilcoxon_w is not None:
        value = _with_p(tenths(gain.wilcoxon_w), gain.wilcoxon_p)
        yield _("Wilcoxon's test for pairs: W"), value, about_p(gain.wilcoxon_p), ""
    if gain.d_av is not None:
        label = _("Gain in standard deviations of the marks (d, average SD)")
        yield label, _with_ci(gain.d_av, gain.d_av_ci), about_effect(gain.d_av), ""
    if gain.d_z is not None:
        said = _(
            "How alike the gains of people are: useful to plan a study, not to judge a course."
        )
        label = _("Gain in standard deviations of the gains (d of differences)")
        yield label, _with_ci(gain.d_z, gain.d_z_ci), said, ""
    if gain.hake_g is not None:
        label = _("Share of what was left to learn (class means)")
        yield label, hundredths(gain.hake_g), about_hake(gain.hake_g), ""


def _of_several(found: Pooled) -> Iterator[Figure]:
    said = about_clusters(found.gain) if found.gain.ci else ""
    yield _("Sessions with results of both tests"), found.sessions, said, ""
    if found.alone:
        yield (
            _("People with both results who learned by themselves"),
            found.alone,
            _("Each stands for herself; no session made them alike."),
            "",
        )


def _with_p(value: str, p: float | None) -> str:
    return left_to_right(
        f"{value} (p {'' if p is not None and p < SMALLEST_P else '= '}{p_in_words(p)})"
    )


def _with_ci(value: float, ci: Interval | None) -> str:
    if ci is None:
        return left_to_right(hundredths(value))
    low, high = (hundredths(end) for end in ci)
    return left_to_right(f"{hundredths(value)} [{low}; {high}]")


def _viewers_figures(found: Pooled) -> Iterator[Figure]:
    """Counts and means of which none tells of few people."""
    before, after = finals(found.people)
    n, every = len(found.matched), len(found.people)
    parts = (before, after, n)
    told = conceal(Counted([every], every, [[part] for part in parts], parts)).parts_totals
    words = [count_or_words(one) for one in told]
    yield _("People with a result before"), words[0], "", ""
    yield _("People with a result after"), words[1], "", ""
    yield _("People with results of both tests"), words[2], about_match(n, every), ""
    gain = found.whole.gain
    both = [(_("Mean before, of 100"), gain.mean_pre), (_("Mean after, of 100"), gain.mean_post)]
    for label, mean in both:
        yield label, None if mean is None else int(mean), "", ""
    ci = interval_in_words(found.ci) or "–"
    yield _("Where the true gain lies (95 per cent sure)"), ci, about_gain(found), ""
    for label, passed in _passed(found):
        share = rate(passed, n, exact=False, least=MIN_RESULT)
        yield label, f"{share}%" if isinstance(share, int) else share, "", ""


def _notes(found: Pooled) -> Iterator[str]:
    yield _(
        "Compared are the first test before and, in a session, the last result after; of people who"
        " learn by themselves the first attempt after. Somebody who took the course twice counts"
        " twice."
    )
    if not found.is_one_class:
        yield _(
            "Tests for pairs (t, Wilcoxon) and effect sizes stand only where a single session is"
            " shown: they take people for independent, and people of one session are not. Choose a"
            " cohort to see them."
        )


# --- by session ----------------------------------------------------------------------------------


def sessions_table(found: Pooled, form: GainForm) -> Table:
    """A row for each cohort in which somebody was tested."""
    return Table(
        name="before-after-sessions",
        title=_("Session by session"),
        columns=(
            Column("cohort", _("Session"), Kind.TEXT),
            Column("place", _("Place of the session"), Kind.TEXT),
            Column("before", _("Results before")),
            Column("after", _("Results after")),
            Column("both", _("Both")),
            Column("mean_before", _("Mean before")),
            Column("mean_after", _("Mean after")),
            Column("gain", _("Gain"), about=_("In points of 100, of those with both results.")),
            Column("ci", _("95% interval"), about=_("Of the session alone; from 10 people on.")),
            Column(
                "g",
                _("Of what was left"),
                about=_("The gain of the class as a share of what it had left to learn; second."),
            ),
        ),
        rows=tuple(_session_rows(found, form)),
        about=tuple(form.about()),
        notes=(
            _("Grey rows have fewer than {n} people: chance may be behind them.").format(
                n=MIN_DENOMINATOR
            ),
        ),
    )


def _session_rows(found: Pooled, form: GainForm) -> Iterator[Row]:
    places = form.reach.places
    for one in found.classes:
        gain, cohort = one.figures.gain, one.group.uuid
        counts = ((gain.n_pre, Who.BEFORE), (gain.n_post, Who.AFTER), (gain.n_matched, Who.BOTH))
        cells = [
            Cell(one.group.label),
            Cell(places.name(places.province(one.group.area)) if one.group.event else ""),
            *(Cell(n, form.link(cohort=cohort, who=who) if n else "") for n, who in counts),
            Cell(tenths(gain.mean_pre)),
            Cell(tenths(gain.mean_post)),
            Cell(tenths(gain.mean_gain, signed=True)),
            Cell(interval_in_words(gain.ci)),
            Cell(hundredths(gain.hake_g)),
        ]
        few = gain.n_matched < MIN_DENOMINATOR
        yield Row(tuple(cells), Level.ROUGH if few else Level.BODY)


# --- by outcome ----------------------------------------------------------------------------------


def outcomes_table(found: Pooled, form: GainForm) -> Table:
    """Means and mastery by outcome, of those whose answers are known."""
    exact = form.reach.exact
    columns = [
        Column("outcome", _("Outcome"), Kind.TEXT),
        Column("people", _("People"), about=_("With every answer of both tests known.")),
        Column("before", _("Mean before"), Kind.PERCENT),
        Column("after", _("Mean after"), Kind.PERCENT),
        Column("mastered_before", _("Master it before"), Kind.PERCENT),
        Column("mastered_after", _("Master it after"), Kind.PERCENT),
        Column("chance", _("McNemar's p") if found.is_one_class else _("Change, 95% interval")),
        Column("says", _("What it says"), Kind.TEXT),
    ]
    return Table(
        name="before-after-outcomes",
        title=_("Outcomes mastered"),
        columns=tuple(columns),
        rows=tuple(_outcome_rows(found, exact=exact)),
        about=tuple(form.about()),
        notes=(
            _(
                "Somebody masters an outcome with 80 per cent of its marks and at least three"
                " questions."
            ),
        ),
    )


def _outcome_rows(found: Pooled, *, exact: bool) -> Iterator[Row]:
    for one in found.whole.outcomes:
        n, title = one.n, Cell(one.title)
        if not exact and n < MIN_DENOMINATOR:
            few = Cell(_("under {n}").format(n=MIN_DENOMINATOR))
            yield Row((title, *[few] * 6, Cell("")), Level.ROUGH)
            continue
        means = Cell(cut(one.before)), Cell(cut(one.after))
        told = _mastery_cells(found, one, exact=exact)
        level = Level.ROUGH if n < MIN_DENOMINATOR else Level.BODY
        yield Row((title, Cell(n), *means, *told), level)


def _mastery_cells(found: Pooled, one: OutcomeFigure, *, exact: bool) -> list[Cell]:
    """Two rates, what chance has to do with them, and the sentence."""
    if one.mastery is None:
        return [*[Cell(None)] * 3, Cell(_("too few questions to say"))]
    counts = (one.mastered_before, one.mastered_after)
    before, after = (rate(count, one.n, exact=exact, least=MIN_RESULT) for count in counts)
    said = []
    if isinstance(before, int) and isinstance(after, int):
        said.append(about_mastery(before, after))
    if found.is_one_class:
        p = one.mastery.mcnemar_p if one.n >= MIN_DENOMINATOR else None
        chance = p_in_words(p)
        said.append(about_p(p))
    else:
        ci = found.change[one.code].ci
        chance = interval_in_words(ci)
        said.append(about_change(ci))
    return [Cell(before), Cell(after), Cell(chance), Cell(" ".join(filter(None, said)))]
