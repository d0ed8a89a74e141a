import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.attempts.models import PracticeAnswer
from learning.enrolment.enrolling import start_course, withdraw
from learning.privacy.erasing import erase_person
from modules.courses.models import Course
from modules.questions.asking import token_of
from modules.questions.models import Question, QuestionVersion
from tests.cast import sign_in
from tests.modules.questions.making import make
from tests.modules.questions.samples import ENGLISH

pytestmark = pytest.mark.django_db


def steps(*order: str) -> dict[str, str]:
    return {
        f"step-{token_of('co-ordering', step)}": str(place) for place, step in enumerate(order, 1)
    }


def pairs(**given: str) -> dict[str, str]:
    return {f"premise-{key}": token_of("co-matching", value) for key, value in given.items()}


# kind: what is sent, the response it means, its mark, and what the page says
ANSWERS = {
    "single": ({"answer": "b"}, "b", (1, 1), ["That is right.", "The mix."]),
    "scenario": (
        {"answer": "a"},
        "a",
        (0, 1),
        ["Not this one.", "This is the answer.", "Not yet."],
    ),
    "multiple": (
        {"answer": ["a", "b"]},
        ["a", "b"],
        (0, 1),
        ["1 of 2 found, one too many.", "Does not belong.", "Belongs too.", "Why c."],
    ),
    "truefalse": ({"answer": "true"}, "true", (0, 1), ["Not for children.", "Not yet."]),
    "matching": (
        pairs(a="x", b="y"),
        {"a": "x", "b": "y"},
        (1, 3),
        ["1 of 3 pairs are right.", "Not chosen. The answer is “Taxes”."],
    ),
    "ordering": (
        steps("rules", "decide", "problem", "date"),
        {"rules": 1, "decide": 2, "problem": 3, "date": 4},
        (1, 2),
        ["2 of 4 in the right place.", "This belongs in place 2."],
    ),
    "numeric": (
        {"answer": "٧٣٫٢ %"},
        "٧٣٫٢ %",
        (1, 1),
        ["Every number from 73 to 73.4 % is right.", "That is right."],
    ),
    "short": (
        {"answer": "It is a right."},
        "It is a right.",
        (None, None),
        ["A model answer", "It helps through the risks of life.", "No idea."],
    ),
    "hotspot": (
        {"answer": "a"},
        "a",
        (0, 1),
        ["Not this one.", "This is the answer.", "Not yet.", "About b.", "The box on the right"],
    ),
    "multiple_truefalse": (
        {"statement-a": "true", "statement-b": "true", "statement-d": "false"},
        {"a": "true", "b": "true", "d": "false"},
        (2, 5),
        [
            "2 of 5 statements judged rightly.",
            "No: this is false.",
            "Not decided: this is true.",
            "Not decided: this is false.",
            "On b.",
        ],
    ),
    "cloze": (
        {"gap-1": token_of("co-cloze", "taxes"), "gap-2": "۵۵ %"},
        {"1": "taxes", "2": "۵۵ %"},
        (1, 3),
        [
            'aria-label="Gap 3 of 3"',
            "1 of 3 gaps are right.",
            "Not this one. The answer is “the payroll”.",
            "Left open. The answer is “contribution”.",
        ],
    ),
    "essay": (
        {"answer": "Members pay."},
        "Members pay.",
        (None, None),
        ["Words: 2", "Plain words throughout.", "Compare your text with the rubric."],
    ),
    "teachback": (
        {"criterion-clear": "1"},
        {"clear": "1"},
        (None, None),
        ['name="criterion-clear" value="1" checked', "You gave yourself 1 of 7 points."],
    ),
}


