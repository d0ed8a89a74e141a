"""Under which conditions an enrolment sits a test. Pure: rows in, a plain value out.

What the cohort has stands before what the test says for all; the dates of the cohort itself hold
besides. Closing keeps people from beginning: whoever has begun keeps her whole time. Only a test
without a limit ends for everybody when it closes, since nothing else would ever end it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from learning.attempts.conditions import TestAccess
from learning.enrolment.models import Cohort
from modules.papers.models import FeedbackWhen, Purpose, Test


@dataclass(frozen=True)
class Conditions:
    """What holds for one person in one test.

    `minutes`: None for as long as it takes. `extra`: more time for the person, in percent.
    `attempts`: None for as often as one likes. `answers_close`: an answer is final once given.
    `second_marker`: the share of written answers, in per cent, that two people mark.
    """

    minutes: int | None
    extra: int
    attempts: int | None
    wait_days: int
    opens_at: datetime | None
    closes_at: datetime | None
    is_offered: bool
    is_negative: bool
    answers_close: bool
    second_marker: int = 0

    def refusal(self, now: datetime) -> str:
        """Why nobody may begin now, of `taking.Refused`; empty when one may."""
        if not self.is_offered:
            return "not_offered"
        if self.opens_at and now < self.opens_at:
            return "not_yet"
        return "closed" if self.is_closed(now) else ""

    def is_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    @property
    def whole_minutes(self) -> int | None:
        """The minutes with the extra ones, cut; None without a limit."""
        return None if self.minutes is None else self.minutes * (100 + self.extra) // 100

    @property
    def extra_minutes(self) -> int:
        """How many of them the person has more than others."""
        return (self.whole_minutes or 0) - (self.minutes or 0)

    def deadline(self, began: datetime) -> datetime | None:
        """When a sitting that began then is over; None: never."""
        return end_of(began, self.minutes, self.extra) or self.closes_at

    def frozen(self) -> dict[str, Any]:
        """What a sitting keeps of them: later changes do not touch it."""
        return {
            "minutes": self.minutes,
            "extra": self.extra,
            "negative": self.is_negative,
            "at_once": self.answers_close,
            "second": self.second_marker,
        }


def end_of(began: datetime, minutes: int | None, extra: int) -> datetime | None:
    """The end of so many minutes with `extra` percent more; None without a limit."""
    return None if minutes is None else began + timedelta(minutes=minutes) * (100 + extra) / 100


def conditions_of(
    test: Test, cohort: Cohort, access: TestAccess | None = None, extra: int = 0
) -> Conditions:
    """What holds in `test` for somebody of `cohort`, whose row is `access`.

    Practice may be repeated without end. A training session has its tests on paper: on a device
    they are offered once somebody has opened them. The test some months later is for each person
    alone, wherever she is by then, and the dates of the cohort are long over.
    """
    is_practice, is_later = test.purpose == Purpose.PRACTICE, test.purpose == Purpose.RETENTION
    by_cohort = test.by_cohort or (cohort.kind == Cohort.Kind.EVENT and not is_later)
    begins, ends = (None, None) if is_later else (cohort.opens, cohort.closes)
    own: Mapping[str, Any] = vars(access) if access else {}
    opens = own.get("opens_at") or test.opens_at
    closes = own.get("closes_at") or test.closes_at
    return Conditions(
        minutes=test.minutes,
        extra=extra,
        attempts=None if is_practice else own.get("attempts") or test.attempts,
        wait_days=0 if is_practice else test.wait_days,
        opens_at=max(_known(opens, _midnight(begins)), default=None),
        closes_at=min(_known(closes, _midnight(ends, days=1)), default=None),
        is_offered=access.is_offered if access else not by_cohort,
        is_negative=test.negative_marking,
        answers_close=test.feedback_when == FeedbackWhen.AT_ONCE,
        second_marker=test.second_marker,
    )


def _known(*moments: datetime | None) -> list[datetime]:
    return [moment for moment in moments if moment]


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """When a day begins where the site is, or so many days later."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days), time.min))
