"""Opening and closing the tests of a course for one cohort."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.attempts.conditions import TestAccess as Row
from learning.attempts.models import Sitting
from learning.attempts.offering import offers_of
from learning.attempts.opening import Access, Changed, close_all, set_access, stamp_of
from learning.attempts.taking import GRACE, Refused, close_expired, start
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.learning.attempts.sitting import enrol

pytestmark = pytest.mark.django_db

POST = Purpose.POST
HOUR = timedelta(hours=1)


@pytest.fixture
def enrolment(cast, tested_course):
    return enrol(cast.learner, tested_course)


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"is_offered": False}, "not_offered"),
        ({"is_offered": True, "opens_at": timezone.now() + HOUR}, "not_yet"),
        ({"is_offered": True, "closes_at": timezone.now() - HOUR}, "closed"),
    ],
)
def test_nobody_begins_what_is_closed(cast, enrolment, own, code):
    set_access(enrolment.cohort, POST, Access(**own), cast.trainer)

    offer = offers_of(enrolment)[POST]
    assert (offer.state, offer.from_when) == (code, own.get("opens_at"))
    with pytest.raises(Refused, match=f"^{code}$"):
        start(enrolment, POST)


def test_a_change_says_who_made_it(cast, enrolment):
    assert set_access(enrolment.cohort, POST, Access(True, attempts=3), cast.trainer)
    assert not set_access(enrolment.cohort, POST, Access(True, attempts=3), cast.area_admin)

    row = Row.objects.get()
    assert (row.changed_by, row.attempts) == (cast.trainer, 3)
    entry = ModelLogEntry.objects.for_instance(enrolment.cohort).get()
    assert (entry.user, entry.data["attempts"], entry.data["purpose"]) == (cast.trainer, 3, "post")
    assert entry.message == "Test after the course opened"


def test_who_saw_something_else_changes_nothing(cast, enrolment):
    cohort, unseen = enrolment.cohort, stamp_of(None)
    set_access(cohort, POST, Access(False), cast.trainer, seen=unseen)

    with pytest.raises(Changed):
        set_access(cohort, POST, Access(True), cast.area_admin, seen=unseen)
    assert not Row.objects.get().is_offered
    assert set_access(cohort, POST, Access(True), cast.area_admin, seen=stamp_of(Row.objects.get()))


def test_closing_cuts_nobody_who_has_a_time_of_her_own(cast, enrolment):
    sitting = start(enrolment, POST)
    ends = sitting.deadline_at
    set_access(enrolment.cohort, POST, Access(False, closes_at=timezone.now()), cast.trainer)

    sitting.refresh_from_db()
    assert sitting.deadline_at == ends


@pytest.mark.parametrize("is_offered", [True, False])
def test_a_test_without_a_limit_ends_when_it_is_closed(cast, enrolment, is_offered):
    Rules.objects.filter(purpose=POST).update(minutes=None)
    sitting = start(enrolment, POST)
    assert sitting.deadline_at is None
    now = timezone.now()
    closed = Access(is_offered, closes_at=now - HOUR if is_offered else None)
    set_access(enrolment.cohort, POST, closed, cast.trainer, now=now)

    sitting.refresh_from_db()
    assert sitting.deadline_at == now
    [done] = close_expired(enrolment, now + GRACE + timedelta(seconds=1))
    assert (done.handed_in_by, done.handed_in_at) == ("deadline", now)


def test_a_closing_moment_that_moves_takes_the_end_along(cast, enrolment):
    Rules.objects.filter(purpose=POST).update(minutes=None)
    first, later = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    set_access(enrolment.cohort, POST, Access(True, closes_at=first), cast.trainer)
    sitting = start(enrolment, POST)
    assert sitting.deadline_at == first
    for ends in (later, None):
        set_access(enrolment.cohort, POST, Access(True, closes_at=ends), cast.trainer)
        assert Sitting.objects.get().deadline_at == ends


def test_closing_all_leaves_dates_and_what_was_closed(cast, enrolment):
    set_access(enrolment.cohort, POST, Access(True, attempts=3), cast.trainer)
    set_access(enrolment.cohort, Purpose.PRE, Access(False), cast.trainer)
    close_all(enrolment.cohort, cast.area_admin)

    found = {row.purpose: (row.is_offered, row.attempts) for row in Row.objects.all()}
    assert found == {"post": (False, 3), "pre": (False, None)}


def test_attempts_of_the_cohort_are_what_counts(cast, enrolment):
    set_access(enrolment.cohort, POST, Access(True, attempts=3), cast.trainer)

    assert offers_of(enrolment)[POST].attempts_left == 3


def test_conditions_cost_no_query_more(enrolment, django_assert_num_queries):
    with django_assert_num_queries(2):
        offers_of(enrolment)
