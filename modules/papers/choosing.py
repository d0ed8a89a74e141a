"""Choosing the questions of a paper from a pool, as a blueprint says. Pure.

A blueprint says how many questions a paper asks of each place: an outcome at a level. Anchors
stand in every paper. Questions about one case are asked together or not at all. What is left of a
place is shared out to the bands of difficulty in proportion to the pool, so that all papers are
about as hard and every question comes as often as its sisters.

The same pool, blueprint and seed give the same questions in the same order. Whoever edits the pool
draws otherwise: the paper that was stored is what counts, not its seed.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from modules.papers.fitting import fit, shortage
from modules.papers.pool import Candidate, Place, ShortPoolError, Unit, count_of, units_of


@dataclass(frozen=True)
class Chance:
    """Sources of chance of one draw: what is drawn at one place does not move the others."""

    seed: int

    def of(self, *name: object) -> random.Random:
        return random.Random("/".join(map(str, (self.seed, "pool", *name))))  # noqa: S311


def choose(
    blueprint: Mapping[Place, int],
    pool: Iterable[Candidate],
    seed: int,
    last_asked: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """The keys of a paper in the order in which it asks them.

    `last_asked`: the number of the last of the person's papers that asked a question; those that
    none asked are drawn first, then those that were asked longest ago. Raises `ShortPoolError`
    when no paper can be as the blueprint says.
    """
    chance, asked = Chance(seed), last_asked or {}
    units = units_of(pool)
    fresh = [unit for unit in units if unit.is_anchor or not _asked(unit, asked)]
    chosen = _chosen(blueprint, fresh, chance, {}) if len(fresh) < len(units) else None
    chosen = chosen or _chosen(blueprint, units, chance, asked)
    if chosen is None:
        raise ShortPoolError(*shortage(blueprint, units))
    return tuple(one.key for one in in_blocks(chosen, chance))


def can_be_filled(blueprint: Mapping[Place, int], pool: Iterable[Candidate]) -> bool:
    return _chosen(blueprint, units_of(pool), Chance(0), {}) is not None


def _asked(unit: Unit, last_asked: Mapping[str, int]) -> int:
    """The last paper that asked any of it; 0 for none."""
    return max(last_asked.get(one.key, 0) for one in unit)


def _chosen(
    blueprint: Mapping[Place, int],
    units: Sequence[Unit],
    chance: Chance,
    last_asked: Mapping[str, int],
) -> list[Unit] | None:
    """Anchors, then sets that fit, then single questions; None where they cannot be as many."""
    anchors = [unit for unit in units if unit.is_anchor]
    sets = [unit for unit in units if not unit.is_anchor and len(unit) > 1]
    singles = [unit[0] for unit in units if not unit.is_anchor and len(unit) == 1]
    wanted = Counter(blueprint)
    wanted.subtract(one.place for unit in anchors for one in unit)
    last = {unit: _asked(unit, last_asked) for unit in sets}
    fitting = fit(wanted, count_of(singles), sets, last, chance.of("sets"))
    if fitting is None:
        return None
    wanted.subtract(one.place for unit in fitting for one in unit)
    by_place = {
        place: [one for one in singles if one.place == place] for place, n in wanted.items() if n
    }
    found = (
        Unit((one,))
        for place, there in by_place.items()
        for one in _longest_ago_first(there, wanted[place], last_asked, chance.of(*place))
    )
    return [*anchors, *fitting, *found]


def _longest_ago_first(
    singles: Sequence[Candidate],
    count: int,
    last_asked: Mapping[str, int],
    chance: random.Random,
) -> list[Candidate]:
    """`count` of `singles`; those of a later paper only where the earlier ones do not suffice."""
    drawn: list[Candidate] = []
    by_paper = sorted(singles, key=lambda one: (last_asked.get(one.key, 0), one.key))
    for _paper, group in groupby(by_paper, key=lambda one: last_asked.get(one.key, 0)):
        there = list(group)
        drawn += by_band(there, min(len(there), count - len(drawn)), chance)
    return drawn


def by_band(singles: Sequence[Candidate], count: int, chance: random.Random) -> list[Candidate]:
    """`count` of `singles`, at most all, each of them with the same chance.

    A band gets its share of the places, down to whole numbers; the places that are then left go
    to bands by chance, each with what its share lacked. So no band is ever a whole question away
    from its share, and none is so small that it never comes.
    """
    bands = {
        band: list(group)
        for band, group in groupby(sorted(singles, key=_band_then_key), lambda one: one.band)
    }
    places = shares([len(there) for there in bands.values()], count, chance)
    return [
        one
        for there, n in zip(bands.values(), places, strict=True)
        for one in chance.sample(there, n)
    ]


def _band_then_key(one: Candidate) -> tuple[str, str]:
    return one.band, one.key


def shares(sizes: Sequence[int], count: int, chance: random.Random) -> list[int]:
    """`count` places in proportion to `sizes`: each gets its share rounded down or up.

    A share is rounded up with the probability of what rounding down would take from it.
    """
    total = sum(sizes)
    pointer = chance.randrange(total) if total else 0
    places, before = [], pointer
    for size in sizes:
        after = before + size * count
        places.append(after // total - before // total)
        before = after
    return places


def in_blocks(units: Iterable[Unit], chance: Chance) -> list[Candidate]:
    """One block for each outcome, in the order of the outcomes; shuffled inside.

    A set is moved as one, in its own order, and stands in the block of its first question.
    """
    ordered = sorted(units, key=lambda unit: (_in_order(unit[0].outcome), unit[0].key))
    asked: list[Candidate] = []
    for outcome, group in groupby(ordered, key=lambda unit: unit[0].outcome):
        block = list(group)
        shuffled = chance.of("block", outcome).sample(block, len(block))
        asked += [one for unit in shuffled for one in unit]
    return asked


def _in_order(outcome: str) -> tuple[int, str]:
    """CO2 before CO10."""
    return len(outcome), outcome
