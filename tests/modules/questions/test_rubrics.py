"""Rubrics: levels by criterion, and what they are worth."""

from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.questions.definitions import from_tables, to_table
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.rubrics import (
    Criterion,
    Level,
    check_criteria,
    check_rating,
    criteria_of,
    points_of,
    share_of,
)
from tests.modules.questions.samples import definition, english
from tests.modules.questions.strategies import definitions, trials

URDU = {
    "stem": "؟",
    "criteria": [
        {
            "key": "clear",
            "text": "صاف",
            "levels": [{"points": points, "text": f"ا{points}"} for points in "013"],
        },
        {"key": "true", "text": "سچ", "levels": [{"points": p, "text": f"ب{p}"} for p in "04"]},
    ],
    "feedback": "ت",
}


@pytest.mark.parametrize(
    ("rating", "share"),
    [
        ({"clear": "0", "true": "0"}, 0),
        ({"clear": "1", "true": "0"}, Fraction(1, 7)),
        ({"clear": "1", "true": "4"}, Fraction(5, 7)),
        ({"clear": "3", "true": "4"}, 1),
    ],
)
def test_share_is_points_over_the_most_there_could_be(rating, share):
    assert share_of(definition("essay"), rating) == share
    assert points_of(definition("essay"), rating) == (share * 7, 7)


def test_levels_of_a_short_answer_are_one_criterion():
    question = definition("short")

    assert share_of(question, {"": "0.5"}) == Fraction(1, 2)
    assert [level.text for level in criteria_of(question, "en")[0].levels] == [
        "No idea.",
        "One idea.",
        "All ideas.",
    ]


def test_rubric_speaks_the_language_or_english():
    question = from_tables(english("teachback"), {"ur": URDU})

    assert criteria_of(question, "ur")[1] == Criterion(
        "true", "سچ", (Level("0", "ب0"), Level("4", "ب4"))
    )
    assert criteria_of(question, "km")[1].text == "True to the law"
    assert to_table(question, "ur") == URDU
    assert criteria_of(definition("numeric"), "en") == ()


@pytest.mark.parametrize(
    ("rating", "code"),
    [
        ({"clear": "2", "true": "4"}, "unknown_part"),
        ({"clear": "1", "other": "0"}, "unfinished"),
        ({"clear": "1"}, "unfinished"),
        ({}, "unfinished"),
    ],
)
def test_rating_that_does_not_fit_is_refused(rating, code):
    with pytest.raises(ResponseError) as refused:
        share_of(definition("essay"), rating)
    assert refused.value.code == code


def test_a_rating_may_be_unfinished_but_not_foreign():
    check_rating(definition("essay"), {"clear": "1"})
    with pytest.raises(ResponseError):
        check_rating(definition("essay"), {"other": "0"})


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "begin with 0 points and rise"),
        (["0"], "begin with 0 points and rise"),
        (["1", "2"], "begin with 0 points and rise"),
        (["0", "2", "1"], "must rise from level to level"),
        (["0", "1", "1.0"], "must rise from level to level"),
        (["0", "all"], "plain number"),
        (["0", "0.25"], "whole or half, up to 100"),
        (["0", "100.5"], "whole or half, up to 100"),
    ],
)
def test_levels_begin_with_nothing_and_rise(points, message):
    question = definition("essay")
    question["structure"]["criteria"][0]["levels"] = [{"points": one} for one in points]

    with pytest.raises(DefinitionError, match=message):
        check_criteria(question)


def test_a_rubric_has_a_criterion():
    with pytest.raises(DefinitionError, match="criteria: at least one"):
        check_criteria(definition("essay", criteria=[]))


def test_a_rubric_has_no_more_criteria_than_can_be_added_up():
    question = definition("essay")
    question["structure"]["criteria"] *= 6
    check_criteria(question)
    question["structure"]["criteria"] *= 2

    with pytest.raises(DefinitionError, match="more than 12"):
        check_criteria(question)


def test_what_is_missing_inside_a_criterion_is_told():
    table = english("essay")
    broken = deepcopy(table["criteria"])
    del broken[0]["levels"][1]["text"]
    with pytest.raises(DefinitionError, match='criteria, "clear", levels, "1": "text" is missing'):
        from_tables(table | {"criteria": broken}, {})
    foreign = deepcopy(URDU)
    foreign["criteria"][0]["levels"].pop()
    with pytest.raises(DefinitionError, match='ur, criteria, "clear", levels: "3" is missing'):
        from_tables(english("teachback"), {"ur": foreign})


@trials
@given(st.data())
def test_a_higher_level_is_never_worth_less(data):
    question = data.draw(definitions(("essay", "teachback", "short")))
    criteria = criteria_of(question, "en")
    low = {one.key: data.draw(st.sampled_from(one.levels)).points for one in criteria}
    key = data.draw(st.sampled_from(sorted(low)))
    high = low | {key: next(one.most for one in criteria if one.key == key)}

    assert 0 <= share_of(question, low) <= share_of(question, high) <= 1
    assert share_of(question, {one.key: one.most for one in criteria}) == 1
    assert share_of(question, {one.key: one.levels[0].points for one in criteria}) == 0
