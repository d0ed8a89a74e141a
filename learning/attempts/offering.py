"""What a person can do about each test of a course now: begin it, go on with it, or wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from learning.attempts.allowing import Conditions, conditions_of
from learning.attempts.conditions import ExtraTime, TestAccess
from learning.attempts.models import Sitting
from learning.attempts.waves import (
    RUNNING,
    TAKEN,
    Later,
    current_of,
    ended_by,
    later_of,
    rule_in,
)
from learning.enrolment.models import Cohort, Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Person
from modules.courses.models import Course
from modules.papers.models import Purpose, Test
from modules.papers.naming import name_of_test
from modules.papers.waves import OPEN, TO_COME


@dataclass(frozen=True)
class Offer:
    """What a person can do about one test now.

    `state`: "continue" (it is open), "ready", or why not, of `taking.Refused`: "wait" and "not_yet"
    last until `from_when`. `sittings` are those so far, oldest first. `in_session`: whether a
    training session of the person has opened tests of the course, too. `later`: of the test some
    months after the course all its waves, `current` the one that can be acted upon.
    """

    test: Test
    state: str
    sittings: tuple[Sitting, ...]
    conditions: Conditions
    enrolment: Enrolment
    from_when: datetime | None = None
    in_session: bool = False
    later: tuple[Later, ...] = ()
    current: Later | None = None

    @property
    def purpose(self) -> str:
        return self.test.purpose

    @property
    def is_later(self) -> bool:
        """Whether it asks some months after the course."""
        return self.purpose == Purpose.RETENTION

    @property
    def test_name(self) -> str:
        """Which test it is: "post", "retention-3"."""
        return (
            name_of_test(self.purpose, self.current.wave.months) if self.current else self.purpose
        )

    @property
    def is_to_take(self) -> bool:
        """Whether one can begin it now, or go on with it."""
        return self.state in {"ready", "continue"}

    @property
    def open_sitting(self) -> Sitting | None:
        return next((sitting for sitting in self.sittings if sitting.is_open), None)

    @property
    def last_handed_in(self) -> Sitting | None:
        return next((s for s in reversed(self.sittings) if not s.is_open), None)

    @property
    def attempt_no(self) -> int:
        """The number of the attempt that would begin now."""
        return len(self.sittings) + 1

    @property
    def attempts_left(self) -> int | None:
        """None: as many as one likes."""
        attempts = self.conditions.attempts
        return None if attempts is None else max(0, attempts - len(self.sittings))

    @property
    def shows(self) -> Sitting | None:
        """The sitting that a name of the test leads to: the open one, else the last."""
        return self.open_sitting or self.last_handed_in


def offers_of(enrolment: Enrolment, now: datetime | None = None) -> dict[str, Offer]:
    """What the enrolment offers by purpose, without a purpose the course has no test for.

    Two queries, three for who took several tests after a course that has one some months later;
    `enrolment.cohort.course_version.course` and the person should be loaded.
    """
    now = now or timezone.now()
    sittings = list(enrolment.sittings.order_by("started_at", "pk"))
    offers = {}
    tests = list(_tests_for(enrolment))
    counts = next((test.counts for test in tests if test.purpose == Purpose.POST), None)
    for test in tests:
        found = vars(test)
        conditions = conditions_of(test, enrolment.cohort, _access_in(test), found["extra"] or 0)
        own = tuple(sitting for sitting in sittings if sitting.purpose == test.purpose)
        state, from_when = _state(test, own, conditions, sittings, now)
        in_session = found["in_session"]
        offer = Offer(test, state, own, conditions, enrolment, from_when, in_session)
        is_later = test.purpose == Purpose.RETENTION
        offers[test.purpose] = _in_waves(offer, sittings, counts, now) if is_later else offer
    return offers


def _in_waves(
    offer: Offer, sittings: Sequence[Sitting], counts: str | None, now: datetime
) -> Offer:
    """The offer of the test some months after the course: one sitting in each of its waves."""
    key = offer.enrolment.pk
    ended = ended_by({key: sittings}, {key: rule_in(offer.enrolment.cohort, counts)}).get(key)
    later = tuple(later_of(offer.test, ended, sittings)) if ended else ()
    today = timezone.localdate(now)
    current = current_of(later, today)
    if current is None:
        return replace(offer, state="untested")
    own, wave, midnight = current.state(today), current.wave, time.min
    held = offer.conditions
    if own == TO_COME:
        opens = timezone.make_aware(datetime.combine(wave.opens, midnight))
        return replace(offer, state="not_yet", from_when=opens, later=later, current=current)
    if own == OPEN:
        ends = timezone.make_aware(datetime.combine(wave.closes + timedelta(1), midnight))
        held = replace(held, closes_at=min(filter(None, (held.closes_at, ends))))
        state = held.refusal(now) or "ready"
    else:
        state = {RUNNING: "continue", TAKEN: "used_up"}.get(own, "missed")
    from_when = held.opens_at if state == "not_yet" else None
    return replace(
        offer, state=state, from_when=from_when, later=later, current=current, conditions=held
    )


OWN = ("is_offered", "opens_at", "closes_at", "attempts")  # what a cohort may have of its own


def _tests_for(enrolment: Enrolment) -> QuerySet[Test]:
    """The tests of the course, with what cohort and person have of their own; one query."""
    course = enrolment.cohort.course_version.course
    people = all_records_of(enrolment.person)
    longer = ExtraTime.objects.filter(person__in=people, ended_at=None).order_by("-percent")
    row = TestAccess.objects.filter(cohort=enrolment.cohort_id, purpose=OuterRef("purpose"))
    tests = Test.objects.filter(course_code=course.code)
    return tests.annotate(
        extra=Subquery(longer.values("percent")[:1]),
        in_session=Exists(sessions_open_to(enrolment.person, course)),
        **{f"own_{name}": Subquery(row.values(name)[:1]) for name in OWN},
    )


def _access_in(test: Test) -> TestAccess | None:
    found = vars(test)
    if found["own_is_offered"] is None:
        return None
    return TestAccess(purpose=test.purpose, **{name: found[f"own_{name}"] for name in OWN})


def sessions_open_to(person: Person, course: Course) -> QuerySet[Enrolment]:
    """Enrolments of a person in training sessions that may have a test of the course for her.

    On paper a test needs nobody's account, so a session offers none before somebody opens it; but
    the one some months after comes to whoever has a result of the one after the course.
    """
    opened = TestAccess.objects.filter(cohort=OuterRef("cohort"), is_offered=True)
    ended = Sitting.objects.handed_in().filter(enrolment=OuterRef("pk"), purpose=Purpose.POST)
    later = Test.objects.filter(course_code=course.code, purpose=Purpose.RETENTION)
    return Enrolment.objects.in_force().filter(
        Exists(opened) | (Exists(later) & Exists(ended)),
        person__in=all_records_of(person),
        cohort__kind=Cohort.Kind.EVENT,
        cohort__course_version__course=course,
    )


def _state(
    test: Test,
    own: Sequence[Sitting],
    conditions: Conditions,
    sittings: Iterable[Sitting],
    now: datetime,
) -> tuple[str, datetime | None]:
    """The state of an offer, and until when it lasts where that is known."""
    if any(sitting.is_open for sitting in own):
        return "continue", None
    if test.purpose == Purpose.PRE and any(s.purpose == Purpose.POST for s in sittings):
        return ("used_up" if own else "too_late"), None
    if conditions.attempts is not None and len(own) >= conditions.attempts:
        return "used_up", None
    refusal = conditions.refusal(now)
    if refusal:
        return refusal, conditions.opens_at if refusal == "not_yet" else None
    from_when = _next_attempt(conditions.wait_days, own)
    return ("wait", from_when) if from_when and now < from_when else ("ready", None)


def _next_attempt(wait_days: int, sittings: Iterable[Sitting]) -> datetime | None:
    """When the next attempt may begin: days are counted from the last hand-in."""
    ends = [sitting.handed_in_at for sitting in sittings if sitting.handed_in_at]
    return max(ends) + timedelta(days=wait_days) if ends and wait_days else None
