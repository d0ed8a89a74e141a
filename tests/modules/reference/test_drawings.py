"""Figures: shapes and single letters pass, everything else is refused."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from modules.reference.drawings import (
    MAX_BYTES,
    check_drawing,
    check_picture,
    embedded,
    letters_in,
    safe_drawing,
    safe_picture,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
DRAWINGS = sorted((settings.BASE_DIR / "modules/library").glob("*/figures/*.svg"))

HOSTILE = {
    "script": SVG.format("<script>alert(1)</script>"),
    "handler": SVG.format('<rect onload="alert(1)"/>'),
    "handler on the root": SVG.replace("viewBox", 'onload="alert(1)" viewBox').format(""),
    "foreign object": SVG.format("<foreignObject><body/></foreignObject>"),
    "link": SVG.format('<a href="javascript:alert(1)"><rect/></a>'),
    "linked picture": SVG.format('<image href="https://evil.example/x.png"/>'),
    "reuse": SVG.format('<use href="https://evil.example/x.svg#a"/>'),
    "animation": SVG.format('<animate attributeName="href" values="javascript:alert(1)"/>'),
    "change of an attribute": SVG.format('<set attributeName="onload" to="alert(1)"/>'),
    "style": SVG.format("<style>*{fill:url(https://evil.example)}</style>"),
    "style attribute": SVG.format('<rect style="fill:red"/>'),
    "address in a colour": SVG.format('<rect fill="url(https://evil.example/#a)"/>'),
    "filter": SVG.format('<filter id="f"><feImage href="https://evil.example"/></filter>'),
    "document type": '<!DOCTYPE svg [<!ENTITY x "y">]>' + SVG.format(""),
    "bomb": '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    + SVG.format("<text>&b;</text>"),
    "instruction": '<?xml-stylesheet href="https://evil.example/x.css"?>' + SVG.format(""),
    "other namespace": SVG.format('<x:script xmlns:x="http://www.w3.org/1999/xhtml">1</x:script>'),
    "other namespace's link": SVG.format(
        '<rect xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:alert(1)"/>'
    ),
    "identifier": SVG.format('<rect id="main"/>'),
    "words": SVG.format("<text>Sindh</text>"),
    "small letter": SVG.format("<text>a</text>"),
    "letter outside a text": SVG.format("<rect>A</rect>"),
    "words between elements": SVG.format("<rect/>Sindh<rect/>"),
    "not closed": "<svg viewBox='0 0 9 9'>",
    "not a drawing": "<g viewBox='0 0 9 9'/>",
    "without a size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "empty": "",
    "too large": SVG.format("<rect/>" * (MAX_BYTES // 7)),
}


@pytest.mark.parametrize("svg", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_acts_fetches_or_says_words_is_refused(svg):
    with pytest.raises(ValidationError):
        check_drawing(svg)


def test_shapes_and_letters_pass():
    check_drawing(SVG.format('<g class="stroke"><path d="M1 1h7"/><text x="1">B</text></g>'))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_drawings_of_the_library_pass_and_come_out_whole(path):
    svg = path.read_text(encoding="utf-8")

    check_drawing(svg)
    shown = safe_drawing(svg)
    assert 'viewBox="0 0 ' in shown
    assert shown.count("<path") == svg.count("<path")
    assert letters_in(shown) == letters_in(svg)


@pytest.mark.parametrize("svg", HOSTILE.values(), ids=HOSTILE.keys())
def test_even_unchecked_nothing_that_acts_is_shown(svg):
    shown = safe_drawing(svg).lower()

    for sign in ("script", "onload", "href", "style", "<!", "foreignobject", "evil.example"):
        assert sign not in shown


def test_letters_are_listed_once_in_order():
    assert letters_in(SVG.format("<text>C</text><text> A </text><text>C</text>")) == ["A", "C"]


def test_an_image_of_the_site_is_a_picture_and_no_drawing():
    image = embedded(b"\x00\xff" * 50, 40, 30)

    check_picture(image)
    assert safe_picture(image) == image
    assert 'viewBox="0 0 40 30"' in image
    with pytest.raises(ValidationError, match="<image> is not allowed"):
        check_drawing(image)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("data:image/webp", "data:image/svg+xml"),
        ("data:image/webp;base64,", "https://evil.example/"),
        ("<image ", '<image onload="alert(1)" '),
        ("/></svg>", '/><script href="x"></script></svg>'),
        ("</svg>", '</svg><script onload="x"></script>'),
        ('width="40"', 'width="41"'),
    ],
)
def test_what_is_not_wholly_our_own_image_is_refused_and_never_shown(old, new):
    hostile = embedded(b"abc", 40, 30).replace(old, new)

    with pytest.raises(ValidationError):
        check_picture(hostile)
    assert "href" not in safe_picture(hostile)
    assert "onload" not in safe_picture(hostile)


@pytest.mark.parametrize("svg", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_picture_is_no_way_around_the_rules_of_drawings(svg):
    with pytest.raises(ValidationError):
        check_picture(svg)
    assert safe_picture(svg) == safe_drawing(svg)
