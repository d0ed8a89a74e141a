"""Choosing a paper from a pool: exact, whole, repeatable, and fair to every question."""

import random
from collections import Counter
from itertools import groupby

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from modules.papers.choosing import by_band, can_be_filled, choose, shares
from modules.papers.pool import Candidate, Place, ShortPoolError

CO1, CO2 = Place("CO1", "apply"), Place("CO2", "apply")
trials = settings(database=None, max_examples=50)
seeds = st.integers(0, 2**31 - 1)
places = st.sampled_from([Place(o, level) for o in ("CO1", "CO2", "CO10") for level in "ab"])
difficulties = st.sampled_from([None, 10, 49, 50, 79, 80, 95])


def one(key: str, place: Place = CO1, **facts) -> Candidate:
    return Candidate(key, place.outcome, place.level, **facts)


def many(n: int, place: Place = CO1, **facts) -> list[Candidate]:
    return [one(f"{place.outcome.lower()}-{number}", place, **facts) for number in range(n)]


@st.composite
def pools(draw) -> list[Candidate]:
    """Up to 24 questions, some of them anchors, some in sets that cross places."""
    rows = st.tuples(places, difficulties, st.sampled_from(["", "", "", "s", "t"]), st.booleans())
    return [
        one(f"q-{n:02d}", place, expected=expected, case_set=case_set, is_anchor=anchor and n < 3)
        for n, (place, expected, case_set, anchor) in enumerate(
            draw(st.lists(rows, min_size=1, max_size=24))
        )
    ]


@st.composite
def fillable(draw) -> tuple[dict[Place, int], list[Candidate]]:
    """A pool and a blueprint that one of its papers is like."""
    pool = draw(pools())
    units = {row.case_set or row.key for row in pool}
    kept = draw(st.sets(st.sampled_from(sorted(units)), min_size=1))
    kept |= {row.case_set or row.key for row in pool if row.is_anchor}
    wanted = Counter(row.place for row in pool if (row.case_set or row.key) in kept)
    return dict(wanted), pool


def unit_of(row: Candidate) -> str:
    return row.case_set or row.key


@trials
@given(fillable(), seeds)
def test_a_paper_is_as_the_blueprint_says(case, seed):
    blueprint, pool = case
    rows = {row.key: row for row in pool}

    chosen = [rows[key] for key in choose(blueprint, pool, seed)]

    assert Counter(row.place for row in chosen) == blueprint
    assert len({row.key for row in chosen}) == len(chosen)
    assert {row.key for row in pool if row.is_anchor} <= {row.key for row in chosen}


@trials
@given(fillable(), seeds)
def test_sets_are_whole_together_and_in_order(case, seed):
    blueprint, pool = case
    rows = {row.key: row for row in pool}

    chosen = [rows[key] for key in choose(blueprint, pool, seed)]

    runs = [(name, list(run)) for name, run in groupby(chosen, key=unit_of)]
    assert len(runs) == len(dict(runs))
    for name, run in runs:
        assert run == sorted((row for row in pool if unit_of(row) == name), key=lambda r: r.key)


@trials
@given(fillable(), seeds)
def test_outcomes_are_blocks_in_their_order(case, seed):
    blueprint, pool = case
    rows = {row.key: row for row in pool}
    chosen = [rows[key] for key in choose(blueprint, pool, seed)]

    firsts = [next(run).outcome for _unit, run in groupby(chosen, key=unit_of)]

    assert firsts == sorted(firsts, key=["CO1", "CO2", "CO10"].index)


@trials
@given(fillable(), seeds, st.randoms())
def test_the_same_seed_gives_the_same_paper(case, seed, chance):
    blueprint, pool = case
    mixed = chance.sample(pool, len(pool))

    assert choose(blueprint, pool, seed) == choose(blueprint, mixed, seed)


@trials
@given(fillable(), seeds, st.dictionaries(st.sampled_from(["q-00", "q-01", "q-05"]), st.just(1)))
def test_what_was_asked_before_makes_no_paper_wrong(case, seed, last_asked):
    blueprint, pool = case
    rows = {row.key: row for row in pool}

    chosen = [rows[key] for key in choose(blueprint, pool, seed, last_asked)]

    assert Counter(row.place for row in chosen) == blueprint


@trials
@given(pools(), st.dictionaries(places, st.integers(1, 4), min_size=1), seeds)
def test_a_pool_is_enough_or_says_what_is_not(pool, blueprint, seed):
    assume(not can_be_filled(blueprint, pool))

    with pytest.raises(ShortPoolError) as refusal:
        choose(blueprint, pool, seed)

    assert refusal.value.missing or refusal.value.crowded
    assert set(refusal.value.missing) <= set(blueprint)
    assert all(n > 0 for n in [*refusal.value.missing.values(), *refusal.value.crowded.values()])


def test_every_question_of_a_cell_with_room_is_drawn_sometimes():
    """Also the only hard one among many easy ones, and as often as they are."""
    pool = [*many(9, expected=90), one("hard", expected=20)]
    drawn = Counter(key for seed in range(1000) for key in choose({CO1: 2}, pool, seed))

    assert {key: 150 < n < 250 for key, n in drawn.items()} == {r.key: True for r in pool}


