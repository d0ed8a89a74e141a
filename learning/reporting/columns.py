"""Every response to a test as one row of numbers, for questions asked of all of them at once.

Names nobody: a sitting stands there by its key. Who is counted, and in whose scope, is asked of the
record each time. `keeping` keeps the table in a file; docs/decisions/0023-response-table.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learning.attempts.itemising import Taken
from learning.reporting.coding import number_of, parts_of
from modules.questions.shapes import Definition

EARNED, GIVEN, WAITING = 0, 1, 2  # by the answer; left out or given to everybody; to be marked
SHORT, NAME, KEY = "U8", "U12", "U80"  # of codes, names of tests, keys of questions

type Version = tuple[str, int]  # of a question: its key and number


@dataclass(frozen=True)
class Sittings:
    """One row each: `pk`, the marking run that its marks are of, and what may be asked for."""

    pk: NDArray
    run: NDArray
    enrolment: NDArray
    version: NDArray  # of the course
    purpose: NDArray  # and the wave of a test some months later: "retention-3"
    form: NDArray
    lang: NDArray  # "" on paper
    began: NDArray  # seconds since 1970
    final: NDArray  # whether no answer waits to be marked

    def __len__(self) -> int:
        return len(self.pk)


@dataclass(frozen=True)
class Rows:
    """One row for each position of a sitting.

    `sitting`, `question`: places in the other tables; `share` of the full mark, NaN unless EARNED;
    `chosen`: the number of what was chosen (`coding.py`), below 0 where nothing can be.
    """

    sitting: NDArray
    question: NDArray
    position: NDArray
    share: NDArray
    state: NDArray
    chosen: NDArray

    def __len__(self) -> int:
        return len(self.sitting)


@dataclass(frozen=True)
class Questions:
    """Versions of questions, with their full marks."""

    key: NDArray
    n: NDArray
    full: NDArray

    def __len__(self) -> int:
        return len(self.key)

    @property
    def versions(self) -> list[Version]:
        return [(str(key), int(n)) for key, n in zip(self.key, self.n, strict=True)]


SITTING_TYPES = (
    *(np.int64, np.int64, np.int64, np.int64),
    *(NAME, SHORT, SHORT, np.float64, np.bool_),
)
ROW_TYPES = (np.int32, np.int32, np.int16, np.float64, np.int8, np.int64)
QUESTION_TYPES = (KEY, np.int32, np.float64)


@dataclass(frozen=True)
class Responses:
    """The whole table."""

    sittings: Sittings
    questions: Questions
    rows: Rows


def no_responses() -> Responses:
    return _made([], [], [])


def table_of(
    taken: Sequence[Taken], runs: dict[int, int], definitions: dict[Version, Definition]
) -> Responses:
    """The table of these sittings. `runs` by sitting; `definitions` of the questions they ask."""
    questions: dict[Version, tuple[int, float]] = {}
    parts = {version: parts_of(one) for version, one in definitions.items()}
    rows: list[tuple[Any, ...]] = []
    for place, one in enumerate(taken):
        for position, marked in enumerate(one.marks, 1):
            version = (marked.question, marked.n)
            # A question that one sitting leaves out keeps the full mark it has in others.
            full = float(definitions[version]["max"])
            number, _full = questions.setdefault(version, (len(questions), full))
            state = _state(earned=marked.is_earned, marked=marked.mark.got is not None)
            share = float(marked.mark.got or 0) / full if state == EARNED else np.nan
            chosen = number_of(parts[version], marked.response)
            rows.append((place, number, position, share, state, chosen))
    sittings = [_sitting(one, runs[one.sitting.pk]) for one in taken]
    return _made(sittings, [(*v, full) for v, (_n, full) in questions.items()], rows)


def without(table: Responses, pks: Iterable[int]) -> Responses:
    """The table without these sittings, by their keys."""
    kept = ~np.isin(table.sittings.pk, np.fromiter(pks, np.int64))
    if kept.all():
        return table
    rows = _only(table.rows, kept[table.rows.sitting])
    sitting = (np.cumsum(kept) - 1)[rows.sitting].astype(np.int32)
    return Responses(_only(table.sittings, kept), table.questions, replace(rows, sitting=sitting))


def merged(tables: Sequence[Responses]) -> Responses:
    """All in one, each sitting as the last of the tables that has it tells it."""
    found, later = [], np.array([], np.int64)
    for table in reversed(tables):
        found.append(without(table, later.tolist()))
        later = np.concatenate([later, table.sittings.pk])
    found.reverse()
    numbers: dict[Version, int] = {}
    fulls: list[float] = []
    for table in found:
        for version, full in zip(table.questions.versions, table.questions.full, strict=True):
            if version not in numbers:
                numbers[version] = len(numbers)
                fulls.append(float(full))
    before = np.cumsum([0, *(len(table.sittings) for table in found)])
    rows = [
        replace(
            table.rows,
            sitting=table.rows.sitting + np.int32(start),
            question=_renumbered(table, numbers),
        )
        for table, start in zip(found, before, strict=False)
    ]
    questions = [(*version, full) for version, full in zip(numbers, fulls, strict=True)]
    return Responses(
        _joined([table.sittings for table in found]),
        _made([], questions, []).questions,
        _joined(rows),
    )


# --- making --------------------------------------------------------------------------------------


def _made(sittings: Sequence[Any], questions: Sequence[Any], rows: Sequence[Any]) -> Responses:
    return Responses(
        Sittings(*_columns(sittings, SITTING_TYPES)),
        Questions(*_columns(questions, QUESTION_TYPES)),
        Rows(*_columns(rows, ROW_TYPES)),
    )


def _columns(rows: Sequence[Sequence[Any]], types: Sequence[Any]) -> list[NDArray]:
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return [np.array(column, dtype=type_) for column, type_ in zip(columns, types, strict=True)]


def _sitting(taken: Taken, run: int) -> tuple[Any, ...]:
    one = taken.sitting
    return (
        one.pk,
        run,
        one.enrolment_id,
        one.course_version_id,
        one.test_name,
        one.form_label,
        taken.lang,
        one.started_at.timestamp(),
        taken.is_final,
    )


def _state(*, earned: bool, marked: bool) -> int:
    if not earned:
        return GIVEN
    return EARNED if marked else WAITING


def _only[T: (Sittings, Rows)](table: T, chosen: NDArray) -> T:
    return type(table)(*(getattr(table, field.name)[chosen] for field in fields(table)))


def _joined[T: (Sittings, Rows)](tables: Sequence[T]) -> T:
    kind = type(tables[0])
    return kind(
        *(np.concatenate([getattr(one, field.name) for one in tables]) for field in fields(kind))
    )


def _renumbered(table: Responses, numbers: dict[Version, int]) -> NDArray:
    new = np.array([numbers[version] for version in table.questions.versions], np.int32)
    return new[table.rows.question] if len(new) else table.rows.question
