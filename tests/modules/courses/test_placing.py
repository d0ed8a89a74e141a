import pytest

from modules.courses.placing import anchors_in, place_of_question
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


def ask_for(key: str, anchor: str = "q-one"):
    return block("question", anchor, use=key)


def test_the_lesson_and_the_block_are_found(django_assert_num_queries):
    course = make_course()
    make_lesson(course, "first", block("text", "start", 'Not here: "co-one".'), ask_for("co-two"))
    lesson = make_lesson(course, "second", ask_for("co-two"), ask_for("co-one", "q-here"))

    with django_assert_num_queries(2):
        place = place_of_question("co-one", "en")

    assert (place.lesson, place.anchor) == (lesson, "q-here")
    assert anchors_in(lesson) == {"co-two": "q-one", "co-one": "q-here"}


def test_another_language_has_a_place_of_its_own():
    lesson = make_lesson(make_course(), "first", ask_for("co-one"))

    place = place_of_question("co-one", "ur")

    assert (place.lesson.alias_of, place.lesson.locale.language_code) == (lesson.page_ptr, "ur")


def test_part_of_a_key_is_not_found():
    make_lesson(make_course(), "first", ask_for("co-one-more"))

    assert place_of_question("co-one", "en") is None


def test_only_live_lessons_of_open_courses_count():
    make_lesson(make_course(status="announced"), "first", ask_for("co-one"))
    make_lesson(make_course("other", number=82), "second", ask_for("co-one")).unpublish()

    assert place_of_question("co-one", "en") is None
