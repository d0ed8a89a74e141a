"""What the figures of a session mean, in plain sentences for people who know no statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.attempts.charting import cut
from learning.attempts.noticing import Remarks, remarks_on
from learning.cascade.figures import Compared, Figures, Participant
from learning.measurement.gain import Caution, Interval
from modules.reference.lists import listed


@dataclass(frozen=True)
class Verdict:
    """What to read first. `tone`: "rise", "open" (it may be chance), "fall", "few" or "none"."""

    tone: str
    text: str


def verdict_on(figures: Compared) -> Verdict:
    """What can be said of the gain, and how sure it is."""
    gain, n = figures.gain, len(figures.pairs)
    if figures.before is None or figures.after is None:
        text = _("Nobody has a result of both tests yet, so nothing can be said of a gain.")
        return Verdict("none", text)
    before, after = cut(figures.before), cut(figures.after)
    if gain.ci is None:
        return Verdict("few", _in_words_of_few(n, before, after))
    first = _("On average participants answered {before} of 100 before and {after} after.").format(
        before=before, after=after
    )
    sure = how_sure(gain.ci)
    matched = _matched(n, len(figures.participants))
    return Verdict(sure.tone, f"{first} {sure.text} {matched}")


def how_sure(ci: Interval) -> Verdict:
    """What the 95 % interval of a gain says, in points of 100."""
    low, high = (round(limit) for limit in ci)
    if ci[0] > 0:
        tone, words = (
            "rise",
            _("We are 95 per cent sure that the true gain is {low} to {high} points."),
        )
    elif ci[1] < 0:
        tone, words = (
            "fall",
            _("We are 95 per cent sure that marks fell, by {low} to {high} points."),
        )
        low, high = -high, -low
    else:
        tone = "open"
        words = _("This may be chance: the true change lies between {low} and {high} points.")
    return Verdict(tone, words.format(low=low, high=high))


def _in_words_of_few(n: int, before: int, after: int) -> str:
    words = ngettext(
        "One person has a result of both tests: {before} of 100 before and {after} after. That is"
        " too few to say how sure a gain is.",
        "On average the {n} people with a result of both tests answered {before} of 100 before and"
        " {after} after. That is too little to say how sure the gain is.",
        n,
    )
    return words.format(n=n, before=before, after=after)


def _matched(n: int, participants: int) -> str:
    words = ngettext(
        "{n} of {all} participants has a result of both tests.",
        "{n} of {all} participants have a result of both tests.",
        n,
    )
    return words.format(n=n, all=participants)


def cautions_on(figures: Compared) -> list[str]:
    """What a reader has to know before she trusts the figures; nothing where all is well."""
    if not figures.pairs:
        return _about_waiting(figures)
    found = [_sentence(caution, figures) for caution in figures.gain.warnings]
    return [*found, *_about_grain(figures), *_about_waiting(figures), *_about_tests(figures)]


def _sentence(caution: Caution, figures: Compared) -> str:
    gain = figures.gain
    sentences = {
        Caution.FEW_MATCHED: _(
            "Few people have a result of both tests. The averages are right, but what they say of"
            " the session may be chance."
        ),
        Caution.LOW_MATCH: _(
            "Of the people who took a test, many took only one of the two: {before} results before,"
            " {after} after, {matched} in both. Whoever is missing may have gained less."
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
        Caution.SAME_GAIN: _(
            "Everybody gained exactly the same, so nothing can be said of chance. Look whether the"
            " results were typed in rightly."
        ),
    }
    words = sentences[caution]
    return words.format(before=gain.n_pre, after=gain.n_post, matched=gain.n_matched)


def _about_grain(figures: Compared) -> list[str]:
    totals = len(figures.pairs) - figures.by_answers
    if not totals:
        return []
    if not figures.by_answers:
        return [_("Only totals were typed in, so nothing can be said of single outcomes.")]
    words = ngettext(
        "For {n} person only totals are known, so the figures by outcome rest on {rest} of {all}.",
        "For {n} people only totals are known, so the figures by outcome rest on {rest} of {all}.",
        totals,
    )
    return [words.format(n=totals, rest=figures.by_answers, all=len(figures.pairs))]


def _about_waiting(figures: Compared) -> list[str]:
    if not figures.waiting:
        return []
    words = ngettext(
        "{n} person has an answer that is still to be marked, and is not in the figures yet.",
        "{n} people have answers that are still to be marked, and are not in the figures yet.",
        figures.waiting,
    )
    return [words.format(n=figures.waiting)]


def _about_tests(figures: Compared) -> list[str]:
    if not figures.of_other_tests:
        return []
    words = ngettext(
        "For {n} person one of the two tests was no form of this course. Different tests cannot be"
        " compared point by point.",
        "For {n} people one of the two tests was no form of this course. Different tests cannot be"
        " compared point by point.",
        figures.of_other_tests,
    )
    return [words.format(n=figures.of_other_tests)]


@dataclass(frozen=True)
class Doubt:
    """What to look at in the answers of a participant to one test."""

    participant: Participant
    purpose: str
    sentences: Sequence[str]


def doubts_on(figures: Figures) -> list[Doubt]:
    """Clocks that were wrong and answers that two devices gave differently; one query."""
    results = [
        (one, result)
        for one in figures.participants
        for result in (one.before, one.after)
        if result is not None
    ]
    remarks = remarks_on(result.sitting for _one, result in results)
    return [
        Doubt(one, result.sitting.purpose, _remarks_in_words(remarks[result.sitting.pk]))
        for one, result in results
        if result.sitting.pk in remarks
    ]


def _remarks_in_words(remarks: Remarks) -> list[str]:
    found = [] if remarks.skew is None else [_about_clock(remarks.skew)]
    if remarks.conflicts:
        words = ngettext(
            "Question {positions} was answered differently on two devices. The answer that"
            " arrived last counts.",
            "Questions {positions} were answered differently on two devices. The answers that"
            " arrived last count.",
            len(remarks.conflicts),
        )
        found.append(words.format(positions=listed(remarks.conflicts)))
    return found


def _about_clock(skew: timedelta) -> str:
    """Neither changes the time that counts, which is that of the server."""
    if skew > timedelta(0):
        words = _("The clock of the device was ahead by {time}. The time counted is the server's.")
    else:
        words = _(
            "The clock of the device was behind by {time}, or it was without a network for so"
            " long. The time counted is the server's."
        )
    return words.format(time=_length(abs(skew)))


def _length(time: timedelta) -> str:
    """Roughly: nobody needs the seconds, nor the hours of a clock that is off by a year."""
    if time >= timedelta(days=2):
        return ngettext("{n} day", "{n} days", time.days).format(n=time.days)
    minutes = round(time / timedelta(minutes=1))
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
