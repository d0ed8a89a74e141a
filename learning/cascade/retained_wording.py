"""What a test some months after a course says, for a director who knows no statistics."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.attempts.charting import cut
from learning.cascade.figures import mean
from learning.cascade.retained import Retained
from learning.measurement.retaining import MIN_GAIN, MIN_WITH_ALL
from modules.reference.lists import left_to_right

FEW_TESTED = Fraction(4, 5)  # of who could be; below it those who are missing matter
MAX_GAP = Fraction(2, 100)  # of the marks, between who was tested again and who was not


def told_of(found: Retained, *, exact: bool = True) -> str:
    """The sentence to read first; to who sees aggregates alone nothing of few people."""
    parts = [] if not exact else [_tested_again(found)]
    return " ".join([*parts, *_means(found), *_passes(found, exact=exact)])


def _tested_again(found: Retained) -> str:
    n, every = len(found.taken), len(found.due)
    return ngettext(
        "Tested again: {n} of {all} person whose test after the course is so long ago"
        " ({percent} per cent).",
        "Tested again: {n} of {all} people whose test after the course is so long ago"
        " ({percent} per cent).",
        every,
    ).format(n=n, all=every, percent=cut(found.rate))


def _means(found: Retained) -> Iterator[str]:
    if found.means is None:
        return
    before, after, later = map(cut, found.means)
    yield _(
        "On average they answered {before} of 100 before, {after} after, and {later} some months"
        " later."
    ).format(before=before, after=after, later=later)
    yield about_ratio(found)


def about_ratio(found: Retained) -> str:
    """What is left of the gain."""
    figures = found.figures
    if figures.n < MIN_WITH_ALL:
        return _("That is of too few people to say how much of the gain is left.")
    if figures.ratio is None:
        return _(
            "They had gained less than {n} points, so no share of the gain is told: it would be"
            " chance."
        ).format(n=MIN_GAIN)
    percent = round(figures.ratio * 100)
    if percent > 100:  # noqa: PLR2004 (per cent)
        return _("They know more than at the end of the course: people learned on.")
    if percent <= 0:
        return _("Nothing of what they had gained is left.")
    return _("Of 100 points gained, {percent} are still there.").format(percent=percent)


def _passes(found: Retained, *, exact: bool) -> Iterator[str]:
    if exact and found.kept.had:
        yield about_kept(found)


def about_kept(found: Retained) -> str:
    """Who still reaches the pass mark, of who did."""
    if not found.kept.had:
        return _("Nobody of them reached the pass mark after the course.")
    return ngettext(
        "Of {all} of them who had reached the pass mark after the course, {n} reaches it still.",
        "Of {all} of them who had reached the pass mark after the course, {n} reach it still.",
        found.kept.kept,
    ).format(n=found.kept.kept, all=found.kept.had)


def cautions_about(found: Retained, *, exact: bool = True) -> list[str]:
    """What to know before one quotes a figure of a wave."""
    said = []
    if found.rate < FEW_TESTED:
        said.append(
            _("More than a fifth have no result of it. Whoever is missing may know less by now.")
        )
    if exact and found.can_still:
        n = len(found.can_still)
        words = ngettext(
            "{n} person can still take it, so these figures may change.",
            "{n} people can still take it, so these figures may change.",
            n,
        )
        said.append(words.format(n=n))
    if 2 * found.repeated > len(found.whole):
        said.append(
            _(
                "Most of them had the same form in the test before the course. People remember"
                " questions, so they may know a little less than it says."
            )
        )
    return said


def about_missing(found: Retained) -> str:
    """Whether those who were not tested again knew less at the end of the course."""
    if not found.missed:
        return _("Everybody whose time for it is over was tested again.")
    taken, missed = mean(found.after_taken), mean(found.after_missed)
    if taken is None or missed is None or len(found.after_missed) < MIN_WITH_ALL:
        return _("Too few people to say whether they had known as much as the others.")
    gap = taken - missed
    if abs(gap) < MAX_GAP:
        return _("At the end of the course they knew as much as those who were tested again.")
    words = (
        _("At the end of the course they had {points} points less than those tested again.")
        if gap > 0
        else _("At the end of the course they had {points} points more than those tested again.")
    )
    return words.format(points=left_to_right(str(round(abs(float(gap)) * 100))))
