"""The frame of a certificate: stairs that step down at every corner, line within line."""

import base64
from itertools import pairwise

# A4 landscape at 96 dots an inch.
WIDTH, HEIGHT = 1122.5, 793.7
STEPS = 4
STEP = 17.0
# Distance from the edge of the paper, stroke and colour of each line, from outside in.
LINES = [
    (25.0, 2.6, "#0a5257"),
    (31.0, 1.0, "#0a5257"),
    (37.0, 1.0, "#0a5257"),
    (43.0, 1.0, "#0a5257"),
    (49.0, 1.2, "#8f5500"),
]


def corner(inset: float) -> list[tuple[float, float]]:
    """The points of the stairs at the first corner, from the left edge up to the top edge."""
    points = []
    for step in range(STEPS, 0, -1):
        across = inset + (STEPS - step) * STEP
        points += [(across, inset + step * STEP), (across + STEP, inset + step * STEP)]
    return [*points, (inset + STEPS * STEP, inset)]


def outline(inset: float) -> str:
    """One line all round, as the data of an SVG path: across and down in turn, as stairs go."""
    first = corner(inset)
    right = [(WIDTH - x, y) for x, y in reversed(first)]
    below = [(x, HEIGHT - y) for x, y in reversed([*first, *right])]
    points = [*first, *right, *below]
    x, y = points[0]
    path = f"M{x:.1f} {y:.1f}"
    for (x_before, _y), (x, y) in pairwise(points):
        path += f"V{y:.1f}" if x == x_before else f"H{x:.1f}"
    return path + "Z"


def as_address(view: str, content: str) -> str:
    """A drawing as a `data:` address."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" fill="none">{content}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def mark() -> str:
    """The three treads of the site."""
    treads = '<path stroke="#0a5257" stroke-width="3" d="M1 4.5h8.5v6M7.5 11.5H18v6"/>'
    return as_address(
        "0 0 28 24", f'{treads}<path stroke="#f0a51c" stroke-width="3" d="M14.5 19.5H27"/>'
    )


def frame() -> str:
    """All lines of the frame."""
    paths = "".join(
        f'<path d="{outline(inset)}" stroke="{colour}" stroke-width="{width}"/>'
        for inset, width, colour in LINES
    )
    return as_address(f"0 0 {WIDTH} {HEIGHT}", paths)
