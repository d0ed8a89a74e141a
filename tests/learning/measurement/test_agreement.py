"""Weighted kappa: known answers, and what must hold whatever was marked."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.measurement.agreement import (
    Band,
    Severity,
    Weights,
    band_of,
    compare,
    kappa,
    severity,
)

# Two dermatologists on 88 patients: the example of "Agreement Study" of SAS's PROC FREQ, whose
# weighted kappa is 0.5082 (0.3798 to 0.6366).
SKIN = np.array([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
LEVELS = 4
pairs_of_levels = st.integers(0, LEVELS**2 - 1).map(lambda n: divmod(n, LEVELS))
marked = st.lists(pairs_of_levels, min_size=10, max_size=30)


def columns(table):
    """The table of counts as two lists of levels."""
    pairs = [(i, j) for (i, j), n in np.ndenumerate(table) for _ in range(n)]
    return [i for i, _j in pairs], [j for _i, j in pairs]


def test_linear_kappa_of_the_dermatologists():
    found = kappa(SKIN, Weights.LINEAR)

    assert found.value == pytest.approx(0.5082, abs=5e-5)
    assert found.ci == pytest.approx((0.3798, 0.6366), abs=5e-5)


def test_quadratic_kappa_by_hand():
    """36 patients are one level apart and 7 are two: squares that come to 64, held against those
    of rows times columns."""
    costs = sum(SKIN[i, j] * (i - j) ** 2 for i in range(4) for j in range(4))
    rows, sums = SKIN.sum(axis=1), SKIN.sum(axis=0)
    by_chance = sum(rows[i] * sums[j] * (i - j) ** 2 for i in range(4) for j in range(4)) / 88

    assert costs == 36 + 7 * 4
    assert kappa(SKIN, Weights.QUADRATIC).value == pytest.approx(1 - costs / by_chance)
    assert kappa(SKIN, Weights.QUADRATIC).value == pytest.approx(0.6607, abs=5e-5)


@pytest.mark.parametrize("weights", Weights)
def test_of_two_levels_it_is_the_plain_kappa(weights):
    """35 of 50 the same, by chance 25: (0.7 - 0.5) / 0.5."""
    found = kappa(np.array([[20, 5], [10, 15]]), weights)

    assert found.value == pytest.approx(0.4)


def test_shares_are_exact():
    found = compare(*columns(SKIN), LEVELS)

    assert (found.n, found.same, found.within_one) == (88, Fraction(45, 88), Fraction(81, 88))
    assert not found.is_rough


def test_with_few_answers_nothing_is_said_but_how_many():
    found = compare([0] * 9, [1] * 9, LEVELS)

    assert (found.n, found.same, found.within_one) == (9, None, None)
    assert found.quadratic is found.linear is None
    assert found.is_rough


def test_one_level_for_all_says_nothing_of_chance():
    found = compare([1] * 10, [1] * 10, LEVELS)

    assert (found.same, found.quadratic, found.linear) == (1, None, None)


def test_complete_agreement_has_no_interval():
    found = compare([0, 1, 2, 3, 0] * 2, [0, 1, 2, 3, 0] * 2, LEVELS)

    assert found.quadratic.value == pytest.approx(1)
    assert found.quadratic.ci is None
    assert found.quadratic.band == Band.ALMOST_PERFECT


@given(marked)
def test_it_does_not_matter_who_is_first_nor_which_end_is_up(pairs):
    first, second = zip(*pairs, strict=True)
    found = compare(first, second, LEVELS)
    swapped = compare(second, first, LEVELS)
    turned = compare([3 - one for one in first], [3 - one for one in second], LEVELS)

    for other in (swapped, turned):
        assert (other.same, other.within_one) == (found.same, found.within_one)
        for one, two in ((found.quadratic, other.quadratic), (found.linear, other.linear)):
            assert (one is None) == (two is None)
            assert one is None or one.value == pytest.approx(two.value)


@given(marked)
def test_kappa_stays_within_its_bounds_and_its_interval(pairs):
    found = compare(*zip(*pairs, strict=True), LEVELS)

    assert found.same <= found.within_one
    for one in (found.quadratic, found.linear):
        if one is not None:
            assert -1.0000001 <= one.value <= 1.0000001
            assert one.ci is None or one.ci[0] <= one.value <= one.ci[1]


@given(marked)
def test_everything_twice_changes_no_kappa_but_narrows_its_interval(pairs):
    first, second = zip(*pairs, strict=True)
    once, twice = compare(first, second, LEVELS), compare(first * 2, second * 2, LEVELS)

    assert (once.quadratic is None) == (twice.quadratic is None)
    if once.quadratic:
        assert once.quadratic.value == pytest.approx(twice.quadratic.value)
        if once.quadratic.ci and twice.quadratic.ci:
            widths = [ci[1] - ci[0] for ci in (twice.quadratic.ci, once.quadratic.ci)]
            assert widths[0] <= widths[1] + 1e-9


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (-0.01, Band.POOR), (0, Band.SLIGHT), (0.2, Band.SLIGHT), (0.21, Band.FAIR),
        (0.4, Band.FAIR), (0.5, Band.MODERATE), (0.61, Band.SUBSTANTIAL),
        (0.81, Band.ALMOST_PERFECT), (1, Band.ALMOST_PERFECT),
    ],
)  # fmt: skip
def test_names_of_kappas(value, band):
    assert band_of(value) == band


@pytest.mark.parametrize(
    ("first", "second", "levels"),
    [([0], [0, 1], 3), ([3], [0], 3), ([0], [-1], 3), ([0], [0], 1)],
)
def test_what_cannot_be_compared_is_refused(first, second, levels):
    with pytest.raises(ValueError, match=r"level|steps|zip"):
        compare(first, second, levels)


def test_who_is_milder():
    half, full = Fraction(1, 2), Fraction(1)

    assert severity([full] * 5 + [half] * 5, [half] * 10) == Severity(
        10, Fraction(1, 4), pytest.approx(0.2635, abs=5e-5)
    )
    assert severity([full] * 5 + [half] * 5, [half] * 10).is_clear  # 0.25 is three errors of 0.083
    assert not severity([full] + [half] * 9, [half] * 10).is_clear
    assert not severity([half] * 10, [half] * 10).is_clear
    assert severity([half] * 9, [full] * 9) == Severity(9)
    with pytest.raises(ValueError, match="zip"):
        severity([half], [])
