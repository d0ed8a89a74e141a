"""Figures are SVG drawings kept as text: only shapes and letters, nothing that acts or fetches."""

import base64
import re
from xml.etree import ElementTree as ET

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
ATTRIBUTES = {
    *("xmlns", "viewBox", "class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx"),
    *("ry", "width", "height", "points", "transform", "fill", "stroke", "stroke-width", "opacity"),
    *("stroke-linecap", "stroke-linejoin", "stroke-dasharray", "font-size", "font-weight"),
    *("text-anchor", "fill-rule", "dominant-baseline", "font-family"),
}
LETTER = re.compile(r"[A-Z]")
LEGEND = re.compile(r"^- ([A-Z]):[ \t]*", re.MULTILINE)  # an entry of it in the text below
MAX_BYTES = 60_000
# An image of the site as `embedded` writes it, and nothing else with an address in it.
EMBEDDED = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (\d+) (\d+)">'
    r'<image width="\1" height="\2" href="data:image/webp;base64,[A-Za-z0-9+/]+={0,2}"/></svg>'
)


def check_drawing(svg: str) -> None:
    """Raises `ValidationError` unless `svg` is a drawing of shapes and single capital letters.

    Words in a drawing could not be translated; anything else in it could act or fetch.
    """
    if len(svg.encode()) > MAX_BYTES:
        raise ValidationError(_("This drawing is larger than 60 kB. Simplify it."))
    if "<!" in svg or "<?" in svg:
        raise ValidationError(_("A drawing must not hold a document type or instructions."))
    try:
        root = ET.fromstring(svg)  # noqa: S314 (no document type: checked above)
    except ET.ParseError as error:
        raise ValidationError(
            _("This is not a well-formed SVG drawing: {error}").format(error=error)
        )
    for element in root.iter():
        _check_element(element)
    if _local(root.tag) != "svg" or "viewBox" not in root.attrib:
        raise ValidationError(_("The drawing must be one <svg> with a viewBox."))


def embedded(webp: bytes, width: int, height: int) -> str:
    """An image as a drawing, which holds it: whatever becomes of its file, the drawing stays."""
    address = f"data:image/webp;base64,{base64.b64encode(webp).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{address}"/></svg>'
    )


def check_picture(svg: str) -> None:
    """Raises `ValidationError` unless `svg` is a drawing or an image that was `embedded`."""
    if not EMBEDDED.fullmatch(svg.strip()):
        check_drawing(svg)


def safe_picture(svg: str) -> str:
    """What passed `check_picture`, for the page."""
    return svg.strip() if EMBEDDED.fullmatch(svg.strip()) else safe_drawing(svg)


def _check_element(element: ET.Element) -> None:
    name = _local(element.tag)
    if name not in SHAPES:
        raise ValidationError(_("<{name}> is not allowed in a drawing.").format(name=name))
    for attribute, value in element.attrib.items():
        if attribute not in ATTRIBUTES or "url(" in value:
            raise ValidationError(
                _("The attribute {name} is not allowed in a drawing.").format(name=attribute)
            )
    words = (element.text or "").strip()
    between = (element.tail or "").strip()
    if between or (words and not (name == "text" and LETTER.fullmatch(words))):
        raise ValidationError(
            _("A drawing carries only single capital letters; the legend explains them.")
        )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def letters_in(svg: str) -> list[str]:
    """The letters a drawing carries, sorted."""
    return sorted(set(re.findall(r">\s*([A-Z])\s*</text>", svg)))


def safe_drawing(svg: str) -> str:
    """The drawing for the page: what passed `check_drawing`, filtered once more."""
    return nh3.clean(
        svg,
        tags=SHAPES,
        attributes={"*": ATTRIBUTES},
        attribute_filter=lambda _tag, _name, value: None if "url(" in value else value,
        link_rel=None,
    )
