"""Pictures with places in them, as SVG text. Pure; whether a drawing is safe is seen elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

from modules.questions.presenting import Spot

LARGEST_RADIUS = 50  # per cent of the width
FRAME = re.compile(r"""\s*<svg\b[^>]*\bviewBox=["']([^"']*)["']""")
LETTER = re.compile(r"<text\b[^>]*>[^<]*</text>")
END = "</svg>"


@dataclass(frozen=True)
class Frame:
    """The coordinates of a picture."""

    left: float
    top: float
    width: float
    height: float


def frame_of(svg: str) -> Frame | None:
    """What the viewBox says; None where there is none that has an area."""
    found = FRAME.match(svg)
    try:
        frame = Frame(*map(float, found[1].replace(",", " ").split())) if found else None
    except (TypeError, ValueError):
        return None
    return frame if frame and frame.width > 0 and frame.height > 0 else None


def without_letters(svg: str) -> str:
    """A figure's letters belong to its legend; beside a question they would be a second set."""
    return LETTER.sub("", svg)


def with_places(svg: str, places: Iterable[tuple[Spot, str]]) -> str:
    """`svg`, safe already, with a circle and a letter for each place, and its state as a class.

    Nothing but the state tells one place from another.
    """
    frame = frame_of(svg)
    if frame is None:
        return svg
    start, _end, rest = svg.rpartition(END)
    marks = "".join(
        _marker(frame, spot, letter, state)
        for (spot, state), letter in zip(places, ascii_uppercase, strict=False)
    )
    return f"{start}{marks}{END}{rest}"


def _marker(frame: Frame, spot: Spot, letter: str, state: str) -> str:
    """A ring that stands out on any ground, and the letter on a disc in its middle."""
    unit = frame.width / 100
    x = frame.left + float(spot.x) * unit
    y = frame.top + float(spot.y) * frame.height / 100
    radius = float(spot.radius) * unit
    circles = (
        ("halo", 'fill="none"', radius, 1.5 * unit),
        ("stroke", 'fill="none"', radius, 0.7 * unit),
        ("fill-sheet stroke", "", 3.6 * unit, 0.5 * unit),
    )
    drawn = "".join(
        f'<circle class="{name}" {fill} cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}"'
        f' stroke-width="{width:.2f}"/>'
        for name, fill, r, width in circles
    )
    return (
        f'<g class="{f"place {state}".strip()}">{drawn}'
        f'<text class="letter" x="{x:.2f}" y="{y + 1.6 * unit:.2f}" font-size="{4.6 * unit:.2f}"'
        f' font-weight="bold" text-anchor="middle">{letter}</text></g>'
    )
