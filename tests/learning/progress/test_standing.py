from hypothesis import given
from hypothesis import strategies as st

from learning.progress.standing import Standing
from modules.courses.outline import LessonEntry, Outline


def outline_of(*keys: str) -> Outline:
    entries = [LessonEntry(key, "1.1", key, f"/{key}/", 45, 1) for key in keys]
    return Outline("a-course", "A course", tuple(entries))


def test_nothing_done():
    standing = Standing(outline_of("a", "b", "c"), frozenset())

    assert (standing.lessons_done, standing.total, standing.minutes_left) == (0, 3, 135)
    assert standing.next_lesson.key == "a"


def test_next_is_the_first_gap():
    standing = Standing(outline_of("a", "b", "c"), frozenset({"a", "c"}))

    assert standing.next_lesson.key == "b"
    assert (standing.lessons_done, standing.minutes_left) == (2, 45)


def test_all_done():
    assert Standing(outline_of("a"), frozenset({"a"})).next_lesson is None


def test_lesson_that_is_no_longer_in_the_course_does_not_count():
    assert Standing(outline_of("a", "b"), frozenset({"a", "gone"})).lessons_done == 1


@given(st.sets(st.sampled_from("abcdefg")))
def test_done_and_left_make_the_whole(done):
    standing = Standing(outline_of(*"abcdefg"), frozenset(done))

    assert standing.lessons_done * 45 + standing.minutes_left == 7 * 45
    assert (standing.next_lesson is None) == (standing.lessons_done == 7)
