"""A map of tiles: the provinces of a country, each about where it lies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from learning.reporting.provinces import Province

# The first-level parts of countries by ISO 3166-2, each about where it lies. A country that is not
# here gets a list instead.
GRIDS = {
    "PK": """
        .  GB .
        KP IS JK
        .  PB .
        BA SD .
    """,
    "KH": """
        .  22 13 19 16
        1  17 6  10 11
        24 2  4  3  25
        15 5  12 14 .
        9  21 8  20 .
        18 7  23 .  .
    """,
    "LA": """
        LM PH .  .
        BK OU LP HO
        XA VI XS XI
        .  VT BL .
        .  .  KH .
        .  .  SV .
        .  .  SL XE
        .  .  CH AT
    """,
}
# Units of the drawing: room between two tiles, of text in one; sizes of a tile by script.
GAP, MARGIN = 7, 8
WIDTHS = {False: 100, True: 112}
FITS = 3  # columns that a phone shows without scrolling
HEIGHTS = {False: 84, True: 118}
LONGEST_LINE = 13  # letters of a name in a tile
BREAKS = re.compile(r"(?<=[\s-])")


@dataclass(frozen=True)
class Tile:
    """A province in its place. `lines` of its name; `figure` is None for one without a plan."""

    x: int
    y: int
    lines: Sequence[str]
    figure: Province | None

    @property
    def tone(self) -> str:
        """How full the target is, for the ground of the tile; the per cent stand in it too."""
        percent = self.figure.percent if self.figure else None
        if percent is None:
            return "none"
        if percent >= 100:  # noqa: PLR2004 (per cent)
            return "full"
        return "most" if percent >= 50 else "some"  # noqa: PLR2004 (half)


@dataclass(frozen=True)
class TileMap:
    width: int
    height: int
    tile: int
    tile_height: int
    start: int  # where lines of text begin in a tile
    tiles: Sequence[Tile]

    @property
    def is_wide(self) -> bool:
        return self.width > FITS * (self.tile + GAP)


def tile_map(
    country: str, names: dict[str, str], rows: Iterable[Province], *, tall: bool, rtl: bool
) -> TileMap | None:
    """The map of a country with the names of its parts; None for one without a grid.

    `tall` letters need more room. East stays east in right-to-left text.
    """
    if country not in GRIDS:
        return None
    places = positions(country)
    by_code = {row.code: row for row in rows}
    width, height = WIDTHS[tall], HEIGHTS[tall]
    start = width - MARGIN if rtl else MARGIN
    tiles = [
        Tile(
            x=column * (width + GAP) + 1,
            y=row * (height + GAP) + 1,
            lines=lines_of(names.get(code, code)),
            figure=by_code.get(code),
        )
        for code, (column, row) in places.items()
    ]
    columns = max(column for column, _row in places.values()) + 1
    deep = max(row for _column, row in places.values()) + 1
    whole = (columns * (width + GAP), deep * (height + GAP))
    return TileMap(*whole, width, height, start, tiles)


def positions(country: str) -> dict[str, tuple[int, int]]:
    """Column and row of each part of a country, by its code."""
    rows = [line.split() for line in GRIDS[country].strip().splitlines()]
    return {
        f"{country}-{part}": (x, y)
        for y, row in enumerate(rows)
        for x, part in enumerate(row)
        if part != "."
    }


def lines_of(name: str) -> list[str]:
    """A name in at most two lines, broken at a space or after a hyphen.

    What is left over stays in the second.
    """
    parts = BREAKS.split(name)
    first = parts.pop(0)
    while parts and len(first + parts[0]) <= LONGEST_LINE:
        first += parts.pop(0)
    return [line.strip() for line in (first, "".join(parts)) if line]
