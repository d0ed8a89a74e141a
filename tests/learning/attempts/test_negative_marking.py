"""Wrong choices that cost marks: exact, frozen at the start, and told beforehand."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.keying import Keyed, key_answers
from learning.attempts.models import Sitting
from learning.attempts.results import result_of
from learning.attempts.scoring import item_marks, mark_items
from learning.attempts.taking import hand_in, save_answer, start
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.drawing import Item
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, enrol, position_of
from tests.modules.questions.samples import ENGLISH

POST = Purpose.POST


def single(position: int, options: int = 4, kind: str = "single") -> PaperQuestion:
    """A question whose first option is right."""
    keys = "abcdefgh"[:options]
    definition: dict[str, Any] = {
        "kind": kind,
        "method": "right_or_wrong",
        "max": "1",
        "structure": {"options": [{"key": key, "correct": key == "a"} for key in keys]},
        "texts": {},
    }
    return question_of(Item(position, f"q{position}", 1, "CO1", ()), definition)


def total(responses: Mapping[int, Any], questions: list[PaperQuestion], *, negative: bool):
    marks = mark_items(questions, responses, {}, negative=negative)
    return sum((mark.got for mark in marks if mark.got is not None), Fraction(0))


def test_right_28_wrong_9_open_3_of_four_options_are_25():
    responses = {n: "a" if n <= 28 else "b" if n <= 37 else None for n in range(1, 41)}
    questions = [single(n) for n in range(1, 41)]

    assert total(responses, questions, negative=True) == 25
    assert total(responses, questions, negative=False) == 28


@given(
    options=st.integers(2, 8),
    given_=st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=20),
)
def test_the_total_is_right_less_wrong_over_the_other_options(options, given_):
    responses = dict(enumerate(given_, 1))
    questions = [single(n, options) for n in responses]
    right, wrong = given_.count("a"), given_.count("b")

    assert total(responses, questions, negative=True) == right - Fraction(wrong, options - 1)


@given(options=st.integers(2, 8))
def test_choosing_by_chance_gains_nothing(options):
    marks = [total({1: key}, [single(1, options)], negative=True) for key in "abcdefgh"[:options]]

    assert sum(marks) == 0


def test_only_a_choice_of_one_costs():
    costs = {}
    for kind, definition in ENGLISH.items():
        structure = {"options": definition.get("options", [])}
        frozen = {"kind": kind, "method": "", "max": "1", "structure": structure}
        costs[kind] = question_of(Item(1, kind, 1, "CO1", ()), frozen).penalty

    assert {kind for kind, cost in costs.items() if cost} == {
        "single",
        "scenario",
        "truefalse",
        "hotspot",
    }
    assert costs["truefalse"] == 1


# --- in a sitting


@pytest.fixture
def enrolment(cast, tested_course):
    Rules.objects.update(negative_marking=True)
    return enrol(cast.learner, tested_course)


def sat(enrolment, responses) -> Sitting:
    sitting = start(enrolment, POST)
    for kind, response in responses.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))
    return hand_in(sitting, None)


def test_a_whole_test_can_be_below_nothing_and_says_so(cast, client, enrolment):
    wrong = {"single": "a", "truefalse": "true", "multiple": ["b"], "numeric": "1"}
    sitting = sat(enrolment, wrong)

    found = result_of(sitting)
    assert found.mark.got == -1 - Fraction(1, 3)  # true or false; one of four
    page = sign_in(client, cast.learner).get(f"/tests/{sitting.uuid}/result/").content.decode()
    assert "Not there yet: −1⅓ of 8 marks" in page
    assert "Wrong choices took marks away in this test" in page


def test_what_a_question_costs_stands_beside_it(cast, client, enrolment):
    sign_in(client, cast.learner)
    before = client.get("/courses/tested/tests/post/").content.decode()
    page = client.post("/courses/tested/tests/post/", follow=True)
    page = client.get(page.redirect_chain[-1][0]).content.decode()

    assert "a wrong choice takes marks away, as each question says" in before
    assert "a wrong answer costs ⅓" in page  # of four options
    assert "a wrong answer costs 1" in page  # true or false
    assert page.count("a wrong answer costs") == 3


def test_without_it_no_page_speaks_of_costs(cast, client, tested_course):
    enrol(cast.learner, tested_course)
    sign_in(client, cast.learner)

    assert (
        "a wrong answer takes none away"
        in client.get("/courses/tested/tests/post/").content.decode()
    )
    page = client.post("/courses/tested/tests/post/", follow=True).content.decode()
    assert "a wrong answer costs" not in page


def test_a_later_edit_of_the_test_changes_no_mark(enrolment):
    sitting = start(enrolment, POST)
    save_answer(sitting, answer(sitting, position_of(sitting, "truefalse"), "true"))
    Rules.objects.update(negative_marking=False)

    assert sum(mark.got or 0 for mark in item_marks(hand_in(sitting, None))) == -1


def test_answers_typed_from_paper_follow_the_same_rule(enrolment):
    line = [Keyed(1, response="a"), Keyed(4, response="true")]
    when = enrolment.created_at
    sitting = key_answers(enrolment, POST, "A", line, None, line_id=enrolment.uuid, sat_at=when)

    assert sitting.is_negative
    assert result_of(sitting).mark.got == Fraction(-4, 3)
