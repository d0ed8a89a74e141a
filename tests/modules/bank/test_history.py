"""An edit makes a version after the first use, and only then; results keep the one they had."""

import pytest
from django.urls import reverse

from modules.bank.history import edits_of, versions_of
from modules.bank.uses import FormUse, PoolUse, uses_of
from modules.courses.differing import Span
from modules.coursework.models import Assignment
from modules.papers.contents import Blueprint, Form, FormQuestion
from modules.questions.freezing import freeze
from modules.questions.models import Question, QuestionVersion
from tests.cast import sign_in
from tests.modules.bank.making import make, typed

pytestmark = pytest.mark.django_db

EDIT = "wagtailsnippets_modules_question:edit"


@pytest.fixture
def reviewer(client, cast):
    return sign_in(client, cast.reviewer)


def edit(client, question, **changed):
    """What a reviewer types and publishes."""
    data = typed(question, **changed) | {"action-publish": "1"}
    answer = client.post(reverse(EDIT, args=[question.pk]), data)
    assert answer.status_code == 302, answer.text
    return Question.objects.get(pk=question.pk)


def test_an_edit_before_the_first_use_makes_no_version(reviewer):
    question = edit(reviewer, make(), stem="Which one?")

    assert not QuestionVersion.objects.exists()
    assert freeze("co-one").n == 1
    assert versions_of("co-one")[0].is_first
    assert question.table["stem"] == "Which one?"


def test_an_edit_after_it_makes_one_when_it_is_used_again(reviewer):
    question = make()
    first = freeze("co-one")
    edit(reviewer, question, stem="Which one?")

    assert QuestionVersion.objects.count() == 1
    second = freeze("co-one")

    assert (second.n, freeze("co-one").n) == (2, 2)
    assert second.structure_sha == first.structure_sha
    assert QuestionVersion.objects.get(pk=first.pk).content["texts"]["en"]["stem"] == "Which?"


def test_another_key_is_another_structure(reviewer):
    question = make()
    first = freeze("co-one")
    options = [item["value"] for item in _items(question)]
    options[0]["correct"], options[1]["correct"] = True, False
    edit(reviewer, question, options=options)

    second = freeze("co-one")

    assert second.structure_sha != first.structure_sha
    newest, oldest = versions_of("co-one")
    assert (newest.new_key, oldest.new_key) == (True, False)
    assert [(fact.name, fact.old, fact.new) for fact in newest.facts] == [
        ("Options › a › Right", "No", "Yes"),
        ("Options › b › Right", "Yes", "No"),
    ]


def test_a_misconception_makes_a_version_with_the_same_key(reviewer):
    question = make()
    freeze("co-one")
    options = [item["value"] for item in _items(question)]
    options[0]["misconception"] = "only-cash"
    edit(reviewer, question, options=options)
    freeze("co-one")

    newest = versions_of("co-one")[0]

    assert (newest.n, newest.new_key) == (2, False)
    assert [(f.name, f.old, f.new) for f in newest.facts] == [
        ("Options › a › Misconception", "–", "only-cash")
    ]


def _items(question):
    raw = question.definition.raw_data[0]["value"]["options"]
    return [item if "value" in item else {"value": item} for item in raw]


def test_facts_beside_a_question_make_no_version(reviewer):
    question = make()
    freeze("co-one")
    data = typed(question) | {"action-publish": "1", "expected": "60", "tags": "law ,  law,numbers"}
    reviewer.post(reverse(EDIT, args=[question.pk]), data)

    question = Question.objects.get(pk=question.pk)
    assert (question.expected, question.tags) == (60, "law, numbers")
    assert freeze("co-one").n == 1


def test_a_change_of_words_is_told_word_by_word(reviewer):
    question = make()
    freeze("co-one")
    edit(reviewer, question, stem="Which one?")
    freeze("co-one")

    (line,) = versions_of("co-one")[0].words

    assert (line.language, line.name) == ("English", "Question")
    assert line.spans == (Span("gone", "Which?"), Span("new", "Which one?"))


