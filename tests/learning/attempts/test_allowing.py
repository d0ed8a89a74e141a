"""Under which conditions a test is sat: pure rules over rows that need no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.allowing import Conditions, conditions_of, end_of
from learning.attempts.conditions import TestAccess as Access
from learning.enrolment.models import Cohort
from modules.papers.models import Test as Rules

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SELF_PACED, EVENT = Cohort.Kind.SELF_PACED, Cohort.Kind.EVENT


def held(test=(), access=None, cohort=(), extra=0) -> Conditions:
    rules = Rules(
        **{"course_code": "x", "purpose": "post", "minutes": 25, "attempts": 2} | dict(test)
    )
    row = None if access is None else Access(purpose=rules.purpose, **access)
    return conditions_of(rules, Cohort(**{"kind": SELF_PACED} | dict(cohort)), row, extra)


@pytest.mark.parametrize(
    ("test", "access", "kind", "refusal"),
    [
        ({}, None, SELF_PACED, ""),
        ({"by_cohort": True}, None, SELF_PACED, "not_offered"),
        ({"by_cohort": True}, {}, SELF_PACED, ""),
        ({}, {"is_offered": False}, SELF_PACED, "not_offered"),
        ({}, None, EVENT, "not_offered"),
        ({}, {}, EVENT, ""),
        ({"opens_at": NOON}, None, SELF_PACED, ""),
        ({"opens_at": NOON + HOUR}, None, SELF_PACED, "not_yet"),
        ({"closes_at": NOON}, None, SELF_PACED, "closed"),
        ({"closes_at": NOON + HOUR}, None, SELF_PACED, ""),
        # the row of the cohort goes before the test, and is silent where it is empty
        ({"opens_at": NOON + HOUR}, {"opens_at": NOON - HOUR}, SELF_PACED, ""),
        ({"closes_at": NOON - HOUR}, {"closes_at": NOON + HOUR}, SELF_PACED, ""),
        ({"closes_at": NOON + HOUR}, {"closes_at": NOON - HOUR}, SELF_PACED, "closed"),
        ({"opens_at": NOON + HOUR}, {}, SELF_PACED, "not_yet"),
    ],
)
def test_who_may_begin(test, access, kind, refusal):
    assert held(test, access, {"kind": kind}).refusal(NOON) == refusal


@pytest.mark.parametrize(
    ("cohort", "refusal"),
    [
        ({"opens": NOON.date(), "closes": NOON.date()}, ""),
        ({"opens": NOON.date() + DAY}, "not_yet"),
        ({"closes": NOON.date() - DAY}, "closed"),
    ],
)
def test_the_dates_of_the_cohort_hold_whatever_its_row_says(cohort, refusal):
    assert held({}, {"opens_at": NOON - 9 * DAY, "closes_at": NOON + 9 * DAY}, cohort).refusal(
        NOON
    ) == (refusal)


def test_attempts_of_the_cohort_go_before_those_of_the_test():
    assert held().attempts == 2
    assert held(access={"attempts": 3}).attempts == 3


def test_practice_is_repeated_without_end_and_without_waiting():
    practice = held({"purpose": "practice", "attempts": 1, "wait_days": 7}, {"attempts": 1})

    assert (practice.attempts, practice.wait_days) == (None, 0)


@pytest.mark.parametrize(
    ("minutes", "extra", "whole", "more"),
    [(25, 0, 25, 0), (25, 50, 37, 12), (20, 25, 25, 5), (30, 300, 120, 90), (1, 1, 1, 0)],
)
def test_extra_time_in_whole_minutes(minutes, extra, whole, more):
    found = held({"minutes": minutes}, extra=extra)

    assert (found.whole_minutes, found.extra_minutes) == (whole, more)


def test_the_closing_moment_cuts_nobody_who_has_begun():
    closes = NOON + dt.timedelta(minutes=5)

    assert held({"closes_at": closes}).deadline(NOON) == NOON + dt.timedelta(minutes=25)


def test_without_a_limit_only_the_closing_moment_ends_it():
    assert held({"minutes": None}).deadline(NOON) is None
    assert held({"minutes": None, "closes_at": NOON + DAY}, extra=50).deadline(NOON) == NOON + DAY
    assert held({"minutes": None}).whole_minutes is None


def test_what_a_sitting_keeps():
    rules = {"negative_marking": True, "feedback_when": "at_once", "purpose": "practice"}

    assert held(rules, extra=25).frozen() == {
        "minutes": 25,
        "extra": 25,
        "negative": True,
        "at_once": True,
        "second": 0,
    }


@given(minutes=st.integers(1, 600), extra=st.integers(0, 300), more=st.integers(0, 300))
def test_more_time_never_ends_earlier(minutes, extra, more):
    ends = end_of(NOON, minutes, extra)

    assert ends is not None
    assert end_of(NOON, minutes, extra + more) >= ends > NOON
    assert ends - NOON == dt.timedelta(seconds=minutes * 60 * (100 + extra) / 100)
