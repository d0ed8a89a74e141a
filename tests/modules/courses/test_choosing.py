"""Readers choose between the full text and simple words, and are remembered by a cookie alone."""

import pytest
from django.core.cache import cache
from django.test import Client

from modules.courses.choosing import COOKIE
from modules.courses.reading import key_of
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db

FULL, SIMPLE = "A long and winding sentence", "Short words"
ADDRESS = "/courses/trial/middle/"


@pytest.fixture
def lesson(db):
    text = f"## Doors\n\n{FULL}, for those who like them. (own)"
    course = make_course()
    make_lesson(course, "plain", block("text", "only", "## Only\n\nThis. (own)"))
    return make_lesson(course, "middle", block("text", "doors", text, simple=f"{SIMPLE}. (own)"))


def page_of(client, address=ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_full_text_stands_until_simple_words_are_chosen(client, lesson):
    first = page_of(client)
    chosen = page_of(client, f"{ADDRESS}?words=simple")

    assert FULL in first
    assert SIMPLE not in first
    assert SIMPLE in chosen
    assert FULL not in chosen
    assert "<h2>Doors</h2>" in chosen


def test_the_choice_is_remembered_until_it_is_taken_back(client, lesson):
    client.get(f"{ADDRESS}?words=simple")
    assert SIMPLE in page_of(client)

    client.get(f"{ADDRESS}?words=full")
    assert FULL in page_of(client)
    assert not client.cookies[COOKIE].value


def test_the_choice_shows_which_is_read_and_only_where_there_is_one(client, lesson):
    chosen = page_of(client, f"{ADDRESS}?words=simple")

    assert '<a href="?words=simple" aria-current="true"' in chosen
    assert '<a href="?words=full" rel' in chosen
    assert "?words=" not in page_of(client, "/courses/trial/plain/")


def test_visitors_get_their_own_of_two_kept_answers(lesson):
    plain, simple = Client(), Client()
    simple.cookies[COOKIE] = "simple"

    for _visit in range(2):
        assert FULL in page_of(plain)
        assert SIMPLE in page_of(simple)
    assert "Cookie" in plain.get(ADDRESS)["Vary"]


def test_who_is_signed_in_gets_her_own_of_two_kept_texts(lesson, cast):
    clients = [sign_in(Client(), cast.learner), sign_in(Client(), cast.outsider)]
    clients[1].cookies[COOKIE] = "simple"

    for _visit in range(2):
        assert FULL in page_of(clients[0])
        assert SIMPLE in page_of(clients[1])
    kept = [key_of(lesson.live_revision_id, "en", facilitator=False, simple=s) for s in (0, 1)]
    assert len(cache.get_many(kept)) == 2


@pytest.mark.parametrize("asked", ["", "SIMPLE", "0", "<script>"])
def test_another_word_in_the_address_chooses_nothing(client, lesson, asked):
    assert FULL in page_of(client, f"{ADDRESS}?words={asked}")
    assert COOKIE not in client.cookies


def test_choosing_costs_no_query(client, lesson, django_assert_num_queries):
    page_of(client)
    with django_assert_num_queries(3):
        page_of(client, f"{ADDRESS}?words=full")
    client.cookies[COOKIE] = "simple"
    page_of(client)
    with django_assert_num_queries(0):  # the tests' cache is no database
        page_of(client)
