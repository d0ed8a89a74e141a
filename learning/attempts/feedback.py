"""When keys and reasons of a sitting may be shown to its person."""

from collections.abc import Mapping

from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.offering import Offer
from learning.attempts.waves import lie_ahead
from modules.papers.models import FeedbackWhen, Purpose


def feedback_is_open(sitting: Sitting, offer: Offer, *, passed: bool) -> bool:
    """Whether keys and reasons may be shown for a sitting handed in, as its test says.

    "Closed" is once nobody can gain by knowing them: the person has passed or used up her
    attempts, or the test is closed and nobody of the cohort sits it any more. One query at most.
    """
    when = offer.test.feedback_when
    if sitting.is_open or when == FeedbackWhen.TOTAL:
        return False
    if when in {FeedbackWhen.HANDED_IN, FeedbackWhen.AT_ONCE}:
        return True
    return passed or offer.attempts_left == 0 or _is_over(sitting, offer)


def _is_over(sitting: Sitting, offer: Offer) -> bool:
    if not offer.conditions.is_closed(timezone.now()):
        return False
    cohort = sitting.enrolment.cohort_id
    running = Sitting.objects.filter(enrolment__cohort=cohort, purpose=sitting.purpose)
    return not running.filter(handed_in_at=None).exists()


def feedback_before_is_open(sitting: Sitting, offers: Mapping[str, Offer], *, passed: bool) -> bool:
    """The same for a pre-test: never before the keys of the post-test open for the person, nor
    while her form may be asked some months later."""
    own, after = offers.get(Purpose.PRE), offers.get(Purpose.POST)
    if own is None or not feedback_is_open(sitting, own, passed=False):
        return False
    if after is None:
        return True
    later = offers.get(Purpose.RETENTION)
    if later is not None and lie_ahead(later.later, timezone.localdate()):
        return False
    return _after_is_open(after, passed=passed)


def feedback_later_is_open(sitting: Sitting, offers: Mapping[str, Offer], *, passed: bool) -> bool:
    """The same for a test some months after the course, which asks the same forms once more.

    Not while another wave lies ahead for the person, and never before the keys of the post-test.
    """
    own, after = offers.get(Purpose.RETENTION), offers.get(Purpose.POST)
    if own is None or sitting.is_open or own.test.feedback_when == FeedbackWhen.TOTAL:
        return False
    if lie_ahead(own.later, timezone.localdate()):
        return False
    return after is None or _after_is_open(after, passed=passed)


def _after_is_open(after: Offer, *, passed: bool) -> bool:
    last = after.last_handed_in
    return last is not None and feedback_is_open(last, after, passed=passed)
