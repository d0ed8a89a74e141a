"""The practice questions of a lesson, asked in their places."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.enrolment.enrolling import start_course
from learning.templatetags.practice import NO_FACT, NO_TOKEN
from modules.questions.models import Question
from tests.cast import sign_in
from tests.modules.courses.making import block, make_lesson, translate
from tests.modules.questions.making import make
from tests.modules.questions.samples import ENGLISH, in_set

pytestmark = pytest.mark.django_db

ADDRESS, PLAIN = "/courses/trial/a-lesson/", "/courses/trial/plain/"


def enrol(cast, client, lesson):
    sign_in(client, cast.learner)
    course = lesson.course_page.course
    start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)


def test_every_question_stands_under_its_anchor(client, lesson):
    page = client.get(ADDRESS).content.decode()

    assert re.findall(r'<section class="row" id="(q-\w+)"', page) == [f"q-{k}" for k in ENGLISH]
    assert page.count('method="get"') >= len(ENGLISH)
    assert page.count("css/questions.css") == page.count("js/practice.js") == 1
    assert "csrfmiddlewaretoken" not in page


def test_learners_of_the_course_post(cast, client, lesson):
    enrol(cast, client, lesson)

    page = client.get(ADDRESS).content.decode()

    facts = re.findall(r'name="fact" value="([^"]+)"', page)
    assert len(set(facts)) == len(ENGLISH)
    assert page.count("csrfmiddlewaretoken") >= len(ENGLISH)


def test_urdu_addresses_lead_to_urdu_addresses(client, lesson):
    page = client.get(f"/ur{ADDRESS}").content.decode()

    assert page.count('action="/ur/practice/') == len(ENGLISH)


def test_a_question_in_urdu_is_asked_in_urdu_where_the_lesson_is(client, lesson):
    make("co-single", "single", lang="ur")

    page = client.get(f"/ur{ADDRESS}").content.decode()

    assert 'id="q-single" lang="en"' in page  # the lesson is an alias, so all of it is English


def test_a_translated_lesson_asks_in_english_what_is_not_translated(client, lesson):
    translate(lesson, "ur", title="سبق")
    make("co-single", "single", lang="ur")

    page = client.get(f"/ur{ADDRESS}").content.decode()

    assert 'id="q-single" lang="ur" dir="rtl"' in page
    assert 'id="q-multiple" lang="en" dir="ltr"' in page


def test_a_question_that_is_gone_leaves_no_gap(client, lesson):
    Question.objects.filter(key="co-single").delete()

    page = client.get(ADDRESS).content.decode()

    assert "q-single" not in page
    assert "q-multiple" in page


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_eight_questions_once_kept_cost_a_learner_no_query(cast, client, lesson):
    enrol(cast, client, lesson)
    make_lesson(lesson.course_page, "plain")

    assert queries_of(client, ADDRESS) - queries_of(client, PLAIN) == 0


def test_eight_questions_cost_one_query_where_the_page_is_kept_as_a_whole(
    client, lesson, monkeypatch
):
    monkeypatch.setattr("learning.serving.caching.may_be_kept", lambda request, response: False)
    make_lesson(lesson.course_page, "plain")

    assert queries_of(client, ADDRESS) - queries_of(client, PLAIN) == 1


def test_eight_questions_once_kept_cost_a_visitor_with_a_query_nothing(client, lesson):
    make_lesson(lesson.course_page, "plain")

    assert queries_of(client, f"{ADDRESS}?x") - queries_of(client, f"{PLAIN}?x") == 0


def test_kept_forms_hold_nothing_of_a_reader(cast, client, lesson):
    enrol(cast, client, lesson)
    fact = re.compile(r'name="fact" value="([-0-9a-f]{36})"')

    first, second = (text_of(client.get(ADDRESS)) for _ in range(2))

    assert len({*fact.findall(first), *fact.findall(second)}) == 2 * len(fact.findall(first)) > 0
    assert NO_TOKEN not in first + second
    assert NO_FACT not in first + second
    assert client.cookies["csrftoken"].value not in first  # it is masked anew each time


def text_of(response) -> str:
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.fixture
def page_of_a_set(client, lesson):
    """Gives the page of a lesson whose blocks are these: numbers are questions of one set."""

    def page_of_a_set(*blocks, address="/courses/trial/case/"):
        for n in (1, 2, 3):
            make(f"co-case-{n}", "scenario", **in_set(f"What {n}?"))
        made = [
            block("question", f"q-{n}", use=f"co-case-{n}")
            if isinstance(n, int)
            else block("text", n, "## Words\n\nSo.")
            for n in blocks
        ]
        make_lesson(lesson.course_page, "case", *made)
        return client.get(address).content.decode()

    return page_of_a_set


def test_neighbours_about_one_case_tell_it_once(page_of_a_set):
    page = page_of_a_set(1, 2, 3)

    assert page.count("A fund has two laws.") == 1
    assert "This case belongs to the next 3 questions." in page
    assert page.count('href="#practice-co-case-1-case"') == 2
    # Each question is described by what stands before it.
    for n in (1, 2, 3):
        assert page.count(f'id="practice-co-case-{n}-case"') == 1
        assert page.count(f'aria-describedby="practice-co-case-{n}-case"') == 1


def test_a_text_between_them_ends_a_run(page_of_a_set):
    page = page_of_a_set(1, "between", 2, 3)

    assert page.count("A fund has two laws.") == 2
    assert "This case belongs to the next 2 questions." in page
    assert page.count('href="#practice-co-case-2-case"') == 1


def test_alone_on_a_page_a_question_of_a_set_tells_its_case(client, page_of_a_set):
    page_of_a_set(1, 2, 3)
    answer = {"check": "1", "answer": "b"}

    page = client.get("/practice/co-case-2/", answer).content.decode()
    piece = client.get("/practice/co-case-2/", answer | {"fragment": "1"}).content.decode()

    assert page.count("A fund has two laws.") == 1
    assert "the question above" not in page
    # In a lesson the case, or where it stands, is beside the form that a piece replaces.
    assert "A fund has two laws." not in piece
    assert "That is right." in piece


def test_a_case_without_a_set_stays_in_its_form(client, lesson):
    piece = client.get("/practice/co-scenario/", {"fragment": "1"}).content.decode()

    assert piece.count("A fund has two laws.") == 1


def test_the_places_of_a_picture_look_alike_until_one_is_chosen(client, lesson):
    page = client.get("/practice/co-hotspot/").content.decode()
    answered = client.get("/practice/co-hotspot/", {"check": "1", "answer": "a"}).content.decode()

    assert re.findall(r'<g class="(place[^"]*)">', page) == ["place"] * 3
    assert re.findall(r'<g class="(place[^"]*)">', answered) == [
        "place wrong chosen",
        "place missed",
        "place",
    ]
    assert re.findall(r'<b class="letter">(\w)</b>', page) == ["A", "B", "C"]
    assert 'role="img" aria-label="Two boxes with a line between them." dir="ltr"' in page
    assert "style=" not in page
