"""Questions on paper: what is asked stands apart from what is right."""

import base64

import pytest

from modules.editions.questions import printed, with_runs
from tests.modules.questions.samples import ENGLISH, definition, in_set


def of(kind: str):
    return printed(f"q-{kind}", definition(kind), "en", "1.1")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("single", "B"),
        ("scenario", "B"),
        ("hotspot", "B"),
        ("multiple", "A, C"),
        ("truefalse", "B"),
        (
            "multiple_truefalse",
            "A\u00a0True, B\u00a0False, C\u00a0True, D\u00a0False, E\u00a0False",
        ),
        ("numeric", "73.3% (from 73 to 73.4 is right)"),
        ("short", "It helps through the risks of life."),
    ],
)
def test_answer_by_letters_or_words(kind, answer):
    assert of(kind).answer == answer


def test_numbers_are_grouped_as_in_the_texts_of_the_course():
    question = definition("numeric")
    question["structure"] |= {"answer": "1234567.0625", "min": "55500", "max": "2000000"}
    question["texts"]["en"]["unit"] = "PKR"

    answer = printed("q", question, "en", "1.1").answer

    assert answer == "1,234,567.0625 PKR (from 55,500 to 2,000,000 is right)"


@pytest.mark.parametrize(("unit", "answer"), [("", "1,320"), ("%", "1,320%"), ("Rs", "1,320 Rs")])
def test_a_unit_stands_behind_the_number(unit, answer):
    question = definition("numeric")
    question["structure"] |= dict.fromkeys(("answer", "min", "max"), "1320")
    question["texts"]["en"]["unit"] = unit

    assert printed("q", question, "en", "1.1").answer == answer


def test_pairs_name_the_letters_of_the_printed_responses():
    question = of("matching")

    by_letter = {line.letter: line.text for line in question.lines}
    pairs = dict(pair.split() for pair in question.answer.split(", "))
    assert [by_letter[pairs[n]] for n in "123"] == ["Payroll", "Payroll", "Taxes"]
    assert question.premises == ("EOBI", "ESSI", "Ehsaas")


def test_steps_are_printed_in_another_order_than_the_right_one():
    question = of("ordering")

    by_letter = {line.letter: line.text for line in question.lines}
    right = [by_letter[letter] for letter in question.answer.split(" › ")]
    assert right == ["Adopt the rules", "Agree on a problem", "Decide", "Fix the next date"]
    assert [line.text for line in question.lines] != right


@pytest.mark.parametrize("kind", ["single", "ordering", "matching"])
def test_letters_keep_their_order_in_a_script_from_right_to_left(kind):
    question = definition(kind)
    question["texts"]["ur"] = question["texts"]["en"]

    answer = printed(f"q-{kind}", question, "ur", "1.1").answer

    assert answer == f"\u2066{of(kind).answer}\u2069"


def test_no_order_is_the_right_one_whatever_the_question_is_called():
    for n in range(200):
        question = printed(f"q-{n}", definition("ordering"), "en", "1")

        assert question.answer != "A › B › C › D"


@pytest.mark.parametrize("kind", ENGLISH)
def test_a_language_that_lacks_the_question_shows_english(kind):
    assert printed("q", definition(kind), "ur", "1").lang == "en"


def test_a_picture_is_printed_with_a_letter_at_each_place():
    question = of("hotspot")

    drawn = base64.b64decode(question.picture.partition("base64,")[2]).decode()
    assert [f">{line.letter}</text>" in drawn for line in question.lines] == [True] * 3
    assert 'cx="160.00"' in drawn
    assert ">Z<" not in drawn
    assert "class=" not in drawn or 'stroke="#0a5257"' in drawn
    assert question.alt == "Two boxes with a line between them."
    assert of("single").picture == ""


def test_printed_places_do_not_tell_the_right_one():
    question = definition("hotspot")
    before = printed("q", question, "en", "1").picture
    for option in question["structure"]["options"]:
        option["correct"] = not option["correct"]

    assert printed("q", question, "en", "1").picture == before


def test_statements_are_printed_with_letters_and_reasons_but_no_truth():
    question = of("multiple_truefalse")

    assert [(line.letter, line.text) for line in question.lines[:2]] == [
        ("A", "It is a."),
        ("B", "It is b."),
    ]
    assert not any(line.right for line in question.lines)
    assert question.lines[1].feedback == "On b."


def test_neighbours_about_one_case_know_the_first_and_the_last():
    numbers = ("1.1", "1.2", "1.3")
    case = [printed(n, definition("scenario", **in_set(f"{n}?")), "en", n) for n in numbers]
    other = printed("q", definition("scenario"), "en", "1.4")

    found = with_runs([*case, other])

    assert [(q.first, q.last) for q in found] == [*[("1.1", "1.3")] * 3, ("", "")]
