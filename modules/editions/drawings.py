"""Drawings on paper: their colours written into them, since no stylesheet reaches a picture."""

import base64
import re

from modules.reference.drawings import safe_drawing

INK, DEEP, EDGE = "#1b2321", "#0a5257", "#857f6a"
# What the classes of a drawing mean on the site, as attributes. Light enough to print in grey.
COLOURS = {
    "stroke": ("stroke", DEEP),
    "dash": ("stroke", EDGE),
    "hair": ("stroke", EDGE),
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
    drawn = ELEMENT.sub(_paint, safe_drawing(svg)).replace("currentColor", INK)
    return drawn.replace("<svg ", '<svg font-family="Cascade Sans, sans-serif" ', 1)


def picture(svg: str) -> str:
    """The drawing as the address of a picture."""
    return f"data:image/svg+xml;base64,{base64.b64encode(coloured(svg).encode()).decode()}"


def _paint(found: re.Match) -> str:
    element = found[0]
    classes = CLASSES.search(element)
    for name in classes[1].split() if classes else ():
        if name in COLOURS:
            attribute, colour = COLOURS[name]
            element = re.sub(rf' {attribute}="[^"]*"', "", element)
            element = re.sub(r"(/?>)$", rf' {attribute}="{colour}"\1', element)
    return element