@trials
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.data())
def test_no_band_is_a_whole_question_from_its_share(sizes, data):
    total = sum(sizes)
    count = data.draw(st.integers(0, total))

    places = shares(sizes, count, data.draw(st.randoms(use_true_random=False)))

    assert sum(places) == count
    for size, n in zip(sizes, places, strict=True):
        assert abs(n - size * count / total) < 1
        assert n <= size


def test_bands_are_drawn_in_proportion():
    pool = [
        *many(4, expected=90),
        *many(2, Place("CO2", "apply"), expected=60),
        *many(2, Place("CO3", "apply")),
    ]
    for seed in range(20):
        bands = Counter(row.band for row in by_band(pool, 4, random.Random(seed)))
        assert bands == {"easy": 2, "middle": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("expected", "band"),
    [(None, "unknown"), (0, "hard"), (49, "hard"), (50, "middle"), (79, "middle"), (80, "easy")],
)
def test_the_bands_of_difficulty(expected, band):
    assert one("q", expected=expected).band == band


def test_what_is_missing_is_named_cell_by_cell():
    pool = [*many(1), *many(3, CO2), one("third", Place("CO3", "apply"))]

    with pytest.raises(ShortPoolError, match="2 missing for CO1 apply") as refusal:
        choose({CO1: 3, CO2: 3, Place("CO3", "recall"): 1}, pool, 1)

    assert refusal.value.missing == {CO1: 2, Place("CO3", "recall"): 1}
    assert refusal.value.crowded == {}


def test_a_set_that_is_too_large_fills_no_cell():
    pool = many(2, case_set="office")

    with pytest.raises(ShortPoolError) as refusal:
        choose({CO1: 1}, pool, 1)
    assert refusal.value.missing == {CO1: 1}


def test_anchors_beyond_their_cell_are_named():
    pool = [*many(2, is_anchor=True), *many(1, CO2, is_anchor=True)]

    with pytest.raises(ShortPoolError, match="1 anchors too many for CO1 apply") as refusal:
        choose({CO1: 1}, pool, 1)
    assert refusal.value.crowded == {CO1: 1, CO2: 1}


def test_sets_are_tried_until_they_fit():
    """Two places for CO1: only the pair fits, whatever chance tries first."""
    sets = {"three": 3, "pair": 2, "four": 4}
    pool = [one(f"{name}-{n}", case_set=name) for name, size in sets.items() for n in range(size)]

    assert {choose({CO1: 2}, pool, seed) for seed in range(30)} == {("pair-0", "pair-1")}


def test_sets_and_single_questions_both_come():
    pool = [*many(4), one("pair-0", case_set="pair"), one("pair-1", case_set="pair")]

    papers = [set(choose({CO1: 2}, pool, seed)) for seed in range(100)]

    assert 5 < sum("pair-0" in paper for paper in papers) < 60
    assert all(("pair-0" in paper) == ("pair-1" in paper) for paper in papers)


def test_a_second_paper_repeats_nothing_where_the_pool_allows():
    pool = [*many(6), one("pair-0", case_set="pair"), one("pair-1", case_set="pair")]
    for seed in range(40):
        first = choose({CO1: 3}, pool, seed)
        second = choose({CO1: 3}, pool, seed + 1, dict.fromkeys(first, 1))
        assert not set(first) & set(second)


def test_a_set_is_taken_where_single_questions_would_repeat():
    """Two new questions and a pair for three places, beside three that were asked before."""
    pool = [*many(5), one("pair-0", case_set="pair"), one("pair-1", case_set="pair")]
    before = {"co1-0": 1, "co1-1": 1, "co1-2": 1}

    for seed in range(40):
        assert not set(choose({CO1: 3}, pool, seed, before)) & set(before)


def test_then_as_little_as_possible_and_what_is_longest_ago():
    pool = many(5)
    first = choose({CO1: 3}, pool, 1)
    second = choose({CO1: 3}, pool, 2, dict.fromkeys(first, 1))
    third = choose({CO1: 3}, pool, 3, dict.fromkeys(first, 1) | dict.fromkeys(second, 2))

    assert len(set(first) & set(second)) == 1
    assert set(third) >= set(first) - set(second)


def test_anchors_come_again():
    pool = [one("anchor", is_anchor=True), *many(4)]
    first = choose({CO1: 2}, pool, 1)

    assert "anchor" in choose({CO1: 2}, pool, 2, dict.fromkeys(first, 1))


def test_many_sets_are_decided_at_once():
    """40 sets of pairs in 8 cells with odd counts: impossible, and said without a long search."""
    cells = [Place(f"CO{n}", "apply") for n in range(8)]
    pool = [one(f"s{n}-{half}", cells[n % 8], case_set=f"s{n}") for n in range(40) for half in "ab"]

    with pytest.raises(ShortPoolError) as refusal:
        choose(dict.fromkeys(cells, 5), pool, 1)
    assert refusal.value.missing == dict.fromkeys(cells, 1)
