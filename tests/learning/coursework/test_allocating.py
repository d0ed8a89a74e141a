"""Who marks whose work: nobody her own, nobody twice, nobody too much, and as even as can be."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.coursework.allocating import Wanted, allocate

PEOPLE = st.integers(0, 9)


def everybody(people: int, places: int) -> dict[int, Wanted]:
    """Each wrote one work, which wants so many reviewers."""
    return {one: Wanted(places, frozenset({one})) for one in range(people)}


@pytest.mark.parametrize(("people", "places"), [(2, 1), (4, 3), (5, 3), (6, 5), (30, 3)])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_who_writes_one_marks_as_many_as_each_work_needs(people, places, seed):
    pairs = allocate(everybody(people, places), dict.fromkeys(range(people), 0), places + 2, seed)

    assert Counter(reviewer for _work, reviewer in pairs) == dict.fromkeys(range(people), places)
    assert Counter(work for work, _reviewer in pairs) == dict.fromkeys(range(people), places)
    assert all(work != reviewer for work, reviewer in pairs)


def test_with_too_few_people_everybody_does_what_she_can():
    pairs = allocate(everybody(3, 5), dict.fromkeys(range(3), 0), 7, 0)

    assert sorted(pairs) == [(a, b) for a in range(3) for b in range(3) if a != b]
    assert allocate(everybody(1, 3), {0: 0}, 5, 0) == []
    assert allocate(everybody(2, 3), {}, 5, 0) == []


def test_the_seed_decides_and_nothing_else():
    works, loads = everybody(12, 3), dict.fromkeys(range(12), 0)

    assert allocate(works, loads, 5, 4) == allocate(works, loads, 5, 4)
    assert allocate(works, loads, 5, 4) != allocate(works, loads, 5, 5)


def test_whoever_did_most_is_asked_last():
    works = {"late": Wanted(2, frozenset({"author"}))}

    pairs = allocate(works, {"author": 0, "busy": 4, "free": 1, "fresh": 0}, 5, 0)

    assert {reviewer for _work, reviewer in pairs} == {"free", "fresh"}


def test_what_was_given_moves_to_make_room():
    """Taken one by one, the first work would take the only reviewer that the second may have."""
    works = {"any": Wanted(1, frozenset()), "one": Wanted(1, frozenset({"b"}))}

    for seed in range(6):
        assert len(allocate(works, {"a": 0, "b": 0}, 1, seed)) == 2


wanted = st.builds(Wanted, st.integers(0, 5), st.frozensets(PEOPLE, min_size=1, max_size=6))
works = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), wanted, max_size=8)


@given(works, st.dictionaries(PEOPLE, st.integers(0, 6), max_size=10), st.integers(0, 7))
def test_the_rules_hold_whatever_is_asked(works, loads, limit):
    pairs = allocate(works, loads, limit, 3)

    given = Counter(reviewer for _work, reviewer in pairs)
    assert len(pairs) == len(set(pairs))
    assert all(reviewer not in works[work].barred for work, reviewer in pairs)
    assert all(loads[one] + n <= limit for one, n in given.items())
    for work, one in works.items():
        found = [reviewer for name, reviewer in pairs if name == work]
        open_to = [who for who in loads if who not in one.barred and who not in found]
        assert len(found) <= one.places
        # A place stays empty only where everybody who could take it has enough to do.
        if len(found) < one.places:
            assert all(loads[who] + given[who] >= limit for who in open_to)
