"""What should happen next to the works of one task in one cohort. Pure: a snapshot in, steps out.

It never ends in a dead end. A reviewer who is late or has left is replaced; where nobody is left to
replace her, and where too few others handed in within the days for reviews, the work goes to the
trainer. Only those who handed in themselves are asked: they know the task.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.coursework.allocating import Wanted, allocate

# Somebody is asked for so many pieces more than each work has reviews: room to replace others.
EXTRA = 2


@dataclass(frozen=True)
class Place:
    """One reviewer asked for a piece of work; `is_there`: still on the course."""

    task: int
    reviewer: int
    due_at: datetime
    is_done: bool = False
    is_replaced: bool = False
    is_there: bool = True

    def is_late(self, now: datetime) -> bool:
        if self.is_done or self.is_replaced:
            return False
        return self.due_at < now or not self.is_there


@dataclass(frozen=True)
class Piece:
    """A piece of work that was handed in and is not marked yet.

    `ready_at`: since when it may be given to others; None where its scan or its time is not over.
    """

    work: int
    author: int
    reviews: int
    gives_up_at: datetime
    is_ready: bool
    is_with_trainer: bool = False
    places: Sequence[Place] = ()


@dataclass(frozen=True)
class Plan:
    """Steps by the keys of works and tasks.

    `given`: (work, reviewer, the task replaced or None); `to_trainer`: works with the reason;
    `settled`: works that all their reviewers have marked.
    """

    given: Sequence[tuple[int, int, int | None]] = ()
    to_trainer: Mapping[int, str] = ()  # type: ignore[assignment]
    settled: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.given or self.to_trainer or self.settled)


def plan(
    pieces: Sequence[Piece], reviewers: Mapping[int, int], now: datetime, seed: int = 0
) -> Plan:
    """`reviewers`: who may be asked, with how many pieces each was given so far."""
    open_ones = [piece for piece in pieces if not piece.is_with_trainer]
    wanting = {
        piece.work: Wanted(missing, _barred(piece))
        for piece in open_ones
        if piece.is_ready and (missing := piece.reviews - len(standing(piece, now)))
    }
    limit = max((piece.reviews for piece in pieces), default=0) + EXTRA
    pairs: dict[int, list[int]] = {}
    for work, reviewer in allocate(wanting, reviewers, limit, seed):
        pairs.setdefault(work, []).append(reviewer)
    given: list[tuple[int, int, int | None]] = []
    to_trainer: dict[int, str] = {}
    for piece in open_ones:
        found = pairs.get(piece.work, [])
        late: list[int | None] = [place.task for place in piece.places if place.is_late(now)]
        given += [
            (piece.work, reviewer, task)
            for reviewer, task in zip(found, [*late, *[None] * len(found)], strict=False)
        ]
        if reason := _given_up(piece, len(found), len(late), now):
            to_trainer[piece.work] = reason
    settled = [piece.work for piece in open_ones if piece.reviews and _is_complete(piece)]
    return Plan(given, to_trainer, settled)


def standing(piece: Piece, now: datetime) -> list[Place]:
    """Places that are marked, or will be in time."""
    return [p for p in piece.places if not p.is_replaced and not p.is_late(now)]


def _barred(piece: Piece) -> frozenset[int]:
    return frozenset({piece.author, *(place.reviewer for place in piece.places)})


def _is_complete(piece: Piece) -> bool:
    done = [place for place in piece.places if place.is_done and not place.is_replaced]
    return len(done) >= piece.reviews


def _given_up(piece: Piece, found: int, late: int, now: datetime) -> str:
    """Why a work goes to the trainer; "" as long as others mark it."""
    if not piece.reviews:
        return "alone"
    missing = piece.reviews - len(standing(piece, now)) - found
    nobody_left = late > found
    # A work that nobody may open, because the scanner never answered, goes to her as well.
    return "few" if missing > 0 and (nobody_left or piece.gives_up_at < now) else ""
