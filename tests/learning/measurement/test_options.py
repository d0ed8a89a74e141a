import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.measurement.basis import Basis
from learning.measurement.items import analyse as analyse_items
from learning.measurement.options import ABSENT, OMITTED, OptionFlag, analyse, count_ticks
from tests.learning.measurement.strategies import trials

approx = pytest.approx
NAN = math.nan


def figures(choices):
    return [(o.key, o.count, o.share, o.r_rest, o.share_by_third) for o in choices.options]


def test_counts_shares_and_omitted():
    first, _second = analyse([["A", "x"], ["B", "x"], [None, "x"], ["A", None]], ["A", "x"])

    assert (first.n, first.omitted, first.basis) == (4, 1, Basis.FACILITY)
    assert [(o.key, o.is_key, o.count, o.share) for o in first.options] == [
        ("A", True, 2, 0.5),
        ("B", False, 1, 0.25),
    ]


def test_not_presented_is_not_omitted():
    (item,) = analyse([["A"], [NAN], [None]], ["A"])

    assert (item.n, item.omitted, item.of("A").share) == (2, 1, 0.5)


def test_options_nobody_chose_are_told_where_they_are_listed():
    (item,) = analyse([["b"], ["a"]], ["a"], listed=[["c", "b", "a"]])

    assert [(option.key, option.count) for option in item.options] == [("c", 0), ("b", 1), ("a", 1)]


def test_correlation_is_with_the_other_items():
    # Right choices: 1 1 1, 1 1 0, 0 1 1, 0 0 0; chose C in the first item: the third person.
    choices = [["A", "x", "y"], ["A", "x", "z"], ["C", "x", "y"], ["B", "w", "w"]]
    first, *_others = analyse(choices, ["A", "x", "y"])

    assert first.of("C").r_rest == approx(np.corrcoef([0, 0, 1, 0], [2, 1, 2, 0])[0, 1])
    assert first.of("A").r_rest == approx(np.corrcoef([1, 1, 0, 0], [2, 1, 2, 0])[0, 1])


def test_the_key_correlates_as_the_item_does():
    rng = np.random.default_rng(3)
    right = rng.integers(0, 2, (40, 4))
    choices = np.where(right, "K", rng.choice(["L", "M"], (40, 4)))

    marked = analyse_items(right)
    for found in (analyse(choices, ["K"] * 4), analyse(choices, ["K"] * 4, right)):
        for item, measured in zip(found, marked.items, strict=True):
            assert item.of("K").r_rest == approx(measured.item_rest)


def test_totals_may_be_given():
    choices, totals = [["A"], ["A"], ["B"], ["B"]], [9, 7, 6, 2]
    (item,) = analyse(choices, ["A"], totals)

    assert item.of("A").r_rest == approx(np.corrcoef([1, 1, 0, 0], [8, 6, 6, 2])[0, 1])
    assert item.of("A").share_by_third == approx((0, 0.5, 1))  # 4/3 persons in each third


def test_thirds_take_ties_in_proportion():
    # Six persons: the four with 1 share the places that remain in the upper and lower third.
    (item,) = analyse([["A"], *[["B"]] * 2, *[["A"]] * 2, ["B"]], ["A"], [2, 1, 1, 1, 1, 0])

    assert item.of("A").share_by_third == approx((0.25, 0.5, 0.75))


def test_nobody_and_everybody_alike_say_nothing():
    (nobody,) = analyse([], ["A"])
    (alike,) = analyse([["A"]] * 3, ["A"], [5, 5, 5])

    assert figures(nobody) == [("A", 0, None, None, None)]
    assert figures(alike) == [("A", 3, 1, None, None)]


def test_whose_score_is_missing_is_counted_and_not_compared():
    with_gap = analyse([["A"], ["B"], ["A"], ["B"]], ["A"], [3, 1, 2, NAN])[0].of("A")
    without = analyse([["A"], ["B"], ["A"]], ["A"], [3, 1, 2])[0].of("A")

    assert (with_gap.share, without.share) == (0.5, approx(2 / 3))
    assert (with_gap.r_rest, with_gap.share_by_third) == (without.r_rest, without.share_by_third)


# --- flags ----------------------------------------------------------------------------------------


