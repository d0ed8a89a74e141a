"""The rule that compares two states of a course, with known answers; no database."""

from dataclasses import replace

from modules.courses.comparing import (
    BlockText,
    CourseText,
    Fact,
    LessonText,
    QuestionText,
    compare,
)

TEXT = BlockText("start", "text", title="Start", parts=("Start", "One."), facts={"minutes": 9})
ONE = LessonText("one", title="One", minutes=20, outcomes=("A1",), blocks=(TEXT,), revision=1)
TWO, THREE = (replace(ONE, key=key, title=key) for key in ("two", "three"))


def lessons(old, new):
    return compare(CourseText(tuple(old)), CourseText(tuple(new))).lessons


def with_block(**changed):
    return replace(ONE, blocks=(replace(TEXT, **changed),), revision=2)


def test_the_same_is_no_change():
    course = CourseText((ONE,), {"q": QuestionText(("Why?",))}, {"f": {"value": "1"}})

    assert not compare(course, course)


def test_lessons_that_are_new_and_gone():
    changes = lessons([ONE, TWO], [THREE, ONE])

    assert [(c.state, c.lesson.key) for c in changes] == [("new", "three"), ("gone", "two")]


def test_a_lesson_that_was_moved_and_none_that_only_gave_way():
    (change,) = lessons([ONE, TWO, THREE], [THREE, ONE, TWO])

    assert change.lesson.key == "three"
    assert change.facts == (Fact("place", 3, 1),)


def test_a_new_lesson_moves_nobody():
    assert [c.state for c in lessons([ONE, TWO], [THREE, ONE, TWO])] == ["new"]


def test_a_lesson_with_another_title_time_and_outcomes():
    now = replace(ONE, title="First", minutes=25, outcomes=("A1", "A2"))

    (change,) = lessons([ONE], [now])

    assert change.facts == (
        Fact("title", "One", "First"),
        Fact("minutes", 20, 25),
        Fact("outcomes", ("A1",), ("A1", "A2")),
    )
    assert change.blocks == ()


def test_a_block_with_other_words_and_time():
    (change,) = lessons([ONE], [with_block(parts=("Start", "One and a half."), facts={})])

    (block,) = change.blocks
    assert block.state == "changed"
    assert [[(s.fate, s.text) for s in spans] for spans in block.words] == [
        [("gone", "One."), ("new", "One and a half.")]
    ]
    assert block.facts == (Fact("minutes", 9, None),)


def test_blocks_that_are_new_and_gone():
    (change,) = lessons([ONE], [with_block(anchor="other")])

    assert [(b.state, b.block.anchor) for b in change.blocks] == [
        ("new", "other"),
        ("gone", "start"),
    ]
    assert change.blocks[0].words[1][0].fate == "new"
    assert change.blocks[1].words[1][0].fate == "gone"


def test_words_that_are_no_longer_kept_are_said_to_be_so():
    lost = replace(ONE, title="", blocks=None)

    (change,) = lessons([lost], [with_block(parts=())])

    assert change.is_lost
    assert (change.lesson.title, change.facts, change.blocks) == ("One", (), ())


def test_a_lost_revision_that_still_stands_is_no_change():
    lost = replace(ONE, title="", blocks=None)

    assert lessons([lost], [lost]) == ()


def test_questions():
    old = {
        "gone": QuestionText(("G?",)),
        "said": QuestionText(("One of many?",), "k", "w"),
        "key": QuestionText(("Which?",), "k", "w"),
        "why": QuestionText(("Why?",), "k", "w"),
    }
    new = {
        "said": QuestionText(("One of few?",), "k", "x"),
        "key": QuestionText(("Which?",), "other", "w"),
        "why": QuestionText(("Why?",), "k", "other"),
        "new": QuestionText(("N?",)),
    }

    changes = compare(CourseText(questions=old), CourseText(questions=new)).questions

    said = [(c.key, c.state, bool(c.words), c.new_key, c.new_feedback) for c in changes]
    assert said == [
        ("said", "changed", True, False, False),
        ("key", "changed", False, True, False),
        ("why", "changed", False, False, True),
        ("new", "new", True, False, False),
        ("gone", "gone", True, False, False),
    ]


def test_figures_tests_outcomes_and_forms():
    old = CourseText(
        figures={"f": {"value": "1", "unit": "days"}, "g": {"value": "2"}},
        outcomes={"A1": {"title": "Explain."}},
        tests={"post": {"minutes": 20}},
        forms={"A": ["a", "b"]},
    )
    new = CourseText(
        figures={"f": {"value": "3", "unit": "days"}},
        outcomes={"A1": {"title": "Explain."}, "A2": {"title": "Do."}},
        tests={"post": {"minutes": 25}},
        forms={"A": ["a", "c"]},
    )

    changes = compare(old, new)

    assert [(c.state, c.key, c.facts) for c in changes.figures] == [
        ("changed", "f", (Fact("value", "1", "3"),)),
        ("gone", "g", (Fact("value", "2", None),)),
    ]
    assert [(c.state, c.key) for c in changes.outcomes] == [("new", "A2")]
    assert changes.tests[0].facts == (Fact("minutes", 20, 25),)
    assert changes.forms[0].new == {"questions": ("a", "c")}
