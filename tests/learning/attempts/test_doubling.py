"""Second markers, without a database: who gets one, when two agree, and what marks come to."""

import itertools
import uuid
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.doubling import (
    Stage,
    agree,
    counting,
    is_drawn,
    mean_of,
    stage_of,
    steps_of,
)
from learning.attempts.markers import Markers
from modules.questions.rubrics import WHOLE, Criterion, Level

FIRST, SECOND, DECIDED = "first", "second", "adjudication"
POINTS = ("0", "1", "2.5", "4")
RUBRIC = tuple(
    Criterion(key, key, tuple(Level(points, points) for points in POINTS)) for key in ("a", "b")
)
SHORT = (Criterion(WHOLE, "", tuple(Level(points, "") for points in ("0", "0.5", "1"))),)


@dataclass(frozen=True)
class Mark:
    role: str
    num: int = 0
    den: int = 1
    levels: dict[str, str] = field(default_factory=dict)


def rated(role: str, a: int, b: int) -> Mark:
    """A mark with the levels at these steps."""
    share = (Fraction(POINTS[a]) + Fraction(POINTS[b])) / 8
    return Mark(role, *share.as_integer_ratio(), {"a": POINTS[a], "b": POINTS[b]})


steps = st.integers(0, 3)
ratings = st.tuples(steps, steps)
answers = st.uuids()


# --- the draw


@given(answers, st.integers(0, 2**31 - 1), st.integers(0, 100), st.integers(0, 100))
def test_who_is_drawn_for_a_share_is_drawn_for_every_larger_one(answer, seed, one, other):
    low, high = sorted((one, other))

    assert is_drawn(answer, seed, low) <= is_drawn(answer, seed, high)
    assert not is_drawn(answer, seed, 0)
    assert is_drawn(answer, seed, 100)


def test_the_draw_takes_about_the_share_it_is_told():
    drawn = sum(is_drawn(uuid.UUID(int=n), n % 7, 30) for n in range(2000))

    assert 520 <= drawn <= 680


def test_the_seed_takes_part_so_that_no_device_chooses():
    answer = uuid.UUID(int=1)

    assert {is_drawn(answer, seed, 50) for seed in range(20)} == {True, False}


# --- agreeing


@given(ratings, ratings)
def test_two_agree_when_no_criterion_is_more_than_one_level_apart(one, other):
    apart = max(abs(x - y) for x, y in zip(one, other, strict=True))

    assert agree(rated(FIRST, *one), rated(SECOND, *other), RUBRIC) == (apart <= 1)


def test_levels_are_counted_in_steps_not_in_points():
    assert agree(rated(FIRST, 1, 0), rated(SECOND, 2, 0), RUBRIC)  # 1 and 2.5 points
    assert not agree(rated(FIRST, 0, 0), rated(SECOND, 2, 0), RUBRIC)


def test_a_share_alone_is_a_level_where_the_rubric_has_levels_alone():
    half = Mark(FIRST, 1, 2)

    assert steps_of(half, SHORT) == {WHOLE: 1}
    assert steps_of(Mark(FIRST, 1, 3), SHORT) is None
    assert steps_of(half, RUBRIC) is None
    assert agree(half, Mark(SECOND, 1, 1), SHORT)
    assert not agree(Mark(FIRST, 0, 1), Mark(SECOND, 1, 1), SHORT)


def test_what_the_rubric_cannot_read_agrees_only_when_it_is_worth_the_same():
    """As after a decision that another version of the rubric marks."""
    old = Mark(FIRST, 1, 2, {"a": "3", "b": "1"})

    assert steps_of(old, RUBRIC) is None
    assert not agree(old, rated(SECOND, 3, 2), RUBRIC)
    assert agree(old, Mark(SECOND, 2, 4, {"a": "4", "b": "0"}), RUBRIC)


# --- stages, and what counts


@given(ratings, ratings, ratings, st.booleans())
def test_stages_follow_each_other(one, two, three, is_doubled):
    marks = [rated(FIRST, *one), rated(SECOND, *two), rated(DECIDED, *three)]
    found = [stage_of(marks[:n], RUBRIC, is_doubled=is_doubled) for n in range(4)]

    if not is_doubled:
        assert found == [Stage.FIRST, Stage.DONE, Stage.DONE, Stage.DONE]
    else:
        after = Stage.DONE if agree(marks[0], marks[1], RUBRIC) else Stage.ADJUDICATION
        assert found == [Stage.FIRST, Stage.SECOND, after, Stage.DONE]


@given(ratings, ratings)
def test_two_that_agree_come_to_their_exact_mean_in_whatever_order(one, other):
    first, second = rated(FIRST, *one), rated(SECOND, *other)
    counted = counting([first, second], RUBRIC, is_doubled=True)

    if agree(first, second, RUBRIC):
        shares = [Fraction(mark.num, mark.den) for mark in (first, second)]
        assert mean_of(counted) == (shares[0] + shares[1]) / 2
        assert min(shares) <= mean_of(counted) <= max(shares)
        turned = counting([second, first], RUBRIC, is_doubled=True)
        assert mean_of(turned) == mean_of(counted)
    else:
        assert counted == []


@given(ratings, ratings, ratings)
def test_what_was_decided_stands_alone(one, two, three):
    marks = [rated(FIRST, *one), rated(SECOND, *two), rated(DECIDED, *three)]

    for order in itertools.permutations(marks):
        assert counting(order, RUBRIC, is_doubled=True) == [marks[2]]


@given(ratings)
def test_one_of_two_marks_counts_nothing_yet(one):
    assert counting([rated(FIRST, *one)], RUBRIC, is_doubled=True) == []
    assert counting([rated(FIRST, *one)], RUBRIC, is_doubled=False) == [rated(FIRST, *one)]


def test_of_several_first_marks_the_last_stands():
    """A paper that was typed in again."""
    marks = [Mark(FIRST, 0), Mark(FIRST, 1)]

    assert counting(marks, (), is_doubled=False) == [marks[1]]


# --- who decides

accounts = st.sets(st.integers(1, 6))


@given(accounts, accounts, accounts, st.integers(1, 6))
def test_an_answer_never_waits_for_a_person_that_there_is_not(others, admins, gave, own):
    markers = Markers(frozenset(others | admins), frozenset(admins))
    found = markers.deciding(gave, own)

    assert bool(found) == bool(markers.all - {own})
    assert own not in found
    third = markers.all - gave - {own}
    if third:
        assert found == third
    elif markers.administrators - {own}:
        assert found == markers.administrators - {own}


@pytest.mark.parametrize("gave", [{1, 2}, {1}])
def test_of_two_trainers_and_nobody_else_either_may_decide(gave):
    markers = Markers(frozenset({1, 2}), frozenset())

    assert markers.deciding({1, 2}, None) == {1, 2}
    assert markers.besides(gave) == {1, 2} - gave
