import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f as fisher
from scipy.stats import kurtosis, skew

from learning.measurement.basis import Basis, basis_of
from learning.measurement.items import Flag, analyse
from tests.learning.measurement.classics import LSAT6, WUENSCH
from tests.learning.measurement.strategies import mark_tables, trials

approx = pytest.approx
SHOWN = ("item_total", "item_rest", "discriminative_efficiency", "upper_lower")


def column(analysis, name):
    return [getattr(item, name) for item in analysis.items]


def of_test(found):
    """The figures of the whole test, which may differ by what floats leave."""
    figures = {name: figure for name, figure in vars(found).items() if name != "items"}
    return {name: approx(figure, abs=1e-6) for name, figure in figures.items()}


# --- published figures ----------------------------------------------------------------------------


def test_ten_students_of_wuensch():
    found = analyse(WUENSCH)

    assert (found.n, found.k, found.mean) == (10, 10, approx(6.6))
    assert found.sd**2 * 9 / 10 == approx(5.84)
    assert found.alpha == approx(0.696347, abs=5e-7)
    assert found.kr21 == approx(0.684170, abs=5e-7)
    assert column(found, "facility") == approx([0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6])
    assert found.items[8].item_rest == approx(-0.1236, abs=5e-5)
    assert found.items[2].item_rest == approx(0)
    assert found.sem == approx(found.sd * math.sqrt(1 - 0.696347), abs=1e-5)
    assert found.error_ratio == approx(found.sem / found.sd)


def test_five_items_of_the_law_school_test():
    found = analyse(LSAT6)

    assert (found.n, found.basis) == (1000, Basis.THIRDS)
    assert column(found, "facility") == approx([0.924, 0.709, 0.553, 0.763, 0.870])
    assert found.alpha == approx(0.2950, abs=5e-5)
    deleted = [0.2754, 0.2376, 0.2168, 0.2459, 0.2663]
    assert column(found, "alpha_if_deleted") == approx(deleted, abs=5e-5)
    total = [0.3620, 0.5668, 0.6184, 0.5344, 0.4354]
    assert column(found, "item_total") == approx(total, abs=5e-5)


def test_the_interval_of_alpha_is_feldts():
    found = analyse(LSAT6)
    low, high = ((1 - end) / (1 - found.alpha) for end in found.alpha_ci)

    assert (fisher.cdf(low, 999, 999 * 4), fisher.cdf(high, 999, 999 * 4)) == approx((0.975, 0.025))


# --- by hand --------------------------------------------------------------------------------------

# Three items out of 2, 1 and 1, five persons: the totals are 4, 3, 2, 1, 0.
STAIRS = [[2, 1, 1], [2, 1, 0], [1, 0, 1], [0, 1, 0], [0, 0, 0]]


def test_moodles_figures_by_hand():
    found = analyse(STAIRS, [2, 1, 1])
    first = found.items[0]

    assert (found.mean, found.median, found.sd) == approx((2, 2, math.sqrt(2.5)))
    assert (first.facility, first.sd) == approx((0.5, 1))
    # X = 2 2 1 0 0 beside T - X = 2 1 1 1 0: cov = (2 - 1)(2 - 1) + (0 - 1)(0 - 1) over 4.
    assert first.item_rest == approx(0.5 / math.sqrt(0.5))
    assert first.discriminative_efficiency == approx(1)
    # The covariances with the total are 1.5, .5 and .5.
    roots = [math.sqrt(1.5), math.sqrt(0.5), math.sqrt(0.5)]
    assert column(found, "effective_weight") == approx([root / sum(roots) for root in roots])


def test_efficiency_is_what_the_order_of_marks_allows():
    found = analyse([[1, 0, 0], [0, 1, 1], [1, 1, 0], [0, 0, 0]])

    # X = 1 0 1 0 beside T - X = 0 2 1 0; sorted, 0 0 1 1 beside 0 0 1 2.
    assert found.items[0].discriminative_efficiency == approx(-0.25 / 0.75)


def test_a_negative_covariance_has_no_weight_and_takes_none():
    found = analyse([[0, 1, 1], [0, 1, 1], [1, 0, 0], [1, 0, 0], [0, 1, 0]])

    assert found.items[0].effective_weight is None
    assert sum(item.effective_weight for item in found.items[1:]) == approx(1)


def test_groups_of_27_percent_take_ties_in_proportion():
    # Of ten persons 2.7 are in each group: above, the two with 3 and .7 of the four with 2.
    marks = [[1, 1, 1]] * 2 + [[1, 1, 0]] * 3 + [[0, 1, 1]] + [[1, 0, 0]] * 4
    first, *_others = analyse(marks).items

    assert first.upper_lower == approx((2 + 0.7 * 3 / 4) / 2.7 - 1)


