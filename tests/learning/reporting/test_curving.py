"""What figures of options say, and how they are drawn."""

from itertools import pairwise

import numpy as np
import pytest

from learning.measurement.items import Flag
from learning.measurement.items import analyse as analyse_items
from learning.measurement.options import OMITTED, Choices, analyse, count_choices, count_ticks
from learning.reporting.choosing import Chosen
from learning.reporting.curving import curves_of, curves_of_parts
from learning.reporting.item_words import remarks, sentences

ISOLATES = "\u2066\u2069"  # around what is read from left to right


def answers(n: int, *, best: str) -> Choices:
    """`n` people of whom the better third chooses `best`, the others A and C; the key is A."""
    third = n // 3
    choices = [[best]] * third + [["A"]] * third + [["C"]] * third
    return analyse(choices, ["A"], list(range(n, 0, -1)), listed=[["A", "B", "C"]])[0]


def of(choices: Choices) -> Chosen:
    return Chosen({0: choices})


def ticks(n: int) -> Choices:
    """Three options, A and C right. The better half ticks A and B, the others C."""
    codes = np.array([[0, 0, OMITTED]] * (n // 2) + [[OMITTED, OMITTED, 0]] * (n // 2))
    marks = np.repeat([9.0, 1.0], n // 2)
    return count_ticks(codes, "ABC", {0, 2}, marks, marks)


def parts(n: int) -> tuple[Choices, ...]:
    """Two statements, both true: the better half finds the first true and the second false."""
    halves, marks = np.repeat([0, 1], n // 2), np.repeat([9.0, 1.0], n // 2)
    return tuple(count_choices(one, "TF", 0, marks, marks) for one in (halves, 1 - halves))


def test_the_key_rises_and_the_lines_run_along_the_reading():
    right, left = (curves_of(answers(120, best="A"), rtl=rtl) for rtl in (False, True))

    assert right.lines[0].points == "70,156 170,16 270,16"
    assert left.lines[0].points == "270,156 170,16 70,16"
    assert [line.is_key for line in right.lines] == [True, False, False]
    assert (right.heads, left.heads) == ((70, 170, 270), (270, 170, 70))


def test_letters_stand_apart_where_curves_end_alike():
    heights = sorted(line.text_y for line in curves_of(answers(120, best="A"), rtl=False).lines)

    assert all(upper - lower >= 14 for lower, upper in pairwise(heights))


def test_letters_at_the_top_stay_within_the_drawing():
    codes = np.array([[0, 0, OMITTED]] * 60 + [[OMITTED, 0, 0]] * 60)
    marks = np.repeat([9.0, 1.0], 60)
    drawn = curves_of(count_ticks(codes, "ABC", {0}, marks, marks), rtl=False)

    heights = sorted(line.text_y for line in drawn.lines)
    assert heights[0] >= 13
    assert all(lower - upper >= 14 for upper, lower in pairwise(heights))


@pytest.mark.parametrize("rtl", [False, True])
def test_lines_lead_to_letters_that_cannot_stand_at_the_end_of_their_curves(rtl):
    codes = np.array([[0] + [OMITTED] * 9] * 120)
    marks = np.arange(120.0)
    drawn = curves_of(count_ticks(codes, "ABCDEFGHIJ", {0}, marks, marks), rtl=rtl)
    few = curves_of(answers(120, best="A"), rtl=rtl)

    assert {line.lead for line in few.lines} == {""}
    for line in drawn.lines:
        (begins, end), (comes, to) = (map(int, point.split(",")) for point in line.lead.split())
        assert (end, to) == (line.dots[-1][1], line.text_y - 5)
        assert sorted((line.dots[-1][0], begins, comes, line.text_x), reverse=rtl) == [
            line.dots[-1][0],
            begins,
            comes,
            line.text_x,
        ]
        assert 0 < line.text_x < 340


@pytest.mark.parametrize(("n", "drawn"), [(99, False), (102, True)])
def test_drawn_from_a_hundred_people_on(n, drawn):
    assert (curves_of(answers(n, best="A"), rtl=False) is not None) is drawn


def test_an_option_that_the_strongest_choose_is_named_to_who_knows_the_key():
    choices = answers(120, best="B")
    item = analyse_items([[1, 1]] * 5 + [[0, 0]] * 5).items[0]

    assert remarks(item, of(choices), names_options=True) == [
        "the key, A, is chosen by those who know less",
        "option B attracts the strongest: check the key",
    ]
    assert remarks(item, of(choices), names_options=False) == [
        "a wrong option attracts those who know more: have the key checked"
    ]


def test_each_of_several_right_options_has_a_thick_line_and_may_fall():
    drawn = curves_of(ticks(120), rtl=False)

    assert [line.is_key for line in drawn.lines] == [True, False, True]
    assert [line.dots[-1][1] < line.dots[0][1] for line in drawn.lines] == [True, True, False]


def test_of_several_right_options_what_the_strongest_leave_or_tick_is_named():
    item = analyse_items([[1, 1]] * 5 + [[0, 0]] * 5).items[0]

    assert remarks(item, of(ticks(120)), names_options=True) == [
        "most of the strongest tick B, a wrong option: check the key",
        "most of the strongest leave out C, a key: check it",
    ]
    assert remarks(item, of(ticks(80)), names_options=True) == [
        "option B attracts those who know more",
        "the key, C, is chosen by those who know less",
    ]
    assert remarks(item, of(ticks(80)), names_options=False) == [
        "a wrong option attracts those who know more: have the key checked"
    ]


def test_a_part_that_the_strongest_have_otherwise_is_named_and_drawn():
    item = analyse_items([[1, 1]] * 5 + [[0, 0]] * 5).items[0]
    chosen = Chosen(parts={0: parts(120)})
    drawn = curves_of_parts(parts(120), rtl=False)

    assert remarks(item, chosen, names_options=True) == [
        "the strongest have B otherwise: check the key"
    ]
    assert remarks(item, chosen, names_options=False) == [
        "a part of it pulls those who know more away from its key: have it checked"
    ]
    assert remarks(item, Chosen(parts={0: parts(80)}), names_options=True) == [
        "who knows more has B wrong: check the key"
    ]
    assert [line.dots[-1][1] < line.dots[0][1] for line in drawn.lines] == [True, False]
    assert curves_of_parts(parts(98), rtl=False) is None


def test_options_nobody_believes_in_are_told_once_and_not_where_all_are_right():
    choices = analyse([["A"]] * 25 + [["B"]] * 15, ["A"], range(40, 0, -1), listed=[[*"ABCD"]])[0]
    hard, easy = (
        analyse_items([[1, n % 2] for n in range(right)] + [[0, n % 2] for n in range(40 - right)])
        for right in (25, 39)
    )

    assert remarks(hard.items[0], of(choices), names_options=True)[-1:] == [
        "hardly anybody believes in: C, D"
    ]
    assert "C" not in " ".join(remarks(easy.items[0], of(choices), names_options=True))


def test_flags_of_a_question_in_words():
    ladder = np.array([[0, 1], [1, 0]] * 10)
    found = analyse_items(ladder)

    assert found.items[0].flags == (Flag.AGAINST,)
    assert remarks(found.items[0], Chosen(), names_options=True) == [
        "who knows more gets it wrong: check the key"
    ]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([[1, 1]] * 9, "Too few people took this test to say anything: 10 are needed."),
        ([[1, 1]] * 10, "nothing can be said of how reliable the test is"),
        ([[1, 0]] * 5 + [[0, 1]] * 5 + [[1, 1]], "The test is not reliable"),
        (
            [[1, 1]] * 5 + [[0, 0]] * 5,
            "It is reliable: a person’s mark is certain to about",
        ),
        ([[1, 1]] * 5 + [[0, 0]] * 5 + [[0, 1]] * 4, "It is reliable enough for groups"),
        ([[1, 1]] * 4 + [[0, 0]] * 4 + [[0, 1], [1, 0]] * 3, "It is little reliable"),
    ],
)
def test_how_reliable_a_test_is_in_words(marks, said):
    text = " ".join(sentences(analyse_items(marks), 50, 0, 0))

    assert said in text.translate(dict.fromkeys(map(ord, ISOLATES)))


def test_what_is_missing_is_told():
    said = sentences(analyse_items([[1]]), 100, 2, 1)

    assert said[1:] == [
        "2 tests are not counted because answers wait to be marked.",
        "1 test has still to be read: open this page again in a moment.",
    ]
