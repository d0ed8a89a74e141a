"""Marks of a sitting: exact, by outcome, certain or still open."""

from fractions import Fraction

import pytest
from django.utils import timezone

from learning.attempts.models import HandMark, ScoringRun
from learning.attempts.results import Mark, choose, counted_mark, result_of, shared_questions
from learning.attempts.scoring import by_outcome, item_marks, mark_items, score
from learning.attempts.taking import hand_in, save_answer, start
from modules.papers.asking import question_of
from modules.papers.drawing import Item
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import (
    KINDS,
    RIGHT,
    WRONG,
    answer,
    enrol,
    make_tested_course,
    position_of,
)
from tests.modules.questions.samples import definition


def questions():
    return [
        question_of(Item(position, kind, 1, f"X{position % 2}", ()), definition(kind))
        for position, kind in enumerate(KINDS, 1)
    ]


def test_right_answers_get_full_marks_and_text_waits_for_a_person():
    responses = {position: RIGHT[kind] for position, kind in enumerate(KINDS, 1)}

    marks = mark_items(questions(), responses, {})
    assert [mark.got for mark in marks] == [1] * 7 + [None]
    assert {mark.full for mark in marks} == {1}


def test_omitted_is_nothing_and_needs_no_reader():
    assert [mark.got for mark in mark_items(questions(), {}, {})] == [0] * 8


def test_mark_by_hand_is_the_share_of_the_full_mark():
    [mark] = mark_items(questions()[-1:], {8: "Some words."}, {8: Fraction(1, 2)})

    assert mark.got == Fraction(1, 2)


def test_a_mark_by_hand_never_replaces_what_is_marked_by_rule():
    [mark] = mark_items(questions()[:1], {1: "a"}, {1: Fraction(1)})

    assert mark.got == 0


def test_outcomes_add_up_to_the_whole():
    responses = {position: WRONG[kind] for position, kind in enumerate(KINDS, 1)}
    marks = mark_items(questions(), responses, {8: Fraction(1, 2)})

    groups = by_outcome(marks)
    assert set(groups) == {"X0", "X1"}
    whole = sum(Fraction(*group["got"]) for group in groups.values())
    assert whole == sum(mark.got for mark in marks)


# --- with the database


@pytest.fixture
def sitting(cast):
    return start(enrol(cast.learner, make_tested_course()), Purpose.POST)


def give(sitting, responses) -> None:
    for kind, response in responses.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))


@pytest.mark.django_db
def test_run_keeps_exact_marks(sitting):
    give(sitting, {"single": "b", "ordering": {"rules": 1, "problem": 3, "decide": 2, "date": 4}})
    hand_in(sitting, None)

    run = ScoringRun.objects.get()
    assert (Fraction(run.num, run.den), run.full_num, run.unmarked) == (Fraction(3, 2), 8, 0)
    assert run.by_outcome == {"CO1": {"got": [3, 2], "full": [8, 1], "unmarked": 0}}


@pytest.mark.django_db
def test_text_makes_the_result_provisional_until_it_is_marked(cast, sitting):
    give(sitting, RIGHT)
    hand_in(sitting, None)
    assert result_of(sitting).mark == Mark(Fraction(7), Fraction(8), 1)

    HandMark.objects.create(
        sitting=sitting, position=position_of(sitting, "short"), num=1, den=2, recorded_by=None
    )
    score(sitting, ScoringRun.Reason.HAND_MARK, cast.trainer)
    mark = result_of(sitting).mark
    assert (mark.got, mark.is_final, mark.share) == (Fraction(15, 2), True, Fraction(15, 16))
    assert [run.n for run in sitting.scoring_runs.all()] == [1, 2]


@pytest.mark.django_db
def test_marks_are_reproducible_from_the_facts(sitting):
    give(sitting, WRONG)
    hand_in(sitting, None)

    again = score(sitting, ScoringRun.Reason.REGRADE)
    first = sitting.scoring_runs.get(n=1)
    assert (again.num, again.den, again.by_outcome) == (first.num, first.den, first.by_outcome)
    assert sum(mark.got or 0 for mark in item_marks(sitting)) == Fraction(first.num, first.den)


@pytest.mark.django_db
def test_pre_test_is_not_a_counted_mark(cast):
    enrolment = enrol(cast.learner, make_tested_course())
    hand_in(start(enrolment, Purpose.PRE), None)

    assert counted_mark(enrolment) is None


class Attempt:
    """As much of a result as the choice among attempts needs."""

    def __init__(self, got, unmarked=0):
        self.mark = Mark(Fraction(got), Fraction(10), unmarked)


@pytest.mark.parametrize(
    ("counts", "got"), [("best", 7), ("last", 5), ("first", 7), ("other-rule-means-best", 7)]
)
def test_which_attempt_counts(counts, got):
    mark, _result = choose([Attempt(7), Attempt(5)], counts)

    assert (mark.got, mark.is_final) == (got, True)


def test_a_better_attempt_that_waits_for_its_mark_leaves_the_best_open():
    mark, _result = choose([Attempt(6), Attempt(5, unmarked=2)], "best")
    last, _result = choose([Attempt(5, unmarked=2), Attempt(6)], "last")

    assert (mark.got, mark.unmarked) == (6, 2)
    assert last.is_final


@pytest.mark.django_db
def test_two_forms_share_no_question(cast):
    enrolment = enrol(cast.learner, make_tested_course())
    pre = hand_in(start(enrolment, Purpose.PRE), None)
    post = start(enrolment, Purpose.POST, timezone.now())

    assert shared_questions(pre, post) == 0
    assert shared_questions(pre, pre) == 1
