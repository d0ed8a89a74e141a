"""What the figures of before and after mean, for a director who knows no statistics."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.attempts.charting import cut
from learning.cascade.wording import Verdict, cautions_on, how_sure
from learning.measurement.clusters import ClusterCaution
from learning.measurement.gain import Caution, Clustered, Interval
from learning.measurement.suppression import MIN_DENOMINATOR
from learning.reporting.comparing import tenths
from learning.reporting.concealing import is_few
from learning.reporting.gaining import Pooled, mean_of
from modules.reference.lists import left_to_right

SURE = 0.05  # a p value below it is told as more than chance
SMALL, MIDDLING = 0.3, 0.8  # gains in spreads up to which they are told as small and as middling


def is_told(found: Pooled, *, exact: bool) -> bool:
    """Whether anything may be said: to a viewer only of ten people with results of both tests."""
    n = len(found.matched)
    return n > 0 if exact else n >= MIN_DENOMINATOR


def verdict_on(found: Pooled, *, exact: bool) -> Verdict:
    """What to read first."""
    before, after = mean_of(found.matched, after=False), mean_of(found.matched, after=True)
    if before is None or after is None or not is_told(found, exact=exact):
        return Verdict("none", _nothing(found, exact=exact))
    means = _("On average participants answered {before} of 100 before and {after} after.").format(
        before=cut(before), after=cut(after)
    )
    sure = how_sure(found.ci) if found.ci else Verdict("few", unsure(found))
    parts = (means, sure.text, matched(found, exact=exact))
    return Verdict(sure.tone, " ".join(part for part in parts if part))


def _nothing(found: Pooled, *, exact: bool) -> str:
    if exact or not found.matched:
        return _("Nobody has a result of both tests yet, so nothing can be said of a gain.")
    return _(
        "Fewer than {n} people have results of both tests, so nothing is said of them."
    ).format(n=MIN_DENOMINATOR)


def unsure(found: Pooled) -> str:
    """Why there is no interval."""
    if found.whole.gain.warnings and Caution.SAME_GAIN in found.whole.gain.warnings:
        return _("Everybody gained exactly the same, so nothing can be said of chance.")
    if len(found.matched) < MIN_DENOMINATOR:
        return _("That is of too few people to say how sure the gain is.")
    return ngettext(
        "They came from {n} session: too few to say how sure the gain is, because people of one"
        " session resemble each other.",
        "They came from {n} sessions: too few to say how sure the gain is, because people of one"
        " session resemble each other.",
        found.sessions,
    ).format(n=found.sessions)


def matched(found: Pooled, *, exact: bool) -> str:
    """How many of those tested could be matched; nothing where that would tell of a few."""
    n, every = len(found.matched), len(found.people)
    if not exact and (is_few(n) or is_few(every - n)):
        return ""
    return ngettext(
        "{n} of {all} people who were tested has results of both tests.",
        "{n} of {all} people who were tested have results of both tests.",
        n,
    ).format(n=n, all=every)


# --- cautions ------------------------------------------------------------------------------------


def cautions_of(found: Pooled, *, exact: bool) -> list[str]:
    """What a reader has to know before she quotes a figure."""
    if not is_told(found, exact=exact):
        return []
    return [*_about_sessions(found), *(cautions_on(found.whole) if exact else _for_viewers(found))]


def _for_viewers(found: Pooled) -> Iterator[str]:
    said = {
        Caution.LOW_MATCH: _(
            "Of the people who took a test, more than a fifth took only one of the two. Whoever is"
            " missing may have gained less."
        ),
        Caution.ATTRITION: _(
            "Those who took both tests did not start like the others: their average before differs"
            " from that of everybody by two points or more. That alone can look like a gain."
        ),
        Caution.CEILING: _(
            "Many people have all the marks in the post-test. It was easy for them, so the gain is"
            " larger than what can be seen."
        ),
        Caution.HIGH_PRE: _(
            "The average before was high already, so there was little left to gain."
        ),
        Caution.RETEST: _(
            "Most people had mostly the same questions twice within two weeks. People remember"
            " questions: a part of the gain would be there without any training."
        ),
    }
    for caution in found.whole.gain.warnings:
        if caution in said:
            yield said[caution]


def _about_sessions(found: Pooled) -> Iterator[str]:
    if found.versions > 1:
        yield _(
            "The tests are of {n} versions of the course. Where their questions differ, so may"
            " the marks."
        ).format(n=found.versions)
    if ClusterCaution.ROUGH in found.gain.warnings and not found.is_one_class:
        yield ngettext(
            "The figures rest on {n} session. With fewer than 20, where the true gain lies is a"
            " rough guess.",
            "The figures rest on {n} sessions. With fewer than 20, where the true gain lies is a"
            " rough guess.",
            found.sessions,
        ).format(n=found.sessions)


# --- beside each figure --------------------------------------------------------------------------


def about_match(n: int, every: int) -> str:
    if 5 * n >= 4 * every:
        return _("Most people could be matched, so the figures speak for the group.")
    return _("More than a fifth could not be matched. Whoever is missing may have gained less.")


def about_attrition(others: int, gap: float) -> str:
    """`gap`: points by which those with both results began above the others."""
    if others < MIN_DENOMINATOR:
        return _("Too few people to say whether they began like the others.")
    if abs(gap) < 2:  # noqa: PLR2004 (points; `measurement.gain.MAX_SHIFT`)
        return _("They began like those with both results, so little is lost with them.")
    words = (
        _("They began {points} points below those with both results: the stronger ones stayed.")
        if gap > 0
        else _("They began {points} points above those with both results: the weaker ones stayed.")
    )
    return words.format(points=tenths(abs(gap)))


def about_gain(found: Pooled) -> str:
    if found.ci is None:
        return unsure(found)
    return how_sure(found.ci).text


def about_clusters(gain: Clustered) -> str:
    """How much people of one session resemble each other, in words."""
    if gain.design_effect is None:
        return _("People of one session resemble each other, and the interval knows it.")
    width = tenths(gain.design_effect**0.5)
    if gain.design_effect <= 1:
        return _("Sessions hardly differ: the interval is no wider than for single people.")
    return _(
        "Sessions differ: the interval is {times} times as wide as if people had come one by one."
    ).format(times=width)


def about_p(p: float | None) -> str:
    if p is None:
        return ""
    if p < SURE:
        return _("Chance alone would hardly bring about such a change.")
    return _("Chance alone may have brought about such a change.")


def about_effect(d: float) -> str:
    """Conventional words; a gain of a course is commonly above half a spread."""
    size = abs(d)
    if size < SMALL:
        return _("A small change beside the usual differences between people.")
    if size < MIDDLING:
        return _("A middling change beside the usual differences between people.")
    return _("A large change beside the usual differences between people.")


def about_hake(g: float) -> str:
    return _(
        "Of what the class did not know before, it learned {percent} of 100 parts. Second to the"
        " gain in points: classes that knew more before come out higher."
    ).format(percent=left_to_right(str(round(g * 100))))


def about_mastery(before: int, after: int) -> str:
    return _("Of 100 people {before} mastered it before, {after} after.").format(
        before=before, after=after
    )


def about_change(ci: Interval | None) -> str:
    """Of the change in the share of those who master an outcome."""
    if ci is None:
        return ""
    if ci[0] > 0:
        return _("More of them, and more than chance.")
    if ci[1] < 0:
        return _("Fewer of them, and more than chance.")
    return _("The change may be chance.")
