"""Drawings on paper have their colours in them."""

import base64

from modules.editions.drawings import coloured, picture
from tests.modules.courses.making import DRAWING


def test_classes_become_colours():
    drawn = coloured('<svg viewBox="0 0 1 1"><rect class="stroke fill-wash" fill="none"/></svg>')

    assert 'stroke="#0a5257"' in drawn
    assert 'fill="#e2ebe3"' in drawn
    assert 'fill="none"' not in drawn


def test_letters_are_set_in_a_font_that_is_there():
    assert 'font-family="Cascade Sans, sans-serif"' in coloured(DRAWING)


def test_a_picture_carries_the_whole_drawing():
    kind, _, data = picture(DRAWING).partition("base64,")

    assert kind == "data:image/svg+xml;"
    assert base64.b64decode(data).decode() == coloured(DRAWING)
