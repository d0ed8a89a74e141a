"""Slips typed twice: which are chosen, where two lines differ, how often they do."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.comparing import (
    Comparison,
    Rate,
    Typed,
    compare,
    rate_of,
    sample_of,
    sample_size,
)
from learning.cascade.reading_lines import marks_as_typed, number_with_part

PER_CENT = st.integers(0, 100)


def some_people(first: int, many: int) -> set[UUID]:
    return {UUID(int=n) for n in range(first, first + many)}


PEOPLE = st.builds(some_people, st.integers(0, 10**9), st.integers(0, 60))
SIGNS = st.lists(st.sampled_from(["A", "B", "(AC)", "-", "1", "5"]), min_size=1, max_size=30)


def answers(line: str, label: str = "A") -> Typed:
    return Typed("item", label, line)


@pytest.mark.parametrize(
    ("slips", "per_cent", "size"),
    [(38, 10, 4), (40, 10, 4), (41, 10, 5), (20, 10, 3), (2, 10, 2), (0, 10, 0), (38, 0, 0),
     (38, 100, 38), (2, 1, 2), (300, 1, 3)],
)  # fmt: skip
def test_a_tenth_of_the_slips_and_at_least_three(slips, per_cent, size):
    assert sample_size(slips, per_cent) == size


@given(PEOPLE, PER_CENT)
def test_everybody_finds_the_same_slips_in_whatever_order(people, per_cent):
    chosen = sample_of(people, "pre", per_cent)

    assert chosen <= people
    assert len(chosen) == sample_size(len(people), per_cent)
    assert sample_of(sorted(people, reverse=True), "pre", per_cent) == chosen


@given(PEOPLE, PER_CENT, PER_CENT)
def test_a_larger_share_keeps_the_slips_of_a_smaller_one(people, one, other):
    less, more = sorted((one, other))

    assert sample_of(people, "post", less) <= sample_of(people, "post", more)


def test_tests_have_samples_of_their_own():
    people = [UUID(int=n) for n in range(40)]

    assert sample_of(people, "pre", 10) != sample_of(people, "post", 10)


def test_every_slip_has_about_the_same_chance():
    people = [UUID(int=n) for n in range(2000)]
    chosen = sample_of(people, "pre", 10)

    assert 70 < sum(one in chosen for one in people[:1000]) < 130


@given(SIGNS, SIGNS)
def test_differences_are_found_from_both_sides(one, other):
    first, second = answers(" ".join(one)), answers(" ".join(other))

    found = compare(first, second)

    assert found == compare(second, first)
    assert found.compared == max(len(one), len(other))
    assert compare(first, first).differing == ()
    assert bool(found.differing) == (one != other)


def test_brackets_are_one_answer():
    assert compare(answers("AB(AC)-5"), answers("AB(AD)- 1")) == Comparison(5, (3, 5))


def test_of_different_forms_everything_differs():
    assert compare(answers("ABC"), answers("ABC", "B")) == Comparison(3, (1, 2, 3))


@pytest.mark.parametrize(
    ("line", "full", "differing"), [("11½", 20, ()), ("11", 20, (1,)), ("11½", 25, (1,))]
)
def test_a_total_is_one_thing_to_compare(line, full, differing):
    first = Typed("total", "A", "11½", 20)

    assert compare(first, Typed("total", "A", line, full)) == Comparison(1, differing)


def test_rate_with_its_interval():
    rate = rate_of([(20, 1), (20, 0), (20, 2)])

    assert rate == Rate(60, 3)
    assert rate.share == Fraction(1, 20)
    assert rate.interval == pytest.approx((0.0171, 0.1370), abs=5e-4)
    assert rate_of([]) is None


@pytest.mark.parametrize(
    ("compared", "differing", "is_above"), [(50, 1, False), (49, 1, True), (50, 0, False)]
)
def test_the_limit_itself_is_not_above_it(compared, differing, is_above):
    assert Rate(compared, differing).is_above(Fraction(2)) is is_above


@given(st.integers(0, 200), st.sampled_from([1, 2, 3, 4, 5, 20, 100]), st.data())
def test_marks_are_read_as_they_are_written(whole, den, data):
    marks = whole + Fraction(data.draw(st.integers(0, den - 1)), den)

    assert number_with_part(marks_as_typed(marks)) == marks


def test_marks_as_people_type_them():
    shown = [marks_as_typed(Fraction(n)) for n in ("0", "7", "23/2", "1/2", "11.37", "7/3", "1/7")]

    assert shown == ["0", "7", "11½", "½", "11.37", "2⅓", "1/7"]
