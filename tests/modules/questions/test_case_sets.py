"""Which neighbours are about one case."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.questions.case_sets import Run, runs_in
from tests.modules.questions.strategies import trials


@dataclass(frozen=True)
class Question:
    case_set: str
    case: str = "A fund has two laws."


def runs(*sets: str) -> list[tuple[int, int] | None]:
    found = runs_in([Question(name) for name in sets])
    return [(run.first, run.last) if run else None for run in found]


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ([], []),
        (["a"], [None]),
        (["", ""], [None, None]),
        (["", "a", "a", "a", ""], [None, (2, 4), (2, 4), (2, 4), None]),
        (["a", "a", "b", "b"], [(1, 2), (1, 2), (3, 4), (3, 4)]),
        (["a", "", "a"], [None, None, None]),
        (["a", "a", "", "a"], [(1, 2), (1, 2), None, None]),
    ],
)
def test_neighbours_of_one_set_are_a_run(sets, expected):
    assert runs(*sets) == expected


def test_the_first_tells_the_case_and_the_run_has_a_size():
    first, second, third = runs_in([Question("a")] * 3)

    assert [run.is_first for run in (first, second, third)] == [True, False, False]
    assert (third, third.size) == (Run(1, 3, 3), 3)


def test_another_case_ends_a_run_though_the_set_is_the_same():
    one, other = Question("a"), Question("a", "A fund has one law.")

    assert runs_in([one, one, other, other, one]) == [
        *(Run(1, 2, 1), Run(1, 2, 2), Run(3, 4, 3), Run(3, 4, 4)),
        None,
    ]


@trials
@given(st.lists(st.sampled_from(["", "a", "b"])))
def test_every_case_is_told_once_in_each_run_and_nobody_is_left_without(sets):
    questions = [Question(name) for name in sets]
    told = [run is None or run.is_first for run in runs_in(questions)]

    for place, (question, tells) in enumerate(zip(questions, told, strict=True)):
        before = questions[place - 1] if place else None
        same = bool(question.case_set) and before == question
        assert tells == (not same)
