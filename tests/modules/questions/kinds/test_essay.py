import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.kinds import essay
from modules.questions.presenting import Presented
from modules.questions.rubrics import Example, example_of
from tests.modules.questions.samples import definition, english


def test_a_person_marks_what_was_written():
    question = definition("essay")

    assert essay.mark(question, "It is insurance.") is None
    assert essay.mark(question, None) == essay.mark(question, "") == 0


def test_presented_with_advice_and_without_rubric_and_model():
    assert essay.present(definition("essay"), None, "en") == Presented(
        kind="essay",
        lang="en",
        stem="Explain the two families.",
        fewest_words="50",
        most_words="150",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fewest_words": "many"}, "write a whole number"),
        ({"most_words": "0"}, "write a whole number"),
        ({"fewest_words": "151"}, "it is more than most_words"),
    ],
)
def test_advice_is_two_whole_numbers_in_order(changes, message):
    with pytest.raises(DefinitionError, match=message):
        essay.check(definition("essay", **changes))


def test_limits_are_advice_only():
    question = definition("essay", most_words="60")

    assert essay.mark(question, "word " * 300) is None


def test_text_is_read_as_written_up_to_its_length():
    assert essay.read(QueryDict("answer=+One%0D%0A%0D%0Atwo%00+")) == "One\n\ntwo"
    assert essay.read(QueryDict("answer=" + "a" * 20_000)) == "a" * 20_000
    with pytest.raises(ResponseError) as refused:
        essay.read(QueryDict("answer=" + "a" * 20_001))
    assert refused.value.code == "too_long"


@pytest.mark.parametrize(("response", "code"), [(["a"], "malformed"), ("a" * 20_001, "too_long")])
def test_response_that_is_no_text_of_this_length_is_refused(response, code):
    with pytest.raises(ResponseError) as refused:
        essay.mark(definition("essay"), response)
    assert refused.value.code == code


def test_feedback_has_the_model_where_there_is_one():
    assert feedback(definition("essay"), "A", "en").model == "Insurance is paid by members."
    without = definition("essay")
    del without["texts"]["en"]["model"]
    assert feedback(without, "A", "en").model == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("One\n two", 2), ("یہ بیمہ ہے", 3), ("សន្តិសុខសង្គម", None), ("ປະກັນສັງຄົມ", None)],
)
def test_words_are_counted_where_spaces_part_them(text, count):
    assert essay.word_count(text) == count


def rated(points="1", **words):
    """The sample with an example that has `points` in the first criterion and none in the other."""
    first, second = definition("essay")["structure"]["criteria"]
    criteria = english("essay")["criteria"]
    criteria[0] |= {"example": points, "why": "Some plain words."}
    criteria[1] |= {"example": "0", "why": "It is wrong."}
    assert (first["key"], second["key"]) == ("clear", "true")
    return {"example": "Members pay.", "criteria": criteria} | words


def test_an_example_has_its_rating_and_reasons_and_learners_see_none_of_it():
    question = definition("essay", **rated())

    essay.check(question)
    assert example_of(question, "ur") == Example(
        "Members pay.",
        {"clear": "1", "true": "0"},
        {"clear": "Some plain words.", "true": "It is wrong."},
    )
    assert example_of(definition("essay"), "en") is None
    assert essay.present(question, None, "en") == essay.present(definition("essay"), None, "en")


def test_an_example_that_no_level_has_is_refused():
    with pytest.raises(DefinitionError, match="points of one of its levels"):
        essay.check(definition("essay", **rated("2")))
    with pytest.raises(DefinitionError, match="belong together"):
        essay.check(definition("essay", example="Members pay."))
