import math
from dataclasses import astuple, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, nct

from learning.measurement.gain import Caution, Gain, mastery, paired
from tests.learning.measurement.strategies import classes, some_marks, trials

approx = pytest.approx

# Student's hours of sleep gained by two drugs (R datasets::sleep).
SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)
# Table 1 of Lakens 2013, doi 10.3389/fpsyg.2013.00863.
FILMS = ([9, 6, 7, 8, 7, 9, 8, 8, 8, 7], [9, 7, 8, 9, 8, 9, 9, 10, 9, 9])
# Darwin's pairs of maize, differences in height in eighths of an inch.
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

CLASS = ([40, 55, 60, 35, 70, 50, 45, 65, 30, 50], [60, 70, 85, 50, 75, 80, 70, 90, 65, 55])


def unpaired_part(gain: Gain) -> Gain:
    """The same figures without those that know of unmatched persons."""
    return replace(gain, n_pre=0, n_post=0, warnings=())


def test_sleep_as_in_r():
    gain = paired(*SLEEP)

    assert (gain.n_pre, gain.n_post, gain.n_matched, gain.df) == (10, 10, 10, 9)
    assert (gain.mean_pre, gain.mean_post, gain.mean_gain) == approx((0.75, 2.33, 1.58))
    assert (gain.t, gain.p) == (approx(4.0621, abs=5e-5), approx(0.002833, abs=5e-7))
    assert gain.ci == approx((0.7001, 2.4599), abs=5e-5)
    assert (gain.wilcoxon_w, gain.wilcoxon_p) == (0, approx(0.009091, abs=5e-7))
    assert (gain.d_z, gain.d_av) == approx((1.2846, 0.8322), abs=5e-5)
    assert gain.d_av_ci == approx((0.4307, 1.2337), abs=5e-5)
    assert gain.d_z_ci == approx((0.41, 2.12), abs=5e-3)
    assert gain.hake_g == approx(1.58 / 99.25)
    assert gain.warnings == ()


def test_films_of_lakens_with_the_root_of_the_mean_variance():
    gain = paired(*FILMS)

    assert gain.d_z == approx(1.5)
    assert gain.t == approx(4.743, abs=5e-4)
    assert gain.ci == approx((0.523, 1.477), abs=5e-4)
    assert gain.d_av == approx(1.1259, abs=5e-5)  # his 1.1287 divides by the mean of the SDs


def test_maize_has_no_ties_and_gets_the_exact_p():
    gain = paired([0] * 15, MAIZE)

    assert (gain.wilcoxon_w, gain.wilcoxon_p) == (24, approx(0.041260, abs=5e-7))
    assert (gain.t, gain.p) == (approx(2.148, abs=5e-4), approx(0.0497, abs=5e-5))


@pytest.mark.parametrize(("persons", "p"), [(49, 2**-48), (50, 7.79e-10)])
def test_ranks_of_fifty_persons_are_no_longer_counted_out(persons, p):
    gain = paired([0] * persons, list(range(1, persons + 1)))

    assert gain.wilcoxon_p == approx(p, rel=1e-3)


@pytest.mark.parametrize(
    ("gains", "variance"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 9], 96.25 - 6 / 48),  # a tie
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 96.25),  # a person without a gain
    ],
)
def test_ranks_with_ties_or_zeros_go_by_the_normal_distribution(gains, variance):
    gain = paired([0] * len(gains), gains)

    assert gain.wilcoxon_w == 0
    assert gain.wilcoxon_p == approx(math.erfc(27 / math.sqrt(2 * variance)))


def test_ties_are_seen_through_the_errors_of_floats():
    gain = paired([0.1] * 12, [0.3, 0.4] * 6, max_mark=0.4)
    same = paired([1] * 12, [3, 4] * 6, max_mark=4)

    assert gain == same


def test_limits_of_d_z_put_t_at_the_percentiles():
    gain = paired(*CLASS)
    low, high = (limit * math.sqrt(gain.n_matched) for limit in gain.d_z_ci)

    assert nct.cdf(gain.t, gain.df, low) == approx(0.975, abs=1e-6)
    assert nct.cdf(gain.t, gain.df, high) == approx(0.025, abs=1e-6)


def test_gains_that_hardly_differ_have_no_limits_of_d_z():
    gain = paired([0] * 10, [10] * 9 + [10.01])

    assert gain.d_z == approx(10.001 / (0.01 / math.sqrt(10)))
    assert gain.d_z_ci is None


