"""Each rule of the advice with what it sees and the nearest thing that it must not see."""

from copy import deepcopy

import pytest

from modules.questions.advice import (
    ENGLISH_RULES,
    FORM_RULES,
    RULES,
    Advice,
    advise,
    advise_form,
    unused_outcomes,
)
from modules.questions.definitions import from_tables
from tests.modules.questions.samples import ENGLISH, definition, english

REASON = "Because the law says so."


def choice(stem="Which body pays?", *texts, kind="single", right="a", feedback=REASON):
    """A question whose options a, b, c … have these texts."""
    options = [
        {"key": key, "correct": key in right, "text": text, "feedback": feedback}
        for key, text in zip("abcdef", texts, strict=False)
    ]
    return from_tables({"kind": kind, "stem": stem, "options": options, "feedback": REASON}, {})


def rules_of(*args, **kwargs):
    return [advice.rule for advice in advise(choice(*args, **kwargs))]


PLAIN = ("The fund", "The office", "The court")


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        ("key_is_longest", ("The fund, after the board has agreed", "The office", "The court")),
        ("uneven_options", (
            "Fund", "A court of appeal that sits in the capital of the province", "The office",
        )),
        ("same_option", ("The fund", "The Fund.", "The court")),
        ("same_meaning", ("Fund and office", "The office and the fund", "The court")),
        ("same_meaning", ("1,200,000", "1200000", "12")),
        ("same_meaning", ("50 %", "50 per cent", "12 %")),
        ("overlapping", ("10–20 days", "20–30 days", "40–50 days")),
        ("overlapping", ("10 to 20", "21-30", "15% – 18%")),
        ("overlapping", ("The fund", "The fund or the court", "Nobody at all")),
        ("all_or_none", ("The fund", "The office", "All of the above")),
        ("all_or_none", ("The fund", "The office", "None of these")),
        ("absolute_words", ("The fund", "It always pays", "The court")),
        ("clue", ("The paying body", "The court house", "The parish")),
    ],
)  # fmt: skip
def test_options_that_a_rule_sees(rule, texts):
    stem = "Who is paying the pensions?" if rule == "clue" else "Which body pays?"
    assert rules_of(stem, *texts) == [rule]


@pytest.mark.parametrize(
    "texts",
    [
        PLAIN,
        # longer by fourteen letters, or by less than a third
        ("The fund, which is old", "The office", "The court"),
        ("The fund that the province set up itself", "The office of the capital city"),
        ("10–20 days", "21–30 days", "31–40 days"),
        ("From the fund to the court", "From the court to the fund", "To nobody"),
        ("A mandate without money", "Money without a mandate", "Two mandates"),
        ("It always pays", "It never pays", "It pays at times"),
        ("10 of 20", "20 of 10", "30 of 10"),
        ("Fund", "Funds", "Funding"),
    ],
)
def test_options_that_no_rule_sees(texts):
    assert rules_of("Which body pays?", *texts) == []


def test_a_key_that_is_longer_among_long_options_is_not_conspicuous():
    texts = ("x" * 66, "y" * 51, "z" * 51)

    assert rules_of("Which body pays?", *texts) == []
    assert rules_of("Which body pays?", "x" * 67, *texts[1:]) == ["key_is_longest"]


def test_a_word_of_the_stem_in_a_wrong_option_too_is_no_clue():
    texts = ("The paying body", "The paying parish", "The court house")

    assert rules_of("Who is paying the pensions?", *texts) == []


def test_where_several_are_right_one_may_hold_another():
    texts = ("The fund", "The fund or the court", "Nobody at all")

    assert rules_of("Which ones?", *texts, kind="multiple", right="ac") == []


@pytest.mark.parametrize(
    "stem",
    [
        "Which body does not pay?",
        "A fund has two laws. Who is not covered?",
        "In Punjab, which of these is never paid?",
        "Which of them pays least?",
        "All of these bodies pay, except:",
        "Which body doesn't pay?",
    ],
)
def test_a_question_for_what_does_not_hold(stem):
    assert rules_of(stem, *PLAIN) == ["negative_stem"]


