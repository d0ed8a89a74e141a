from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.questions import marking
from tests.modules.questions.strategies import trials


def test_penalty_makes_28_right_9_wrong_of_4_options_worth_25():
    right = marking.penalised(right=True, options=4)
    wrong = marking.penalised(right=False, options=4)

    assert 28 * right + 9 * wrong == 25


@pytest.mark.parametrize("options", [2, 3, 4, 5])
def test_guessing_is_worth_nothing_under_the_penalty(options):
    wrong = marking.penalised(right=False, options=options)

    assert marking.penalised(right=True, options=options) + (options - 1) * wrong == 0


@pytest.mark.parametrize(
    ("hits", "false_hits", "expected"),
    [(2, 0, "1"), (2, 1, "0.5"), (2, 3, "0"), (1, 0, "0.5"), (0, 2, "0")],
)
def test_plus_minus_with_two_correct_options(hits, false_hits, expected):
    assert marking.plus_minus(hits, false_hits, correct=2) == Fraction(expected)


@pytest.mark.parametrize(
    ("right", "share", "most", "whole"),
    [(5, "1", "1", 1), (4, "0.8", "0.5", 0), (3, "0.6", "0.5", 0), (2, "0.4", "0", 0)],
)
def test_rules_that_count_five_decisions(right, share, most, whole):
    assert marking.share(right, 5) == Fraction(share)
    assert marking.half_if_most(right, 5) == Fraction(most)
    assert marking.all_or_nothing(right, 5) == whole


def test_exactly_half_is_not_most():
    assert marking.half_if_most(2, 4) == 0


@pytest.mark.parametrize(
    ("places", "expected"),
    [([2, 1, 3, 4], "2/3"), ([1, 2, 3, 4], "1"), ([4, 3, 2, 1], "0"), ([2, 4], "1/3"), ([], "0")],
)
def test_longest_run_of_four_steps(places, expected):
    assert marking.longest_run(places, 4) == Fraction(expected)


@trials
@given(st.permutations(range(6)), st.integers(2, 6))
def test_longest_run_agrees_with_trying_every_choice(places, taken):
    places = places[:taken]
    runs = (run for size in range(7) for run in combinations(places, size))
    longest = max(len(run) for run in runs if list(run) == sorted(run))

    assert marking.longest_run(places, 6) == Fraction(longest - 1, 5)
