"""Who marks whose work. Pure: the same works, people and seed give the same pairs.

Nobody gets her own work, nobody the same work twice, and nobody more than `limit` pieces. Of what
these rules allow, as many places as possible are filled, and the most that anybody is asked for is
as small as possible: places are filled under a limit of one, then of two, and so on, each time by
moving what was just given wherever that makes room for one more.
"""

import random
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """A piece of work that wants `places` more reviewers, none of them `barred`."""

    places: int
    barred: frozenset[Hashable]


def allocate[W: Hashable, R: Hashable](
    works: Mapping[W, Wanted],
    loads: Mapping[R, int],
    limit: int,
    seed: int,
) -> list[tuple[W, R]]:
    """Pairs of work and reviewer, in the order of `works`.

    `loads`: how many pieces each reviewer was given before; whoever has `limit` gets none.
    """
    return _Allocation(works, loads, seed).run(limit)


class _Allocation[W: Hashable, R: Hashable]:
    def __init__(self, works: Mapping[W, Wanted], loads: Mapping[R, int], seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 (nothing secret: it only spreads)
        self.works = works
        self.before = loads
        self.given: dict[W, list[R]] = {work: [] for work in works}
        self.load = dict(loads)
        people = list(loads)
        self.order = {work: chance.sample(people, len(people)) for work in works}

    def run(self, limit: int) -> list[tuple[W, R]]:
        for most in range(min(self.load.values(), default=limit) + 1, limit + 1):
            for work, wanted in self.works.items():
                while len(self.given[work]) < wanted.places and self._fill(work, most, set()):
                    pass
        return [(work, one) for work, people in self.given.items() for one in people]

    def _fill(self, work: W, most: int, seen: set[R]) -> bool:
        """Whether one more reviewer was found for `work`, whatever had to move for it."""
        fresh = [one for one in self._open_to(work) if one not in seen]
        # Whoever has least comes first; the sort keeps the order of chance among equals.
        for one in sorted(fresh, key=lambda one: self.load[one]):
            if self.load[one] < most:
                self._give(work, one)
                return True
        for one in fresh:
            if one in seen:
                continue
            seen.add(one)
            for other in self._holding(one):
                self._take(other, one)
                if self._fill(other, most, seen):
                    self._give(work, one)
                    return True
                self._give(other, one)
        return False

    def _open_to(self, work: W) -> Sequence[R]:
        barred: Collection[Hashable] = self.works[work].barred
        return [
            one for one in self.order[work] if one not in barred and one not in self.given[work]
        ]

    def _holding(self, one: R) -> list[W]:
        return [work for work, people in self.given.items() if one in people]

    def _give(self, work: W, one: R) -> None:
        self.given[work].append(one)
        self.load[one] += 1

    def _take(self, work: W, one: R) -> None:
        self.given[work].remove(one)
        self.load[one] -= 1
