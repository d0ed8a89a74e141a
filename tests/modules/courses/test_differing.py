import pytest

from modules.courses.differing import Span, differences, spans, words

A = "The fund pays three months after the birth."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A, A, [("same", A)]),
        ("", "New words.", [("new", "New words.")]),
        ("Old words.", "", [("gone", "Old words.")]),
        (
            A,
            A.replace("three", "six"),
            [
                ("same", "The fund pays"),
                ("gone", "three"),
                ("new", "six"),
                ("same", "months after the birth."),
            ],
        ),
        (A, f"{A} Ask.", [("same", A), ("new", "Ask.")]),
        # too little in common to be told word by word
        ("The old rule is gone.", "Ask the office.", [("gone", "The old rule is gone."),
                                                     ("new", "Ask the office.")]),
    ],
)  # fmt: skip
def test_words_that_went_and_came(old, new, expected):
    assert [(span.fate, span.text) for span in spans(old, new)] == expected


def test_parts_that_are_the_same_are_left_out():
    old = ["One.", "Two and a half.", "Three."]
    new = ["One.", "Two and a bit.", "Three.", "Four."]

    first, second = differences(old, new)

    assert [span.text for span in first] == ["Two and a", "half.", "bit."]
    assert second == (Span("new", "Four."),)


def test_a_part_that_went_does_not_move_the_others():
    assert differences(["A.", "B.", "C."], ["A.", "C."]) == ((Span("gone", "B."),),)


def test_words_are_parted_where_none_are_written_apart():
    khmer = "ប្រាក់បំណាច់សម្រាប់និយោជិត"

    assert len(words(khmer)) > 1
    assert "".join(words(khmer)) == khmer


def test_line_ends_and_spaces_are_no_difference():
    assert spans("One  two\nthree", "One two three") == (Span("same", "One two three"),)
