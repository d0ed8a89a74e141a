"""Tests on paper: letters that mean what typed letters mean, and no key where people sit."""

from fractions import Fraction

import pytest
from django.urls import reverse

from learning.attempts.keying import PRINTED, paper_questions, read_keys
from learning.cascade.models import Facilitation
from learning.cascade.papers import (
    about_form,
    booklet_pdf,
    mark_sheet_pdf,
    question_sheet_pdf,
)
from learning.cascade.printing import LANGUAGES
from learning.cascade.question_sheets import asked_on_paper, in_a_line, key_of, right_line
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.contents import Form
from modules.papers.drawing import Item, order_of
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import make_tested_course
from tests.learning.cascade.making import make_event
from tests.learning.cascade.test_papers import foreign_fonts, ink, pages_in
from tests.learning.certificates.test_printing import text_of
from tests.learning.home.test_results import KEYS
from tests.modules.questions.samples import definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast, tested_course):
    return make_event(cast, version=tested_course.course.versions.get())


@pytest.fixture
def questions(event):
    return paper_questions(Form.objects.get(label="A"))


def test_line_without_a_mistake_is_worth_all_marks(questions):
    keyed = read_keys(right_line(questions), questions)

    shares = [
        question.mark(one.response) if one.share is None else one.share
        for question, one in zip(questions, keyed, strict=True)
    ]
    assert shares == [1] * 8


def test_letters_on_paper_are_those_that_are_typed(questions):
    single = asked_on_paper(questions[0], "en")
    letter = key_of(questions[0], "en").answer

    assert dict(single.options)[letter] == "Both families"
    assert [letter for letter, _text in single.options] == ["A", "B", "C", "D"]


def test_key_of_every_kind_says_what_is_right_in_the_order_of_the_paper(questions):
    matching, ordering = asked_on_paper(questions[4], "en"), asked_on_paper(questions[5], "en")
    payers = {text: letter for letter, text in matching.options}
    keys = [key_of(question, "en") for question in questions]

    pairs = [payers["Payroll"], payers["Payroll"], payers["Taxes"]]
    assert keys[4].answer == in_a_line(f"{n}\u00a0{one}" for n, one in enumerate(pairs, 1))
    right = ["Adopt the rules", "Agree on a problem", "Decide", "Fix the next date"]
    places = [f"{letter}\u00a0{right.index(step) + 1}" for letter, step in ordering.steps]
    assert keys[5].answer == in_a_line(places)
    assert keys[6].answer == "73.3 (73 … 73.4)"
    assert keys[7].answer == "It helps through the risks of life."
    assert keys[7].levels == [("1", "All ideas."), ("5", "One idea."), ("0", "No idea.")]


def on_paper(kind: str) -> PaperQuestion:
    one = definition(kind)
    return question_of(Item(1, f"q-{kind}", 1, "CO1", order_of(one, PRINTED, 1)), one)


