"""The list of questions: what it shows and finds, and at what cost."""

import pytest
from django.urls import reverse

from modules.papers.contents import Form, FormQuestion
from modules.questions.models import Question
from tests.cast import sign_in
from tests.modules.bank.making import make

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_modules_question:list"
PAGE = "wagtailsnippets_modules_question:inspect"
EDIT = "wagtailsnippets_modules_question:edit"


@pytest.fixture
def author(client, cast):
    return sign_in(client, cast.author)


def see(client, **query):
    return client.get(reverse(LIST), query).text


def listed(client, **query):
    """The keys of the questions that the list shows."""
    answer = client.get(reverse(LIST), query)
    return {row.key for row in answer.context["object_list"]}


@pytest.mark.parametrize(
    ("lang", "stem", "query"),
    [
        ("en", "Who pays the Contribution?", "contribution PAYS"),
        ("ur", "چندہ کون ادا کرتا ہے؟", "چنده ادا"),
        ("km", "តើនរណាបង់ភាគទាន?", "ភាគទាន"),
        ("lo", "ໃຜຈ່າຍເງິນສົມທົບ?", "ສົມທົບ"),
    ],
)
def test_words_are_found_in_four_scripts(author, lang, stem, query):
    make("co-one")
    make("co-two")
    if lang == "en":
        make("co-three", stem=stem)
    else:
        make("co-one", lang=lang, stem=stem)

    found = author.get(reverse(LIST), {"q": query}).context["object_list"]

    assert [(row.key, row.locale.language_code) for row in found] == [
        ("co-three" if lang == "en" else "co-one", lang)
    ]


def test_words_of_options_are_searched_and_feedback_and_field_names_are_not(author):
    make("co-one")

    assert listed(author, q="Both families") == {"co-one"}
    for word in ("mix", "correct", "options", "right_or_wrong"):
        assert listed(author, q=word) == set(), word


def test_a_translation_is_retired_with_its_english_question(author):
    question = make("co-one")
    make("co-one", lang="ur", stem="کون سا؟")
    Question.objects.filter(pk=question.pk).update(retired=True)

    rows = author.get(reverse(LIST), {"state": "retired"}).context["object_list"]

    assert len(rows) == 2
    assert not Question.objects.asked().exists()


def test_an_empty_bank_says_how_to_begin(author):
    page = see(author)

    assert "There is no question yet." in page
    assert reverse("wagtailsnippets_modules_question:add") in page


def test_an_empty_answer_leads_back_to_all(author):
    make("co-one")

    page = see(author, q="zebra")

    assert "No question is like that." in page
    assert "Show all questions" in page
    assert "There is no question yet." not in page


def test_advice_is_counted_in_the_list_and_said_in_the_form(author):
    options = [
        {"key": key, "correct": key == "b", "text": text, "feedback": "A reason is given here."}
        for key, text in (("a", "Cash"), ("b", "Both"), ("c", "None of the above"))
    ]
    question = make("co-one", stem="Which one is it?")
    question.definition[0].value["options"] = options
    question.definition = [
        {"type": "single", "value": {
            "stem": "Which is it?", "options": options, "feedback": "A reason is given here.",
        }}
    ]  # fmt: skip
    question.save()

    assert "1 remark" in see(author)
    form = author.get(reverse(EDIT, args=[question.pk])).text
    assert "c: “all” or “none of the above” can be told from part of what one knows." in form
    page = author.get(reverse(PAGE, args=[question.pk])).text
    assert "can be told from part of what one knows" in page


def test_the_key_at_one_place_all_over_a_form_is_said_in_the_form(author):
    form = Form.objects.create(course_code="coordination", label="B")
    for position in range(1, 5):
        make(f"co-{position}", use="test")
        FormQuestion.objects.create(form=form, position=position, question_key=f"co-{position}")
    question = Question.objects.get(key="co-3")
    said = "In every question of form B the right option is number 2."

    assert said in author.get(reverse(EDIT, args=[question.pk])).text
    assert said in author.get(reverse(PAGE, args=[question.pk])).text
    Question.objects.filter(key="co-1").update(live=False)
    assert said not in author.get(reverse(PAGE, args=[question.pk])).text


@pytest.mark.parametrize("size", [1, 3, 20])
def test_the_queries_of_the_list_do_not_grow(author, size, django_assert_num_queries):
    for number in range(size):
        make(f"co-{number}", tags="law")
    see(author)

    with django_assert_num_queries(21):
        see(author)
