"""What the estimates of a panel come to: cut, error, severity, spread, agreement."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.standards.concluding import agreement, conclude

ONE = Fraction(1)
FORMS = {"A": [1, 2], "B": [2, 3]}
KNOWN = {
    (1, 1): 50, (1, 2): 60, (1, 3): 70,
    (2, 1): 60, (2, 2): 80, (2, 3): 100,
    (3, 1): 40, (3, 2): 60, (3, 3): 50,
}  # fmt: skip


def found(known=KNOWN, judges=(1, 2, 3), full=(ONE, ONE, ONE)):
    return conclude(judges, (1, 2, 3), full, FORMS, known)


def test_the_cut_is_the_mean_of_the_judges_with_its_error():
    """By hand: judges ask for 60, 80 and 50 of 100; sd 15.275, over root 3 8.819."""
    one = found()

    assert one.cut == pytest.approx(63.3333, abs=1e-3)
    assert one.se == pytest.approx(8.8192, abs=1e-3)
    assert [judge.cut for judge in one.judges] == pytest.approx([60, 80, 50])
    assert [judge.severity for judge in one.judges] == pytest.approx([-10 / 3, 50 / 3, -40 / 3])


def test_each_form_has_a_cut_of_its_own_questions():
    assert found().by_form == pytest.approx({"A": 58.3333, "B": 70.0}, abs=1e-3)


def test_marks_weigh_the_questions():
    one = found({(1, 1): 100, (1, 2): 0, (1, 3): 0}, judges=(1,), full=(Fraction(2), ONE, ONE))

    assert one.cut == pytest.approx(50)
    assert one.se is None  # of a single judge


def test_questions_have_a_mean_and_a_spread():
    third = found().items[2]

    assert third.mean == pytest.approx(73.3333, abs=1e-3)
    assert third.spread == pytest.approx(25.1661, abs=1e-3)
    assert third.is_wide


def test_gaps_are_counted_and_a_silent_judge_has_no_cut():
    one = found({place: value for place, value in KNOWN.items() if place[0] != 3})

    assert (one.missing, one.counted) == (3, 2)
    assert one.judges[2].cut is None
    assert one.cut == pytest.approx(70)


def test_nothing_comes_of_nothing():
    one = found({})

    assert (one.cut, one.se, one.pass_mark, one.counted) == (None, None, None, 0)
    assert conclude((), (1,), (ONE,), {"A": [1]}, {}).cut is None


@pytest.mark.parametrize(("estimate", "mark"), [(67, 67), (65, 65), (100, 100), (0, 0)])
def test_a_whole_cut_is_the_pass_mark_itself(estimate, mark):
    known = {(1, position): estimate for position in (1, 2, 3)}

    assert found(known, judges=(1,)).pass_mark == mark


def test_a_pass_mark_is_never_rounded_up():
    known = {(1, 1): 67, (1, 2): 68, (1, 3): 68, (2, 1): 68, (2, 2): 68, (2, 3): 68}

    assert found(known, judges=(1, 2)).cut == pytest.approx(67.8333, abs=1e-3)
    assert found(known, judges=(1, 2)).pass_mark == 67


def test_the_cut_that_is_shown_does_not_contradict_the_pass_mark():
    known = {(1, 1): 65, (1, 2): 66, (1, 3): 66} | {
        (j, p): 66 for j in range(2, 10) for p in (1, 2, 3)
    }
    one = found(known, judges=range(1, 10))

    assert one.cut == pytest.approx(65.963, abs=1e-3)
    assert (one.cut_shown, one.pass_mark) == (65.9, 65)


percents = st.integers(0, 100)
tables = st.lists(st.tuples(percents, percents, percents), min_size=1, max_size=8)


@given(tables)
def test_a_cut_lies_among_its_estimates_and_no_lower_mark_is_asked_for(rows):
    known = {(j, p): value for j, row in enumerate(rows) for p, value in enumerate(row, 1)}
    one = found(known, judges=range(len(rows)))
    exact = Fraction(sum(map(sum, rows)), 3 * len(rows))

    assert min(map(min, rows)) <= one.cut + 1e-6
    assert one.cut <= max(map(max, rows)) + 1e-6
    assert one.pass_mark == int(exact)  # the exact cut, cut down


@given(tables)
def test_who_sits_where_changes_nothing(rows):
    def cut(order):
        known = {(j, p): v for j, row in enumerate(order) for p, v in enumerate(row, 1)}
        return found(known, judges=range(len(order)))

    there, back = cut(rows), cut(rows[::-1])

    assert there.cut == pytest.approx(back.cut)
    assert there.se == pytest.approx(back.se)


def test_agreement_of_two_rounds():
    """Everybody goes half way to the mean of the question."""
    means = {1: 50, 2: 66, 3: 74}
    second = {(j, p): round((value + means[p]) / 2) for (j, p), value in KNOWN.items()}
    told = agreement(found(), found(second), KNOWN, second)

    assert (told.n, told.moved) == (9, 8)  # one stood at the mean already
    assert told.spread[1] < told.spread[0] * 0.6
    assert told.correlation > 0.99


def test_no_second_round_is_no_agreement():
    told = agreement(found(), found({}), KNOWN, {})

    assert (told.n, told.mean_move, told.correlation) == (0, None, None)
