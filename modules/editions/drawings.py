"""Drawings on paper: their colours written into them, since no stylesheet reaches a picture."""

import base64
import re
from collections.abc import Iterable

from modules.questions.pictures import with_places
from modules.questions.presenting import Spot
from modules.reference.drawings import safe_drawing, safe_picture

INK, DEEP, EDGE = "#1b2321", "#0a5257", "#857f6a"
# What the classes of a drawing mean on the site, as attributes. Light enough to print in grey.
COLOURS = {
    "stroke": ("stroke", DEEP),
    "dash": ("stroke", EDGE),
    "hair": ("stroke", EDGE),
    "halo": ("stroke", "#fffdf7"),
    "fill-wash": ("fill", "#e2ebe3"),
    "fill-sheet": ("fill", "#fffdf7"),
    "fill-sun": ("fill", "#f0a51c"),
    "fill-deep": ("fill", DEEP),
    "letter": ("fill", INK),
}
ELEMENT = re.compile(r"<[a-z]+\b[^>]*>")
CLASSES = re.compile(r'\bclass="([^"]*)"')


def coloured(svg: str) -> str:
    """The drawing with its colours, and its letters in a font that is there."""
    return _painted(safe_drawing(svg))


def picture(svg: str) -> str:
    """The drawing as the address of a picture."""
    return _address(coloured(svg))


def picture_with_places(svg: str, spots: Iterable[Spot | None]) -> str:
    """The same of a question's picture, with a letter at each of its places."""
    places = [(spot, "") for spot in spots if spot]
    return _address(_painted(with_places(safe_picture(svg), places)))


def _painted(safe: str) -> str:
    drawn = ELEMENT.sub(_paint, safe).replace("currentColor", INK)
    return drawn.replace("<svg ", '<svg font-family="Cascade Sans, sans-serif" ', 1)


def _address(drawn: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


def _paint(found: re.Match) -> str:
    element = found[0]
    classes = CLASSES.search(element)
    for name in classes[1].split() if classes else ():
        if name in COLOURS:
            attribute, colour = COLOURS[name]
            element = re.sub(rf' {attribute}="[^"]*"', "", element)
            element = re.sub(r"(/?>)$", rf' {attribute}="{colour}"\1', element)
    return element
