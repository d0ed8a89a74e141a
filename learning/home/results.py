"""What a test came to, as its person sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import get_language, get_language_bidi
from wagtail.models import Locale

from learning.attempts.charting import Line, Tick, line, ticks
from learning.attempts.explaining import Explained, explain_sitting
from learning.attempts.feedback import (
    feedback_before_is_open,
    feedback_is_open,
    feedback_later_is_open,
)
from learning.attempts.models import Sitting
from learning.attempts.offering import Offer, offers_of
from learning.attempts.regrading import MarkedAgain, last_marked_again
from learning.attempts.results import (
    Mark,
    Result,
    counted_result,
    pre_test_result,
    result_of,
    results_of,
    shared_questions,
)
from learning.cascade.models import Event
from learning.home.awards import Award, award_in_session, award_of, session_of
from modules.courses.models import CoursePage, LessonPage
from modules.courses.outline import LessonEntry, outline
from modules.courses.showing import outcomes_of
from modules.papers.models import Counts, FeedbackWhen, Purpose

# Two tests that share more questions than this, within so many days, measure memory too.
SAME_FORM_SHARE = Fraction(1, 2)
SAME_FORM_DAYS = 14


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome in the chart and in the table."""

    code: str
    title: str
    line: Line


@dataclass(frozen=True)
class ResultView:
    """Everything the page of a result says; of a pre-test only the total.

    `before` is what it is held against: of a post-test the pre-test, of a test some months later
    the post-test, with the days between them in `days`. `repeats` says that such a test asked
    mostly what an earlier one had asked: "pre" or "post".

    `mean`: what all attempts come to, where their mean counts and there are several.

    `session` is the training session that the test belongs to. Its tests are on paper and used
    again elsewhere, so their questions and keys are not shown: total and outcomes are all there is.
    """

    result: Result
    before: Result | None
    total: Line
    outcomes: Sequence[OutcomeLine]
    ticks: Sequence[Tick]
    again: Sequence[LessonEntry]
    fallen: Sequence[OutcomeLine]
    explained: Sequence[Explained]
    offer: Offer | None
    award: Award | None
    is_counted: bool
    is_same_form: bool
    session: Event | None = None
    mean: Mark | None = None
    marked_again: MarkedAgain | None = None
    days: int | None = None
    repeats: str = ""

    @property
    def sitting(self) -> Sitting:
        return self.result.sitting

    @property
    def passed(self) -> bool:
        """Whether what is certain of this sitting, or of their mean, reaches the threshold."""
        mark = self.mean or self.result.mark
        return self.award is not None and mark.share >= self.award.needed

    @property
    def is_practice(self) -> bool:
        return self.sitting.is_practice

    @property
    def is_later(self) -> bool:
        return self.sitting.is_later


def result_view(sitting: Sitting, page: CoursePage) -> ResultView:
    """The result of a sitting handed in, in the language of `page`."""
    return replace(_result_view(sitting, page), marked_again=last_marked_again(sitting))


def _result_view(sitting: Sitting, page: CoursePage) -> ResultView:
    enrolment = sitting.enrolment
    result = result_of(sitting)
    if sitting.is_practice:
        return _of_practice(result, page)
    session = session_of(enrolment)
    offers = {} if session else offers_of(enrolment)
    if sitting.purpose == Purpose.PRE:
        return _of_pre_test(result, offers, session, page)
    if sitting.is_later:
        return _of_later(result, offers, session, page)
    if session:
        return _of_session(result, session, page)
    return _of_post_test(result, offers.get(Purpose.POST), page)


def _of_post_test(result: Result, offer: Offer | None, page: CoursePage) -> ResultView:
    sitting = result.sitting
    award = award_of(sitting.enrolment)
    counted = counted_result(sitting.enrolment)
    is_open = (
        offer is not None
        and not sitting.is_on_paper
        and feedback_is_open(sitting, offer, passed=_passed(counted, award))
    )
    is_mean = offer is not None and offer.test.counts == Counts.MEAN and len(offer.sittings) > 1
    return replace(
        _with_outcomes(result, results_of(sitting.enrolment), award, page),
        explained=_explained(sitting, page) if is_open else [],
        offer=offer,
        is_counted=counted is not None and (is_mean or counted[1].sitting == sitting),
        mean=counted[0] if counted and is_mean else None,
    )


def _passed(counted: tuple[Mark, Result] | None, award: Award) -> bool:
    return counted is not None and counted[0].share >= award.needed


def _explained(sitting: Sitting, page: CoursePage) -> Sequence[Explained]:
    return explain_sitting(sitting, get_language() or "en", page.url)


def _of_practice(result: Result, page: CoursePage) -> ResultView:
    """Marks by outcome, and the keys as the test says: nothing is compared and nothing earned."""
    sitting = result.sitting
    offer = offers_of(sitting.enrolment).get(Purpose.PRACTICE)
    is_open = offer is not None and feedback_is_open(sitting, offer, passed=False)
    return replace(
        _total_only(result, offer, None),
        outcomes=_outcome_lines(result, None, page),
        ticks=ticks(rtl=get_language_bidi()),
        explained=_explained(sitting, page) if is_open else [],
        session=session_of(sitting.enrolment),
    )


