"""What differs between two versions: by language and place, pure."""

from copy import deepcopy

import pytest

from modules.bank.comparing import Difference, FactChange, difference
from modules.bank.naming import path_label, value_label
from modules.courses.differing import Span
from modules.questions.definitions import from_tables
from modules.questions.kinds import KINDS
from tests.modules.questions.samples import ENGLISH, definition, english

URDU = {
    "stem": "کون سا؟",
    "options": [{"key": k, "text": f"متن {k}", "feedback": f"وجہ {k}"} for k in "abcd"],
    "feedback": "دونوں۔",
}


def changed(kind="single", **fields):
    return from_tables({**english(kind), **fields}, {})


@pytest.mark.parametrize("kind", ENGLISH)
def test_the_same_is_no_difference(kind):
    assert difference(definition(kind), definition(kind)) == Difference((), ())


def test_words_are_told_by_language_and_place():
    old = from_tables(english("single"), {"ur": URDU})
    new = deepcopy(old)
    new["texts"]["en"]["options"]["a"]["text"] = "Cash only"
    new["texts"]["ur"]["stem"] = "کون سا ہے؟"

    found = difference(old, new)

    assert found.facts == ()
    assert [(one.lang, one.path) for one in found.words] == [
        ("en", ("options", "a", "text")),
        ("ur", ("stem",)),
    ]
    assert found.words[0].spans == (Span("same", "Cash"), Span("new", "only"))


def test_key_method_and_full_mark_are_facts():
    options = english("single")["options"]
    options[0]["correct"], options[1]["correct"] = True, False
    options[2]["misconception"] = "only-insurance"

    found = difference(
        definition("single"), changed(options=options, method="penalised", full_mark="2")
    )

    assert found.words == ()
    assert set(found.facts) == {
        FactChange(("method",), "right_or_wrong", "penalised"),
        FactChange(("max",), "1", "2"),
        FactChange(("options", "a", "correct"), False, True),
        FactChange(("options", "b", "correct"), True, False),
        FactChange(("options", "c", "misconception"), None, "only-insurance"),
    }


def test_an_order_that_changed_is_told_whole():
    steps = english("ordering")["steps"]
    swapped = [steps[1], steps[0], *steps[2:]]

    found = difference(definition("ordering"), changed("ordering", steps=swapped))

    assert found.facts == (
        FactChange(
            ("steps",),
            ("rules", "problem", "decide", "date"),
            ("problem", "rules", "decide", "date"),
        ),
    )


def test_a_level_of_a_criterion_is_a_place_of_its_own():
    criteria = english("essay")["criteria"]
    criteria[0]["levels"][1]["text"] = "Other words."
    criteria[1]["levels"][-1]["points"] = "5"

    found = difference(definition("essay"), changed("essay", criteria=criteria))

    assert found.facts == (FactChange(("criteria", "true", "levels"), ("0", "4"), ("0", "5")),)
    assert [one.path for one in found.words] == [
        ("criteria", "clear", "levels", "1", "text"),
        ("criteria", "true", "levels", "5", "text"),
        ("criteria", "true", "levels", "4", "text"),
    ]


def test_an_option_that_came_or_went_is_told_with_its_words():
    found = difference(definition("single"), changed(options=english("single")["options"][:3]))

    assert [one.path for one in found.words] == [
        ("options", "d", "text"),
        ("options", "d", "feedback"),
    ]
    assert found.words[0].spans == (Span("gone", "Health"),)


def test_languages_that_came_and_went():
    alone, both = definition("single"), from_tables(english("single"), {"ur": URDU})

    assert difference(alone, both) == Difference((), (), came=("ur",))
    assert difference(both, alone) == Difference((), (), went=("ur",))


def test_another_kind_is_told_and_what_it_has():
    found = difference(definition("single"), definition("numeric"))

    assert FactChange(("kind",), "single", "numeric") in found.facts
    assert FactChange(("answer",), None, "73.3") in found.facts


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_has_a_name_of_the_form(kind):
    empty = {"kind": kind, "method": "", "max": ""}
    found = difference(definition("single" if kind != "single" else "short"), definition(kind))

    for path in [one.path for one in (*found.facts, *found.words)]:
        if path[0] in (*KINDS[kind].SHAPE.fields, *empty):
            label = path_label(kind, path)
            assert label[0].isupper(), (path, label)
            assert "_" not in label, (path, label)


def test_names_and_values_for_people():
    assert path_label("single", ("options", "a", "text")) == "Options › a › Text"
    assert path_label("single", ("method",)) == "Marking"
    assert path_label("short", ("rubric", "0.5", "text")) == (
        "Rubric › 0.5 › What such an answer looks like"
    )
    assert path_label("no-such-kind", ("stem",)) == "stem"
    assert value_label(("method",), "penalised").startswith("The full mark, or something taken")
    assert value_label(("kind",), "numeric") == "Number"
    assert value_label(("options", "a", "correct"), True) == "Yes"
    assert value_label(("steps",), ("a", "b")) == "a, b"
    assert value_label(("max",), None) == "–"