def test_kurtosis_and_skewness_are_k_statistics():
    found = analyse(LSAT6)
    totals = LSAT6.sum(axis=1)

    assert found.skewness == approx(skew(totals, bias=False))
    assert found.kurtosis == approx(kurtosis(totals, bias=False))


def test_alpha_may_be_below_zero():
    found = analyse([[1, 0], [0, 1], [1, 0], [1, 1]])

    assert found.alpha == approx(2 * (1 - (0.25 + 1 / 3) / 0.25))
    assert found.sem > found.sd


# --- what is missing ------------------------------------------------------------------------------


def test_nobody_and_nothing():
    for empty in ([], np.empty((0, 3)), [[None, None]]):
        found = analyse(empty)

        assert (found.n, found.mean, found.sd, found.alpha, found.sem) == (0, *[None] * 4)
        assert all(item.facility is None and not item.flags for item in found.items)


@pytest.mark.parametrize("persons", [1, 2])
def test_one_or_two_persons_have_what_is_defined(persons):
    found = analyse(STAIRS[:persons], [2, 1, 1])

    assert found.items[0].facility == 1
    assert (found.sd, found.alpha) == ((None, None) if persons == 1 else (approx(0.5**0.5), 0))
    assert (found.skewness, found.kurtosis) == (None, None)


def test_one_item_has_no_alpha_and_no_rest():
    found = analyse([[1], [0], [1]])

    assert (found.alpha, found.alpha_ci, found.kr21, found.sem) == (None,) * 4
    assert (found.items[0].item_rest, found.items[0].item_total) == (None, approx(1))


def test_the_same_total_for_all_says_nothing():
    found = analyse([[1, 0], [0, 1]] * 6)

    assert (found.sd, found.alpha, found.kr21, found.skewness) == (0, None, None, None)
    assert found.items[0].upper_lower is None


def test_an_item_all_got_right_leaves_the_others_and_has_nothing():
    found = analyse(np.column_stack([WUENSCH, np.ones(10)]))

    for name in SHOWN:
        assert column(found, name)[:10] == approx(column(analyse(WUENSCH), name))
    assert {getattr(found.items[10], name) for name in SHOWN[:3]} == {None}
    assert found.items[10].flags == (Flag.EASY, Flag.SAME)


def test_not_presented_is_not_wrong():
    marks = WUENSCH.astype(float)
    marks[3, 0] = marks[4, 0] = np.nan
    first = analyse(marks).items[0]

    assert (first.n, first.basis, first.facility) == (8, Basis.FACILITY, approx(7 / 8))


def test_totals_of_unlike_items_are_in_proportion():
    # A 3 of 4 and a 1 of 2, on the scale of 3.
    found = analyse([[3, None], [None, 1]], [4, 2])

    assert found.mean == approx((0.75 * 3 + 0.5 * 3) / 2)


def test_alpha_of_a_pool_is_that_of_the_tests_drawn_from_it():
    """Of 8 alike items each person gets another 4: alpha is that of 4, not of 8."""
    rng = np.random.default_rng(7)
    ability = rng.normal(size=(4000, 1))
    marks = (ability + rng.normal(size=(4000, 8)) > 0).astype(float)
    drawn = marks.copy()
    for person in range(4000):
        drawn[person, rng.permutation(8)[:4]] = np.nan

    assert analyse(drawn).alpha == approx(analyse(marks[:, :4]).alpha, abs=0.03)
    assert analyse(drawn).alpha_ci is None


def test_pairs_that_nobody_had_are_left_out():
    marks = np.full((40, 4), np.nan)
    marks[:20, :2] = [[1, 1], [0, 0]] * 10
    marks[20:, 2:] = [[1, 1], [0, 0]] * 10

    assert analyse(marks).alpha == approx(1)
    assert analyse(marks).error_ratio == 0


# --- flags and numbers of persons -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "basis"),
    [(9, "facility"), (10, "rough"), (29, "rough"), (30, "full"), (99, "full"), (100, "thirds")],
)
def test_what_so_many_persons_are_enough_for(n, basis):
    assert basis_of(n) == basis


def test_flags_tell_what_to_look_at():
    easy = [1] * 20
    hard = [1, 0, 0] + [0] * 17
    against = [0] * 10 + [1] * 10
    others = [[1, 1, 1]] * 10 + [[0, 0, 1], [0, 1, 0]] * 5
    found = analyse(np.column_stack([easy, hard, against, others]))

    assert found.items[0].flags == (Flag.EASY, Flag.SAME)
    assert Flag.HARD in found.items[1].flags
    assert found.items[2].flags == (Flag.AGAINST,)
    assert found.items[3].flags == ()


