"""Places in pictures out and in: pixels, files, and what other systems send."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from modules.interchange import picturing
from modules.interchange.archives import Archive, packed
from modules.interchange.drafts import Refusal
from modules.interchange.formats import FORMATS, qti_reading
from modules.interchange.picturing import as_file, from_file, per_cents_of, pixels_of, size_of
from modules.questions.kinds import kind_of
from modules.reference.drawings import EMBEDDED, check_drawing, embedded
from tests.modules.interchange.drafting import draft, without_lines
from tests.modules.questions.samples import PICTURE
from tests.modules.questions.strategies import trials

VERSIONS = ("qti22", "qti30")
per_cent = st.integers(0, 10_000).map(lambda n: str(Decimal(n) / 100))
radii = st.integers(100, 5_000).map(lambda n: str(Decimal(n) / 100))


def image(kind="PNG", size=(300, 200)):
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind)
    return file.getvalue()


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 200 100", (1000, 500)),
        ("-5 3 10 40", (250, 1000)),
        ("0 0 1 9000", (10, 1000)),
    ],
)
def test_the_longer_side_has_a_thousand_pixels(box, size):
    assert size_of(f'<svg viewBox="{box}">') == size


@trials
@given(per_cent, per_cent, radii, st.tuples(st.integers(10, 1000), st.integers(10, 1000)))
def test_a_place_moves_less_than_a_pixel_and_only_once(x, y, radius, size):
    place = {"x": x, "y": y, "radius": radius}
    circle = pixels_of(place, size)
    coords = ",".join(map(str, circle))
    held, is_same = per_cents_of("circle", coords, size)

    assert pixels_of(held, size) == circle
    assert is_same
    for name, side in (("x", size[0]), ("y", size[1])):
        assert abs(Decimal(held[name]) - Decimal(place[name])) * side / 100 <= Decimal("0.55")


@pytest.mark.parametrize(
    ("shape", "coords", "place"),
    [
        ("circle", "150,50,30", ("50", "25", "10", True)),
        ("circle", "50%,25%,10%", ("50", "25", "10", True)),
        ("rect", "100, 20, 200, 80", ("50", "25", "10", False)),
        ("ellipse", "150,50,60,30", ("50", "25", "10", False)),
        ("poly", "150,20,210,50,150,80,90,50", ("50", "25", "10", False)),
        ("circle", "400,50,300", ("100", "25", "50", False)),
    ],
)
def test_areas_of_every_shape_become_circles(shape, coords, place):
    found, is_same = per_cents_of(shape, coords, (300, 200))

    assert (found["x"], found["y"], found["radius"], is_same) == place


@pytest.mark.parametrize(
    ("shape", "coords"),
    [("default", "0,0,9"), ("circle", "1,2"), ("rect", "1,2,3"), ("circle", "1,2,x"), ("", "")],
)
def test_an_area_that_says_no_place_is_refused(shape, coords):
    with pytest.raises(Refusal):
        per_cents_of(shape, coords, (300, 200))


# --- files ---------------------------------------------------------------------------------------


def test_a_drawing_gets_a_style_and_gives_it_back():
    file = as_file(PICTURE)

    assert b"<style>" in file
    assert from_file(b'<?xml version="1.0"?>\n' + file, "a.svg") == PICTURE


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_becomes_part_of_the_question(kind):
    svg = from_file(image(kind), "a.png")

    assert EMBEDDED.fullmatch(svg)
    assert size_of(svg) == (1000, 667)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"nothing of the kind", "picture_broken"),
        (image()[:20], "picture_broken"),  # PDF makers let later cuts pass
        (b"<svg viewBox='0 0 9 9'><script>alert(1)</script></svg>", "picture_refused"),
        (
            b"<svg viewBox='0 0 9 9'><image href='https://example.org/a.png'/></svg>",
            "picture_refused",
        ),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 9 9'/>", "picture_refused"),
        (b"<svg \xff/>", "picture_broken"),
    ],
)
def test_what_no_question_can_hold_is_refused(data, code):
    with pytest.raises(Refusal) as refused:
        from_file(data, "a")

    assert refused.value.code == code


def test_an_image_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(picturing, "MOST_PIXELS", 300 * 200 - 1)
    with pytest.raises(Refusal) as refused:
        from_file(image(), "a.png")

    assert refused.value.code == "picture_huge"


# --- packages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VERSIONS)
def test_the_picture_lies_in_the_package_and_comes_back(name):
    form = FORMATS[name]
    held = form.hold(draft("hotspot", file="figures/two.svg"))
    data = form.write([held.draft], "en")
    archive = Archive(data)

    assert held.losses == ()
    assert archive["images/co-one.svg"] == as_file(PICTURE)
    assert archive["imsmanifest.xml"].count(b'href="images/co-one.svg"') == 1
    assert without_lines(form.read(data)) == [held.draft]


@pytest.mark.parametrize("name", VERSIONS)
def test_an_image_that_a_question_holds_comes_back(name):
    form = FORMATS[name]
    held = form.hold(draft("hotspot", picture=from_file(image(), "a.png"))).draft

    assert without_lines(form.read(form.write([held], "en"))) == [held]


def from_elsewhere(interaction, picture=b""):
    """A package of another system: the item, and a picture beside it."""
    item = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="sea">'
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
        "<correctResponse><value>A</value></correctResponse></responseDeclaration>"
        f"<itemBody>{interaction}</itemBody>"
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/'
        'match_correct"/></assessmentItem>'
    )
    manifest = (
        '<manifest><resources><resource type="imsqti_item_xmlv2p2" href="items/sea.xml"/>'
        "</resources></manifest>"
    )
    members = {"imsmanifest.xml": manifest.encode(), "items/sea.xml": item.encode()}
    return packed(members | {"items/pictures/sea.png": picture or image()})


HOTSPOT = (
    '<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>'
    '<object data="pictures/sea.png" type="image/png" width="300" height="200">The sea.</object>'
    '<hotspotChoice identifier="A" shape="rect" coords="0,0,60,60" hotspotLabel="The port"/>'
    '<hotspotChoice identifier="B" shape="circle" coords="150,100,30"/></hotspotInteraction>'
)


def test_a_hotspot_of_another_system():
    read = qti_reading.read(from_elsewhere(HOTSPOT))
    (found,) = read.drafts

    assert found.kind == "hotspot"
    assert kind_of(found.definition).right(found.definition) == "a"
    first, second = found.definition["structure"]["options"]
    assert (first["x"], first["y"], first["radius"]) == ("10", "15", "10")
    assert (second["x"], second["y"], second["radius"]) == ("50", "50", "10")
    assert found.definition["texts"]["en"]["alt"] == "The sea."
    assert found.definition["texts"]["en"]["options"]["b"]["text"] == "…"
    assert {one.code for one in read.remarks} == {"areas", "filled_in"}


@pytest.mark.parametrize(
    ("change", "more", "code"),
    [
        (("pictures/sea.png", "pictures/none.png"), {}, "not_in_archive"),
        (("pictures/sea.png", "../../sea.png"), {}, "not_in_archive"),
        (("pictures/sea.png", "https://example.org/sea.png"), {}, "not_in_archive"),
        (("<object", "<nothing"), {}, "qti_places"),
        (('shape="circle"', 'shape="default"'), {}, "area"),
        ((), {"picture": b"GIF89a"}, "picture_broken"),
    ],
)
def test_a_hotspot_without_its_picture_or_places_is_refused(change, more, code):
    body = HOTSPOT.replace(*change) if change else HOTSPOT
    body = body.replace("</object>", "</nothing>") if "<nothing" in body else body
    read = qti_reading.read(from_elsewhere(body, **more))

    assert [(one.verdict.value, one.code) for one in read.remarks] == [("refused", code)]


def test_an_item_alone_has_no_picture_beside_it():
    item = Archive(from_elsewhere(HOTSPOT))["items/sea.xml"]
    read = qti_reading.read(item)

    assert [one.code for one in read.remarks] == ["not_in_archive"]


def test_an_embedded_image_needs_no_style_and_a_drawing_stays_one():
    check_drawing(PICTURE)
    picture = embedded(b"RIFF", 10, 10)

    assert from_file(as_file(picture), "a.svg") == picture
