"""The rules of a lesson's blocks."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from modules.blocks.lesson import FACILITATOR_KINDS, FigureBlock, LessonBody, law_keys_in

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text><text>B</text></svg>'


def figure(text, drawing=SVG):
    block = FigureBlock()
    value = {"anchor": "map", "file": "figures/map.svg", "alt": "A map.", "text": text}
    return block.clean(block.to_python(value | {"drawing": drawing}))


def test_legend_that_explains_every_letter_passes():
    assert figure("Caption.\n\n- A: one\n- B: two")["anchor"] == "map"


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Caption.", "A, B"), ("Caption.\n\n- A: one", "B"), ("A: one, B: two", "A, B")],
)
def test_letters_without_a_word_are_named(text, missing):
    with pytest.raises(StructBlockValidationError) as caught:
        figure(text)

    assert caught.value.block_errors["text"].messages == [
        f"The legend does not explain: {missing}."
    ]


def test_hostile_drawing_is_refused_at_its_field():
    with pytest.raises(StructBlockValidationError) as caught:
        figure("- A: one\n- B: two", SVG.replace("<text>A", "<script/><text>A"))

    assert list(caught.value.block_errors) == ["drawing"]


def body(*anchors):
    stream = LessonBody()
    raw = [
        {"type": "keypoints", "value": {"anchor": anchor, "text": "- x"}, "id": str(number)}
        for number, anchor in enumerate(anchors)
    ]
    return stream.clean(stream.to_python(json.loads(json.dumps(raw))))


def test_anchors_name_each_block_once():
    assert len(body("one", "two")) == 2
    with pytest.raises(StreamBlockValidationError) as caught:
        body("one", "two", "one")

    assert list(caught.value.block_errors) == [2]


@pytest.mark.parametrize("anchor", ["two words", "ä", "a/b", '"onload='])
def test_anchor_fits_into_an_address(anchor):
    with pytest.raises((ValidationError, StreamBlockValidationError)):
        body(anchor)


def test_activities_alone_are_for_facilitators():
    assert {"activity"} == FACILITATOR_KINDS


def test_a_law_table_is_stored_as_its_keys_in_their_order():
    stream = LessonBody()
    value = {"anchor": "t", "keys": ["b.key", "a.key"], "text": "## T"}

    blocks = stream.to_python([{"type": "figures", "value": value, "id": "1"}])

    assert law_keys_in(blocks[0].value) == ["b.key", "a.key"]
    assert stream.get_prep_value(blocks)[0]["value"] == value
    assert stream.get_searchable_content(blocks) == ["T"]


def test_reading_a_lesson_asks_no_choices(db, django_assert_num_queries):
    """Choices of keys come from the database: reading must not compare with them."""
    stream = LessonBody()
    raw = [
        {"type": "question", "value": {"anchor": "q", "use": "a-key"}, "id": "1"},
        {"type": "law", "value": {"anchor": "l", "figure": "a.key", "text": "x"}, "id": "2"},
    ]

    with django_assert_num_queries(0):
        blocks = stream.to_python(raw)
        assert (blocks[0].value["use"], blocks[1].value["figure"]) == ("a-key", "a.key")
        assert stream.get_searchable_content(blocks) == ["x"]