@pytest.mark.parametrize(("right", "flags"), [(4, ()), (3, (Flag.HARD,))])
def test_hard_is_below_a_fifth(right, flags):
    marks = [[1, 1]] * right + [[0, 1]] * 8 + [[0, 0]] * (12 - right)

    assert analyse(marks).items[0].flags == flags


def test_nine_persons_are_no_reason_to_look():
    assert {item.flags for item in analyse(WUENSCH[:9]).items} == {()}


@pytest.mark.parametrize(
    ("marks", "full", "words"),
    [
        ([[[1]]], None, "shape"),
        ([[1, 2]], [1], r"\(1,\)"),
        ([[1]], [0], "above 0"),
        ([[1]], [math.nan], "above 0"),
        ([[math.inf]], None, "out of range"),
        ([[1e9]], None, "out of range"),
    ],
)
def test_refuses_what_is_no_table_of_marks(marks, full, words):
    with pytest.raises(ValueError, match=words):
        analyse(marks, full)


# --- true of any marks ----------------------------------------------------------------------------


@trials
@given(mark_tables())
def test_every_figure_is_a_number_or_none(marks):
    found = analyse(marks)
    flat = [vars(found), *map(vars, found.items)]
    figures = [v for one in flat for v in one.values() if isinstance(v, float)]

    assert all(map(math.isfinite, figures + list(found.alpha_ci or ())))
    assert all(-1 <= r <= 1 for r in column(found, "item_rest") if r is not None)
    assert found.alpha is None or found.alpha <= 1


@trials
@given(mark_tables(missing=False), st.integers(-3, 3))
def test_a_constant_on_an_item_moves_nothing_but_its_mean(marks, constant):
    moved = marks.copy()
    moved[:, 0] += constant
    before, after = analyse(marks), analyse(moved)

    assert after.mean == approx(before.mean + constant)
    for name in ("alpha", "sd", "sem", "skewness", "kurtosis"):
        assert getattr(after, name) == approx(getattr(before, name), abs=1e-6)
    for name in SHOWN:
        assert column(after, name) == approx(column(before, name), abs=1e-6)


@trials
@given(mark_tables(), st.sampled_from([0.5, 2, 3]))
def test_weight_moves_marks_and_no_share(marks, weight):
    full = np.full(marks.shape[1], 2.0)
    before, after = analyse(marks, full), analyse(marks * weight, full * weight)

    assert column(after, "facility") == approx(column(before, "facility"))
    assert after.alpha == approx(before.alpha, abs=1e-6)
    assert after.sd == approx(None if before.sd is None else before.sd * weight, abs=1e-6)
    for name in SHOWN:
        assert column(after, name) == approx(column(before, name), abs=1e-6)


@trials
@given(mark_tables())
def test_everybody_twice_leaves_facility_and_correlations(marks):
    once, twice = analyse(marks), analyse(np.vstack([marks, marks]))

    assert twice.n == 2 * once.n
    assert column(twice, "facility") == approx(column(once, "facility"))
    for place, item in enumerate(once.items):
        for name in SHOWN:
            if getattr(item, name) is not None:
                assert getattr(twice.items[place], name) == approx(getattr(item, name), abs=1e-6)


@trials
@given(mark_tables(), st.randoms())
def test_no_order_decides(marks, random):
    rows, columns = list(range(len(marks))), list(range(marks.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    before, after = analyse(marks), analyse(marks[rows][:, columns])

    assert of_test(after) == {name: getattr(before, name) for name in of_test(before)}
    for name in ("n", "facility", "effective_weight", "alpha_if_deleted", *SHOWN):
        was = column(before, name)
        assert column(after, name) == approx([was[place] for place in columns], abs=1e-6)


@trials
@given(mark_tables(missing=False))
def test_alpha_and_correlations_as_by_definition(marks):
    found = analyse(marks)
    k = marks.shape[1]
    totals = marks.sum(axis=1)
    if found.alpha is not None:
        parts = sum(marks.var(axis=0, ddof=1))
        assert found.alpha == approx(k / (k - 1) * (1 - parts / totals.var(ddof=1)), abs=1e-6)
    for place, item in enumerate(found.items):
        rest = totals - marks[:, place]
        if item.item_rest is not None:
            assert item.item_rest == approx(np.corrcoef(marks[:, place], rest)[0, 1], abs=1e-6)


@trials
@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=3, max_size=5))
def test_no_other_order_of_marks_goes_better_together(rows):
    marks = np.array(rows)
    first = analyse(marks, [2, 2, 2]).items[0]
    rest = marks[:, 1:].sum(axis=1)
    if first.discriminative_efficiency is not None:
        most = max(np.cov(p, rest)[0, 1] for p in itertools.permutations(marks[:, 0]))
        own = np.cov(marks[:, 0], rest)[0, 1]
        assert first.discriminative_efficiency == approx(own / most)
