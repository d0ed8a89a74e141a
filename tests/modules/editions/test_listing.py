"""The list of a course's editions, and what its own page offers of them."""

import pytest

from modules.courses.models import Course
from modules.editions.making import build, line_up
from modules.editions.models import EditionFile
from tests.cast import sign_in
from tests.modules.courses.making import make_course
from tests.modules.editions.making import built, in_urdu

pytestmark = pytest.mark.django_db
State = EditionFile.State
LIST = "/courses/trial/editions/"
HANDBOOK = "/courses/trial/editions/handbook.en.pdf"


@pytest.fixture
def course(small_course) -> Course:
    return small_course.course


def test_all_editions_with_what_was_made(client, course):
    built(course, version="0.2", pages=64, bytes=1_100_000)

    page = client.get(LIST).content.decode()

    assert "Participants’ handbook" in page
    assert "Version 0.2" in page
    assert "64 pages" in page
    assert "1.1 MB" in page
    assert "Facilitation guide" not in page
    assert "Printed before" not in page


def test_trainers_see_theirs_too(client, course, cast):
    sign_in(client, cast.trainer)

    page = client.get(LIST).content.decode()

    assert "Facilitation guide" in page
    assert page.count("For trainers only") == 2


def test_what_was_printed_before_stays_listed(client, course):
    built(course)
    kept = built(course, sha="a" * 64, version="0.1", days_ago=10)
    dropped = built(course, sha="b" * 64, version="0.0", days_ago=99, state=State.DROPPED)
    EditionFile.objects.filter(pk=dropped.pk).update(file="")

    page = client.get(LIST).content.decode()

    assert f"{HANDBOOK}?sha={kept.short_sha}" in page
    assert f"?sha={dropped.short_sha}" not in page
    assert dropped.short_sha in page
    assert "PDF: no longer kept" in page


def test_earlier_ones_for_trainers_are_listed_for_trainers(client, course):
    for days in (0, 5):
        built(course, "slides", sha=f"{days}" * 64, days_ago=days)

    assert "Printed before" not in client.get(LIST).content.decode()


def test_a_course_without_lessons_says_so(client, db):
    make_course("empty", number=82)

    page = client.get("/courses/empty/editions/").content.decode()

    assert "There is nothing to take with you yet" in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_much_was_made(
    client, course, django_assert_num_queries, many
):
    for n in range(many):
        built(course, sha=f"{n}" * 64, days_ago=n)
    client.get(LIST, {"a": 1})

    with django_assert_num_queries(4):
        client.get(LIST, {"a": 2})


def test_the_page_of_a_course_offers_them_in_the_readers_language(client, small_course):
    in_urdu(small_course)
    built(small_course.course, version="0.2", pages=64, bytes=1_100_000)

    english, urdu = (
        client.get(f"{prefix}/courses/trial/").content.decode() for prefix in ("", "/ur")
    )

    assert "Take it with you" in english
    assert "PDF · 64 pages · 1.1 MB" in english
    assert "Version 0.2" in english
    assert "slides" not in english.lower()
    assert 'href="/courses/trial/editions/pocket-book.ur.pdf"' in urdu
    assert 'href="/courses/trial/editions/handbook.en.pdf" hreflang="en"' in urdu


def test_a_visitors_kept_page_shows_what_was_made_since(client, course, made):
    assert "48 pages" not in client.get("/courses/trial/").content.decode()
    build(line_up(course, "handbook", "en", "pdf").pk)

    assert "48 pages" in client.get("/courses/trial/").content.decode()
