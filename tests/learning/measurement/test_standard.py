import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.measurement.standard import Cut, Zone, angoff, border
from tests.learning.measurement.strategies import trials

approx = pytest.approx
shares = st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=6)


def test_three_judges_by_hand():
    found = angoff([[0.5, 0.7, 0.6], [0.6, 0.8, 0.7], [0.4, 0.9, 0.8]])

    assert found.judges == approx((1.8, 2.1, 2.1))
    assert (found.cut, found.cut_share) == approx((2, 2 / 3))
    assert found.se == approx(math.sqrt(0.03) / math.sqrt(3))


def test_items_of_more_marks_weigh_more():
    found = angoff([[0.5, 1]], [4, 1])

    assert found == Cut(3, 0.6, None, (3,))


def test_a_judge_with_a_gap_is_taken_in_proportion():
    assert angoff([[0.5, None], [0.5, 0.7]]).judges == approx((1, 1.2))


def test_a_judge_who_said_nothing_keeps_her_place():
    assert angoff([[None, None], [0.5, 0.5]]) == Cut(1, 0.5, None, (None, 1))


@pytest.mark.parametrize("nothing", [[], [[]], [[None]]])
def test_without_judgements_no_cut(nothing):
    found = angoff(nothing)

    assert (found.cut, found.cut_share, found.se) == (None, None, None)


@pytest.mark.parametrize("estimates", [[[1.2]], [[-0.1]], [0.5], [[[0.5]]]])
def test_refuses_what_is_no_estimate(estimates):
    with pytest.raises(ValueError, match=r"estimate|range|shape"):
        angoff(estimates)


@trials
@given(shares)
def test_the_cut_lies_between_the_judges_and_none_of_them_twice_moves_it(estimates):
    once, twice = angoff(estimates), angoff(estimates * 2)

    assert min(once.judges) - 1e-9 <= once.cut <= max(once.judges) + 1e-9
    assert twice.cut == approx(once.cut)
    assert once.cut == approx(sum(map(sum, estimates)) / len(estimates), abs=1e-8)


def test_zones_on_either_side_of_a_cut():
    found = border(65, 4, [60, 61, 64.9, 65, 69, 69.5, None, math.nan])

    assert found == (
        *(Zone.BELOW, Zone.JUST_BELOW, Zone.JUST_BELOW),
        *(Zone.JUST_ABOVE, Zone.JUST_ABOVE, Zone.ABOVE, None, None),
    )


def test_thirteen_of_twenty_meet_65_percent():
    assert border(Fraction(65, 100), None, [Fraction(13, 20)]) == (Zone.ABOVE,)


@pytest.mark.parametrize("sem", [None, 0, math.nan])
def test_without_an_error_nobody_is_near(sem):
    assert border(5, sem, [4.99, 5]) == (Zone.BELOW, Zone.ABOVE)
