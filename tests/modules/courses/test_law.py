"""Which pages somebody who knows the law has to read."""

import pytest

from modules.courses.law import LAW, cites_law
from modules.reference.models import Source
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


def lesson_with(*blocks, **fields):
    return make_lesson(make_course(), "one", *blocks, **fields)


def test_a_lesson_in_our_own_words_cites_none():
    assert not cites_law(lesson_with(block("text", "a", "## A\n\nWords. (own)")))


@pytest.mark.parametrize(
    "law",
    [
        block("law", "box", "A box. (own)", figure="pk-pb.wage-limit"),
        block("figures", "table", "A table. (own)", keys=["pk-pb.wage-limit"]),
    ],
)
def test_a_dated_figure_is_law(law):
    assert cites_law(lesson_with(law))


@pytest.mark.parametrize("caution", ["punjab-2026", "cleared"])
def test_a_legal_caution_is_about_law_also_when_it_was_cleared(caution):
    assert cites_law(lesson_with(legal_caution=caution))


@pytest.mark.parametrize(("title", "law"), [("Sindh Act of 2016", True), ("A good guide", False)])
@pytest.mark.parametrize("field", ["text", "simple"])
def test_a_source_is_law_by_its_title(field, title, law, django_assert_num_queries):
    Source.objects.create(tag="W900", title=title)
    words = {"text": "## A\n\nWords. (own)", field: "Words. [W900]"}
    lesson = lesson_with(block("text", "a", **words))

    with django_assert_num_queries(1):
        assert cites_law(lesson) is law


def test_words_that_only_look_like_law_are_none():
    assert not LAW.search("Factors, actors and the lawn: what was enacted by decoders")


def test_a_course_page_cites_none():
    assert not cites_law(make_course())
