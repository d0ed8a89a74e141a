"""The list of questions and the page of one: what they show, to whom, at what cost."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from modules.papers.models import Form, FormQuestion
from modules.questions.freezing import freeze
from modules.questions.models import Question
from modules.reference.models import Outcome
from tests.cast import sign_in
from tests.modules.bank.making import make
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_modules_question:list"
PAGE = "wagtailsnippets_modules_question:inspect"
EDIT = "wagtailsnippets_modules_question:edit"
EDITORS = ("author", "translator", "reviewer", "system_admin")
OTHERS = ("learner", "trainer", "viewer", "programme_admin", "legal_reviewer", "outsider")


@pytest.fixture
def author(client, cast):
    return sign_in(client, cast.author)


def see(client, **query):
    return client.get(reverse(LIST), query).text


def listed(client, **query):
    """The keys of the questions that the list shows."""
    answer = client.get(reverse(LIST), query)
    return {row.key for row in answer.context["object_list"]}


# --- the list


@pytest.fixture
def bank(db):
    make("co-one", outcome="CO1", level="apply", tags="law, numbers")
    make("co-two", kind="numeric", outcome="CO2", level="analyse", use="test", tags="law")
    make("ce-one", kind="matching", outcome="CE1", level="apply", live=False)
    make("ce-two", outcome="CE1", live=False, review="reviewed", tags="by-law")
    make("ce-old", outcome="CE1", retired=True)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, {"co-one", "co-two", "ce-one", "ce-two", "ce-old"}),
        ({"outcome": "CO1"}, {"co-one"}),
        ({"level": "analyse"}, {"co-two"}),
        ({"kind": "matching"}, {"ce-one"}),
        ({"kind": "numeric"}, {"co-two"}),
        ({"use": "test"}, {"co-two"}),
        ({"state": "draft"}, {"ce-one"}),
        ({"state": "reviewed"}, {"ce-two"}),
        ({"state": "live"}, {"co-one", "co-two"}),
        ({"state": "retired"}, {"ce-old"}),
        ({"tags": "law"}, {"co-one", "co-two"}),
        ({"tags": "numbers"}, {"co-one"}),
        ({"course": "coordination"}, {"co-one", "co-two"}),
        ({"course": "coordination", "kind": "single"}, {"co-one"}),
        ({"q": "co-tw"}, {"co-two"}),
        ({"q": "EHSAAS eobi"}, {"ce-one"}),
        ({"q": "Ehsaas numbers"}, set()),
        ({"q": "both families", "state": "retired"}, {"ce-old"}),
    ],
)
def test_the_list_is_narrowed(author, bank, query, keys):
    for code, course in (("CO1", "coordination"), ("CO2", "coordination"), ("CE1", "compliance")):
        make_outcome(code, course)
    make_course("coordination", number=71)
    make_course("compliance", number=72)

    assert listed(author, **query) == keys


def make_outcome(code, course):
    locale = make("co-locale").locale if not Question.objects.exists() else None
    locale = locale or Question.objects.first().locale
    Outcome.objects.get_or_create(
        code=code, locale=locale, defaults={"course_code": course, "level": "apply", "title": code}
    )


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


def test_states_are_counted_and_missing_outcomes_named(author, bank):
    make_outcome("CO1", "coordination")
    make_outcome("CO9", "coordination")

    page = " ".join(see(author, outcome="CO1").split())

    assert "5 questions in the bank:" in page
    for state, n in (("draft", 1), ("reviewed", 1), ("live", 2), ("retired", 1)):
        assert f'?state={state}">{state} {n}</a>' in page
    assert "No question asks for these outcomes: CO9" in page


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


# --- the page


@pytest.fixture
def used(db):
    question = make("co-one", expected=65, tags="law", author="Asma Author")
    make("co-one", lang="ur", stem="کون سا؟")
    course = make_course("coordination", number=71)
    make_lesson(course, "a-lesson", block("question", "q-one", use="co-one"))
    form = Form.objects.create(course_code="coordination", label="B")
    FormQuestion.objects.create(form=form, position=3, question_key="co-one")
    freeze("co-one")
    question.definition[0].value["stem"] = "Which one now?"
    question.save()
    freeze("co-one")
    return question


def test_the_page_says_what_is_known(author, used):
    page = " ".join(author.get(reverse(PAGE, args=[used.pk])).text.split())

    for said in (
        "65 of 100", "Asma Author", "<dd>law</dd>", "One right answer", "co-one.2", "co-one.1",
        "Test, form B, question 3", "#q-one", "Nobody has answered it yet.", "English, Urdu",
        "English · Question:", "The whole history:",
    ):  # fmt: skip
        assert said in page, said
    assert "Which one now?" in page.replace("</ins>", "").replace("<ins>", "")
    assert "other key or marking" not in page


def test_a_question_that_nothing_used_says_so(author):
    question = make("co-one")

    page = author.get(reverse(PAGE, args=[question.pk])).text

    assert "No version yet" in page
    assert "No lesson that readers see and no test asks it." in page


def test_a_retired_question_says_where_it_is_still_named(author, used):
    Question.objects.filter(pk=used.pk).update(retired=True)

    for address in (reverse(PAGE, args=[used.pk]), reverse(EDIT, args=[used.pk])):
        page = author.get(address).text
        assert "Retired: the lessons below pass over it." in page
        assert "#q-one" in page


@pytest.mark.parametrize("versions", [2, 6])
def test_the_queries_of_the_page_do_not_grow(author, used, versions, django_assert_num_queries):
    for number in range(versions - 2):
        used.definition[0].value["stem"] = f"Which {number}?"
        used.save()
        freeze("co-one")
    author.get(reverse(PAGE, args=[used.pk]))

    with django_assert_num_queries(30):
        author.get(reverse(PAGE, args=[used.pk]))


@pytest.mark.parametrize("who", EDITORS)
def test_editors_open_list_and_page(client, cast, used, who):
    sign_in(client, getattr(cast, who))

    assert client.get(reverse(LIST)).status_code == 200
    page = client.get(reverse(PAGE, args=[used.pk]))
    assert page.status_code == 200
    assert "Edit the lesson" in page.text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(client, cast, used, who):
    sign_in(client, getattr(cast, who))

    for address in (reverse(LIST), reverse(PAGE, args=[used.pk]), reverse(EDIT, args=[used.pk])):
        answer = client.get(address)
        assert answer.status_code in {302, 403}, address
        assert "Both families" not in answer.text


def test_the_page_speaks_the_language_of_its_reader(client, cast, used):
    sign_in(client, cast.author)
    profile = UserProfile.get_for_user(cast.author)
    profile.preferred_language = "ur"
    profile.save()

    page = client.get(reverse(PAGE, args=[used.pk])).text

    with translation.override("ur"):
        assert translation.gettext("Where it is used") in page
    assert 'dir="rtl"' in page
