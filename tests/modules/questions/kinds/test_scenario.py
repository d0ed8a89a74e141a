import pytest

from modules.questions.errors import DefinitionError
from modules.questions.kinds import scenario
from tests.modules.questions.samples import OPTIONS, definition


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
