from contextlib import contextmanager

import pytest
from django.db import IntegrityError
from wagtail.models import Locale

from modules.questions import freezing
from modules.questions.definitions import sha_of
from modules.questions.errors import DefinitionError
from modules.questions.freezing import freeze, freeze_all, live_definitions
from modules.questions.models import Question, QuestionVersion

pytestmark = pytest.mark.django_db

OPTIONS = [
    {"key": "a", "correct": True, "text": "Yes", "feedback": "It is."},
    {"key": "b", "correct": False, "text": "No", "feedback": "It is not."},
]


def make(key="co-one", lang="en", options=OPTIONS, stem="One?"):
    english = Question.objects.filter(key=key).first()
    value = {"stem": stem, "options": options, "feedback": "One is one."}
    return Question.objects.create(
        key=key,
        outcome="CO1",
        level="apply",
        locale=Locale.objects.get(language_code=lang),
        definition=[{"type": "single", "value": value}],
        **({"translation_key": english.translation_key} if english else {}),
    )


def edit(question, stem):
    question.definition[0].value["stem"] = stem
    question.save()


def test_what_is_frozen():
    make()

    version = freeze("co-one")

    assert (str(version), len(version.sha), version.sha != version.structure_sha) == (
        *("co-one.1", 64, True),
    )
    assert version.content == {
        "kind": "single",
        "method": "right_or_wrong",
        "max": "1",
        "structure": {
            "options": [{"key": "a", "correct": True}, {"key": "b", "correct": False}],
        },
        "texts": {
            "en": {
                "stem": "One?",
                "options": {
                    "a": {"text": "Yes", "feedback": "It is."},
                    "b": {"text": "No", "feedback": "It is not."},
                },
                "feedback": "One is one.",
            }
        },
    }


def test_the_same_content_is_the_same_version():
    question = make()
    first = freeze("co-one")
    edit(question, "Two?")
    second = freeze("co-one")
    edit(question, "One?")

    assert freeze("co-one") == first
    assert (first.n, second.n, second.structure_sha) == (1, 2, first.structure_sha)


def test_line_ends_of_a_browser_are_no_new_version():
    question = make(stem="One?\nReally?")
    first = freeze("co-one")
    edit(question, "One?\r\nReally?")

    assert freeze("co-one") == first


def test_a_draft_is_not_frozen():
    question = make()
    question.definition[0].value["stem"] = "Draft?"
    question.save_revision()

    assert freeze("co-one").content["texts"]["en"]["stem"] == "One?"


def test_all_languages_of_the_moment_are_frozen():
    make()
    before = freeze("co-one")
    # What a translation says about right and wrong is not read.
    make(lang="ur", stem="ایک؟", options=[{**option, "correct": False} for option in OPTIONS])

    after = freeze("co-one")

    assert list(after.content["texts"]) == ["en", "ur"]
    assert (after.n, after.structure_sha) == (2, before.structure_sha)


def test_a_translation_that_fits_no_more_is_left_out():
    make()
    make(lang="ur", options=OPTIONS[:1])

    assert list(freeze("co-one").content["texts"]) == ["en"]


def test_a_question_that_is_not_live_cannot_be_frozen():
    make().unpublish()

    with pytest.raises(Question.DoesNotExist, match='no live question "co-one" in English'):
        freeze("co-one")


def test_a_question_that_cannot_be_marked_is_not_frozen():
    make(options=[{**OPTIONS[0], "feedback": ""}, OPTIONS[1]])

    with pytest.raises(DefinitionError, match='"feedback" is missing'):
        freeze("co-one")


def test_many_are_frozen_in_a_few_queries(django_assert_num_queries):
    for key in ("co-one", "co-two", "co-three"):
        make(key)
    first = freeze_all(["co-one", "co-two", "co-three"])

    with django_assert_num_queries(2):
        assert freeze_all(["co-one", "co-two", "co-three"]) == first


def test_content_that_somebody_else_froze_meanwhile_is_taken(monkeypatch):
    make()
    definition = live_definitions(["co-one"])["co-one"]
    theirs = []

    @contextmanager
    def meanwhile():
        monkeypatch.undo()
        facts = {"content": definition, "sha": sha_of(definition), "structure_sha": ""}
        theirs.append(QuestionVersion.objects.create(key="co-one", n=1, **facts))
        raise IntegrityError
        yield

    monkeypatch.setattr(freezing.transaction, "atomic", meanwhile)

    assert [freeze("co-one")] == theirs


def test_a_number_that_somebody_else_took_meanwhile_is_passed_over(monkeypatch):
    make()

    @contextmanager
    def meanwhile():
        monkeypatch.undo()
        QuestionVersion.objects.create(key="co-one", n=1, content={}, sha="theirs")
        raise IntegrityError
        yield

    monkeypatch.setattr(freezing.transaction, "atomic", meanwhile)

    assert freeze("co-one").n == 2


def test_a_version_is_never_changed():
    make()
    version = freeze("co-one")
    version.content = {}

    with pytest.raises(TypeError, match="never changed"):
        version.save()