def test_figures_are_in_percent_of_the_full_mark():
    pre, post = CLASS
    gain = paired([mark / 5 for mark in pre], [mark / 5 for mark in post], max_mark=20)

    assert (gain.mean_pre, gain.mean_post, gain.mean_gain) == approx((50, 70, 20))
    assert gain.hake_g == approx(0.4)
    assert gain == paired(*CLASS)


def test_marks_may_be_fractions_and_arrays():
    pre, post = CLASS
    thirds = paired([Fraction(mark, 3) for mark in pre], [Fraction(mark, 3) for mark in post], 50)

    assert thirds == paired(np.array(pre) / 3, np.array(post) / 3, 50)


def test_missing_marks_are_none_or_nan():
    pre, post = CLASS
    gain = paired([*pre, 40, None, math.nan], [*post, None, 70, None])

    assert (gain.n_pre, gain.n_post, gain.n_matched) == (11, 11, 10)
    assert unpaired_part(gain) == unpaired_part(paired(*CLASS))


def test_nine_persons_get_means_only():
    gain = paired(CLASS[0][:9], CLASS[1][:9])

    assert astuple(gain)[:6] == (9, 9, 9, 50, approx(645 / 9), approx(195 / 9))
    assert set(astuple(gain)[6:-1]) == {None}
    assert gain.warnings == (Caution.FEW_MATCHED,)


def test_nobody_has_no_figures():
    gain = paired([], [])

    assert astuple(gain)[:3] == (0, 0, 0)
    assert set(astuple(gain)[3:-1]) == {None}
    assert gain.warnings == (Caution.FEW_MATCHED,)


def test_the_same_gain_for_all_says_nothing_of_chance():
    gain = paired(CLASS[0], [mark + 10 for mark in CLASS[0]])

    assert (gain.mean_gain, gain.hake_g) == (10, approx(0.2))
    assert (gain.ci, gain.t, gain.df, gain.p, gain.d_z, gain.d_z_ci) == (None,) * 6
    assert (gain.d_av, gain.d_av_ci) == (approx(10 / np.std(CLASS[0], ddof=1)), None)
    assert gain.warnings == (Caution.SAME_GAIN,)


def test_no_gain_of_anybody_has_no_ranks():
    gain = paired(CLASS[0], CLASS[0])

    assert (gain.mean_gain, gain.d_av, gain.hake_g) == (0, 0, 0)
    assert (gain.wilcoxon_w, gain.wilcoxon_p) == (None, None)


def test_full_marks_before_leave_nothing_to_gain():
    gain = paired([20] * 10, [20] * 10, max_mark=20)

    assert (gain.mean_gain, gain.hake_g, gain.d_av) == (0, None, None)
    assert gain.warnings == (Caution.CEILING, Caution.HIGH_PRE, Caution.SAME_GAIN)


@pytest.mark.parametrize(("unmatched", "warned"), [(2, False), (3, True)])
def test_low_match_is_fewer_than_four_of_five(unmatched, warned):
    pre, post = CLASS
    gain = paired([*pre[:8], *[50] * unmatched], [*post[:8], *[None] * unmatched])

    assert (Caution.LOW_MATCH in gain.warnings) is warned


@pytest.mark.parametrize(("lost", "warned"), [(29, False), (28, True)])
def test_losing_weak_persons_is_told_from_two_points_on(lost, warned):
    pre, post = CLASS
    gain = paired([*pre, lost], [*post, None])  # the mean of all is 48.09 or 48

    assert (Caution.ATTRITION in gain.warnings) is warned


@pytest.mark.parametrize(("at_top", "warned"), [(3, False), (4, True)])
def test_ceiling_is_more_than_15_percent_with_the_full_mark(at_top, warned):
    gain = paired(list(range(20)), [100] * at_top + list(range(20, 40 - at_top)))

    assert (Caution.CEILING in gain.warnings) is warned


@pytest.mark.parametrize(("mark", "warned"), [(79, False), (80, True)])
def test_high_pre(mark, warned):
    gain = paired([mark] * 10, list(range(10)))

    assert (Caution.HIGH_PRE in gain.warnings) is warned


@pytest.mark.parametrize(
    ("same_form", "days", "warned"),
    [(True, 13, True), (True, 14, False), (True, None, True), (False, 1, False)],
)
def test_the_same_form_within_two_weeks(same_form, days, warned):
    gain = paired(*CLASS, same_form=same_form, days_between=days)

    assert (Caution.RETEST in gain.warnings) is warned


