"""Curves of the options of a question: how many of each third of the people chose each.

Units of the drawing. The thirds run along the line of reading, mirrored in right-to-left text.
"""

from dataclasses import dataclass
from itertools import pairwise

from learning.measurement.basis import Basis
from learning.measurement.options import Choices
from learning.reporting.item_words import letter

WIDTH, HEIGHT = 340, 190
XS = (70, 170, 270)  # of the thirds
TOP, BOTTOM = 16, 156  # of 100 and 0 per cent
APART = 14  # between two letters at the end of curves
TICKS = (0, 50, 100)


@dataclass(frozen=True)
class Curve:
    """One option: the points of its line, and where its letter stands beside its end."""

    letter: str
    is_key: bool
    points: str
    dots: tuple[tuple[int, int], ...]
    text_x: int
    text_y: int


@dataclass(frozen=True)
class Curves:
    lines: tuple[Curve, ...]
    heads: tuple[int, ...]  # where the names of the thirds stand
    ticks: tuple[tuple[int, int], ...]  # per cent, and its height


def curves_of(choices: Choices, *, rtl: bool) -> Curves | None:
    """The drawing; None where too few people answered to part them in thirds."""
    if choices.basis != Basis.THIRDS or any(one.share_by_third is None for one in choices.options):
        return None
    xs = tuple(WIDTH - x for x in XS) if rtl else XS
    dots = [
        tuple((x, _height(share)) for x, share in zip(xs, one.share_by_third or (), strict=True))
        for one in choices.options
    ]
    places = _apart([own[-1][1] for own in dots])
    beside = xs[-1] + (-18 if rtl else 18)
    return Curves(
        tuple(
            Curve(
                letter(place),
                option.is_key,
                " ".join(f"{x},{y}" for x, y in own),
                own,
                beside,
                places[place] + 5,
            )
            for place, (option, own) in enumerate(zip(choices.options, dots, strict=True))
        ),
        xs,
        tuple((percent, _height(percent / 100)) for percent in TICKS),
    )


def _height(share: float) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * share)


def _apart(heights: list[int]) -> list[int]:
    """The same heights, moved up where two letters would stand on each other."""
    found = list(heights)
    lowest_first = sorted(range(len(found)), key=lambda place: (-found[place], place))
    for below, place in pairwise(lowest_first):
        found[place] = min(found[place], found[below] - APART)
    return found
