"""The admin of forms: questions in their order, chosen from the bank."""

import pytest
from django.urls import reverse

from modules.papers.contents import Form
from modules.questions.models import Question
from tests.modules.bank.making import make
from tests.modules.composing.conftest import TEST_KEYS
from tests.modules.composing.sending import (
    address,
    words,
)

pytestmark = pytest.mark.django_db


def questions_of(*keys: str, **changed):
    """The form of a form, with these questions in their order."""
    rows = dict(Question.objects.filter(locale__language_code="en").values_list("key", "pk"))
    data = {"course_code": "coordination", "label": "A", "blueprint": "", **changed}
    data["questions-count"] = str(len(keys))
    for number, key in enumerate(keys):
        data |= {
            f"questions-{number}-deleted": "", f"questions-{number}-order": str(number),
            f"questions-{number}-id": "", f"questions-{number}-type": "question",
            f"questions-{number}-value": rows[key],
        }  # fmt: skip
    return data


def edit_form(client, *keys: str, **changed):
    form = Form.objects.get(course_code="coordination", label="A")
    return client.post(address("form", "edit", form.pk), questions_of(*keys, **changed))


def test_questions_are_asked_in_the_order_given(author, blueprint):
    edit_form(author, "co-t3", "co-t1", "co-t8", blueprint=blueprint.pk)

    form = Form.objects.get(course_code="coordination", label="A")
    assert form.question_keys == ["co-t3", "co-t1", "co-t8"]
    assert form.blueprint == blueprint


def test_a_form_is_made(author):
    Form.objects.get(label="B").delete()

    author.post(address("form", "add"), questions_of("co-t5", label="B"))

    assert Form.objects.get(label="B").question_keys == ["co-t5"]


def test_the_form_shows_what_it_asks(author):
    form = Form.objects.get(label="A")

    page = words(author.get(address("form", "edit", form.pk)))

    assert "As it was saved last" in page
    assert "co-t1" in page
    assert "co-t4" in page
    assert "Which?" in page


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["co-t1", "co-t2", "co-t1"], "A form asks each question once; these stand twice: co-t1."),
        (["co-t1", "co-p1"], "these are for practice: co-p1."),
        ([], "There must be at least 1"),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused(author, keys, said):
    page = edit_form(author, *keys)

    assert page.status_code == 200
    assert said in words(page) or not keys
    assert Form.objects.get(label="A").question_keys == TEST_KEYS[:4]


def test_the_bank_is_chosen_from_by_words_outcome_and_level(author):
    Question.objects.filter(key="co-t2").update(retired=True)
    make("co-t1", lang="ur", stem="کون سا؟")

    for view in ("choose", "choose_results"):
        page = words(author.get(reverse(f"wagtailsnippetchoosers_modules_question:{view}")))
        assert "co-t1" in page
        assert "Which?" in page
        assert "CO1" in page
        assert "co-t2" not in page
        assert "کون" not in page


def test_the_bank_is_searched_by_key_and_words(author):
    make("co-other", stem="Who pays the contribution?")
    address = reverse("wagtailsnippetchoosers_modules_question:choose_results")

    for query in ("CONTRIBUTION pays", "o-oth"):
        page = words(author.get(address, {"q": query}))
        assert "co-other" in page
        assert "co-t1" not in page
