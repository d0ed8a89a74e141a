"""Pictures with places as other systems have them: a file, and areas in its pixels.

A drawing of ours has its colours from the site's stylesheet, so the file gets a style of its own,
which is taken out again when it comes back.
"""

import io
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError
from willow.image import Image as Opened

from modules.interchange.drafts import Refusal
from modules.interchange.holding import plain
from modules.questions.picture_fields import fitted
from modules.questions.pictures import LARGEST_RADIUS, frame_of
from modules.reference.drawings import check_picture

type Size = tuple[int, int]
type Circle = tuple[int, int, int]

LONGER, SHORTEST = 1000, 10  # pixels of the sides of a picture
MOST_PIXELS = 40_000_000  # of an image that is read
NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
START = re.compile(r"<svg\b[^>]*>")
DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
# The classes of drawings, in the light colours of the site; letters would be a second set.
STYLE = (
    "<style>.stroke{stroke:#0a5257}.dash,.hair{stroke:#857f6a}.fill-wash{fill:#e2ebe3}"
    ".fill-sheet{fill:#fffdf7}.fill-sun{fill:#f0a51c}.fill-deep{fill:#0a5257}"
    "text{display:none}</style>"
)
SHAPES = ("circle", "rect", "ellipse", "poly")


# --- places --------------------------------------------------------------------------------------


def size_of(svg: str) -> Size:
    """Width and height in pixels, the longer side always the same."""
    frame = frame_of(svg)
    if frame is None:
        raise Refusal("picture_refused", problem="viewBox")
    unit = LONGER / max(frame.width, frame.height)
    return max(SHORTEST, round(frame.width * unit)), max(SHORTEST, round(frame.height * unit))


def pixels_of(place: Mapping[str, str], size: Size) -> Circle:
    """The middle of a place and its radius, which stays within what a radius may be."""
    width, height = size
    sides = (("x", width), ("y", height), ("radius", width))
    x, y, radius = (_whole(Decimal(place[name]) * side / 100) for name, side in sides)
    return x, y, min(max(radius, ceil(width / 100)), width * LARGEST_RADIUS // 100)


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def per_cents_of(shape: str, coords: str, size: Size) -> tuple[dict[str, str], bool]:
    """The place of an area, and whether it is that very area.

    Areas of other shapes become the circle that fits into their bounds.
    """
    numbers = _numbers(coords, size)
    if shape not in SHAPES or len(numbers) < (3 if shape == "circle" else 4):
        raise Refusal("area", shape=shape or "?", coords=coords[:60])
    x, y, radius = numbers[:3] if shape == "circle" else _inner(shape, numbers)
    width, height = map(Decimal, size)
    found = {
        "x": _within(x * 100 / width, 0, 100),
        "y": _within(y * 100 / height, 0, 100),
        "radius": _within(radius * 100 / width, 1, LARGEST_RADIUS),
    }
    said = {name: plain(value) for name, (value, _fits) in found.items()}
    return said, shape == "circle" and all(fits for _value, fits in found.values())


def _numbers(coords: str, size: Size) -> list[Decimal]:
    """In pixels; a number with a per cent sign is of the width and height by turns."""
    parts = [part.strip() for part in coords.split(",")]
    if not all(re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?%?", part, re.ASCII) for part in parts):
        raise Refusal("area", shape="?", coords=coords[:60])
    return [
        Decimal(part[:-1]) * size[n % 2] / 100 if part.endswith("%") else Decimal(part)
        for n, part in enumerate(parts)
    ]


def _inner(shape: str, numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """The middle, and half of the shorter side, of the bounds of an area."""
    if shape == "ellipse":
        x, y, across, down = numbers[:4]
        return x, y, min(across, down)
    xs, ys = numbers[::2], numbers[1::2]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return (left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top) / 2


def _within(value: Decimal, low: int, high: int) -> tuple[Decimal, bool]:
    """With two digits, not outside; and whether it was not."""
    rounded = round(value, 2)
    return min(max(rounded, Decimal(low)), Decimal(high)), low <= rounded <= high


# --- files ---------------------------------------------------------------------------------------


def standing(svg: str) -> str:
    """A drawing that a file can hold: one that says what it is."""
    found = svg.strip()
    return (
        found
        if "xmlns=" in found[: found.index(">")]
        else found.replace("<svg", f"<svg{NAMESPACE}", 1)
    )


def as_file(svg: str) -> bytes:
    return START.sub(lambda match: match[0] + STYLE, svg, count=1).encode()


def from_file(data: bytes, path: str) -> str:
    """The picture of a question; raises `Refusal` for what a question cannot hold."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _drawing(data, path)
    try:
        with Image.open(io.BytesIO(data)) as image:
            is_huge = image.width * image.height > MOST_PIXELS
        if not is_huge:
            return fitted(Opened.open(io.BytesIO(data)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal("picture_broken", path=path[:120]) from None
    raise Refusal("picture_huge", path=path[:120])


def _drawing(data: bytes, path: str) -> str:
    try:
        svg = DECLARATION.sub("", data.decode()).replace(STYLE, "", 1).strip()
        check_picture(svg)
    except UnicodeDecodeError:
        raise Refusal("picture_broken", path=path[:120]) from None
    except ValidationError as error:
        raise Refusal("picture_refused", problem=" ".join(error.messages)) from None
    return svg
