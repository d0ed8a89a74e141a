"""Questions that share a case: where they follow one another, the case is told once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol


class Told(Protocol):
    """Any question as it is shown; `case_set` is "" where its case is its own."""

    @property
    def case(self) -> str: ...

    @property
    def case_set(self) -> str: ...


@dataclass(frozen=True)
class Run:
    """Neighbours about one case, from `first` to `last`; `place` is one of them, all from 1."""

    first: int
    last: int
    place: int

    @property
    def is_first(self) -> bool:
        return self.place == self.first

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def runs_in(questions: Sequence[Told]) -> list[Run | None]:
    """The run of each question, None for one that stands alone.

    The case must be the same to the letter too: where a translation of one of them is missing, or
    an edit has reached only some, each run ends and its own case is told.
    """
    found: list[Run | None] = []
    for (case_set, _case), group in groupby(questions, key=lambda one: (one.case_set, one.case)):
        size, before = len(list(group)), len(found)
        for place in range(before + 1, before + size + 1):
            is_run = case_set and size > 1
            found.append(Run(before + 1, before + size, place) if is_run else None)
    return found
