import pytest
from django.conf import settings

from modules.templatetags.icons import icon

DRAWINGS = sorted((settings.BASE_DIR / "static/icons").glob("*.svg"))


def test_icon_is_one_hidden_drawing_of_a_fixed_size():
    assert icon("cross") == (
        '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
        ' focusable="false"><path d="M6 6l12 12M18 6L6 18"/></svg>'
    )


@pytest.mark.parametrize("name", ["arrow", "back"])
def test_arrow_turns_with_the_direction_of_reading(name):
    assert 'class="icon flip"' in icon(name)


def test_unknown_icon_is_an_error():
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_drawings_share_grid_stroke_and_colour(path):
    drawing = path.read_text()
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke="currentColor" stroke-width="1.75"' in drawing
    assert "style" not in drawing
    assert drawing.count("<svg") == 1
