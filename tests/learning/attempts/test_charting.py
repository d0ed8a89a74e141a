from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.charting import END, START, WIDTH, cut, line, place

shares = st.fractions(0, 1)


@pytest.mark.parametrize(
    ("share", "percent"), [(Fraction(23, 30), 76), (Fraction(139, 200), 69), (1, 100), (0, 0)]
)
def test_per_cent_is_cut_and_never_rounded_up(share, percent):
    assert cut(Fraction(share)) == percent


@given(shares, shares, st.booleans())
def test_points_stand_on_the_scale_and_their_numbers_outside_of_the_pair(before, after, rtl):
    drawn = line(before, after, rtl=rtl)
    low, high = sorted((drawn.before, drawn.after), key=lambda point: point.x)

    assert START <= low.x <= high.x <= WIDTH - START
    assert 0 < drawn.before.text_x < WIDTH
    if low.x != high.x:
        assert low.text_x < low.x < high.x < high.text_x
        assert (low.anchor, high.anchor) == ("end", "start")
    assert {low.anchor, high.anchor} == {"end", "start"}


@given(st.integers(0, 100))
def test_right_to_left_is_the_mirror(percent):
    assert place(percent, rtl=True) == WIDTH - place(percent, rtl=False)


def test_without_a_pre_test_there_is_one_point_and_no_change():
    drawn = line(None, Fraction(1, 2), rtl=False, needed=Fraction(7, 10))

    assert drawn.before is None
    assert drawn.change is None
    assert drawn.needed_x == START + round((END - START) * 0.7)


def test_change_is_the_difference_of_the_numbers_shown():
    assert line(Fraction(2, 3), Fraction(1, 2), rtl=False).change == -16


def test_marks_below_nothing_stay_on_the_scale():
    assert line(None, Fraction(-1, 3), rtl=False).after.x == START
