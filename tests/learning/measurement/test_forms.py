import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from learning.measurement.forms import Caution, Comparison, Shift, compare, moved
from tests.learning.measurement.strategies import trials

approx = pytest.approx
NAN = math.nan


def on_one_item(a, b, full=10) -> Comparison:
    return compare([[x] for x in a], [[x] for x in b], [full], [full])


def test_known_answer_by_hand():
    # Percent: A 10, 20 … 100 and B 20, 30 … 110/1.1: the same spread, shifted by 10 of 110.
    found = on_one_item(range(1, 11), range(2, 12), full=11)

    step = 100 / 11
    assert (found.a.n, found.a.mean, found.b.mean) == (10, approx(5.5 * step), approx(6.5 * step))
    sd = step * math.sqrt(82.5 / 9)
    assert (found.a.sd, found.b.sd, found.pooled_sd) == approx((sd, sd, sd))
    assert found.difference == approx(step)
    assert found.se == approx(sd * math.sqrt(2 / 10))
    assert found.df == approx(18)
    t975 = 2.10092204  # of 18 degrees of freedom
    assert found.ci == approx((step - t975 * found.se, step + t975 * found.se))
    assert found.in_sd == approx(math.sqrt(9 / 82.5))
    assert found.warnings == (
        *(Caution.ROUGH, Caution.APART, Caution.BY_CHANCE, Caution.FEW_ANCHORS),
    )


def test_interval_and_degrees_of_freedom_are_those_of_welch():
    a, b = [5, 6, 7, 5, 6, 7, 5, 6, 7, 5, 6], [1, 9, 2, 8, 3, 7, 4, 6, 5, 9, 1, 10, 2]
    found = on_one_item(a, b)
    scipys = ttest_ind([10 * x for x in b], [10 * x for x in a], equal_var=False)

    assert found.df == approx(scipys.df)
    assert found.ci == approx(tuple(scipys.confidence_interval()))


@pytest.mark.parametrize(("n", "warned"), [(9, True), (10, False)])
def test_below_ten_on_a_form_nothing_but_counts(n, warned):
    found = on_one_item(range(n), range(20), full=20)

    assert (Caution.FEW in found.warnings) == warned
    assert (found.difference is None) == warned
    assert (found.a.n, found.b.n) == (n, 20)
    assert (found.b.mean is None) == warned


@pytest.mark.parametrize(("n", "rough"), [(29, True), (30, False)])
def test_below_thirty_the_figures_are_rough(n, rough):
    found = on_one_item(range(n), range(40), full=40)

    assert (Caution.ROUGH in found.warnings) == rough


@pytest.mark.parametrize(("shift", "apart"), [(0.199, False), (0.201, True)])
def test_apart_from_a_fifth_of_a_standard_deviation(shift, apart):
    spread = np.tile([20.0, 40.0], 50)
    sd = float(spread.std(ddof=1))
    found = on_one_item(spread, spread + shift * sd, full=100)

    assert found.in_sd == approx(shift)
    assert (Caution.APART in found.warnings) == apart


def test_a_clear_difference_is_not_put_down_to_chance():
    spread = np.tile([20.0, 40.0], 50)
    found = on_one_item(spread, spread + 20, full=100)

    assert Caution.APART in found.warnings
    assert Caution.BY_CHANCE not in found.warnings


def test_everybody_with_the_same_mark_gives_a_difference_and_no_chance():
    found = on_one_item([5] * 12, [6] * 12)

    assert found.difference == approx(10)
    assert (found.se, found.df, found.ci, found.in_sd) == (None, None, None, None)
    assert Caution.NO_SPREAD in found.warnings


def test_an_item_that_was_not_presented_counts_neither_way():
    whole = [[1, 1], [0, 1]] * 10
    half = [[1, NAN], [0, NAN]] * 10
    found = compare(whole, half, [1, 1], [1, 1])

    assert (found.a.mean, found.b.mean) == approx((75, 50))


# --- anchors -------------------------------------------------------------------------------------

FIVE = [(n, n) for n in range(5)]
STEPS = [[int(n > k) for k in range(6)] for n in range(7)] * 3  # 21 persons, six items
STEPS_5 = [row[:5] for row in STEPS]


def test_link_of_a_form_that_is_harder_in_its_own_items():
    # The same persons on both forms; the sixth item gives two marks of four less on B.
    a = [[*row[:5], 4 * row[0]] for row in STEPS]
    b = [[*row[:5], 2 * row[0]] for row in STEPS]
    full = [1, 1, 1, 1, 1, 4]
    found = compare(a, b, full, full, FIVE)

    # The anchors have the same mean and spread, so that B's mean and spread become A's.
    assert found.link.on_a(found.b.mean) == approx(found.a.mean)
    assert found.link.slope == approx(found.a.sd / found.b.sd)
    assert Caution.FEW_ANCHORS not in found.warnings


