"""The simple version of a text: what stands under its heading, and what may not."""

import pytest
from wagtail.blocks import StructBlockValidationError

from modules.blocks.lesson import TextBlock
from modules.blocks.simple import flaws_of, in_simple_words

FULL = "## Four doors\n\nAsk first what the person needs today. [E] (own)"


def cleaned(**value):
    block = TextBlock()
    return block.clean(block.to_python({"anchor": "doors", "text": FULL, **value}))


def test_the_simple_version_stands_under_the_heading_of_the_full_text():
    value = {"text": FULL, "simple": "Ask what she needs. [E]"}

    assert in_simple_words(value) == "## Four doors\n\nAsk what she needs. [E]\n"


@pytest.mark.parametrize("value", [{}, {"simple": ""}, {"simple": None}, {"simple": " \n"}])
def test_without_one_the_full_text_stands(value):
    assert in_simple_words({"text": FULL, **value}) == FULL


@pytest.mark.parametrize(
    ("simple", "flaw"),
    [
        ("Ask. [W9]", "The full text does not name: W9."),
        ("Ask. (calc)", "The full text does not name: calc."),
        (FULL.removeprefix("## Four doors") + " So ask, always.", "must be shorter"),
        ("## Doors\n\nAsk. [E]", "leave its own out"),
    ],
)
def test_a_flaw_is_told_at_the_field(simple, flaw):
    with pytest.raises(StructBlockValidationError) as caught:
        cleaned(simple=simple)

    assert flaw in " ".join(caught.value.block_errors["simple"].messages)


def test_a_good_one_has_no_flaw_and_is_kept():
    assert flaws_of(FULL, "Ask. [E]") == []
    assert TextBlock().get_prep_value(cleaned(simple="Ask. [E]"))["simple"] == "Ask. [E]"


def test_a_text_without_one_is_stored_as_before_there_were_any():
    assert "simple" not in TextBlock().get_prep_value(cleaned())
