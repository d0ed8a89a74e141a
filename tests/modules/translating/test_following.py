"""Translating a lesson by segments: what is offered, what becomes of it, what is refused."""

import pytest
from wagtail_localize.models import Translation

from modules.reference.models import Review
from modules.translating.following import leave_to_files
from modules.translating.standing import notes_of, with_standing
from tests.modules.courses.making import DRAWING, block, make_course, make_lesson
from tests.modules.translating.making import begin, say, segments_of, urdu

pytestmark = pytest.mark.django_db

TABLE = "| A | B |\n|---|---|\n| 1 | 2 |"
TEXT = f"## Start\n\nA [[term:fund]] pays & waits. [E]\n\n- one\n- two\n\n{TABLE}"


@pytest.fixture
def lesson(db):
    return make_lesson(
        make_course(),
        "a-lesson",
        block("text", "first", TEXT, minutes=9),
        block("figure", "map", "A map.\n\n- A: all", file="f.svg", alt="A box.", drawing=DRAWING),
        block("question", "q1", use="a-question"),
        block("activity", "play", "## Play", minutes=25, materials="Cards"),
        review=Review.REVIEWED,
    )


def test_words_are_offered_and_facts_are_not(lesson):
    translation = begin(lesson)

    assert segments_of(translation) == [
        *("Lesson a-lesson", "By the end you can a-lesson."),
        *("## Start", "A [[term:fund]] pays &amp; waits. [E]", "- one\n- two"),
        *(TABLE, "A box.", "A map.", "- A: all", "Cards", "## Play"),
    ]
    assert not translation.source.overridablesegment_set.exists()


def test_alias_becomes_a_draft_that_says_what_english_says(lesson):
    begin(lesson)

    page = urdu(lesson)
    assert page.alias_of is None
    assert page.live
    assert page.review == Review.DRAFT
    assert (page.slug, page.key, page.minutes) == (lesson.slug, lesson.key, lesson.minutes)
    assert page.body[0].value["text"] == TEXT
    assert urdu(lesson.get_parent().specific).alias_of is not None


def test_published_translation_says_what_was_translated(lesson, django_capture_on_commit_callbacks):
    translation = begin(lesson)
    say(translation, "- one\n- two", "- ایک\n- دو")
    say(translation, "A box.", "ایک ڈبا۔")

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    body = urdu(lesson).body
    assert body[0].value["text"] == TEXT.replace("- one\n- two", "- ایک\n- دو")
    assert body[1].value["alt"] == "ایک ڈبا۔"
    assert body[1].value["drawing"] == DRAWING


@pytest.mark.parametrize(
    ("english", "words", "problem"),
    [
        (
            "A [[term:fund]] pays &amp; waits. [E]",
            "ایک [[term:fund|فنڈ]]۔",
            "These marks of the English text are missing: [E]",
        ),
        ("- A: all", "- الف: سب", "These marks of the English text are missing: - A:"),
        ("## Start", "آغاز", "These marks of the English text are missing: ##"),
        ("A map.", "نقشہ۔ [W9]", "These marks are not in the English text: [W9]"),
    ],
)
def test_segment_with_wrong_marks_is_refused(lesson, english, words, problem):
    translation = begin(lesson)

    said = say(translation, english, words)

    said.refresh_from_db()
    assert said.get_error() == problem
    translation.save_target(publish=True)
    assert words not in str(urdu(lesson).body.raw_data)


def test_new_english_words_wait_for_their_translation(lesson):
    translation = begin(lesson)
    say(translation, "## Start", "## آغاز")
    translation.save_target(publish=True)

    lesson.body[0].value["text"] = TEXT.replace("- two", "- three")
    lesson.save_revision().publish()

    assert "- one\n- three" in segments_of(translation)
    assert notes_of(with_standing(Translation.objects.all()).get()) == ["English changed since"]


def test_new_english_facts_alone_ask_for_no_translation(lesson):
    begin(lesson)

    lesson.minutes = 50
    lesson.save_revision().publish()

    assert notes_of(with_standing(Translation.objects.all()).get()) == []


def test_what_a_file_says_is_not_undone_by_segments(lesson):
    translation = begin(lesson)

    leave_to_files(lesson.translation_key, translation.target_locale_id)

    translation.refresh_from_db()
    assert not translation.enabled