def test_versions_cost_one_query(django_assert_num_queries):
    question = make()
    for number in range(3):
        question.definition[0].value["stem"] = f"Which {number}?"
        question.save()
        freeze("co-one")

    with django_assert_num_queries(1):
        assert [version.name for version in versions_of("co-one")] == [
            "co-one.3", "co-one.2", "co-one.1",
        ]  # fmt: skip


def test_who_changed_it_stands_there(reviewer, cast, django_assert_num_queries):
    question = make()
    edit(reviewer, question, stem="Which one?")
    edit(reviewer, question, stem="Which of them?")

    with django_assert_num_queries(3):
        edits = edits_of([question])

    assert {edit.by for edit in edits} == {cast.reviewer.get_full_name()}
    assert {edit.language for edit in edits} == {"English"}


def test_where_it_is_used_in_tests(django_assert_num_queries):
    make()
    form = Form.objects.create(course_code="coordination", label="B")
    FormQuestion.objects.create(form=form, position=3, question_key="co-one")

    with django_assert_num_queries(6):
        uses = uses_of("co-one")

    assert uses.forms == (FormUse("coordination", "B", 3),)
    assert not uses_of("co-other")


@pytest.mark.parametrize("is_used", [True, False])
def test_a_question_that_a_form_asks_is_not_retired(reviewer, is_used):
    question = make(use="test")
    if is_used:
        form = Form.objects.create(course_code="coordination", label="B")
        FormQuestion.objects.create(form=form, position=3, question_key="co-one")
    data = typed(question) | {"action-publish": "1", "retired": "on"}

    answer = reviewer.post(reverse(EDIT, args=[question.pk]), data)

    said = "coordination B asks this question. Put another in its place first."
    assert (said in answer.text) is is_used
    assert Question.objects.get().retired is not is_used
    assert (Question.objects.asked().count() == 1) is is_used


def in_a_pool(*, is_anchor: bool = False) -> None:
    blueprint = Blueprint.objects.create(course_code="coordination", key="main")
    blueprint.pool.create(question_key="co-one", is_anchor=is_anchor)


@pytest.mark.parametrize(
    ("is_anchor", "said"),
    [
        (False, "Test, in the pool of the blueprint main"),
        (True, "Test, in every paper by the blueprint main"),
    ],
)
def test_a_pool_stands_among_the_uses(reviewer, is_anchor, said):
    question = make(use="test")
    in_a_pool(is_anchor=is_anchor)

    assert uses_of("co-one").pools == (PoolUse("coordination", "main", is_anchor),)
    assert said in reviewer.get(reverse(EDIT, args=[question.pk])).text


def test_a_question_in_a_pool_is_not_retired(reviewer):
    question = make(use="test")
    in_a_pool()
    data = typed(question) | {"action-publish": "1", "retired": "on"}

    answer = reviewer.post(reverse(EDIT, args=[question.pk]), data)

    said = "It is in the pool of coordination main. Take it out of the pool first."
    assert said in answer.text
    assert Question.objects.get().retired is False


def test_the_task_of_coursework_is_not_retired(reviewer):
    question = make(use="test")
    Assignment.objects.create(course_code="coordination", key="note", question_key="co-one")
    data = typed(question) | {"action-publish": "1", "retired": "on"}

    answer = reviewer.post(reverse(EDIT, args=[question.pk]), data)

    assert "It is the task of the coursework coordination note." in answer.text
    assert Question.objects.get().retired is False


def test_an_author_retires_nothing_by_a_draft(client, cast):
    question = make()
    sign_in(client, cast.author)
    data = typed(question) | {"action-publish": "1", "retired": "on"}

    client.post(reverse(EDIT, args=[question.pk]), data)

    assert Question.objects.get().retired is False
    assert Question.objects.get().get_latest_revision_as_object().retired is True
