"""The preview of a question: shown and answered while it is typed, stored nowhere."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Locale

from learning.attempts.models import PracticeAnswer
from modules.questions.kinds import KINDS
from modules.questions.models import Question, QuestionVersion
from tests.cast import sign_in
from tests.modules.bank.making import make, typed
from tests.modules.questions.samples import ENGLISH

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_modules_question:preview_on_add"
EDIT = "wagtailsnippets_modules_question:preview_on_edit"


@pytest.fixture
def author(client, cast):
    return sign_in(client, cast.author)


def send(client, question, **changed):
    return client.post(reverse(EDIT, args=[question.pk]), typed(question, **changed)).json()


def see(client, question, **query):
    return client.get(reverse(EDIT, args=[question.pk]), query)


@pytest.mark.parametrize("kind", ENGLISH)
def test_every_kind_is_shown_and_answered_as_it_is_typed(author, kind):
    question = make(kind=kind)

    assert send(author, question, stem="Typed just now?") == {
        "is_valid": True, "is_available": True,
    }  # fmt: skip
    page = see(author, question)
    answered = see(author, question, check="1", fragment="1", answer="nonsense to this kind?")

    assert page.status_code == 200
    assert "Typed just now?" in page.text
    assert "verdict" not in page.text
    assert f'action="{reverse(EDIT, args=[question.pk])}#' in page.text
    assert answered.text.lstrip().startswith("<form")
    assert re.search(r'class="(message error|verdict)', answered.text)


def test_an_answer_is_checked_against_what_is_typed_and_stored_nowhere(author):
    question = make()
    options = [
        {"key": "a", "correct": True, "text": "Cash", "feedback": "Now it is this."},
        {"key": "b", "correct": False, "text": "Both", "feedback": "No longer."},
    ]
    send(author, question, options=options)

    page = see(author, question, check="1", answer="a").text

    assert "Now it is this." in page
    assert "That is right." in page
    question.refresh_from_db()
    assert question.table["options"][0]["feedback"] == "One part only."
    assert (PracticeAnswer.objects.count(), QuestionVersion.objects.count()) == (0, 0)


def test_until_it_is_answered_nothing_tells_what_is_right(author):
    question = make()
    send(author, question)

    page = see(author, question).text

    assert "The mix." not in page
    assert "correct" not in page.replace("Check", "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stem": ""}, "Not finished yet: “Question” is missing."),
        ({"feedback": ""}, "Not finished yet: “What everybody should take away” is missing."),
        ({"method": "right_or_wrong", "options": [
            {"key": "a", "correct": False, "text": "One", "feedback": "Why one."},
            {"key": "b", "correct": False, "text": "Two", "feedback": "Why two."},
        ]}, "no option is correct"),
    ],
)  # fmt: skip
def test_an_unfinished_question_says_calmly_what_is_missing(author, changed, said):
    question = make()

    assert send(author, question, **changed)["is_valid"]
    page = see(author, question)

    assert page.status_code == 200
    assert said in page.text
    assert "Traceback" not in page.text
    assert "<form" not in page.text


def test_a_form_that_is_saved_is_refused_all_the_same(author):
    question = make()
    edit = reverse("wagtailsnippets_modules_question:edit", args=[question.pk])

    page = author.post(edit, typed(question, feedback=""))

    assert page.status_code == 200
    assert r"\u201cWhat everybody should take away\u201d is missing" in page.text
    question.refresh_from_db()
    assert question.latest_revision is None


def test_a_new_question_is_previewed_before_it_is_saved(author):
    question = Question(key="co-new", outcome="CO1", level="apply")
    question.definition = make().definition.raw_data
    address = reverse(ADD)

    assert author.post(address, typed(question, stem="New?")).json()["is_valid"]

    assert "New?" in author.get(address).text
    assert "That is right." in author.get(address, {"check": "1", "answer": "b"}).text
    assert not Question.objects.filter(key="co-new").exists()


def test_without_a_kind_the_preview_says_how_to_begin(author):
    question = Question(key="co-new", outcome="CO1", level="apply")
    question.definition = make().definition.raw_data
    data = typed(question) | {"definition-count": "0"}

    author.post(reverse(ADD), data)

    assert "Choose the kind of the question" in author.get(reverse(ADD)).text


def in_urdu(question, stem):
    return make(question.key, lang="ur", stem=stem)


def test_each_language_there_is_can_be_chosen(author):
    question = make()
    in_urdu(question, "کون سا؟")
    send(author, question, stem="Typed?")

    english, urdu = see(author, question), see(author, question, mode="ur")

    assert [code for code, _ in question.preview_modes] == ["en", "ur"]
    assert ("Typed?" in english.text, "کون سا؟" in english.text) == (True, False)
    assert ("Typed?" in urdu.text, "کون سا؟" in urdu.text) == (False, True)
    assert '<html lang="ur" dir="rtl">' in urdu.text
    assert 'name="mode" value="ur"' in urdu.text
    answered = see(author, question, mode="ur", check="1", answer="b").text
    assert f'href="{reverse(EDIT, args=[question.pk])}?mode=ur" data-clear' in answered


def test_a_translation_takes_what_is_right_from_english(author):
    question = make()
    own = in_urdu(question, "کون سا؟")
    send(author, own, stem="کیا؟", options=[
        {"key": key, "correct": key == "a", "text": f"متن {key}", "feedback": f"وجہ {key}"}
        for key in "abcd"
    ])  # fmt: skip

    page = see(author, own, mode="ur", check="1", answer="b").text

    assert "کیا؟" in page
    assert "verdict full" in page
    assert own.preview_modes[0][0] == "ur"


def test_a_translation_that_no_longer_fits_says_so(author):
    question = make()
    own = in_urdu(question, "کون سا؟")
    options = [{"key": "a", "text": "متن", "feedback": "وجہ"}] * 2
    send(author, own, options=[options[0], {**options[1], "key": "x"}])

    page = see(author, own, mode="ur")

    assert page.status_code == 200
    assert 'class="note"' in page.text


def test_the_preview_costs_few_queries(author, django_assert_num_queries):
    question = make()
    in_urdu(question, "کون سا؟")
    send(author, question)
    see(author, question, mode="ur")  # what is read once

    with django_assert_num_queries(17):
        see(author, question, mode="ur", check="1", answer="b")


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer", "legal_reviewer", "outsider"])
def test_whoever_may_not_edit_gets_no_preview(client, cast, who):
    question = make()
    sign_in(client, cast.author)
    send(client, question)
    sign_in(client, getattr(cast, who))

    for address in (reverse(EDIT, args=[question.pk]), reverse(ADD)):
        for answer in (client.get(address), client.post(address, typed(question))):
            assert answer.status_code in {302, 403}
            assert "Both families" not in answer.text


def test_nobody_sees_what_another_is_typing(client, cast):
    question = make()
    sign_in(client, cast.author)
    send(client, question, stem="Secret of the author?")
    sign_in(client, cast.reviewer)
    send(client, question, stem="Mine?")

    page = see(client, question).text

    assert "Mine?" in page
    assert "Secret of the author?" not in page


def test_the_samples_are_all_kinds():
    assert set(ENGLISH) == set(KINDS)
    assert Locale.objects.filter(language_code="ur").exists()