def a_class(n, *, strong, weak):
    """Half of `n` persons choose `strong` and have 8 others right, the other half `weak` and 2."""
    others = [8] * (n // 2) + [2] * (n // 2)
    choices = [[strong]] * (n // 2) + [[weak]] * (n // 2)
    return choices, [more + (own == ["K"]) for own, more in zip(choices, others, strict=True)]


def test_a_wrong_key_repels_and_the_right_option_attracts():
    choices, totals = a_class(100, strong="B", weak="K")
    (item,) = analyse(choices, ["K"], totals)

    assert item.of("K").flags == (OptionFlag.REPELS,)
    assert item.of("B").flags == (OptionFlag.ATTRACTS, OptionFlag.ABOVE_KEY)


@pytest.mark.parametrize(("n", "flags"), [(28, ()), (30, (OptionFlag.ATTRACTS,))])
def test_flags_from_thirty_persons_on(n, flags):
    choices, totals = a_class(n, strong="B", weak="K")
    (item,) = analyse(choices, ["K"], totals)

    assert item.of("B").flags == flags


@pytest.mark.parametrize(("chosen", "flags"), [(1, (OptionFlag.RARE,)), (2, ())])
def test_rare_is_below_five_percent(chosen, flags):
    choices = [["K"]] * (40 - chosen) + [["B"]] * chosen
    (item,) = analyse(choices, ["K"], [5] * (40 - chosen) + [1] * chosen)

    assert item.of("B").flags == flags
    assert item.of("K").flags == ()


def test_a_sound_item_has_no_flags():
    choices, totals = a_class(100, strong="K", weak="B")

    assert {option.flags for option in analyse(choices, ["K"], totals)[0].options} == {()}


@pytest.mark.parametrize(
    ("choices", "more", "words"),
    [
        ([["A", "B"]], {}, "have 1 keys"),
        ([["A"]], {"scores": [1, 2]}, "1 persons have 2 scores"),
        ([["A"]], {"scores": [[1, 2]]}, r"\(1, 1\) have scores"),
        ([["A"]], {"listed": [["B"]]}, "none of the options"),
        ([["A"]], {"listed": [["A"], ["A"]]}, "have options for 2"),
        ([["B"]], {"listed": [["A"]]}, "none of the options"),
    ],
)
def test_refuses_what_does_not_fit(choices, more, words):
    with pytest.raises(ValueError, match=words):
        analyse(choices, ["A"], **more)


# --- several options at once ----------------------------------------------------------------------

TICK, LEFT = 0, OMITTED


def test_ticks_are_counted_one_by_one():
    codes = np.array([[TICK, TICK], [TICK, LEFT], [LEFT, LEFT], [ABSENT, ABSENT]])
    marks = np.array([3.0, 2.0, 1.0, 5.0])
    found = count_ticks(codes, "AB", {0}, marks, marks)

    assert (found.n, found.omitted, found.is_several) == (3, 1, True)
    assert [(o.key, o.is_key, o.count, o.share) for o in found.options] == [
        ("A", True, 2, approx(2 / 3)),
        ("B", False, 1, approx(1 / 3)),
    ]
    assert found.of("B").r_rest == approx(np.corrcoef([1, 0, 0], [3, 2, 1])[0, 1])
    assert found.of("B").share_by_third == approx((0, 0, 1))


def test_ticks_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="of 3 options"):
        count_ticks(np.zeros((2, 2), int), "ABC", {0}, np.zeros(2), np.zeros(2))


@pytest.mark.parametrize(
    ("n", "key", "wrong"),
    [
        (28, (), ()),
        (30, (OptionFlag.REPELS,), (OptionFlag.ATTRACTS,)),
        (
            *(100, (OptionFlag.REPELS, OptionFlag.LEFT_OUT)),
            (OptionFlag.ATTRACTS, OptionFlag.TAKEN),
        ),
    ],
)
def test_what_the_strongest_leave_out_and_tick(n, key, wrong):
    half = [[LEFT, TICK]] * (n // 2) + [[TICK, LEFT]] * (n // 2)
    marks = np.repeat([8.0, 2.0], n // 2)
    found = count_ticks(np.array(half), "KW", {0}, marks, marks)

    assert (found.of("K").flags, found.of("W").flags) == (key, wrong)


def test_options_that_the_strongest_decide_rightly_have_no_flags():
    half = [[TICK, LEFT, TICK]] * 60 + [[LEFT, TICK, TICK]] * 60
    marks = np.repeat([8.0, 2.0], 60)
    found = count_ticks(np.array(half), "KWB", {0, 2}, marks, marks)

    assert {option.flags for option in found.options} == {()}


@trials
@given(st.lists(st.sampled_from(["A", "B", None, NAN]), min_size=1, max_size=15), st.data())
def test_where_one_option_is_ticked_ticks_are_choices(chosen, data):
    """One tick each: the same counts, correlations and thirds as for a choice of one."""
    totals = [data.draw(st.integers(0, 5)) for _one in chosen]
    (one,) = analyse([[c] for c in chosen], ["A"], totals, listed=["AB"])
    codes = np.array(
        [[ABSENT] * 2 if c is NAN else [TICK if c == o else LEFT for o in "AB"] for c in chosen]
    )
    right = np.array([c == "A" for c in chosen])
    whole = np.array(totals, float)
    several = count_ticks(codes, "AB", {0}, whole - right, whole)

    assert figures(several) == figures(one)
    assert (several.n, several.omitted) == (one.n, one.omitted)


# --- true of any answers --------------------------------------------------------------------------

answers = st.lists(
    st.tuples(*[st.sampled_from(["A", "B", "C", None, NAN])] * 3), min_size=1, max_size=15
)


@trials
@given(answers, st.permutations(["A", "B", "C"]))
def test_the_order_and_the_names_of_options_mean_nothing(rows, order):
    """Options shuffled and called otherwise, as on another paper: the same persons chose them."""
    names = dict(zip("ABC", order, strict=True))
    renamed = [[names.get(choice, choice) for choice in row] for row in rows]
    before = analyse(rows, ["A"] * 3, listed=[["A", "B", "C"]] * 3)
    after = analyse(renamed, [names["A"]] * 3, listed=[["C", "A", "B"]] * 3)

    for was, now in zip(before, after, strict=True):
        for option in "ABC":
            old, new = was.of(option), now.of(names[option])
            assert (new.count, new.share, new.r_rest) == (old.count, old.share, old.r_rest)


@trials
@given(answers)
def test_shares_add_up_and_every_figure_is_a_number_or_none(rows):
    for item in analyse(rows, ["A"] * 3):
        assert sum(option.count for option in item.options) + item.omitted == item.n
        for option in item.options:
            thirds = option.share_by_third or ()
            numbers = [n for n in (option.share, option.r_rest, *thirds) if n is not None]
            assert all(-1 <= n <= 1 for n in numbers)
            if thirds:
                assert sum(thirds) / 3 == approx(option.share)
