"""What was chosen as one number, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.measurement.options import ABSENT, OMITTED
from learning.reporting.coding import (
    ALONE,
    NOTHING,
    TICK,
    Parts,
    number_of,
    parts_of,
    places_in,
    right_places,
)
from modules.questions.kinds import KINDS, kind_of
from tests.modules.questions.samples import definition
from tests.modules.questions.strategies import definitions, trials

CODED = {
    *("single", "scenario", "hotspot", "truefalse"),
    *("multiple", "multiple_truefalse", "matching"),
}


def places(parts: Parts, number: int) -> list[int]:
    return places_in(parts, np.array([number]))[0].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_with_choices_have_parts(kind):
    assert (parts_of(definition(kind)) is not None) is (kind in CODED)


@pytest.mark.parametrize(
    ("kind", "response", "expected"),
    [
        ("single", "c", [2]),
        ("single", None, [OMITTED]),
        ("truefalse", "false", [1]),
        ("multiple", ["a", "d"], [0, OMITTED, OMITTED, 0, OMITTED]),
        ("multiple_truefalse", {"a": "true", "c": "false"}, [0, OMITTED, 1, OMITTED, OMITTED]),
        ("matching", {"a": "y", "c": "x"}, [1, OMITTED, 0]),
        ("matching", None, [OMITTED] * 3),
    ],
)
def test_a_response_comes_back_by_its_places(kind, response, expected):
    parts = parts_of(definition(kind))

    assert places(parts, number_of(parts, response)) == expected


def test_the_digits_are_stored_so():
    """Files hold these numbers: other ones ask for another format of the table."""
    assert number_of(parts_of(definition("single")), "c") == 3
    assert number_of(parts_of(definition("multiple")), ["a", "d"]) == 0b1001
    assert number_of(parts_of(definition("matching")), {"a": "y", "c": "x"}) == 2 + 1 * 9
    assert number_of(None, "anything") == ABSENT
    assert number_of(parts_of(definition("multiple")), None) == NOTHING


def test_too_many_pairs_for_a_number_have_none():
    sixteen = tuple(map(str, range(16)))

    assert Parts(sixteen, sixteen[:14]).fits
    assert not Parts(sixteen, sixteen).fits


@trials
@given(st.integers(2, 6), st.integers(1, 8), st.data())
def test_every_choice_in_every_part_comes_back(choices, parts, data):
    own = Parts(tuple(map(str, range(parts))), tuple("abcdef"[:choices]))
    chosen = data.draw(st.lists(st.integers(-1, choices - 1), min_size=parts, max_size=parts))
    response = {str(n): "abcdef"[place] for n, place in enumerate(chosen) if place >= 0}

    assert places(own, number_of(own, response)) == chosen


@trials
@given(definitions())
def test_the_right_response_is_at_the_places_of_what_is_right(any_definition):
    parts = parts_of(any_definition)
    if parts is None:
        return
    right = kind_of(any_definition).right(any_definition)

    assert tuple(places(parts, number_of(parts, right))) == right_places(parts, any_definition)


def test_who_was_not_asked_is_absent_in_every_part():
    found = places_in(Parts(("a", "b"), TICK), np.array([ABSENT, 0]))

    assert found.tolist() == [[ABSENT, ABSENT], [OMITTED, OMITTED]]
    assert places_in(Parts(ALONE, ("x", "y")), np.array([], dtype=np.int64)).shape == (0, 1)
