"""What a paper is drawn from: candidates, and the units that are drawn as one. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# Of 100 prepared learners, how many answer it rightly: from here on it is middling, then easy.
MIDDLE_FROM, EASY_FROM = 50, 80


class Place(NamedTuple):
    """A cell of a blueprint."""

    outcome: str
    level: str


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn. `expected`: right answers of 100, None where nobody said."""

    key: str
    outcome: str
    level: str
    expected: int | None = None
    case_set: str = ""
    is_anchor: bool = False

    @property
    def place(self) -> Place:
        return Place(self.outcome, self.level)

    @property
    def band(self) -> str:
        """ "easy", "middle" or "hard"; "unknown" is a band of its own."""
        if self.expected is None:
            return "unknown"
        if self.expected >= EASY_FROM:
            return "easy"
        return "middle" if self.expected >= MIDDLE_FROM else "hard"


BANDS = ("easy", "middle", "hard", "unknown")


class Unit(tuple[Candidate, ...]):
    """What is drawn as one: a single question, or a set in the order of its keys."""

    __slots__ = ()

    @property
    def is_anchor(self) -> bool:
        return any(one.is_anchor for one in self)

    @property
    def places(self) -> Counter[Place]:
        return count_of(self)


class ShortPoolError(Exception):
    """No paper can be as the blueprint says.

    `missing`: how many questions too few a place has. `crowded`: how many anchors too many. Both
    are empty where it was not found out within a bounded time how sets could fill the places.
    """

    def __init__(self, missing: Mapping[Place, int], crowded: Mapping[Place, int]) -> None:
        self.missing, self.crowded = dict(missing), dict(crowded)
        parts = [f"{n} missing for {place.outcome} {place.level}" for place, n in missing.items()]
        parts += [
            f"{n} anchors too many for {place.outcome} {place.level}"
            for place, n in crowded.items()
        ]
        super().__init__("; ".join(parts) or "the sets do not fit into the cells")


def units_of(pool: Iterable[Candidate]) -> list[Unit]:
    """Single questions and whole sets, whatever the order in which the pool names them."""
    units: dict[str, list[Candidate]] = {}
    for one in sorted(pool, key=lambda one: one.key):
        units.setdefault(f"set {one.case_set}" if one.case_set else one.key, []).append(one)
    return [Unit(unit) for unit in units.values()]


def count_of(candidates: Iterable[Candidate]) -> Counter[Place]:
    """How many there are of each place."""
    return Counter(one.place for one in candidates)