@pytest.mark.parametrize(
    ("pre", "post", "full", "words"),
    [
        ([1, 2], [1], 100, r"shapes are \(2,\) and \(1,\)"),
        ([[1, 2]], [[1, 2]], 100, r"shapes are \(1, 2\)"),
        ([1, 11], [1, 2], 10, "beyond the full mark of 10"),
        ([-11, 1], [1, 2], 10, "beyond the full mark of 10"),
        ([1], [math.inf], 10, "beyond the full mark of 10"),
        ([1], [1], 0, "full mark is 0"),
    ],
)
def test_refuses_what_is_no_pair_of_tests(pre, post, full, words):
    with pytest.raises(ValueError, match=words):
        paired(pre, post, full)


@trials
@given(classes(least=10))
def test_swapping_the_tests_turns_every_sign(marks):
    pre, post = zip(*marks, strict=True)
    there, back = paired(pre, post), paired(post, pre)

    signed = ("mean_gain", "t", "d_z", "d_av", "ci", "d_av_ci")
    assert there == replace(
        back,
        mean_pre=back.mean_post,
        mean_post=back.mean_pre,
        **{name: turn(getattr(back, name)) for name in signed},
        d_z_ci=approx(turn(back.d_z_ci), abs=1e-8),  # found by iteration
        hake_g=there.hake_g,
        warnings=there.warnings,
    )


def turn(figure):
    if figure is None:
        return None
    return (-figure[1], -figure[0]) if isinstance(figure, tuple) else -figure


@trials
@given(classes(), st.lists(st.tuples(st.booleans(), some_marks)), st.randoms())
def test_persons_with_one_test_change_no_paired_figure(marks, others, random):
    places = sorted(random.sample(range(len(marks) + len(others)), len(others)))
    more = list(marks)
    for place, (before, mark) in zip(places, others, strict=True):
        more.insert(place, (mark, None) if before else (None, mark))

    gain = paired([pre for pre, _ in more], [post for _, post in more])

    assert gain.n_matched == len(marks)
    assert unpaired_part(gain) == unpaired_part(
        paired([pre for pre, _ in marks], [post for _, post in marks])
    )


@trials
@given(st.lists(st.tuples(st.none() | some_marks, st.none() | some_marks), max_size=40))
def test_every_figure_is_a_number_or_none(marks):
    gain = paired([pre for pre, _ in marks], [post for _, post in marks])

    assert all(figure is None or math.isfinite(figure) for figure in flat(astuple(gain)[:-1]))


def flat(figures):
    for figure in figures:
        yield from figure if isinstance(figure, tuple) else [figure]


def test_mastery_by_hand():
    before = [False] * 12 + [True] * 3 + [True] * 5
    after = [True] * 12 + [False] * 3 + [True] * 5
    result = mastery(before, after)

    assert (result.share_pre, result.share_post) == (Fraction(8, 20), Fraction(17, 20))
    assert result.mcnemar_p == 0.03515625


def test_wilson_of_8_of_10():
    result = mastery([False] * 10, [True] * 8 + [False] * 2)

    assert result.wilson_post == approx((0.490, 0.943), abs=5e-4)
    assert result.wilson_pre == approx((0, 0.2775), abs=5e-5)


@pytest.mark.parametrize(("mastered", "persons"), [(False, 2), (True, 32)])
def test_wilson_stays_between_0_and_1(mastered, persons):
    low, high = mastery([mastered] * persons, [mastered] * persons).wilson_pre

    assert 0 <= low < high <= 1


def test_mastery_leaves_out_who_took_one_test():
    result = mastery([True, None, False, True], [True, True, None, False])

    assert (result.share_pre, result.share_post) == (1, Fraction(1, 2))
    assert result.mcnemar_p == 1


def test_mastery_of_nobody():
    assert set(astuple(mastery([None], [True]))) == {None}


@pytest.mark.parametrize(("pre", "post"), [([True], []), ([0.5], [1]), ([True], [2])])
def test_mastery_refuses_other_things(pre, post):
    with pytest.raises(ValueError, match="person"):
        mastery(pre, post)


@trials
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_mastery_agrees_with_scipy(marks):
    pre, post = zip(*marks, strict=True)
    lost = sum(before > after for before, after in marks)
    won = sum(before < after for before, after in marks)
    result = mastery(pre, post)
    interval = binomtest(sum(post), len(post)).proportion_ci(method="wilson")

    assert result.wilson_post == approx((interval.low, interval.high))
    assert result.mcnemar_p == approx(binomtest(lost, lost + won).pvalue if lost + won else 1)
