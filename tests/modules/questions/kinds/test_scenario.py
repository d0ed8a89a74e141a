import pytest

from modules.questions.definitions import from_tables, sha_of, structure_sha_of, to_table
from modules.questions.errors import DefinitionError
from modules.questions.kinds import scenario
from tests.modules.questions.samples import OPTIONS, definition, english, in_set


def test_case_is_presented_before_the_question():
    shown = scenario.present(definition("scenario"), None, "en")

    assert (shown.case, shown.stem) == ("A fund has two laws.", "What now?")
    assert [part.key for part in shown.parts] == ["a", "b", "c", "d"]


def test_marked_like_a_single_choice():
    question = definition("scenario")

    assert [scenario.mark(question, key) for key in ("a", "b", None)] == [0, 1, 0]


def test_two_correct_options_are_refused():
    options = [option | {"correct": True} for option in OPTIONS[:2]]

    with pytest.raises(DefinitionError, match="only one may be correct, but a, b are"):
        scenario.check(definition("scenario", options=options))


def test_empty_case_is_refused():
    with pytest.raises(DefinitionError, match='"case" is empty'):
        definition("scenario", case=" ")


def test_without_a_set_the_content_is_what_it_was_before_there_were_sets():
    question = definition("scenario")

    assert sha_of(question) == "adddad52986653934ad48f141c9e59a52610a6202ec088adb9e8397a8c2e9e48"
    assert structure_sha_of(question) == (
        "cd54cc5bcbda64d7ce79d5bd48625d7a53664081d7b98f50ab7d5aa753822682"
    )
    assert "set" not in to_table(question, "en")


def test_a_set_is_a_fact_of_the_structure_the_same_in_every_language():
    words = english("scenario") | {"case": "دو قانون"}
    urdu = {name: words[name] for name in ("case", "stem", "feedback")}
    urdu["options"] = [{k: v for k, v in row.items() if k != "correct"} for row in OPTIONS]

    question = from_tables(english("scenario") | in_set("One?"), {"ur": urdu})

    assert question["structure"]["set"] == "two-laws"
    assert [scenario.present(question, None, lang).case_set for lang in ("en", "ur")] == [
        "two-laws",
        "two-laws",
    ]
    assert to_table(question, "en")["set"] == "two-laws"
    assert to_table(question, "ur") == urdu


@pytest.mark.parametrize("name", ["", "Two laws", "a--b", "a_b"])
def test_the_name_of_a_set_is_a_key(name):
    with pytest.raises(DefinitionError, match="set: its name may hold small letters"):
        scenario.check(definition("scenario", **in_set("One?", set=name)))
    with pytest.raises(DefinitionError, match='"set" must be text in quotes'):
        definition("scenario", **in_set("One?", set=1))
