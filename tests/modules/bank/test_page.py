"""The page of one question: what it shows, to whom, at what cost."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from modules.papers.contents import Form, FormQuestion
from modules.questions.freezing import freeze
from modules.questions.models import Question
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


@pytest.fixture(scope="module")
def _used(made_once) -> int:
    """Made once for the module: used by a lesson, by a form and in two versions."""
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
    return question.pk


@pytest.fixture
def used(db, _used: int) -> Question:
    return Question.objects.get(pk=_used)


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
    question = make("co-new")

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
