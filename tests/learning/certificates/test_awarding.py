"""The boundary table, and what must hold for every attendance and every mark."""

import datetime as dt
from fractions import Fraction
from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.results import Mark
from learning.certificates.awarding import Rule, grade_due, grade_of, reaches, rule_in_force
from learning.certificates.models import AwardRule, Grade

ACHIEVEMENT, ATTENDANCE = Grade.ACHIEVEMENT, Grade.ATTENDANCE
S1 = Rule("S1")
S2, S2_WITH_GATE = Rule("S2"), Rule("S2", gate=80)

shares = st.fractions(min_value=0, max_value=1, max_denominator=400)
percents = st.integers(min_value=0, max_value=100)
rules = st.builds(
    lambda scheme, a_min, pass_mark, gap, gate: Rule(
        scheme, a_min, pass_mark, min(gap, pass_mark), gate if scheme == "S2" else None
    ),
    st.sampled_from(["S1", "S2"]),
    percents,
    percents,
    percents,
    st.none() | percents,
)
RANK = {None: 0, ATTENDANCE: 1, ACHIEVEMENT: 2}


@pytest.mark.parametrize(
    ("attended", "mark", "by_s1", "by_s2", "by_s2_with_gate"),
    [
        (Fraction(800, 1000), Fraction(700, 1000), ACHIEVEMENT, ACHIEVEMENT, ACHIEVEMENT),
        (Fraction(799, 1000), Fraction(95, 100), None, ACHIEVEMENT, None),
        (Fraction(1), Fraction(699, 1000), ATTENDANCE, ATTENDANCE, ATTENDANCE),
        (Fraction(1), Fraction(60, 100), ATTENDANCE, ATTENDANCE, ATTENDANCE),
        (Fraction(1), Fraction(599, 1000), ATTENDANCE, None, None),
        (Fraction(3, 4), Fraction(90, 100), None, ACHIEVEMENT, None),
        (Fraction(8, 10), None, ATTENDANCE, None, None),
        (Fraction(1), Fraction(139, 200), ATTENDANCE, ATTENDANCE, ATTENDANCE),
    ],
)
def test_boundary_table(attended, mark, by_s1, by_s2, by_s2_with_gate):
    assert grade_of(S1, attended, mark) == by_s1
    assert grade_of(S2, attended, mark) == by_s2
    assert grade_of(S2_WITH_GATE, attended, mark) == by_s2_with_gate


def test_a_share_that_rounds_to_the_limit_does_not_reach_it():
    assert reaches(Fraction(7, 10), 70)
    assert not reaches(Fraction(7, 10) - Fraction(1, 10**30), 70)
    assert not reaches(Fraction(-1, 4), 0)


@given(rules, shares, shares, shares)
def test_more_attendance_never_earns_less(rule, mark, one, other):
    less, more = sorted([one, other])

    assert RANK[grade_of(rule, less, mark)] <= RANK[grade_of(rule, more, mark)]


@given(rules, shares, shares, shares)
def test_a_better_mark_never_earns_less(rule, attended, one, other):
    less, more = sorted([one, other])

    assert RANK[grade_of(rule, attended, less)] <= RANK[grade_of(rule, attended, more)]


@given(rules, shares)
def test_without_a_test_nobody_achieves(rule, attended):
    assert grade_of(rule, attended, None) in {None, ATTENDANCE}


def test_only_rule_attendance_and_mark_decide():
    assert list(signature(grade_of).parameters) == ["rule", "attended", "mark"]


def mark(got: int, unmarked: int = 0) -> Mark:
    return Mark(Fraction(got), Fraction(10), unmarked)


@pytest.mark.parametrize(
    ("result", "due"),
    [
        (None, None),
        (mark(7), ACHIEVEMENT),
        (mark(7, unmarked=2), ACHIEVEMENT),
        (mark(6, unmarked=1), None),
        (mark(6), ATTENDANCE),
    ],
)
def test_only_what_is_certain_is_due(result, due):
    assert grade_due(S1, Fraction(1), result, has_test=True) == due


def test_a_course_without_test_needs_none():
    assert grade_due(S1, Fraction(1), None, has_test=False) == ATTENDANCE


@given(rules, shares, st.integers(0, 10), st.integers(0, 10), st.integers(1, 3))
def test_what_is_due_before_all_is_marked_stays_due(rule, attended, got, more, unmarked):
    early = grade_due(rule, attended, mark(got, unmarked), has_test=True)
    late = grade_due(rule, attended, mark(got + more), has_test=True)

    assert early in {None, late}


def test_rule_in_force_is_the_newest_of_the_day(version):
    for day, pass_mark in ((dt.date(2026, 3, 1), 60), (dt.date(2026, 9, 1), 75)):
        AwardRule.objects.create(course_version=version, pass_mark=pass_mark, effective_from=day)

    assert rule_in_force(version, dt.date(2026, 2, 28)) == Rule()
    assert rule_in_force(version, dt.date(2026, 3, 1)).pass_mark == 60
    assert rule_in_force(version, dt.date(2026, 8, 31)).pass_mark == 60
    assert rule_in_force(version, dt.date(2026, 9, 1)).pass_mark == 75


def test_default_rule_is_s1_80_70():
    assert (Rule().scheme, Rule().a_min, Rule().pass_mark) == ("S1", 80, 70)