def test_link_takes_out_what_the_groups_differ():
    # Equal forms; the group of B is better in all of it. A mark on B is worth the same on A.
    better = [row for row in STEPS if sum(row) > 1]
    found = compare(STEPS, better, [1] * 6, [1] * 6, FIVE)

    assert found.difference > 10
    assert found.link.on_a(50) == approx(50, abs=2.5)


@pytest.mark.parametrize("n", [0, 4])
def test_without_five_anchors_there_is_advice_and_no_link(n):
    found = compare(STEPS, STEPS, [1] * 6, [1] * 6, FIVE[:n])

    assert found.link is None
    assert Caution.FEW_ANCHORS in found.warnings


def test_five_anchors_of_thirty_items_are_few():
    wide = [[*row, *[1] * 24] for row in STEPS]
    found = compare(wide, wide, [1] * 30, [1] * 30, FIVE)

    assert found.link is not None
    assert Caution.FEW_ANCHORS in found.warnings


def test_anchors_without_spread_give_no_link():
    same = [[1, 1, 1, 1, 1, row[0]] for row in STEPS]

    assert compare(same, same, [1] * 6, [1] * 6, FIVE).link is None


def test_the_anchor_that_moved_is_the_one_that_is_flagged():
    # Of 80 persons on each form half know any anchor; on B nobody knows the third one.
    knows = [[1] * 5 if n % 2 else [0] * 5 for n in range(80)]
    broken = [[*row[:2], 0, *row[3:]] for row in knows]
    found = compare(knows, broken, [1] * 5, [1] * 5, FIVE)

    assert [shift.is_flagged for shift in found.anchors] == [False, False, True, False, False]
    assert [shift.change for shift in found.anchors] == approx([0, 0, -0.5, 0, 0])
    assert (found.anchors[2].first, found.anchors[2].second) == (approx(0.5), approx(0))
    assert found.link is None  # four sound ones are left
    assert Caution.FEW_ANCHORS in found.warnings


def test_a_better_group_moves_no_anchor():
    found = compare(
        [[0] * 5] * 10 + STEPS_5[:20], [[1] * 5] * 10 + STEPS_5[:20], [1] * 5, [1] * 5, FIVE
    )

    assert [shift.change for shift in found.anchors] == approx([0] * 5)
    assert not any(shift.is_flagged for shift in found.anchors)


def test_of_two_anchors_nobody_can_say_which_one_moved():
    assert compare(STEPS, STEPS, [1] * 6, [1] * 6, FIVE[:2]).anchors == ()
    assert len(compare(STEPS, STEPS, [1] * 6, [1] * 6, FIVE[:3]).anchors) == 3


# --- over time -----------------------------------------------------------------------------------


def test_moved_is_the_test_of_two_proportions():
    # 12 of 20 before, 18 of 20 after: z = 0.3 / sqrt(.75 * .25 * (1/20 + 1/20)) = 2.19089
    early, late = [[1]] * 12 + [[0]] * 8, [[1]] * 18 + [[0]] * 2
    (found,) = moved([*early, *late], [1], [1] * 20 + [2] * 20)

    assert (found.first, found.second, found.change) == approx((0.6, 0.9, 0.3))
    assert found.se == approx(0.3 / 2.19089, rel=1e-5)
    assert found.p == approx(0.02846, abs=5e-5)
    assert found.is_flagged


def test_many_items_make_one_of_them_less_surprising():
    # The same item beside nine that did not move: Holm takes its p ten times.
    marks = [[1, *[n % 2] * 9] for n in range(12)] + [[0, *[n % 2] * 9] for n in range(8)]
    marks += [[1, *[n % 2] * 9] for n in range(18)] + [[0, *[n % 2] * 9] for n in range(2)]
    found = moved(marks, [1] * 10, [1] * 20 + [2] * 20)

    assert found[0].p == approx(10 * 0.02846, abs=5e-4)
    assert not found[0].is_flagged


def test_from_nobody_to_everybody_is_seen():
    (found,) = moved([[0]] * 10 + [[1]] * 10, [1], range(20))

    assert (found.first, found.second) == (0, 1)
    assert found.is_flagged