def _of_pre_test(
    result: Result, offers: Mapping[str, Offer], session: Event | None, page: CoursePage
) -> ResultView:
    sitting = result.sitting
    offer = offers.get(Purpose.PRE)
    view = _total_only(result, offer, session)
    if sitting.is_on_paper or offer is None or offer.test.feedback_when == FeedbackWhen.TOTAL:
        return view
    passed = _passed(counted_result(sitting.enrolment), award_of(sitting.enrolment))
    is_open = feedback_before_is_open(sitting, offers, passed=passed)
    return replace(view, explained=_explained(sitting, page) if is_open else [])


def _of_later(
    result: Result, offers: Mapping[str, Offer], session: Event | None, page: CoursePage
) -> ResultView:
    """What is still known some months after the course, beside what was known at its end."""
    sitting = result.sitting
    results = results_of(sitting.enrolment)
    award = award_in_session(sitting.enrolment, session) if session else award_of(sitting.enrolment)
    earlier = [r for r in results if r.sitting.started_at < sitting.started_at]
    after = next((r for r in reversed(earlier) if r.sitting.purpose == Purpose.POST), None)
    passed = session is None and _passed(counted_result(sitting.enrolment), award)
    is_open = not sitting.is_on_paper and feedback_later_is_open(sitting, offers, passed=passed)
    share = after.mark.share if after else None
    return replace(
        _total_only(result, offers.get(Purpose.RETENTION), session),
        before=after,
        total=line(share, result.mark.share, rtl=get_language_bidi()),
        outcomes=_outcome_lines(result, after, page),
        ticks=ticks(rtl=get_language_bidi()),
        again=_lessons_to_read(result, award.needed, page),
        explained=_explained(sitting, page) if is_open else [],
        days=(sitting.started_at - after.sitting.started_at).days if after else None,
        repeats=_repeated_by(sitting, earlier),
    )


def _repeated_by(sitting: Sitting, earlier: Iterable[Result]) -> str:
    """The purpose of the last earlier test that had most of its questions too; "" of none."""
    asked = [r.sitting for r in earlier if r.sitting.purpose in {Purpose.PRE, Purpose.POST}]
    same = (one for one in reversed(asked) if shared_questions(one, sitting) > SAME_FORM_SHARE)
    return next((one.purpose for one in same), "")


def _of_session(result: Result, session: Event, page: CoursePage) -> ResultView:
    enrolment = result.sitting.enrolment
    results = results_of(enrolment)
    view = _with_outcomes(result, results, award_in_session(enrolment, session), page)
    latest = [r.sitting for r in results if r.sitting.purpose == Purpose.POST][-1:]
    return replace(view, session=session, is_counted=result.sitting in latest)


def _with_outcomes(
    result: Result, results: Sequence[Result], award: Award, page: CoursePage
) -> ResultView:
    """What a test after the course came to, beside the one before it."""
    before = pre_test_result(results)
    lines = _outcome_lines(result, before, page)
    rtl = get_language_bidi()
    share = before.mark.share if before else None
    return ResultView(
        result=result,
        before=before,
        total=line(share, result.mark.share, rtl=rtl, needed=award.needed),
        outcomes=lines,
        ticks=ticks(rtl=rtl),
        again=_lessons_to_read(result, award.needed, page),
        fallen=[x for x in lines if x.line.change is not None and x.line.change < 0],
        explained=[],
        offer=None,
        award=award,
        is_counted=False,
        is_same_form=before is not None and _repeats(before.sitting, result.sitting),
    )


def _total_only(result: Result, offer: Offer | None, session: Event | None) -> ResultView:
    return ResultView(
        result=result,
        before=None,
        total=line(None, result.mark.share, rtl=get_language_bidi()),
        outcomes=[],
        ticks=[],
        again=[],
        fallen=[],
        explained=[],
        offer=offer,
        award=None,
        is_counted=False,
        is_same_form=False,
        session=session,
    )


def _outcome_lines(result: Result, before: Result | None, page: CoursePage) -> list[OutcomeLine]:
    titles = {o.code: o.title for o in outcomes_of(page.course, get_language() or "en")}
    rtl = get_language_bidi()
    lines = []
    for code, mark in result.by_outcome.items():
        earlier = before.by_outcome.get(code) if before else None
        pair = line(earlier.share if earlier else None, mark.share, rtl=rtl)
        lines.append(OutcomeLine(code, titles.get(code, code), pair))
    return lines


def _lessons_to_read(result: Result, needed: Fraction, page: CoursePage) -> list[LessonEntry]:
    """The lessons that serve outcomes below the threshold, in the order of the course."""
    weak = {code for code, mark in result.by_outcome.items() if mark.share < needed}
    serving = _keys_serving(weak, page)
    return [lesson for lesson in outline(page).lessons if lesson.key in serving]


def _keys_serving(codes: Iterable[str], page: CoursePage) -> set[str]:
    """Keys of the lessons that serve one of these outcomes; English says which."""
    english = CoursePage.objects.get(
        translation_key=page.translation_key, locale=Locale.objects.get(language_code="en")
    )
    lessons = LessonPage.objects.live().child_of(english).values_list("key", "outcomes")
    wanted = set(codes)
    return {key for key, served in lessons if wanted & set(served)}


def _repeats(first: Sitting, second: Sitting) -> bool:
    """Whether the second test repeats so much of the first that its gain is partly memory.

    Source: retest effects of a few per cent without any teaching between; `measurement` says more.
    """
    days = (second.started_at - first.started_at).days
    return days < SAME_FORM_DAYS and shared_questions(first, second) > SAME_FORM_SHARE
