"""Curves of a question: how many of each third of the people chose each option, or had each of
its parts right.

Units of the drawing. The thirds run along the line of reading, mirrored in right-to-left text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from learning.measurement.basis import Basis
from learning.measurement.options import Choices, Thirds
from learning.reporting.item_words import letter

WIDTH, HEIGHT = 340, 190
XS = (70, 170, 270)  # of the thirds
TOP, BOTTOM = 16, 156  # of 100 and 0 per cent
HIGHEST = 8  # where a letter is still within the drawing
APART = 14  # between two letters at the end of curves
BESIDE, FANNED = 18, 44  # from the end of a curve to its letter: at its height, or led to it
TICKS = (0, 50, 100)


@dataclass(frozen=True)
class Curve:
    """One option or part: the points of its line, and where its letter stands beside its end.

    Where many end alike their letters stand above each other, each at the end of a line.
    """

    letter: str
    is_key: bool
    points: str
    dots: tuple[tuple[int, int], ...]
    text_x: int
    text_y: int
    lead: str  # the points of the line that leads to a letter far from the end; or nothing


@dataclass(frozen=True)
class Curves:
    lines: tuple[Curve, ...]
    heads: tuple[int, ...]  # where the names of the thirds stand
    ticks: tuple[tuple[int, int], ...]  # per cent, and its height


def curves_of(choices: Choices, *, rtl: bool) -> Curves | None:
    """The drawing; None where too few people answered to part them in thirds."""
    thirds = [one.share_by_third for one in choices.options if one.share_by_third is not None]
    if choices.basis != Basis.THIRDS or len(thirds) < len(choices.options):
        return None
    return _drawn(thirds, [one.is_key for one in choices.options], rtl=rtl)


def curves_of_parts(parts: Sequence[Choices], *, rtl: bool) -> Curves | None:
    """The same of statements or pairs: a line for each, of who had it right."""
    right = [option for part in parts for option in part.options if option.is_key]
    thirds = [one.share_by_third for one in right if one.share_by_third is not None]
    if any(part.basis != Basis.THIRDS for part in parts) or len(thirds) < len(parts):
        return None
    return _drawn(thirds, [False] * len(thirds), rtl=rtl)


def _drawn(thirds: Sequence[Thirds], keys: Sequence[bool], *, rtl: bool) -> Curves:
    xs = tuple(WIDTH - x for x in XS) if rtl else XS
    dots = [tuple((x, _height(share)) for x, share in zip(xs, one, strict=True)) for one in thirds]
    ends = [own[-1][1] for own in dots]
    places = _apart(ends)
    is_fanned = any(abs(end - place) > APART for end, place in zip(ends, places, strict=True))
    side, room = (-1 if rtl else 1), FANNED if is_fanned else BESIDE
    leads = [
        f"{xs[-1] + 6 * side},{end} {xs[-1] + (room - 8) * side},{place}" if is_fanned else ""
        for end, place in zip(ends, places, strict=True)
    ]
    return Curves(
        tuple(
            Curve(
                letter(place),
                is_key,
                " ".join(f"{x},{y}" for x, y in own),
                own,
                xs[-1] + room * side,
                places[place] + 5,
                leads[place],
            )
            for place, (is_key, own) in enumerate(zip(keys, dots, strict=True))
        ),
        xs,
        tuple((percent, _height(percent / 100)) for percent in TICKS),
    )


def _height(share: float) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * share)


def _apart(heights: list[int]) -> list[int]:
    """The same heights, moved up where two letters would stand on each other; where that leads out
    of the drawing, down again.
    """
    found = list(heights)
    lowest_first = sorted(range(len(found)), key=lambda place: (-found[place], place))
    for below, place in pairwise(lowest_first):
        found[place] = min(found[place], found[below] - APART)
    free = HIGHEST
    for place in reversed(lowest_first):
        found[place] = max(found[place], free)
        free = found[place] + APART
    return found
