"""What is left months later, and the gain over several sessions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from learning.measurement.clusters import ClusterCaution
from learning.measurement.gain import Kept, Retention, clustered, mastery_kept, retention
from tests.learning.measurement.strategies import trials

approx = pytest.approx


# --- retention ------------------------------------------------------------------------------------


def test_retention_by_hand():
    pre, post, follow = [40] * 10, [90] * 5 + [70] * 5, [90] * 4 + [70] * 6
    found = retention(pre, post, follow)

    assert (found.n, found.mean_pre, found.mean_post, found.mean_follow) == (10, 40, 80, 78)
    assert found.ratio == approx(38 / 40)
    assert (found.n_mastered, found.retained) == (5, Fraction(4, 5))
    assert found.retained_ci == approx((0.3755, 0.9638), abs=5e-5)


def test_only_who_has_all_three_counts():
    whole = retention([10] * 10, [20] * 10, [20] * 10, 25)
    gaps = retention(
        [10] * 10 + [None, 1, 2], [20] * 10 + [1, None, 2], [20] * 10 + [1, 2, math.nan], 25
    )

    assert whole == gaps
    assert (whole.n, whole.mean_post, whole.ratio) == (10, 80, approx(1))


@pytest.mark.parametrize(("gained", "told"), [(5, True), (4.9, False)])
def test_a_gain_below_five_points_has_no_share(gained, told):
    found = retention([50] * 10, [50 + gained] * 10, [52] * 10)

    assert (found.ratio is not None) is told


def test_nine_persons_have_means_only():
    assert retention([1] * 9, [90] * 9, [90] * 9) == Retention(9, 1, 90, 90)


def test_nobody():
    assert retention([None], [1], [1]) == retention([], [], []) == Retention(0)


def test_nobody_had_mastered_it():
    found = retention([0] * 10, [79] * 10, [80] * 10)

    assert (found.n_mastered, found.retained, found.retained_ci) == (0, None, None)


def test_refuses_other_lists():
    with pytest.raises(ValueError, match=r"the tests hold .* \(1,\), \(1,\) and \(2,\)"):
        retention([1], [1], [1, 2])


# --- several sessions -----------------------------------------------------------------------------

SESSIONS = {"a": [10, 14], "b": [20, 22], "c": [8, 4], "d": [15, 15], "e": [30, 26]}


def gains_of(sessions):
    return [gain for own in sessions.values() for gain in own]


def names_of(sessions):
    return [name for name, own in sessions.items() for _gain in own]


def test_sessions_of_one_size_give_the_interval_of_their_means():
    found = clustered(gains_of(SESSIONS), names_of(SESSIONS))
    means = ttest_1samp([np.mean(own) for own in SESSIONS.values()], 0).confidence_interval()

    assert (found.n, found.clusters, found.mean, found.df) == (10, 5, approx(16.4), 4)
    assert found.ci == approx((means.low, means.high))
    assert found.warnings == (ClusterCaution.ROUGH,)


def test_people_who_resemble_each_other_count_for_fewer():
    found = clustered(gains_of(SESSIONS), names_of(SESSIONS))
    alone = ttest_1samp(gains_of(SESSIONS), 0).confidence_interval()

    # Between the sessions: 2 ((12-16.4)² + (21-16.4)² + (6-16.4)² + (15-16.4)² + (28-16.4)²) / 4.
    between, within = 285.2 * 2 / 4, (8 + 2 + 8 + 0 + 8) / 5
    assert found.icc == approx((between - within) / (between + within))
    assert found.design_effect > 1.5
    assert found.ci[1] - found.ci[0] > alone.high - alone.low


def test_sessions_of_one_person_each_are_a_plain_sample():
    gains = [3, 7, 1, 9, 4, 6]
    found = clustered(gains, range(6))
    alone = ttest_1samp(gains, 0).confidence_interval()

    assert found.ci == approx((alone.low, alone.high))
    assert (found.icc, found.design_effect) == (None, approx(1))


@pytest.mark.parametrize(("sessions", "warned"), [(4, "few"), (5, "rough"), (20, None)])
def test_how_many_sessions_are_enough(sessions, warned):
    gains = [number + extra for number in range(sessions) for extra in (0, 2)]
    found = clustered(gains, [place // 2 for place in range(2 * sessions)])

    assert found.warnings == ((warned,) if warned else ())
    assert (found.ci is None) is (warned == "few")
    assert found.mean == approx(np.mean(gains))


def test_sessions_that_do_not_differ_say_nothing_of_chance():
    found = clustered([5, 7] * 5, [place // 2 for place in range(10)])

    assert (found.mean, found.se, found.ci) == (6, None, None)
    assert ClusterCaution.SAME in found.warnings


def test_missing_gains_and_nobody():
    gains, names = gains_of(SESSIONS), names_of(SESSIONS)

    assert clustered([*gains, None, math.nan], [*names, "z", "a"]) == clustered(gains, names)
    assert (clustered([], []).n, clustered([None], ["a"]).mean) == (0, None)


def test_refuses_gains_without_sessions():
    with pytest.raises(ValueError, match="2 gains have 1 sessions"):
        clustered([1, 2], ["a"])


@trials
@given(st.lists(st.tuples(st.integers(-50, 100), st.integers(0, 7)), min_size=1, max_size=40))
def test_every_figure_is_a_number_and_the_sign_turns(rows):
    gains, sessions = zip(*rows, strict=True)
    found, turned = clustered(gains, sessions), clustered([-gain for gain in gains], sessions)
    numbers = [v for v in vars(found).values() if isinstance(v, float)]

    assert all(map(math.isfinite, [*numbers, *(found.ci or ())]))
    assert turned.mean == approx(-found.mean)
    assert turned.ci == (None if found.ci is None else approx((-found.ci[1], -found.ci[0])))


# --- who still reaches a mark ---------------------------------------------------------------------


def test_who_still_reaches_the_mark():
    kept = mastery_kept([True] * 10 + [False] * 5, [True] * 8 + [False] * 2 + [True] * 5)

    assert (kept.had, kept.kept, kept.share) == (10, 8, Fraction(4, 5))
    assert [round(end, 3) for end in kept.ci] == [0.490, 0.943]  # Wilson, 8 of 10


def test_of_few_there_is_no_interval_and_of_nobody_no_share():
    assert mastery_kept([True] * 9, [True] * 9) == Kept(9, 9, Fraction(1))
    assert mastery_kept([False], [True]) == Kept(0, 0)
    with pytest.raises(ValueError, match="shorter"):
        mastery_kept([True, True], [True])


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_nobody_keeps_what_she_did_not_have(pairs):
    kept = mastery_kept([one for one, _two in pairs], [two for _one, two in pairs])

    assert 0 <= kept.kept <= kept.had <= len(pairs)
    assert (kept.share is None) == (kept.had == 0)
