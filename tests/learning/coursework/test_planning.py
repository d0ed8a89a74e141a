"""What is next, with a clock of its own: no state is a dead end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.coursework.planning import Piece, Place, Plan, plan, standing

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def piece(author: int, *places: Place, reviews: int = 2, **facts) -> Piece:
    """A work of the person `author`, handed in just now; its number is a hundred more."""
    own = {"gives_up_at": NOW + 7 * DAY, "is_ready": True} | facts
    return Piece(100 + author, author, reviews, places=places, **own)


def place(task: int, reviewer: int, days: int = 1, **facts) -> Place:
    return Place(task, reviewer, NOW + days * DAY, **facts)


def done(task: int, reviewer: int) -> Place:
    return place(task, reviewer, is_done=True)


def test_the_first_work_waits_for_others_and_gives_up_in_the_end():
    waiting = piece(1)

    assert not plan([waiting], {1: 0}, NOW)
    late = replace(waiting, gives_up_at=NOW - DAY)
    assert plan([late], {1: 0}, NOW) == Plan([], {101: "few"}, [])


def test_each_work_gets_its_reviewers_as_soon_as_there_are_any():
    given = plan([piece(1), piece(2), piece(3)], {1: 0, 2: 0, 3: 0}, NOW).given

    assert sorted(given) == [
        (101, 2, None), (101, 3, None), (102, 1, None), (102, 3, None), (103, 1, None),
        (103, 2, None),
    ]  # fmt: skip


def test_work_that_is_not_ready_goes_to_nobody():
    assert not plan([piece(1, is_ready=False), piece(2, reviews=0, is_with_trainer=True)],
                    {1: 0, 2: 0, 3: 0}, NOW)  # fmt: skip


def test_the_trainer_marks_alone_where_no_reviews_are_wanted():
    assert plan([piece(1, reviews=0)], {1: 0, 2: 0}, NOW).to_trainer == {101: "alone"}


@pytest.mark.parametrize("gone", [{"days": -1}, {"is_there": False}])
def test_who_is_late_or_has_left_is_replaced_by_somebody_new(gone):
    work = piece(1, done(7, 2), place(8, 3, **gone))

    assert plan([work], {1: 0, 2: 0, 3: 0, 4: 0}, NOW).given == [(101, 4, 8)]


def test_the_trainer_takes_over_where_nobody_can_replace_her():
    """Neither the author, nor who marked it, nor who was late with it, is asked."""
    work = piece(1, done(7, 2), place(8, 3, days=-1))

    assert plan([work], {1: 0, 2: 0, 3: 0}, NOW) == Plan([], {101: "few"}, [])


def test_it_is_settled_when_all_have_marked_it_in_whatever_order():
    replaced = place(6, 4, days=-3, is_replaced=True)

    assert plan([piece(1, replaced, done(7, 2), done(8, 3))], {}, NOW).settled == [101]
    assert not plan([piece(1, done(7, 2), place(8, 3))], {}, NOW)


def test_what_lies_with_the_trainer_stays_there():
    work = piece(1, done(7, 2), place(8, 3, days=-1), is_with_trainer=True)

    assert not plan([work], {1: 0, 2: 0, 4: 0}, NOW + 99 * DAY)


@st.composite
def rounds(draw):
    people = draw(st.integers(1, 6))
    reviews = draw(st.integers(0, 4))
    pieces = []
    for author in range(people):
        others = [one for one in range(people) if one != author]
        asked = (
            draw(st.lists(st.sampled_from(others), unique=True, max_size=reviews)) if others else []
        )
        places = [
            Place(author * 10 + n, one, NOW + draw(st.integers(-2, 2)) * DAY,
                  is_done=draw(st.booleans()), is_there=draw(st.booleans()))
            for n, one in enumerate(asked)
        ]  # fmt: skip
        pieces.append(piece(author, *places, reviews=reviews, is_ready=draw(st.booleans())))
    there = draw(st.sets(st.integers(0, people - 1)))
    return pieces, {one: sum(p.reviewer == one for w in pieces for p in w.places) for one in there}


@given(rounds())
def test_after_its_days_no_work_waits_for_anything_but_a_reviewer_in_time(drawn):
    """The whole promise: marked by all, waiting for somebody in time, or with the trainer."""
    pieces, reviewers = drawn
    pieces = [replace(one, gives_up_at=NOW - DAY) for one in pieces]

    found = plan(pieces, reviewers, NOW)

    for work in pieces:
        new = [step for step in found.given if step[0] == work.work]
        in_time = len(standing(work, NOW)) + len(new)
        assert in_time >= work.reviews > 0 or work.work in found.to_trainer
        assert all(reviewer != work.author for _work, reviewer, _task in new)
        assert not {step[1] for step in new} & {one.reviewer for one in work.places}
