"""The practice questions that we ship, as they are asked."""

import re

import pytest

from modules.courses.models import LessonPage
from modules.questions.asking import ask_all
from modules.questions.freezing import live_definitions
from modules.questions.models import Question
from tests.learning.attempts.test_in_lesson import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def test_no_page_of_the_library_tells_what_is_right(client):
    keys = list(Question.objects.filter(use="practice").values_list("key", flat=True).distinct())
    canaries = {key: canaries_of(definition) for key, definition in live_definitions(keys).items()}
    lessons = LessonPage.objects.filter(locale__language_code="en", alias_of=None)

    for key in keys:
        page = text_of(client.get(f"/practice/{key}/"))
        assert [text for text in canaries[key] if text in page] == [], key
    forms = [form for lesson in lessons for form in forms_in(text_of(client.get(lesson.url)))]

    assert len(keys) == len(forms) > 90
    assert [text for texts in canaries.values() for text in texts if text in "".join(forms)] == []
    assert not re.search(r'" checked|" selected|name="step-[a-h]"|correct=', "".join(forms))


def forms_in(page: str) -> list[str]:
    """The lesson around them may well say what a feedback says: it teaches it."""
    return re.findall(r"<form[^>]*data-practice.*?</form>", page, re.DOTALL)


def canaries_of(definition) -> list[str]:
    """Texts that stand in no page before the answer: feedback, models, rubrics."""
    words = definition["texts"]["en"]
    found = [words["feedback"], words.get("feedback_wrong", ""), words.get("model", "")]
    for name in ("options", "premises"):
        found += [part["feedback"] for part in words.get(name, {}).values()]
    found += words.get("rubric", {}).values()
    return [text.split("[")[0].split("(")[0].strip() for text in found if text]


def test_the_canaries_can_sing(client):
    page = text_of(client.get("/practice/co-two-payers/", {"check": "1", "answer": "a"}))
    definition = live_definitions(["co-two-payers"])["co-two-payers"]

    assert sum(text in page for text in canaries_of(definition)) == 3


def test_steps_of_the_library_stand_in_another_order():
    keys = Question.objects.filter(use="practice").values_list("key", flat=True)
    orderings = [asked for asked in ask_all(keys, "en").values() if asked.shown.kind == "ordering"]

    assert len(orderings) >= 9
    for asked in orderings:
        assert [part.key for part in asked.shown.parts] != list(asked.tokens.values())
