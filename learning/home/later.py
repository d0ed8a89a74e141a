"""The tests some months after a course that wait for a person, for “My learning”."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.offering import Offer, offers_of
from learning.attempts.results import Result
from learning.attempts.waves import Later, current_of, ended_by, later_of, rule_in
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import name_in
from modules.papers.models import Purpose, Test
from modules.papers.waves import OPEN, OVER, TO_COME, Wave

TOLD = 30  # days that a test which was missed is spoken of, for who comes with its letter too late


@dataclass(frozen=True)
class LaterTest:
    """One wave of one course: open, to come (then `offer` is None), or just missed."""

    title: str
    wave: Wave
    enrolment: Enrolment
    offer: Offer | None = None

    @property
    def is_in_session(self) -> bool:
        return self.enrolment.cohort.kind == Cohort.Kind.EVENT

    @property
    def rank(self) -> tuple[int, dt.date]:
        """What can be taken comes first, what was missed last."""
        if self.offer is None:
            return 1, self.wave.opens
        return (0 if self.offer.is_to_take else 2), self.wave.opens


def later_tests_of(results: Iterable[Result]) -> list[LaterTest]:
    """What can be taken now, what is to come and what was just missed, of the person of these.

    No query for who had no test after a course, two or three more otherwise, and those of
    `offers_of` for each test that is open or was just missed.
    """
    own: dict[int, list[Sitting]] = defaultdict(list)
    for result in results:
        own[result.sitting.enrolment_id].append(result.sitting)
    ended = {pk for pk, found in own.items() if any(s.purpose == Purpose.POST for s in found)}
    if not ended:
        return []
    codes = {own[pk][0].course_version.course.code for pk in ended}
    rows = Test.objects.filter(course_code__in=codes, purpose__in=(Purpose.POST, Purpose.RETENTION))
    tests = {(test.course_code, test.purpose): test for test in rows}
    if not any(purpose == Purpose.RETENTION for _code, purpose in tests):
        return []
    loaded = Enrolment.objects.in_force().select_related("person", "cohort__course_version__course")
    enrolments = {one.pk: one for one in loaded.filter(pk__in=ended)}
    rules = {pk: rule_in(one.cohort, _counts(one, tests)) for pk, one in enrolments.items()}
    days = ended_by({pk: own[pk] for pk in enrolments}, rules)
    found = []
    for pk, day in days.items():
        test = tests.get((enrolments[pk].cohort.course_version.course.code, Purpose.RETENTION))
        current = current_of(later_of(test, day, own[pk]), timezone.localdate()) if test else None
        if current and _is_told(current, timezone.localdate()):
            found += _later_test(enrolments[pk], current.wave)
    return sorted(found, key=lambda one: one.rank)


def _is_told(later: Later, today: dt.date) -> bool:
    state = later.state(today)
    return state in {OPEN, TO_COME} or (
        state == OVER and today <= later.wave.closes + dt.timedelta(TOLD)
    )


def _counts(enrolment: Enrolment, tests: dict[tuple[str, str], Test]) -> str | None:
    test = tests.get((enrolment.cohort.course_version.course.code, Purpose.POST))
    return test.counts if test else None


def _later_test(enrolment: Enrolment, wave: Wave) -> list[LaterTest]:
    """Nothing where it would be open, but not for this group."""
    version = enrolment.cohort.course_version
    title = name_in(version.manifest.get("titles", {})) or version.course.code
    if wave.state(timezone.localdate()) == TO_COME:
        return [LaterTest(title, wave, enrolment)]
    offer = offers_of(enrolment).get(Purpose.RETENTION)
    is_told = offer and (offer.is_to_take or offer.state == "missed")
    return [LaterTest(title, wave, enrolment, offer)] if is_told else []