@pytest.mark.parametrize(
    "stem",
    [
        "Which body does NOT pay?",
        "Which body does **not** pay?",
        "Who pays if the fund does not?",
        "Who pays a worker who is not covered?",
        "The fund does not pay. Who does?",
        "How much is it, at least?",
        "Which body pays at least half?",
        "Why does the fund not pay?",
        "Which note pays?",
    ],
)
def test_a_question_for_what_holds(stem):
    assert rules_of(stem, *PLAIN) == []


@pytest.mark.parametrize("stem", ["The fund.", "Pensions in Punjab"])
def test_a_stem_that_asks_nothing(stem):
    assert rules_of(stem, *PLAIN) == ["asks_nothing"]


@pytest.mark.parametrize(
    "stem", ["Who pays?", "The body that pays is:", "The body that pays is …", "Name the body."]
)
def test_a_stem_that_asks(stem):
    assert rules_of(stem, *PLAIN) == []


@pytest.mark.parametrize(("text", "found"), [("", True), ("Right.", True), (REASON, False)])
def test_feedback_without_a_reason(text, found):
    definition_ = choice("Who pays?", *PLAIN)
    definition_["texts"]["en"]["options"]["b"]["feedback"] = text

    assert advise(definition_) == ([Advice("thin_feedback", ("b",))] if found else [])


def test_the_advice_names_parts_and_words():
    found = advise(choice("Who is paying?", "The paying body", "It never does", "All of these"))

    assert found == [
        Advice("all_or_none", ("c",)),
        Advice("absolute_words", ("b",), ("never",)),
        Advice("clue", ("a",), ("paying",)),
    ]


def test_rules_of_english_are_silent_elsewhere_and_others_are_not():
    texts = ("The paying body", "It never does", "all of these", "All of these.")
    table = {"stem": "Who is paying, never?", "feedback": REASON, "options": [
        {"key": key, "text": text, "feedback": REASON}
        for key, text in zip("abcd", texts, strict=True)
    ]}  # fmt: skip
    english_ = {**deepcopy(table), "kind": "single"}
    for option in english_["options"]:
        option["correct"] = option["key"] == "a"

    definition_ = from_tables(english_, {"ur": table})

    assert [advice.rule for advice in advise(definition_, "ur")] == ["same_option"]
    assert {"all_or_none", "absolute_words", "clue"} < {a.rule for a in advise(definition_, "en")}


def test_urdu_asks_with_its_own_mark_and_numbers_are_read_in_any_digits():
    texts = {"stem": "کون ادا کرتا ہے؟", "feedback": "قانون یہی کہتا ہے۔", "options": {
        key: {"text": text, "feedback": "قانون یہی کہتا ہے۔"}
        for key, text in {"a": "۱۰–۲۰ دن", "b": "۲۰–۳۰ دن", "c": "۴۰–۵۰ دن"}.items()
    }}  # fmt: skip
    definition_ = choice("Who pays?", *PLAIN)
    definition_["texts"]["ur"] = texts

    assert advise(definition_, "ur") == [Advice("overlapping", ("a", "b"))]


@pytest.mark.parametrize("kind", ENGLISH)
def test_every_kind_is_read(kind):
    assert "asks_nothing" not in {a.rule for a in advise(definition(kind))}


def test_a_statement_to_judge_asks_nothing_and_needs_not():
    assert [a.rule for a in advise(definition("truefalse"))] == []


def test_parts_that_nobody_judges_are_compared_too():
    table = english("ordering")
    table["steps"][0]["text"] = "Decide."

    found = advise(from_tables(table, {}))

    assert Advice("same_option", ("rules", "decide")) in found


def test_the_key_at_one_place_over_a_form():
    def form(*rights):
        return [choice("Who pays?", *PLAIN, right=right) for right in rights]

    assert advise_form(form("b", "b", "b", "b")) == [Advice("same_place", ("2",))]
    assert advise_form(form("b", "b", "b")) == []
    assert advise_form(form("b", "b", "b", "a")) == []
    assert advise_form([definition("truefalse"), definition("numeric")] * 4) == []


def test_outcomes_that_no_question_asks_for():
    assert unused_outcomes(["CO1", "CO2", "CO3"], {"CO1", "CO3"}) == ["CO2"]


def test_every_rule_says_where_it_comes_from():
    for rule in (*RULES, *ENGLISH_RULES):
        assert "HDR" in rule.__doc__, rule.__name__
    assert FORM_RULES == ("same_place",)
    assert "HDR" in advise_form.__doc__
