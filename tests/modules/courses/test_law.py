"""Which pages somebody who knows the law has to read."""

import pytest
from django.urls import reverse

from modules.courses.law import cites_law
from modules.reference.models import LAW, Source
from tests.cast import sign_in
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


@pytest.mark.parametrize(
    ("title", "kind", "law"),
    [
        ("Recommendation No. 202", "law", True),
        ("Recommendation No. 202", "", False),
        ("The laws of motion", "other", False),
        ("The laws of motion", "", True),
    ],
)
def test_what_a_source_says_of_itself_counts_more_than_its_title(title, kind, law):
    Source.objects.create(tag="W900", title=title, kind=kind)

    assert cites_law(lesson_with(block("text", "a", "## A\n\nWords. [W900]"))) is law


def test_words_that_only_look_like_law_are_none():
    assert not LAW.search("Factors, actors and the lawn: what was enacted by decoders")


def test_a_course_page_cites_none():
    assert not cites_law(make_course())


def test_a_source_is_marked_in_the_admin(client, cast):
    source = Source.objects.create(tag="W900", title="Recommendation No. 202")
    sign_in(client, cast.author)
    url = reverse("wagtailsnippets_modules_source:edit", args=[source.pk])
    assert "law, or a report on law" in client.get(url).content.decode()

    data = {"tag": "W900", "title": source.title, "confidence": "to check", "kind": "law"}
    assert client.post(url, data).status_code == 302

    source.refresh_from_db()
    assert source.is_law
