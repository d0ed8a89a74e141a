"""Stages follow from plain facts."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from learning.attempts.results import Mark
from learning.cascade.models import Event
from learning.reporting.judging import Facts, Pair, Terms, Test, mean, stages_of
from learning.reporting.stages import ABOUT, LABELS, SHORT, Stage

Test.__test__ = False
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TERMS = Terms(lessons=frozenset({"one", "two"}), has_pre=True, counts="best")


def sat(purpose, got, at=NOON, unmarked=0):
    return Test(purpose, at, at, at, Mark(Fraction(got), Fraction(20), unmarked))


def reached(facts, terms=TERMS, pass_mark=70):
    return stages_of(facts, terms, pass_mark) - {Stage.ENROLLED}


def test_nothing_known_is_only_enrolled():
    assert reached(Facts()) == set()


def test_all_lessons_are_done_whatever_else_was():
    facts = Facts(frozenset({"one", "two", "of an older version"}), NOON)

    assert reached(facts, Terms(TERMS.lessons, False, "best")) == {
        Stage.STARTED,
        Stage.DONE,
    }


def test_a_version_without_lessons_is_gone_through_by_nobody():
    facts = Facts(frozenset({"one"}), NOON)

    assert Stage.DONE not in reached(facts, Terms(frozenset(), False, "best"))


@pytest.mark.parametrize(
    ("before", "is_first"),
    [([], True), ([NOON - HOUR], False), ([NOON], False), ([NOON + HOUR], True)],
)
def test_read_first_is_before_the_pre_test_was_begun(before, is_first):
    facts = Facts(frozenset({"one"}), NOON, [sat("pre", 5, at) for at in before])

    assert (Stage.READ_FIRST in reached(facts)) == is_first


@pytest.mark.parametrize(
    ("marks", "counts", "passes"),
    [
        ([13], "best", False),
        ([14], "best", True),
        ([14, 10], "best", True),
        ([14, 10], "last", False),
        ([10, 14], "first", False),
        ([10, 14], "last", True),
    ],
)
def test_the_post_test_that_counts_decides(marks, counts, passes):
    facts = Facts(tests=[sat("post", got) for got in marks])

    found = reached(facts, Terms(TERMS.lessons, True, counts))
    assert Stage.POST in found
    assert (Stage.PASSED in found) == passes


def test_of_two_grades_the_better_counts():
    assert reached(Facts(grades={"attendance", "achievement"})) == {Stage.ACHIEVEMENT}


def test_a_mark_that_is_not_final_passes_nobody():
    found = reached(Facts(tests=[sat("post", 20, unmarked=1)]))

    assert Stage.POST in found
    assert Stage.PASSED not in found


@pytest.mark.parametrize(
    ("tests", "points"),
    [
        ([sat("pre", 5), sat("post", 15, NOON + HOUR)], 50),
        ([sat("pre", 5), sat("post", 3, NOON + HOUR)], -10),
        ([sat("pre", 5), sat("pre", 9, NOON + HOUR), sat("post", 15, NOON + 2 * HOUR)], 50),
        ([sat("pre", 5), sat("post", 9, NOON + HOUR), sat("post", 15, NOON + 2 * HOUR)], 50),
        ([sat("pre", 5)], None),
        ([sat("post", 15)], None),
        ([sat("post", 15), sat("pre", 5, NOON + HOUR)], None),
        ([sat("pre", 5), sat("post", 15)], None),
        ([sat("pre", 5, unmarked=1), sat("post", 15, NOON + HOUR)], None),
        ([sat("pre", 5), sat("post", 15, NOON + HOUR, unmarked=1)], None),
    ],
)
def test_a_gain_needs_two_final_marks_in_order(tests, points):
    pair = Facts(tests=tests).pair("last")

    assert (pair and pair.gain) == points


def test_a_pair_keeps_both_shares():
    facts = Facts(tests=[sat("pre", 5), sat("post", 15, NOON + HOUR)])

    assert facts.pair("last") == Pair(Fraction(1, 4), Fraction(3, 4))


@pytest.mark.parametrize("totals", [(False, False), (True, False), (False, True), (True, True)])
def test_a_pair_says_when_only_a_total_is_known_of_a_test(totals):
    tests = [sat("pre", 5), sat("post", 15, NOON + HOUR)]
    known = [replace(test, is_total=is_total) for test, is_total in zip(tests, totals, strict=True)]

    assert Facts(tests=known).pair("last").has_total is any(totals)


def test_statistics_take_the_first_attempt_whichever_counts_for_the_award():
    terms = Terms(TERMS.lessons, True, "best")
    tests = [sat("pre", 5), sat("post", 10, NOON + HOUR), sat("post", 15, NOON + 2 * HOUR)]
    facts = Facts(tests=tests)

    assert facts.pair(terms.compared) == Pair(Fraction(1, 4), Fraction(1, 2))
    assert Stage.PASSED in reached(facts, terms)
    assert replace(terms, counts="last", event=Event()).compared == "last"


def test_mean_is_exact():
    assert mean([Fraction(1), Fraction(2), Fraction(2)]) == Fraction(5, 3)
    assert mean([]) is None


def test_every_stage_has_its_words():
    assert set(LABELS) == set(ABOUT) == set(SHORT) == set(Stage)
