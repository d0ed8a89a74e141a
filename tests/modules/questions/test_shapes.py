import pytest

from modules.questions.errors import DefinitionError
from modules.questions.kinds import kind_of
from tests.modules.questions.samples import definition


def refusal(made) -> str:
    with pytest.raises(DefinitionError) as refused:
        kind_of(made).check(made)
    return str(refused.value)


def test_unknown_method_is_refused_with_the_choices():
    made = definition("multiple") | {"method": "hits_only"}

    assert refusal(made) == (
        'method: "hits_only" is not one of plus_minus, all_or_nothing, per_decision, half_if_most.'
    )


@pytest.mark.parametrize("full_mark", ["0", "-1", "a lot", 1, None, "1e3", "١"])
def test_full_mark_is_a_plain_number_above_zero(full_mark):
    assert refusal(definition("single") | {"max": full_mark}).startswith("full mark: ")


def test_key_used_twice_is_refused():
    made = definition("single")
    made["structure"]["options"].append({"key": "a", "correct": False})

    assert refusal(made) == 'options: the key "a" is used twice.'


@pytest.mark.parametrize("key", ["A", "a b", "-a", "a--b", "", "ا", 1])
def test_key_is_small_letters_digits_and_hyphens(key):
    made = definition("single")
    made["structure"]["options"][0]["key"] = key

    assert refusal(made).startswith("options, number 1: ")


def test_correct_is_true_or_false():
    made = definition("single")
    made["structure"]["options"][0]["correct"] = "no"

    assert refusal(made) == 'options, number 1: "correct" must be true or false.'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, 'en, options, "a": "feedback" must be text in quotes.'),
        (" ", 'en, options, "a": "feedback" is empty.'),
    ],
)
def test_missing_feedback_of_an_option_is_refused(text, message):
    made = definition("single")
    made["texts"]["en"]["options"]["a"]["feedback"] = text

    assert refusal(made) == message


def test_option_without_texts_is_refused():
    made = definition("single")
    del made["texts"]["en"]["options"]["c"]

    assert refusal(made) == 'en, options: "c" is missing.'


def test_english_texts_are_needed():
    made = definition("single")
    made["texts"] = {"ur": made["texts"]["en"]}

    assert refusal(made) == "texts: English is missing."


@pytest.mark.parametrize("name", ["method", "max", "structure", "texts"])
def test_every_field_of_a_definition_is_needed(name):
    made = definition("single")
    del made[name]

    assert refusal(made) == f'question: "{name}" is missing.'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"structure": []}, "structure: fields with names are expected."),
        ({"structure": {"options": {}}}, "options: a list is expected."),
        ({"texts": []}, "texts: English is missing."),
        ({"note": "x"}, 'question: "note" does not belong here.'),
    ],
)
def test_definition_of_another_form_is_refused(changes, message):
    assert refusal(definition("single") | changes) == message