def test_statements_are_judged_in_the_order_of_the_paper():
    question = on_paper("multiple_truefalse")
    asked, key = asked_on_paper(question, "en"), key_of(question, "en")

    assert sorted(asked.statements) == [f"It is {letter}." for letter in "abcde"]
    words = [word.split()[1] for word in key.answer.split(", ")]
    true = {text for text, word in zip(asked.statements, words, strict=True) if word == "True"}
    assert true == {"It is a.", "It is c."}
    assert (asked.options, asked.premises, asked.steps) == ([], [], [])
    assert [sign for sign, _words in key.levels] == ["1", "5", "0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_sheet_has_every_question_and_no_key(event, questions, language):
    pdf = question_sheet_pdf(event, "A", language)
    words = text_of(pdf)

    assert all(asked_on_paper(question, "en").stem in words for question in questions)
    assert not [key for key in KEYS if key in words]
    assert right_line(questions) not in words
    assert foreign_fonts(pdf) == []
    assert pages_in(pdf) == 2
    assert not ink(pdf, (0, 0, 14, 297), (196, 0, 210, 297))


@pytest.mark.parametrize(("purpose", "says"), [("pre", True), ("post", True), ("practice", False)])
def test_sheet_says_when_wrong_answers_cost_in_a_test(event, purpose, says):
    course = event.cohort.course_version.course.code
    Rules.objects.update_or_create(
        course_code=course, purpose=purpose, defaults={"negative_marking": True, "minutes": 5}
    )

    about = about_form(event, "A", "en")
    assert about["takes_marks"] is says
    assert about["minutes"] == (5 if purpose == "post" else 25)


def test_booklet_for_slips_says_where_answers_go_and_leaves_no_room_for_them(event):
    asked = [text_of(make(event, "A", "en")) for make in (booklet_pdf, question_sheet_pdf)]

    for words, is_booklet in zip(asked, (True, False), strict=True):
        assert ("Write nothing in this booklet." in words) is is_booklet
        assert ("Your sticker" in words) is not is_booklet
        assert "Form A" in words
        assert "Agree on a problem" in words


def test_booklet_of_a_room_that_raises_hands_speaks_of_no_slip(cast, event):
    event.counting = "headcount"
    words = text_of(booklet_pdf(event, "A", "en"))

    assert "Raise your hand" in words
    assert "slip" not in words


def test_mark_sheet_adds_up_marks_and_says_the_right_words(event, questions):
    words = text_of(mark_sheet_pdf(event, "A", "en"))

    assert key_of(questions[0], "en").words == [
        (key_of(questions[0], "en").answer, "Both families")
    ]
    assert "Known from the letters 4 Marked by hand 4 Marks of the whole test 8" in words


def test_mark_sheet_has_the_keys_and_says_whose_it_is(event, questions):
    pdf = mark_sheet_pdf(event, "A", "en")
    words = text_of(pdf)

    assert right_line(questions) in words
    assert "For trainers only: never in the room during the test" in words
    assert pages_in(pdf) == 1


def test_only_who_records_gets_tests_and_keys(client, cast, event):
    event.facilitations.create(person=cast.learner.person, role=Facilitation.Role.OBSERVER)
    urls = [
        reverse(name, args=[event.uuid, "A"]) for name in ("event_test_paper", "event_mark_sheet")
    ]
    sign_in(client, cast.learner)
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert "test-A.pdf" not in client.get(f"/training/{event.uuid}/papers/").content.decode()

    sign_in(client, cast.trainer)
    assert [client.get(url)["Content-Type"] for url in urls] == ["application/pdf"] * 2
    assert "test-A.pdf?lang=ur" in client.get(f"/training/{event.uuid}/papers/").content.decode()


def test_form_that_there_is_not_is_not_found(client, cast, event):
    sign_in(client, cast.trainer)

    assert client.get(reverse("event_mark_sheet", args=[event.uuid, "Z"])).status_code == 404


@pytest.fixture
def by_parts(cast):
    course = make_tested_course("parts", number=86, kinds=("cloze", "essay", "teachback"))
    event = make_event(cast, version=course.course.versions.get())
    return event, paper_questions(Form.objects.get(course_code="parts", label="A"))


def test_sheets_of_gaps_and_rubrics(by_parts):
    event, (cloze, essay, teachback) = by_parts
    asked = text_of(question_sheet_pdf(event, "A", "en"))
    marks = text_of(mark_sheet_pdf(event, "A", "en"))

    for words in ("the payroll", "general taxes", "About 50 to 150 words.", "All correct."):
        assert words in asked
    for secret in ("contribution", "premium", "Insurance is paid by members."):
        assert secret not in asked
    assert (
        key_of(cloze, "en").answer == "1 the payroll · 2 55 (50 … 57.5) · 3 contribution / premium…"
    )
    assert key_of(cloze, "en").levels[0] == ("1", "all right")
    assert key_of(essay, "en").levels[:2] == [
        ("1", "all 7 points"),
        ("5", "at least half of the points"),
    ]
    assert "Plain words throughout." in marks
    assert key_of(teachback, "en").answer == ""
    keyed = read_keys("150", [cloze, essay, teachback])
    assert [one.share for one in keyed] == [1, Fraction(1, 2), 0]
    assert right_line([cloze, essay, teachback]) == "111"
