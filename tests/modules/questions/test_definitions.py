import json
from copy import deepcopy

import pytest
from hypothesis import given

from modules.questions.definitions import (
    feedback,
    from_tables,
    keys_to_order,
    sha_of,
    structure_sha_of,
    to_table,
)
from modules.questions.errors import DefinitionError
from modules.questions.kinds import CHOOSING, KINDS, kind_of, single
from tests.modules.questions.samples import ENGLISH, definition, english
from tests.modules.questions.strategies import definitions, trials

URDU = {
    "stem": "کون سا؟",
    "options": [
        {"key": "d", "text": "صحت", "feedback": "ایک شعبہ۔"},
        {"key": "b", "text": "دونوں", "feedback": "امتزاج۔"},
        {"key": "a", "text": "نقد", "feedback": "ایک حصہ۔"},
        {"key": "c", "text": "بیمہ", "feedback": "آدھا۔"},
    ],
    "feedback": "دونوں۔",
}


def urdu(**changes):
    return {"ur": URDU | changes}


def test_definition_of_a_question_in_two_languages():
    table = english("truefalse") | {"outcome": "CO1", "level": "apply", "use": "test"}
    translated = {
        "review": "draft",
        "stem": "بیمہ کافی ہے۔",
        "options": [{"key": "true", "feedback": "نہیں۔"}, {"key": "false", "feedback": "جی۔"}],
        "feedback": "دونوں۔",
    }

    assert from_tables(table, {"ur": translated}) == {
        "kind": "truefalse",
        "method": "right_or_wrong",
        "max": "1",
        "structure": {
            "options": [{"key": "true", "correct": False}, {"key": "false", "correct": True}]
        },
        "texts": {
            "en": {
                "stem": "Insurance is enough.",
                "options": {
                    "true": {"feedback": "Not for children."},
                    "false": {"feedback": "Most are informal."},
                },
                "feedback": "Both are needed.",
            },
            "ur": {
                "stem": "بیمہ کافی ہے۔",
                "options": {"true": {"feedback": "نہیں۔"}, "false": {"feedback": "جی۔"}},
                "feedback": "دونوں۔",
            },
        },
    }


def test_texts_of_a_rubric_stand_under_their_marks():
    short = definition("short")

    assert short["structure"] == {"rubric": [{"mark": "0"}, {"mark": "0.5"}, {"mark": "1"}]}
    assert short["texts"]["en"]["rubric"]["0.5"] == "One idea."


def test_order_and_correctness_are_read_from_english_only():
    wrong = [option | {"correct": option["key"] == "a"} for option in URDU["options"]]

    made = from_tables(english("single"), urdu(kind="multiple", options=wrong))

    assert made["structure"] == definition("single")["structure"]
    assert [option["key"] for option in to_table(made, "ur")["options"]] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stm": "?"}, 'ur: "stm" does not belong here.'),
        ({"options": URDU["options"][1:]}, 'ur, options: "d" is missing.'),
        ({"options": "none"}, 'ur: the list "options" is missing.'),
        ({"options": [*URDU["options"], URDU["options"][0]]}, 'the key "d" is used twice.'),
        ({"options": [{"text": "صحت"}]}, 'ur, options: each part needs a "key".'),
        (
            {"options": [{"key": "d", "text": "صحت"}, *URDU["options"][1:]]},
            'ur, options, "d": "feedback" is missing.',
        ),
        (
            {"options": [*URDU["options"], {"key": "e", "text": "x", "feedback": "x"}]},
            'ur, options: "e" does not belong here.',
        ),
        (
            {"options": [URDU["options"][0] | {"hint": "x"}, *URDU["options"][1:]]},
            'ur, options, "d": "hint" does not belong here.',
        ),
        ({"stem": " "}, 'ur: "stem" is empty.'),
    ],
)
def test_translation_that_does_not_fit_is_refused_by_name(changes, message):
    with pytest.raises(DefinitionError) as refused:
        from_tables(english("single"), urdu(**changes))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, table in ENGLISH.items() for name in table]
)
def test_every_field_of_the_english_table_is_needed_but_the_unit(kind, name):
    table = english(kind)
    del table[name]

    if name == "unit":
        assert from_tables(table, {})["texts"]["en"]["unit"] == ""
        return
    if kind == "essay" and name in KINDS[kind].SHAPE.optional:
        assert to_table(from_tables(table, {}), "en") == table
        return
    if name in KINDS[kind].SHAPE.optional:
        with pytest.raises(DefinitionError, match=name):
            KINDS[kind].check(from_tables(table, {}))
        return
    with pytest.raises(DefinitionError, match=f'"{name}" is missing'):
        from_tables(table, {})


def test_marking_that_is_not_usual_is_written_and_read():
    table = english("numeric") | {"full_mark": "2"}
    several = english("multiple") | {"method": "half_if_most"}

    assert from_tables(table, {})["max"] == "2"
    assert from_tables(table, {})["structure"]["max"] == "73.4"
    assert to_table(from_tables(table, {}), "en")["full_mark"] == "2"
    assert to_table(from_tables(several, {}), "en")["method"] == "half_if_most"
    assert "method" not in to_table(definition("multiple"), "en")


@trials
@given(definitions())
def test_tables_of_a_definition_make_the_same_definition(made):
    tables = {lang: to_table(made, lang) for lang in made["texts"]}

    assert from_tables(tables.pop("en"), tables) == made
    kind_of(made).check(made)


