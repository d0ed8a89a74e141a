"""Before and after on one line: where the points and their numbers stand.

Drawn 340 units wide. The scale runs along the line of reading, mirrored in right-to-left text.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

WIDTH = 340
START, END = 40, 300  # of the scale, with room for a number of three digits on either side
ROOM = 12  # from a point to its number
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Point:
    """A value in whole per cent, cut; `x` of its mark, `text_x` of its number and its anchor."""

    percent: int
    x: int
    text_x: int
    anchor: str


@dataclass(frozen=True)
class Tick:
    percent: int
    x: int


@dataclass(frozen=True)
class Line:
    """One outcome: `before` is missing where there was no pre-test."""

    before: Point | None
    after: Point
    needed_x: int | None = None
    later: Point | None = None  # some months after; its number stands below

    @property
    def change(self) -> int | None:
        """Difference of the numbers shown, in points."""
        return self.after.percent - self.before.percent if self.before else None


def place(percent: int, *, rtl: bool) -> int:
    """Where on the scale a number of per cent stands."""
    x = START + round((END - START) * max(0, min(100, percent)) / 100)
    return WIDTH - x if rtl else x


def ticks(*, rtl: bool) -> list[Tick]:
    return [Tick(percent, place(percent, rtl=rtl)) for percent in TICKS]


def line(
    before: Fraction | None, after: Fraction, *, rtl: bool, needed: Fraction | None = None
) -> Line:
    """The two points of a pair of shares in [0, 1]; their numbers stand outside of the pair."""
    end = cut(after)
    needed_x = None if needed is None else place(cut(needed), rtl=rtl)
    if before is None:
        return Line(None, _point(end, rtl=rtl, is_lower=False), needed_x)
    begin = cut(before)
    return Line(
        _point(begin, rtl=rtl, is_lower=begin <= end),
        _point(end, rtl=rtl, is_lower=end < begin),
        needed_x,
    )


def line_of_three(before: Fraction, after: Fraction, later: Fraction, *, rtl: bool) -> Line:
    """The same with a third share some months later."""
    pair = line(before, after, rtl=rtl)
    percent = cut(later)
    x = place(percent, rtl=rtl)
    return replace(pair, later=Point(percent, x, x, "middle"))


def cut(share: Fraction) -> int:
    """Whole per cent, never rounded up: 23/30 is 76."""
    return int(share * 100)


def _point(percent: int, *, rtl: bool, is_lower: bool) -> Point:
    x = place(percent, rtl=rtl)
    to_the_left = is_lower != rtl
    return Point(
        percent, x, x - ROOM if to_the_left else x + ROOM, "end" if to_the_left else "start"
    )
