"""The table of responses in a file: renewed by what was marked since, and made anew when in doubt.

A copy of what the record says, on the machine that reads it; it may be deleted at any time.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from learning.attempts.itemising import itemise
from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.scoring import RULES_VERSION
from learning.reporting.columns import (
    Questions,
    Responses,
    Rows,
    Sittings,
    merged,
    no_responses,
    table_of,
    without,
)
from modules.papers.models import Purpose
from modules.questions.models import QuestionVersion

FORMAT = f"2/{RULES_VERSION}"  # of the file, and of the rules that marks are made by
AT_ONCE = 1_000  # sittings that one request marks; the next goes on
BATCH = 250  # sittings that are read together
PARTS = {"sittings": Sittings, "questions": Questions, "rows": Rows}


@dataclass(frozen=True)
class Mark:
    """How far the table has come: the newest marking run, when it was made, and how many there are.

    `runs` is -1 where sittings are still missing.
    """

    newest: int = 0
    made_at: str = ""
    runs: int = 0


@dataclass(frozen=True)
class Kept:
    """The table, and how many sittings are still missing in it."""

    table: Responses
    behind: int = 0


def responses_now(at_most: int = AT_ONCE) -> Kept:
    """The table as the record stands now; three queries when nothing was marked since.

    Of what is missing `at_most` sittings are added. One process at a time renews the file, the
    others wait for it.
    """
    with _alone():
        kept = _load()
        table, mark = kept or (no_responses(), Mark())
        stand = _standing(mark)
        if stand is None:
            table, mark = no_responses(), Mark()
            stand = _standing(mark) or Mark()
        sound = without(table, _gone())
        if stand != mark:
            changed, gone = _changed(sound, mark, stand)
            sound = without(sound, gone)
        else:
            changed = {}
        runs = dict(list(changed.items())[:at_most])
        behind = len(changed) - len(runs)
        renewed = merged([sound, *_read(runs)]) if runs else sound
        reached = Mark(stand.newest, stand.made_at, -1 if behind else stand.runs)
        if reached != mark or renewed is not table or kept is None:
            _save(renewed, reached)
    return Kept(renewed, behind)


def forget_erased() -> None:
    """Leaves nothing in the file of those whose data were erased; two queries at most."""
    with _alone():
        kept = _load()
        if kept is not None:
            table, mark = kept
            left = without(table, _gone())
            if left is not table:
                _save(left, mark)


# --- what the record says ------------------------------------------------------------------------


def _standing(mark: Mark) -> Mark | None:
    """How far the record has come. None where it is another one than the file was made of."""
    if mark.newest:
        known = ScoringRun.objects.filter(pk=mark.newest).values_list("made_at", flat=True).first()
        if known is None or _at(known) != mark.made_at:
            return None
    found = ScoringRun.objects.aggregate(newest=Max("pk"), runs=Count("pk"))
    if found["newest"] is None:
        return Mark()
    if found["newest"] == mark.newest:
        return Mark(mark.newest, mark.made_at, found["runs"])
    made_at = ScoringRun.objects.values_list("made_at", flat=True).get(pk=found["newest"])
    return Mark(found["newest"], _at(made_at), found["runs"])


def _at(moment: datetime) -> str:
    return moment.isoformat()


def _answered() -> QuerySet[Sitting]:
    """Every sitting that may be counted: tests handed in of which the answers are known.

    Those taken back too; who counts sittings leaves them out.
    """
    return Sitting.objects.filter(
        handed_in_at__isnull=False,
        grain=Sitting.Grain.ITEM,
        enrolment__person__erased_at=None,
    ).exclude(purpose=Purpose.PRACTICE)


def _gone() -> list[int]:
    """Sittings of people whose data were erased."""
    gone = Sitting.objects.filter(enrolment__person__erased_at__isnull=False).order_by()
    return list(gone.values_list("pk", flat=True))


def _changed(table: Responses, mark: Mark, stand: Mark) -> tuple[dict[int, int], set[int]]:
    """Sittings marked since, the oldest first, each with its newest run; and those that are gone.

    Runs have rising keys, but one may appear behind a newer one. Where the number of those before
    the mark is not what it was, all sittings are compared.
    """
    last = _answered().order_by("pk").annotate(last=Max("scoring_runs__pk"))
    later = ScoringRun.objects.filter(pk__gt=mark.newest)
    if mark.runs >= 0 and stand.runs - later.count() == mark.runs:
        return dict(last.filter(last__gt=mark.newest).values_list("pk", "last")), set()
    known = dict(zip(table.sittings.pk.tolist(), table.sittings.run.tolist(), strict=True))
    found = dict(last.filter(~Q(last=None)).values_list("pk", "last"))
    changed = {pk: run for pk, run in found.items() if known.get(pk) != run}
    return changed, known.keys() - found.keys()


def _read(runs: dict[int, int]) -> Iterator[Responses]:
    """The marks of these sittings, some at a time; six queries for each batch."""
    pks = list(runs)
    for start in range(0, len(pks), BATCH):
        batch = Sitting.objects.filter(pk__in=pks[start : start + BATCH]).order_by("pk")
        taken = itemise(batch)
        asked = {(marked.question, marked.n) for one in taken for marked in one.marks}
        stored = QuestionVersion.objects.filter(key__in={key for key, _n in asked})
        definitions = {(one.key, one.n): one.content for one in stored}
        yield table_of(taken, runs, definitions)


# --- the file ------------------------------------------------------------------------------------


def folder() -> Path:
    return settings.VAR / "responses"


def _file() -> Path:
    return folder() / "table.npz"


@contextmanager
def _alone() -> Iterator[None]:
    folder().mkdir(exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _load() -> tuple[Responses, Mark] | None:
    """What the file holds; None where there is none, or none that can be trusted."""
    try:
        with _file().open("rb") as file, np.load(file, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            if about["format"] != FORMAT:
                return None
            parts = {name: _part(stored, name, kind) for name, kind in PARTS.items()}
            table = Responses(**parts)
            return (table, Mark(**about["mark"])) if _is_sound(table) else None
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None


def _part(stored: Any, name: str, kind: type) -> Any:
    return kind(*(stored[f"{name}.{field.name}"] for field in fields(kind)))


def _is_sound(table: Responses) -> bool:
    """Whether all columns are as long as each other and every place is one of the other tables."""
    rows, parts = table.rows, (table.sittings, table.questions, table.rows)
    even = all(len({len(column) for column in vars(part).values()}) == 1 for part in parts)
    return even and (
        not len(rows)
        or bool(
            (rows.sitting.min() >= 0 and rows.sitting.max() < len(table.sittings))
            and (rows.question.min() >= 0 and rows.question.max() < len(table.questions))
        )
    )


def _save(table: Responses, mark: Mark) -> None:
    """In one stroke: whoever reads meanwhile has the old file or the new one."""
    columns: dict[str, Any] = {
        f"{name}.{key}": column
        for name in PARTS
        for key, column in vars(getattr(table, name)).items()
    }
    about = json.dumps({"format": FORMAT, "mark": vars(mark)})
    descriptor, name = tempfile.mkstemp(dir=folder(), suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez(file, about=np.array(about), **columns)
        os.replace(name, _file())  # noqa: PTH105 (as the comment above says)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
