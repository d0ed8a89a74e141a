"""What a blueprint wants of each outcome and level, and what pool and forms have. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from modules.papers.pool import BANDS, Candidate, Place, count_of
from modules.reference.models import Outcome

LEVELS = Outcome.Level.values


@dataclass(frozen=True)
class Cell:
    """`forms` has the number of questions by label; `bands` what there is of each difficulty."""

    place: Place
    wanted: int
    pool: int
    bands: tuple[tuple[str, int], ...]
    forms: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """Questions that the pool lacks."""
        return max(0, self.wanted - self.pool)

    @property
    def off(self) -> list[str]:
        """The forms that ask more or less than is wanted."""
        return [label for label, n in self.forms if n != self.wanted]


def cells_of(
    wanted: Mapping[Place, int],
    pool: Iterable[Candidate],
    forms: Mapping[str, Iterable[Candidate]],
) -> list[Cell]:
    """Every place that somebody asks for or has, in the order of outcomes."""
    candidates = list(pool)
    there = count_of(candidates)
    asked = {label: count_of(questions) for label, questions in forms.items()}
    places = {*wanted, *there, *(place for count in asked.values() for place in count)}
    return [
        Cell(
            place,
            wanted.get(place, 0),
            there[place],
            _bands(one for one in candidates if one.place == place),
            tuple((label, count[place]) for label, count in asked.items()),
        )
        for place in sorted(places, key=_in_order)
    ]


def _in_order(place: Place) -> tuple[int, str, int]:
    """CO2 before CO10, and the levels from the lowest up."""
    level = LEVELS.index(place.level) if place.level in LEVELS else len(LEVELS)
    return len(place.outcome), place.outcome, level


def _bands(candidates: Iterable[Candidate]) -> tuple[tuple[str, int], ...]:
    count = Counter(one.band for one in candidates)
    return tuple((band, count[band]) for band in BANDS if count[band])
