import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback, from_tables, to_table
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import numeric
from modules.questions.presenting import Presented, Remark
from tests.modules.questions.samples import definition, english


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("9.801", 1), ("9.999", 1), ("9,9", 1), ("۹٫۹", 1), ("9.8009", 0), ("9.9991", 0), (None, 0)],
)
def test_range_of_9_9_with_one_per_cent_includes_its_ends(typed, mark):
    question = definition("numeric", answer="9.9", min="9.801", max="9.999")

    assert numeric.mark(question, typed) == mark


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"min": "74", "max": "73"}, "min: 74 is more than max, 73"),
        ({"answer": "80"}, "answer: it lies outside min and max"),
        ({"answer": "about 73"}, "answer: write a plain number in quotes"),
        ({"max": "73,4"}, "max: write a plain number in quotes"),
    ],
)
def test_answer_lies_in_its_range(changes, message):
    with pytest.raises(DefinitionError, match=message):
        numeric.check(definition("numeric", **changes))


def test_number_without_quotes_is_refused():
    with pytest.raises(DefinitionError, match='"answer" must be text in quotes'):
        definition("numeric", answer=73.3)


def test_presented_with_its_unit():
    assert numeric.present(definition("numeric"), None, "en") == Presented(
        kind="numeric", lang="en", stem="22 of 30, in per cent?", unit="%", name="answer"
    )


def test_unit_may_be_empty_but_not_in_one_language_only():
    urdu = {"stem": "؟", "feedback_wrong": "تقسیم", "feedback": "۷۳"}
    without_unit = english("numeric") | {"unit": ""}

    assert from_tables(without_unit, {"ur": urdu})["texts"]["ur"]["unit"] == ""
    assert "unit" not in to_table(from_tables(without_unit, {}), "en")
    with pytest.raises(DefinitionError, match='ur: "unit" is empty'):
        from_tables(english("numeric"), {"ur": urdu})


def test_text_is_kept_as_typed():
    assert numeric.read(QueryDict("answer=+۷۳٫۳+٪+")) == "۷۳٫۳ ٪"
    assert numeric.read(QueryDict("answer=+")) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("much", "not_a_number"), ("22,000", "two_readings"), ("1/2", "not_a_number")],
)
def test_what_cannot_be_read_is_refused_at_once(typed, code):
    with pytest.raises(ResponseError) as refused:
        numeric.read(QueryDict(f"answer={typed}"))
    assert refused.value.code == code


def test_unit_of_any_language_of_the_question_may_follow():
    urdu = {"stem": "؟", "unit": "فیصد", "feedback_wrong": "تقسیم", "feedback": "۷۳"}
    question = from_tables(english("numeric"), {"ur": urdu})

    assert numeric.mark(question, "73.3 فیصد") == numeric.mark(question, "۷۳٫۳ per cent") == 1


@pytest.mark.parametrize(("response", "code"), [("73.3 people", "other_unit"), (73, "malformed")])
def test_response_that_does_not_fit_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        numeric.mark(definition("numeric"), response)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("response", "remark"),
    [
        ("73,3", Remark("answer", "73,3", "right", "", "73.3")),
        ("22", Remark("answer", "22", "wrong", "Divide 22 by 30.", "73.3")),
        (None, Remark("answer", "", "missed", "Divide 22 by 30.", "73.3")),
    ],
)
def test_feedback_shows_the_way_when_it_was_not_found(response, remark):
    assert feedback(definition("numeric"), response, "en").parts == (remark,)


# --- a tolerance instead of a range


def with_tolerance(answer: str, tolerance: str, **changes) -> dict:
    table = english("numeric") | {"answer": answer, "tolerance": tolerance} | changes
    return from_tables({name: part for name, part in table.items() if name not in MIN_MAX}, {})


MIN_MAX = ("min", "max")


@pytest.mark.parametrize(
    ("answer", "tolerance", "low", "high"),
    [
        ("9.9", "1%", "9.801", "9.999"),
        ("9.9", "0.1", "9.8", "10"),
        ("-50", "10%", "-55", "-45"),
        ("100", "0", "100", "100"),
        ("0", "5%", "0", "0"),
        ("0.1", "33.3%", "0.0667", "0.1333"),
    ],
)
def test_tolerance_is_absolute_or_a_share(answer, tolerance, low, high):
    question = with_tolerance(answer, tolerance, unit="")

    numeric.check(question)

    assert numeric.bounds(question["structure"]) == (low, high)
    assert numeric.mark(question, low) == numeric.mark(question, high) == 1
    assert numeric.mark(question, f"{float(high) + 0.0001:.4f}") == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tolerance": "1%"}, "instead of min and max"),
        ({"tolerance": "-1", **dict.fromkeys(MIN_MAX)}, "such as"),
        ({"tolerance": "1 %", **dict.fromkeys(MIN_MAX)}, "such as"),
        (dict.fromkeys(MIN_MAX), "min: it is missing"),
    ],
)
def test_range_is_said_in_one_way(changes, message):
    table = {n: part for n, part in (english("numeric") | changes).items() if part is not None}
    with pytest.raises(DefinitionError, match=message):
        numeric.check(from_tables(table, {}))


def test_other_ways_to_write_the_unit():
    question = definition("numeric", unit="PKR", units="Rs\nrupees")

    for typed in ("73.3 Rs.", "Rs 73.3", "73.3 rupees", "73.3 pkr", "73.3"):
        assert numeric.mark(question, typed) == 1, typed
    with pytest.raises(ResponseError):
        numeric.mark(question, "73.3 $")