def test_fields_stand_in_the_order_of_library_files():
    table = to_table(from_tables(english("scenario"), {}), "en")

    assert list(table) == ["kind", "case", "stem", "options", "feedback"]
    assert list(table["options"][0]) == ["key", "correct", "text", "feedback"]
    translated = to_table(from_tables(english("single"), urdu()), "ur")
    assert list(translated) == ["stem", "options", "feedback"]
    assert list(translated["options"][0]) == ["key", "text", "feedback"]


def test_hash_is_known_and_survives_json_and_the_order_of_names():
    short = definition("short")
    shuffled = json.loads(json.dumps(dict(reversed(short.items()))))

    assert sha_of({"b": "é", "a": 1}) == (
        "09ad9fd2fb648cb2f62141215828ea00a62c299db05d20aa9ade2f527a301cc6"
    )
    assert sha_of(shuffled) == sha_of(short)


def test_structure_hash_tells_what_decides_a_mark():
    plain = definition("single")
    reworded = definition("single", stem="Which one?")
    other_rule = definition("single", method="penalised")

    assert sha_of(reworded) != sha_of(plain)
    assert structure_sha_of(reworded) == structure_sha_of(plain)
    assert structure_sha_of(other_rule) != structure_sha_of(plain)


def test_structure_hash_tells_another_list_of_accepted_words():
    table = english("cloze")
    reworded = english("cloze") | {"stem": "Fill in."}
    table["gaps"][2]["accepted"] = "gift"
    plain, other = definition("cloze"), from_tables(table, {})

    assert structure_sha_of(from_tables(reworded, {})) == structure_sha_of(plain)
    assert structure_sha_of(other) != structure_sha_of(plain)
    assert structure_sha_of(definition("short", accepted="a")) != structure_sha_of(
        definition("short")
    )


def test_a_misconception_is_kept_and_decides_no_mark():
    plain, noted = definition("single"), deepcopy(english("single"))
    noted["options"][0]["misconception"] = "only-cash"

    definition_ = from_tables(noted, {})

    kind_of(definition_).check(definition_)
    wanted = {"key": "a", "correct": False, "misconception": "only-cash"}
    assert definition_["structure"]["options"][0] == wanted
    assert "misconception" not in str(plain)
    assert structure_sha_of(definition_) == structure_sha_of(plain)
    assert sha_of(definition_) != sha_of(plain)
    assert to_table(definition_, "en")["options"] == noted["options"]
    assert "only-cash" not in str(kind_of(definition_).present(definition_, None, "en"))
    assert "only-cash" not in str(feedback(definition_, "a", "en"))


@pytest.mark.parametrize("kind", sorted(CHOOSING))
def test_every_wrong_option_may_name_a_misconception(kind):
    table = deepcopy(english(kind))
    next(one for one in table["options"] if not one["correct"])["misconception"] = "only-cash"

    noted = from_tables(table, {})

    kind_of(noted).check(noted)
    assert to_table(noted, "en")["options"] == table["options"]
    assert structure_sha_of(noted) == structure_sha_of(definition(kind))


def test_questions_without_a_misconception_have_the_hash_they_always_had():
    assert (sha_of(definition("single")), structure_sha_of(definition("single"))) == (
        "ce61b30d0524833dfd74d9aef62805046c08efccf1796488be06ac24f353a174",
        "d426f7a35743fc943c0c8d68778bf745975aaec937cdc0dfab6ad2d7c5e6bada",
    )


@pytest.mark.parametrize(
    ("where", "said", "problem"),
    [
        (1, "both-families", 'options, "b": what is right is no "misconception"'),
        (0, "Only cash", 'the misconception "Only cash" may hold small letters'),
        (0, "", 'the misconception "" may hold small letters'),
        (0, True, '"misconception" must be text in quotes'),
    ],
)
def test_a_misconception_is_a_short_key_of_a_wrong_option(where, said, problem):
    table = deepcopy(english("single"))
    table["options"][where]["misconception"] = said

    with pytest.raises(DefinitionError, match=problem):
        single.check(from_tables(table, {}))


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("single", ["a", "b", "c", "d"]),
        ("matching", ["x", "y"]),
        ("ordering", ["date", "decide", "problem", "rules"]),
        ("truefalse", []),
        ("numeric", []),
        ("short", []),
        ("cloze", ["donors", "payroll", "taxes"]),
    ],
)
def test_keys_that_a_paper_shuffles(kind, keys):
    assert keys_to_order(definition(kind)) == keys


def test_feedback_speaks_the_language_or_english():
    made = from_tables(english("single"), urdu())

    assert feedback(made, "a", "ur").general == "دونوں۔"
    assert feedback(made, "a", "ur").parts[0].text == "ایک حصہ۔"
    assert feedback(made, "a", "km").lang == "en"
    assert feedback(made, "a", "km").general == "Both."


def test_feedback_of_a_short_answer_is_the_model():
    said = feedback(definition("short"), "Help", "en")

    assert said.model == "It helps through the risks of life."
    assert said.general == "Three ideas."
    assert said.parts == ()


def test_unknown_kind_is_refused():
    with pytest.raises(DefinitionError, match='kind: "riddle" is not one of single, '):
        from_tables({"kind": "riddle"}, {})


def test_modules_are_registered_under_their_names():
    assert {name: kind.KIND for name, kind in KINDS.items()} == {name: name for name in ENGLISH}
    assert all(kind.METHODS[0] == kind.DEFAULT_METHOD for kind in KINDS.values())