@pytest.mark.parametrize(("n", "said"), [(19, False), (20, True)])
def test_fewer_than_ten_on_a_side_say_nothing(n, said):
    (found,) = moved([[k % 2] for k in range(n)], [1], range(n))

    assert (found.n_first, found.n_second) == (n // 2, n - n // 2)
    assert (found.change is not None) == said


def test_an_item_that_everybody_knows_moved_nothing():
    (found,) = moved([[1]] * 20, [1], range(20))

    assert found == Shift(10, 10, 1, 1, 0, None, None)


def test_each_item_is_halved_by_its_own_sittings():
    marks = [[1, NAN]] * 10 + [[0, 1]] * 10 + [[NAN, 0]] * 10
    found = moved(marks, [1, 1], range(30))

    assert [(shift.n_first, shift.change) for shift in found] == [(10, -1), (10, -1)]


def test_sittings_of_one_moment_stay_together():
    low, high = [[0]] * 15, [[1]] * 25
    days = [1] * 15 + [2] * 25

    [found] = moved(high[:8] + low + high[8:], [1], [1] * 15 + days[15:])

    assert (found.n_first, found.n_second) == (15, 25)


def test_of_one_moment_nothing_is_said():
    [found] = moved([[0], [1]] * 20, [1], [7] * 40)

    assert (found.n_first, found.n_second, found.change, found.p) == (40, 0, None, None)


# --- for any marks -------------------------------------------------------------------------------

halves = st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=10, max_size=24)
FULLS = [4] * 5


def figures(found: Comparison) -> list[float | None]:
    return [found.difference, found.se, found.df, found.in_sd, found.pooled_sd]


@trials
@given(halves, halves)
def test_swapping_the_forms_flips_the_sign(a, b):
    one, other = compare(a, b, FULLS, FULLS, FIVE), compare(b, a, FULLS, FULLS, FIVE)

    assert one.difference == approx(-other.difference)
    assert [one.se, one.df, one.pooled_sd] == approx([other.se, other.df, other.pooled_sd])
    assert (one.in_sd is None) == (other.in_sd is None)
    if one.ci:
        assert one.ci == approx((-other.ci[1], -other.ci[0]))
    if one.link:
        assert other.link.on_a(one.link.on_a(37)) == approx(37)
    for first, second in zip(one.anchors, other.anchors, strict=True):
        assert (first.change is None) == (second.change is None)
        if first.change is not None:
            assert first.change == approx(-second.change)
            assert first.p == approx(second.p)


@trials
@given(halves, halves, st.integers(1, 4))
def test_a_constant_more_for_everybody_changes_nothing_but_the_means(a, b, gift):
    one = compare(a, b, FULLS, FULLS)
    other = compare([[*r, gift] for r in a], [[*r, gift] for r in b], [*FULLS, 4], [*FULLS, 4])

    assert other.difference == approx(one.difference * 20 / 24, abs=1e-6)
    assert (one.in_sd is None) == (other.in_sd is None)
    if one.in_sd is not None:
        assert other.in_sd == approx(one.in_sd, rel=1e-6, abs=1e-9)


@trials
@given(halves, halves, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(a, b, chance):
    mixed_a, mixed_b = chance.sample(a, len(a)), chance.sample(b, len(b))
    one, other = (compare(*both, FULLS, FULLS, FIVE) for both in ((a, b), (mixed_a, mixed_b)))

    assert [x is None for x in figures(one)] == [x is None for x in figures(other)]
    assert [x for x in figures(one) if x is not None] == approx(
        [x for x in figures(other) if x is not None], abs=1e-6
    )
    assert one.warnings == other.warnings


@trials
@given(halves, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_over_time(marks, chance):
    rows = [(row, n // 4) for n, row in enumerate(marks)]
    mixed = chance.sample(rows, len(rows))
    one, other = (moved([r for r, _at in x], FULLS, [at for _r, at in x]) for x in (rows, mixed))

    assert one == other


@trials
@given(halves, halves)
def test_nothing_is_ever_nan(a, b):
    found = compare(a, b, FULLS, FULLS, FIVE)
    numbers = [*figures(found), *astuple(found.a), *(found.ci or ())]
    for shift in (*found.anchors, *moved(a, FULLS, range(len(a)))):
        numbers += astuple(shift)

    assert all(number is None or math.isfinite(number) for number in numbers)


@pytest.mark.parametrize(
    "given_",
    [
        ([1, 2], [[1]], [1], [1]),
        ([[1]], [[1]], [1, 1], [1]),
        ([[1]], [[1]], [0], [1]),
        ([[1]], [[1]], [1], [1], [(0, 1)]),
    ],
)
def test_other_shapes_are_refused(given_):
    with pytest.raises(ValueError, match=r"shape|above 0|not there"):
        compare(*given_)


def test_moments_of_other_sittings_are_refused():
    with pytest.raises(ValueError, match="moments"):
        moved([[1]], [1], [1, 2])


def test_nobody_at_all_is_no_error():
    found = compare(np.empty((0, 2)), np.empty((0, 2)), [1, 1], [1, 1])

    assert (found.a.n, found.b.n, found.difference) == (0, 0, None)
    assert [shift.n_second for shift in moved(np.empty((0, 2)), [1, 1], [])] == [0, 0]
