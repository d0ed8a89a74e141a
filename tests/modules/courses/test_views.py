"""The search page."""

import re

import pytest

from tests.indexing import forget_search_index, keep_search_index
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _many(made_once):
    """A course with more lessons about wages than one page of results shows."""
    keep_search_index()
    course = make_course()
    for number in range(13):
        make_lesson(course, f"paid-{number}", block("text", "t", "Wages are paid."))
    forget_search_index()


def page_of(client, query, **more) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["", "   ", "?!"])
def test_without_a_word_there_is_only_the_form(client, query):
    page = page_of(client, query)

    assert '<form class="search" role="search" action="/search/">' in page
    assert "In the courses" not in page


def test_a_word_that_is_nowhere_says_how_to_go_on(client):
    page = page_of(client, "sheep")

    assert "Nothing was found for “sheep”" in page
    assert '<a class="button" href="/glossary/">Open the glossary</a>' in page


def test_only_signs_find_nothing_and_say_so(client):
    assert "Nothing was found for “?!”" in page_of(client, "?!")


def test_many_results_come_in_parts(client):
    first, second = page_of(client, "wages"), page_of(client, "wages", page=2)

    assert "13 pages found" in first
    assert first.count("Lesson paid-") == 10
    assert 'href="?q=wages&amp;page=2">Next' in first
    assert second.count("Lesson paid-") == 3
    assert "11–13 of 13" in second


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_part_that_is_not_there_shows_the_nearest(client, page):
    assert page_of(client, "wages", page=page).count("Lesson paid-") in {3, 10}


def test_a_long_query_is_cut_with_a_word(client):
    page = page_of(client, "wages " * 30)

    assert "Only the first 100 characters of what you typed were used." in page
    assert re.search(r'name="q" value="(wages ?){16,17}', page)
    assert "13 pages found" in page


def test_some_words_only_is_said(client):
    assert "No page has all of these words." in page_of(client, "wages sheep")


@pytest.mark.parametrize("query", ['"><script>alert(1)</script>', "\x00wages", "%", "ʻ" * 200])
def test_whatever_is_typed_is_answered_and_only_shown(client, query):
    assert "<script>alert" not in page_of(client, query)


def test_words_are_looked_for_in_the_readers_language(client):
    page = client.get("/ur/search/", {"q": "wages"}).content.decode()

    link = r'<a href="/ur/courses/trial/paid-\d+/" lang="en" dir="ltr">Lesson paid-'
    assert len(re.findall(link, page)) == 10


def test_results_are_not_kept_for_others_nor_listed_by_engines(client):
    assert '<meta name="robots" content="noindex">' in page_of(client, "wages")


def test_queries_do_not_grow_with_the_results(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        page_of(client, "wages paid")
