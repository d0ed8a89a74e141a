from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback, from_tables, keys_to_order, to_table
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import cloze
from modules.questions.presenting import Choice, Part, Remark
from tests.modules.questions.samples import definition, english

RIGHT = {"1": "payroll", "2": "55", "3": "contribution"}
URDU = {
    "stem": "؟",
    "text": "ارکان [[word]] دیتے ہیں؛ 100 میں سے [[n]]، [[source]] سے۔",
    "gaps": [
        {"key": "source", "feedback": "ت"},
        {"key": "n", "feedback": "ت"},
        {"key": "word", "accepted": "چندہ", "feedback": "ت"},
    ],
    "choices": [{"key": key, "text": key} for key in ("payroll", "taxes", "donors")],
    "feedback": "ت",
}


def gap(n: int, **changes):
    """The sample with changes in its n-th gap; None takes a field away."""
    table = english("cloze")
    changed = table["gaps"][n - 1] | changes
    table["gaps"][n - 1] = {name: part for name, part in changed.items() if part is not None}
    return from_tables(table, {})


@pytest.mark.parametrize(
    ("response", "right"),
    [
        (RIGHT, 3),
        (RIGHT | {"3": " Premiums "}, 3),
        (RIGHT | {"2": "۵۰"}, 3),
        (RIGHT | {"2": "57,5"}, 3),
        (RIGHT | {"2": "55 %"}, 3),
        (RIGHT | {"1": "taxes"}, 2),
        (RIGHT | {"2": "58"}, 2),
        (RIGHT | {"2": "many"}, 2),
        ({"3": "gift"}, 0),
        ({"2": "55"}, 1),
        (None, 0),
    ],
)
def test_share_of_right_gaps_or_all(response, right):
    assert cloze.mark(definition("cloze"), response) == Fraction(right, 3)
    assert cloze.mark(definition("cloze", method="all_or_nothing"), response) == (right == 3)


def test_a_number_in_two_readings_is_right_when_one_of_them_is():
    question = gap(2, answer="22000", min="22000", max="22000")

    assert cloze.mark(question, {"2": "22,000"}) == Fraction(1, 3)
    assert cloze.mark(question, {"2": "22,001"}) == 0


def test_another_unit_is_wrong_where_units_are_named():
    question = gap(2, units="people\nlives")

    marks = [cloze.mark(question, {"2": said}) for said in ("55 people", "55", "55 %")]
    assert marks == [Fraction(1, 3), Fraction(1, 3), 0]


def test_gaps_stand_where_each_language_has_them_and_their_numbers_stay():
    question = from_tables(english("cloze"), {"ur": URDU})
    cloze.check(question)

    shown = cloze.present(question, ["donors", "payroll", "taxes"], "en")
    texts = {"donors": "foreign donors", "payroll": "the payroll", "taxes": "general taxes"}
    assert shown.parts == (
        Part("1", "Insurance is paid from ", "gap-1", tuple(Choice(*one) for one in texts.items())),
        Part("2", " and covers ", "gap-2", is_number=True),
        Part("3", " of 100.\nIts members pay a ", "gap-3"),
    )
    assert shown.after == "."
    assert [part.key for part in cloze.present(question, None, "ur").parts] == ["3", "2", "1"]
    assert cloze.mark(question, RIGHT | {"3": "چندہ"}) == 1


def test_keys_of_gaps_tell_nothing_for_they_are_not_shown():
    assert "source" not in repr(cloze.present(definition("cloze"), None, "en"))


def test_choices_are_what_a_paper_shuffles():
    assert keys_to_order(definition("cloze")) == ["donors", "payroll", "taxes"]
    table = english("cloze")
    del table["choices"]
    table["gaps"], table["text"] = table["gaps"][2:], "A [[word]]."
    assert keys_to_order(from_tables(table, {})) == []


def test_read_keeps_what_was_written():
    post = QueryDict("gap-1=taxes&gap-2=+5%2C5+&gap-3=&gap-x=%00a&answer=b")

    assert cloze.read(post) == {"1": "taxes", "2": "5,5", "x": "a"}
    assert cloze.read(QueryDict("gap-1=+&gap-2=%00")) is None


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ({"4": "a"}, "unknown_part"),
        ({"1": "gold"}, "unknown_part"),
        ({"2": 55}, "unknown_part"),
        ({"3": "a" * 201}, "too_long"),
        (["1"], "malformed"),
    ],
)
def test_response_that_does_not_fit_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        cloze.mark(definition("cloze"), response)
    assert refused.value.code == code


def test_feedback_gap_by_gap():
    said = feedback(definition("cloze"), {"1": "taxes", "3": "Premium"}, "en")

    assert said.parts == (
        Remark("1", "taxes", "wrong", "Members and employers pay.", "payroll"),
        Remark("2", "", "missed", "Half of all.", "55"),
        Remark("3", "Premium", "right", "A share of the wage.", "contribution"),
    )


def test_answers_in_words():
    question = from_tables(english("cloze"), {"ur": URDU})

    assert cloze.answers(question, "en") == {
        "1": "the payroll",
        "2": "55 (50 … 57.5)",
        "3": "contribution / premium…",
    }
    assert cloze.answers(question, "ur") == {
        "1": "payroll",
        "2": "55 (50 … 57.5)",
        "3": "چندہ",
    }


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (definition("cloze", gaps=[], text="None."), "gaps: at least one"),
        (definition("cloze", text="Only [[source]] and [[n]]."), "en, text: it must name each"),
        (definition("cloze", text="[[source]] [[n]] [[word]] [[word]]"), "must name each gap once"),
        (definition("cloze", text="[[source]] [[n]] [[word]] [[who]]"), "must name each gap once"),
        (definition("cloze", choices=[]), "two choices at least"),
        (gap(1, match="gold"), "two choices at least"),
        (gap(1, answer="5", min="5", max="5"), 'needs "match", "answer" or "accepted"'),
        (gap(1, match=None, accepted="payroll"), 'and no "match" among them'),
        (gap(2, answer=None), 'needs "match", "answer" or "accepted"'),
        (gap(2, answer=None, accepted="five"), '"answer" is missing'),
        (gap(2, min="56"), "answer: it lies outside"),
        (gap(2, tolerance="1%"), "tolerance: it stands instead"),
        (gap(3, accepted="*"), "each line needs more"),
    ],
)
def test_question_that_is_not_well_made(question, message):
    with pytest.raises(DefinitionError, match=message):
        cloze.check(question)


def test_choice_needs_its_gap():
    table = english("cloze")
    table["choices"][0]["gap"] = "other"
    with pytest.raises(DefinitionError, match='there is no gap "other"'):
        cloze.check(from_tables(table, {}))


def test_list_in_another_language_alone_is_refused():
    urdu = URDU | {"gaps": [*URDU["gaps"][1:], URDU["gaps"][0] | {"accepted": "ٹیکس"}]}
    with pytest.raises(DefinitionError, match='needs "match", "answer" or "accepted", one'):
        cloze.check(from_tables(english("cloze"), {"ur": urdu}))


def test_translation_has_texts_only():
    question = from_tables(english("cloze"), {"ur": URDU})

    assert to_table(question, "ur") == URDU
    assert to_table(question, "en") == english("cloze")