def answered(client, kind: str, method: str = "get", **more) -> str:
    send = getattr(client, method)
    response = send(f"/practice/co-{kind}/", {"check": "1", **ANSWERS[kind][0], **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def enrolment(cast, client, lesson):
    course = lesson.course_page.course
    sign_in(client, cast.learner)
    return start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)


@pytest.mark.parametrize("kind", ANSWERS)
def test_visitor_is_told_and_nothing_is_stored(client, lesson, kind):
    html = answered(client, kind)

    assert [words for words in ANSWERS[kind][3] if words not in html] == []
    assert 'href="/courses/trial/a-lesson/#q-' in html
    assert PracticeAnswer.objects.count() == QuestionVersion.objects.count() == 0


@pytest.mark.parametrize("kind", ANSWERS)
def test_learner_is_told_and_the_answer_is_stored(cast, client, enrolment, kind):
    html = answered(client, kind, "post")

    _sent, response, mark, words = ANSWERS[kind]
    assert [x for x in words if x not in html] == []
    stored = PracticeAnswer.objects.get()
    assert (stored.response, (stored.mark_num, stored.mark_den)) == (response, mark)
    assert (str(stored.question_version), stored.lang) == (f"co-{kind}.1", "en")
    assert (stored.enrolment, stored.recorded_by) == (enrolment, cast.learner)


def test_double_click_and_retry_store_once_under_the_id_of_the_page(client, enrolment):
    html = client.get("/practice/co-single/").content.decode()
    fact = re.search(r'name="fact" value="([^"]+)"', html)[1]

    pages = [answered(client, "single", "post", fact=fact) for _ in range(2)]

    assert PracticeAnswer.objects.get().pk == uuid.UUID(fact)
    assert all(fact not in page for page in pages)


def test_every_answer_is_kept(client, enrolment):
    for _ in range(2):
        answered(client, "single", "post", fact="no id")

    assert PracticeAnswer.objects.count() == 2


def test_who_did_not_start_or_left_is_answered_like_a_visitor(cast, client, enrolment):
    withdraw(enrolment, cast.learner)

    html = answered(client, "single", "post")

    assert "That is right." in html
    assert 'method="get"' in html
    assert PracticeAnswer.objects.count() == 0


def test_posting_needs_a_token(client, enrolment):
    client.handler.enforce_csrf_checks = True

    assert client.post("/practice/co-single/", {"check": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        ("single", {}, "Choose an answer first."),
        ("ordering", {}, "Choose an answer first."),
        ("multiple_truefalse", {"statement-a": ""}, "Choose an answer first."),
        ("multiple_truefalse", {"statement-a": "maybe"}, "This answer does not fit the question"),
        ("numeric", {"answer": " "}, "Write a number first."),
        ("short", {}, "Write your answer first."),
        ("essay", {}, "Write your answer first."),
        ("cloze", {"gap-1": ""}, "Fill a gap first."),
        ("teachback", {}, "Choose an answer first."),
        ("single", {"answer": "z"}, "This answer does not fit the question"),
        ("single", {"answer": ["a", "b"]}, "This answer does not fit the question"),
        ("ordering", {"step-rules": "1"}, "This answer does not fit the question"),
        ("numeric", {"answer": "many"}, "This is not a number."),
        ("numeric", {"answer": "22,000"}, "The comma can be read in two ways."),
        ("numeric", {"answer": "73 kg"}, "The unit is not the one asked for."),
        ("short", {"answer": "x" * 5001}, "The text is too long."),
    ],
)
def test_what_cannot_be_checked_is_asked_again(client, enrolment, kind, sent, says):
    response = client.post(f"/practice/co-{kind}/", {"check": "1", **sent})

    html = response.content.decode()
    assert says in html
    assert "is right" not in html
    assert PracticeAnswer.objects.count() == 0
    if kind == "numeric":
        assert f'value="{sent["answer"]}"' in html


@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(
                ["check", "answer", "fact", "fragment", "premise-a", "step-a", "step-"]
            ),
            st.text(max_size=12),
        ),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=6,
    ),
    st.sampled_from(sorted(ENGLISH)),
    st.sampled_from(["get", "post"]),
)
@settings(
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_junk_breaks_nothing(client, enrolment, junk, kind, method):
    junk = {name: [v.encode(errors="replace") for v in value] for name, value in junk.items()}
    response = getattr(client, method)(f"/practice/co-{kind}/", {**junk, "check": "1"})

    assert response.status_code == 200


def test_a_piece_is_the_form_alone(client, lesson):
    html = client.get("/practice/co-single/", {"check": "1", "answer": "b", "fragment": "1"})

    assert html.content.decode().strip().startswith("<form")
    assert "no-store" in html["Cache-Control"]


def test_the_empty_page_is_kept_for_visitors_and_answers_are_not(client, lesson):
    client.get("/practice/co-single/")
    Question.objects.filter(key="co-single").update(live=False)

    assert client.get("/practice/co-single/").status_code == 200
    assert client.get("/practice/co-single/", {"check": "1", "answer": "b"}).status_code == 404


def test_a_learner_s_page_is_never_kept(client, enrolment):
    assert "no-store" in client.get("/practice/co-single/")["Cache-Control"]


def test_unknown_and_test_questions_have_no_page(client, lesson):
    make("co-test", use="test")

    for key in ("co-none", "co-test"):
        assert client.get(f"/practice/{key}/").status_code == 404


def test_a_test_question_in_a_lesson_is_not_answered(client, lesson):
    Question.objects.filter(key="co-single").update(use="test")

    assert client.get("/practice/co-single/").status_code == 404
    assert "co-single" not in client.get("/courses/trial/a-lesson/").content.decode()


def test_announced_courses_have_no_practice(client, lesson):
    Course.objects.update(status="announced")

    assert client.get("/practice/co-single/").status_code == 404


def test_access_is_that_of_the_course(cast, client, lesson):
    Course.objects.update(access="enrolled")

    assert "/accounts/login/" in client.get("/practice/co-single/?check=1&answer=b")["Location"]
    sign_in(client, cast.learner)
    assert client.get("/practice/co-single/")["Location"] == "/courses/trial/start/"
    course = lesson.course_page.course
    start_course(cast.learner.person, course, cast.pakistan, by=cast.learner)
    assert client.get("/practice/co-single/").status_code == 200


def test_english_question_inside_urdu_is_english_altogether(client, lesson):
    html = client.get("/ur/practice/co-single/", {"check": "1", "answer": "b"}).content.decode()

    assert '<section class="row" id="q-single" lang="en" dir="ltr">' in html
    assert "That is right." in html
    assert 'action="/ur/practice/co-single/#practice-co-single-reply"' in html


def test_pages_take_few_queries(client, enrolment, django_assert_num_queries):
    client.get("/practice/co-single/")

    with django_assert_num_queries(7):
        client.get("/practice/co-single/")


def test_erasing_a_person_blanks_what_she_wrote(cast, client, enrolment):
    answered(client, "short", "post")

    erase_person(cast.learner.person)

    stored = PracticeAnswer.objects.get()
    assert (stored.response, stored.recorded_by) == ("", None)


@pytest.mark.parametrize(
    ("method", "written", "said"),
    [
        ("by_hand", "Payroll  TAX", "That is one of the right answers."),
        ("by_hand", "Gifts", "Compare your answer with the model answer."),
        ("list_only", "Gifts", "This is none of the right answers."),
    ],
)
def test_short_answer_is_told_what_its_list_says(client, lesson, method, written, said):
    table = {**ENGLISH["short"], "accepted": "payroll tax", "method": method}
    question = Question.objects.get(key="co-short")
    question.definition = [{"type": "short", "value": table}]
    question.save()

    html = client.get("/practice/co-short/", {"check": "1", "answer": written}).content.decode()

    assert said in html
    assert "payroll tax" not in html
