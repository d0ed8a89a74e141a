"""Files and translations made in the admin: neither undoes the other."""

import pytest
from wagtail_localize.models import Translation, TranslationSource

from modules.courses.models import LessonPage
from modules.loading.loading import load_library
from modules.questions.models import Question
from modules.reference.models import Review
from tests.modules.loading.mini import change
from tests.modules.translating.making import begin, say, urdu

pytestmark = pytest.mark.django_db

TWO = """+++
key = "two"
title = "سبق دو"
purpose = "آپ دو تک گن سکیں گے۔"
review = "draft"
+++

::: text {#start}
## آگے

دو۔ (own)
:::
"""


def english(key: str) -> LessonPage:
    return LessonPage.objects.get(key=key, locale__language_code="en")


def test_file_for_a_lesson_translated_in_the_admin_is_a_conflict(mini):
    translation = begin(english("two"))
    say(translation, "Lesson two", "دوسرا سبق")
    translation.save_target(publish=True)
    (mini / "mini/ur/02-two.md").write_text(TWO, encoding="utf-8")

    report = load_library(mini)

    conflict = "conflict: mini/ur/02-two.md was changed in the admin; left alone"
    assert conflict in report.lines
    assert urdu(english("two")).title == "دوسرا سبق"


def test_changed_english_file_reaches_translators(mini):
    translation = begin(english("two"))
    change(mini, "mini/en/02-two.md", "Two. (own)", "Two and no more. (own)")

    load_library(mini)

    segments = translation.source.stringsegment_set.values_list("string__data", flat=True)
    assert "Two and no more. (own)" in segments


def test_translation_from_a_file_is_not_managed_by_segments(mini):
    source, _made = TranslationSource.get_or_create_from_instance(english("one"))
    locale = urdu(english("one")).locale
    translation = Translation.objects.create(source=source, target_locale=locale)

    change(mini, "mini/ur/01-one.md", "سبق ایک", "پہلا سبق")
    load_library(mini)

    translation.refresh_from_db()
    assert urdu(english("one")).title == "پہلا سبق"
    assert not translation.enabled


def test_question_keeps_its_key_and_what_is_right(mini):
    Question.objects.filter(key="mi-a1").update(review=Review.REVIEWED)
    question = Question.objects.get(key="mi-a1")
    translation = begin(question)
    say(translation, "It is one.", "ایک ہے۔")

    translation.save_target(publish=True)

    own, wrong = urdu(question), question.table["options"][1]
    assert (own.key, own.review, own.live) == ("mi-a1", Review.DRAFT, True)
    assert own.table["options"][1] == wrong | {"feedback": "ایک ہے۔"}
    assert own.table["stem"] == question.table["stem"]
