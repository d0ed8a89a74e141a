"""Which sets go into a paper, so that single questions can fill the rest exactly. Pure.

A set counts at several places at once, so it cannot be drawn place by place: sets are tried in an
order of chance, and what leads nowhere is given up.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from modules.papers.pool import Place, Unit, count_of

# States looked at before giving up. Pools of courses need some dozens.
MOST_STATES = 5_000

type Left = tuple[int, ...]


class Fitting:
    """One search: `singles` and `sets` for `wanted` questions of each place."""

    def __init__(
        self, wanted: Mapping[Place, int], singles: Mapping[Place, int], sets: Sequence[Unit]
    ) -> None:
        self.sets = sets
        asked = {place for place, n in wanted.items() if n}
        self.places = sorted({*asked, *(place for unit in sets for place in unit.places)})
        self.wanted: Left = tuple(wanted.get(place, 0) for place in self.places)
        self.singles: Left = tuple(singles.get(place, 0) for place in self.places)
        counts = [unit.places for unit in sets]
        self.sizes: list[Left] = [tuple(n[place] for place in self.places) for n in counts]
        # What the sets from each number on have together.
        self.ahead: list[Left] = [self.singles]
        for size in reversed(self.sizes):
            self.ahead.insert(0, _plus(size, self.ahead[0]))
        self.hopeless: set[tuple[int, Left]] = set()

    def may_fit(self, number: int, left: Left) -> bool:
        """Whether nothing is too much so far, and what is ahead may still suffice."""
        pairs = zip(left, self.ahead[number], strict=True)
        return all(0 <= n <= there for n, there in pairs)

    def likelihood(self, number: int, left: Left) -> float:
        """That the set is taken: about how much of what is there the paper still needs."""
        ahead = self.ahead[number]
        rates = [
            n / there
            for n, there, own in zip(left, ahead, self.sizes[number], strict=True)
            if own and there
        ]
        return min(0.9, max(0.1, min(rates, default=0.1)))


def fit(
    wanted: Mapping[Place, int],
    singles: Mapping[Place, int],
    sets: Sequence[Unit],
    last_asked: Mapping[Unit, int],
    chance: random.Random,
) -> list[Unit] | None:
    """The sets of one paper; None where no choice of them leaves what single questions can fill.

    Sets that were asked before come last, the latest at the very end, and are left out where
    that is possible.
    """
    mixed = sorted(chance.sample(sets, len(sets)), key=lambda unit: last_asked[unit])
    search = Fitting(wanted, singles, mixed)
    taken: list[Unit] = []
    return taken if _try(search, 0, search.wanted, last_asked, chance, taken) else None


def _try(
    search: Fitting,
    number: int,
    left: Left,
    last_asked: Mapping[Unit, int],
    chance: random.Random,
    taken: list[Unit],
) -> bool:
    if not search.may_fit(number, left) or (number, left) in search.hopeless:
        return False
    if number == len(search.sets):
        return True
    if len(search.hopeless) >= MOST_STATES:
        return False
    unit = search.sets[number]
    luck = chance.random()
    first = not last_asked[unit] and luck < search.likelihood(number, left)
    for take in (first, not first):
        after = _minus(left, search.sizes[number]) if take else left
        if _try(search, number + 1, after, last_asked, chance, taken):
            if take:
                taken.append(unit)
            return True
    search.hopeless.add((number, left))
    return False


def shortage(
    wanted: Mapping[Place, int], units: Sequence[Unit]
) -> tuple[dict[Place, int], dict[Place, int]]:
    """What the best choice of sets still leaves missing, and where anchors are too many."""
    anchored = count_of(one for unit in units if unit.is_anchor for one in unit)
    crowded = {place: n - wanted.get(place, 0) for place, n in anchored.items()}
    rest = {place: max(0, n - anchored[place]) for place, n in wanted.items()}
    free = [unit for unit in units if not unit.is_anchor]
    singles = count_of(unit[0] for unit in free if len(unit) == 1)
    search = Fitting(rest, singles, [unit for unit in free if len(unit) > 1])
    reached = {search.wanted}
    for size in search.sizes:
        added = {_minus(left, size) for left in reached}
        reached |= {left for left in added if min(left, default=0) >= 0}
        reached = set(sorted(reached, key=_least_lacking(search))[:MOST_STATES])
    best = min(reached, key=_least_lacking(search))
    missing = dict(zip(search.places, _lacking(search, best), strict=True))
    return _positive(missing), _positive(crowded)


def _least_lacking(search: Fitting) -> Callable[[Left], tuple[int, Left]]:
    return lambda left: (sum(_lacking(search, left)), left)


def _lacking(search: Fitting, left: Left) -> list[int]:
    return [max(0, n - there) for n, there in zip(left, search.singles, strict=True)]


def _positive(counts: Mapping[Place, int]) -> dict[Place, int]:
    return {place: n for place, n in sorted(counts.items()) if n > 0}


def _plus(one: Left, other: Left) -> Left:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _minus(one: Left, other: Left) -> Left:
    return tuple(a - b for a, b in zip(one, other, strict=True))
