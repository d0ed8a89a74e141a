"""Where places fall in a picture, and that nothing tells them apart."""

import re

import pytest

from modules.questions.pictures import Frame, frame_of, with_places, without_letters
from modules.questions.presenting import Spot
from tests.modules.questions.samples import PICTURE

CIRCLE = re.compile(r'<circle class="([\w -]+)" [^>]*?cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')
LEFT, RIGHT = Spot("20", "50", "12.5"), Spot("80", "25", "10")


@pytest.mark.parametrize(
    ("svg", "frame"),
    [
        ('<svg viewBox="0 0 200 100">', Frame(0, 0, 200, 100)),
        ('\n<svg xmlns="x" viewBox="-10,5 40.5 9" class="a">', Frame(-10, 5, 40.5, 9)),
        ("<svg viewBox='0 0 3 4'>", Frame(0, 0, 3, 4)),
        ('<svg viewBox="0 0 200">', None),
        ('<svg viewBox="0 0 -1 5">', None),
        ("<svg>", None),
        ("data:image/png;base64,AAAA", None),
    ],
)
def test_frame_is_what_the_view_box_says(svg, frame):
    assert frame_of(svg) == frame


def test_per_cents_become_coordinates_and_the_radius_is_of_the_width():
    circles = CIRCLE.findall(with_places(PICTURE, [(LEFT, ""), (RIGHT, "")]))

    rings = [(x, y, r) for name, x, y, r in circles if name == "stroke"]
    assert rings == [("40.00", "50.00", "25.00"), ("160.00", "25.00", "20.00")]


def test_a_frame_that_begins_elsewhere_moves_its_places():
    svg = '<svg viewBox="-100 10 200 100"></svg>'

    assert 'cx="-60.00" cy="60.00"' in with_places(svg, [(LEFT, "")])


def test_places_have_letters_in_their_order_and_their_state():
    drawn = with_places(PICTURE, [(LEFT, ""), (RIGHT, "wrong chosen")])

    assert re.findall(r">([A-Z])</text></g>", drawn) == ["A", "B"]
    assert re.findall(r'<g class="([^"]*)">', drawn) == ["place", "place wrong chosen"]
    assert drawn.endswith("</svg>")
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


def test_places_look_alike_but_for_where_they_are():
    drawn = with_places(PICTURE, [(LEFT, ""), (Spot("80", "50", "12.5"), "")])

    first, second = re.findall(r'<g class="place">.*?</g>', drawn)
    assert second == first.replace('x="40.00"', 'x="160.00"').replace(">A<", ">B<")


def test_letters_of_a_figure_give_way():
    assert without_letters('<text x="1">A</text><rect/><text>B</text>') == "<rect/>"
