import math

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import ttest_ind

from learning.measurement.basis import Basis
from learning.measurement.chance import newcombe
from learning.measurement.items import Gap, language_gap
from tests.learning.measurement.classics import LSAT6, WUENSCH
from tests.learning.measurement.strategies import mark_tables, trials

approx = pytest.approx


def test_the_interval_of_two_shares_as_published():
    """Newcombe 1998, table II, example (a): 56/70 less 48/80."""
    assert newcombe(48, 80, 56, 70) == approx((0.0524, 0.3339), abs=5e-5)


def test_a_translation_that_fails_is_told_from_people_who_know_less():
    rng = np.random.default_rng(1)
    english = (rng.random((200, 6)) < 0.8).astype(float)
    urdu = (rng.random((200, 6)) < 0.6).astype(float)  # 20 points less, in every item
    urdu[:, 2] = rng.random(200) < 0.2
    gaps = language_gap(english, urdu)

    assert [gap.is_flagged for gap in gaps] == [False, False, True, False, False, False]
    assert gaps[2].gap == approx(urdu[:, 2].mean() - english[:, 2].mean())
    assert gaps[2].ci[1] < -0.4
    assert gaps[0].ci[1] < 0  # people did worse, and not beyond the others
    assert gaps[0].beyond == approx(gaps[0].gap - np.mean([gap.gap for gap in gaps[1:]]))


def test_partial_marks_have_welchs_interval():
    first, second = [[0.5, 1], [1, 0], [2, 1]] * 5, [[2, 1], [1, 1], [1, 0]] * 5
    gap = language_gap(first, second, [2, 1])[0]
    own = ttest_ind([1, 0.5, 0.5] * 5, [0.25, 0.5, 1] * 5, equal_var=False).confidence_interval()

    assert gap.ci == approx((own.low, own.high))


@pytest.mark.parametrize("n", [9, 10])
def test_below_ten_in_a_language_only_facilities(n):
    gap = language_gap(WUENSCH[:n], np.vstack([WUENSCH] * 3))[0]

    assert (gap.n_first, gap.n_second, gap.first is not None) == (n, 30, True)
    assert (gap.ci is None, gap.beyond is None) == (n < 10, n < 10)
    assert gap.basis == (Basis.FACILITY if n < 10 else Basis.ROUGH)


def test_nobody_in_a_language():
    (gap,) = language_gap([[1]], np.empty((0, 1)))

    assert gap == Gap(1, 0, Basis.FACILITY, 1)


def test_one_item_has_nothing_to_be_held_against():
    (gap,) = language_gap([[1], [0]] * 10, [[1], [0]] * 10)

    assert (gap.gap, gap.beyond, gap.p) == (0, None, None)


def test_refuses_other_items():
    with pytest.raises(ValueError, match="5 items have 10"):
        language_gap(LSAT6, WUENSCH)


@trials
@given(mark_tables(), mark_tables())
def test_swapping_the_languages_turns_the_sign(one, other):
    items = min(one.shape[1], other.shape[1])
    there = language_gap(one[:, :items], other[:, :items], [2] * items)
    back = language_gap(other[:, :items], one[:, :items], [2] * items)

    for gap, turned in zip(there, back, strict=True):
        assert (gap.first, gap.n_first, gap.p) == (turned.second, turned.n_second, turned.p)
        for name in ("gap", "beyond"):
            figure = getattr(turned, name)
            assert getattr(gap, name) == approx(None if figure is None else -figure)
        assert gap.gap is None or math.isfinite(gap.gap)
        assert gap.ci == (None if gap.ci is None else approx((-turned.ci[1], -turned.ci[0])))
