"""Known answers of the rule that makes one mark of several reviews."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.coursework.deciding import Found, decide, is_close, mean, median
from modules.questions.rubrics import Criterion, Level

HALF = Fraction(1, 2)


def criterion(key: str, *points: str) -> Criterion:
    return Criterion(key, key, tuple(Level(one, "") for one in points))


CLEAR, TRUE = criterion("clear", "0", "1", "3"), criterion("true", "0", "2", "2.5", "4")
BOTH = (CLEAR, TRUE)


def rated(clear: str, true: str, weight: Fraction = Fraction(1)) -> Found:
    return Found({"clear": clear, "true": true}, weight)


@pytest.mark.parametrize(
    ("found", "points", "share", "doubt"),
    [
        # The median of three, criterion by criterion: of people who agree nearly.
        ([("1", "2"), ("3", "2.5"), ("3", "2.5")], ("3", "5/2"), "11/14", ""),
        # The mean of two.
        ([("1", "2"), ("3", "2.5")], ("2", "9/4"), "17/28", ""),
        # Two levels apart in one criterion: points tell a value, but a person decides.
        ([("0", "2"), ("3", "2"), ("3", "2")], ("3", "2"), "5/7", "spread"),
        ([("1", "0"), ("1", "2.5")], ("1", "5/4"), "9/28", "spread"),
        ([("3", "4")], ("3", "4"), "1", "few"),
        ([], ("0", "0"), "0", "few"),
        # Of four, between the two in the middle.
        ([("0", "2"), ("0", "2"), ("1", "2"), ("1", "2")], ("1/2", "2"), "5/14", ""),
    ],
)
def test_reviews_come_to_one_mark(found, points, share, doubt):
    outcome = decide(BOTH, [rated(*one) for one in found])

    assert (outcome.points["clear"], outcome.points["true"]) == tuple(map(Fraction, points))
    assert (outcome.share, outcome.doubt) == (Fraction(share), doubt)


def test_a_reviewer_far_from_the_example_weighs_half():
    low, high = rated("0", "0", HALF), rated("1", "2")

    assert decide(BOTH, [low, high]).points["clear"] == Fraction(2, 3)
    # 1/2 + 1 of 2 1/2 lies below the middle, so the third decides.
    assert (
        median([(Fraction(0), HALF), (Fraction(1), Fraction(1)), (Fraction(3), Fraction(1))]) == 1
    )
    # Half of the weight on either side: between them.
    assert median([(Fraction(0), HALF), (Fraction(1), HALF), (Fraction(3), Fraction(1))]) == 2


def test_close_is_one_level_and_not_one_point():
    authors = {"clear": "1", "true": "2.5"}

    assert is_close(BOTH, {"clear": "3", "true": "4"}, authors)
    assert is_close(BOTH, {"clear": "0", "true": "2"}, authors)
    assert not is_close(BOTH, {"clear": "1", "true": "0"}, authors)


VALUES = st.lists(
    st.tuples(st.fractions(0, 9, max_denominator=2), st.sampled_from([HALF, Fraction(1)])),
    min_size=1,
    max_size=7,
)


@given(VALUES)
def test_a_middle_lies_inside_and_no_order_matters(weighted):
    values = [value for value, _weight in weighted]
    for middle in (mean, median):
        found = middle(weighted)
        assert min(values) <= found <= max(values)
        assert found == middle(weighted[::-1])
