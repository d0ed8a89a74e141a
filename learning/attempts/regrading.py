"""Marking again: first what it would change, then doing it, sitting by sitting.

Nothing that was marked is replaced: each sitting gets a further marking run, and the decision says
who made it and why. Doing it can be interrupted at any sitting and gone on with; twice is once.
"""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from learning.attempts.itemising import answers_of, mark_all
from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.regrades import Regrading, concerns, decided_for
from learning.attempts.results import Mark, newest_runs
from learning.attempts.scoring import marks_now, score, totals_of
from learning.people.models import Programme, User
from modules.papers.drawing import Paper
from modules.papers.models import Purpose
from modules.questions.errors import ResponseError
from modules.questions.fitting import fits
from modules.questions.freezing import freeze, live_definitions
from modules.questions.models import QuestionVersion
from modules.questions.shapes import Definition

BATCH = 200  # sittings that one request marks again


class CannotRegrade(Exception):
    """Why nothing was done, by `code`; pages say it in the reader's language.

    `nobody` (no sitting asks these versions), `other_parts` (the versions name other parts),
    `same` (the version is to be marked by itself), `answers` (an answer does not fit the other
    version), `stale` (marks or the question changed since it was shown).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Choice:
    """What is to be decided. `to_n` is None for the question as it is now, where it is to mark."""

    question: str
    from_ns: tuple[int, ...]
    how: str
    to_n: int | None = None
    programme: Programme | None = None


@dataclass(frozen=True)
class Change:
    """A sitting with the marks that are in force and those that would be."""

    sitting: Sitting
    before: Mark
    after: Mark

    @property
    def gained(self) -> Fraction:
        return self.after.got - self.before.got

    @property
    def is_none(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Plan:
    """What a decision would change.

    `totals` and `erased` count sittings that cannot be marked again: of which only the total is
    known, and whose person gave up her answers. `running` are marked so when they are handed in.
    """

    choice: Choice
    changes: Sequence[Change]
    running: int = 0
    totals: int = 0
    erased: int = 0
    definition: Definition | None = None

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if not change.is_none]

    @property
    def digest(self) -> str:
        """Another one as soon as anything that is shown of the plan would be another."""
        rows = [
            [c.sitting.pk, str(c.before), str(c.after)]
            for c in sorted(self.changes, key=lambda c: c.sitting.pk)
        ]
        told = [rows, self.running, self.totals, self.erased, self.definition]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# --- which sittings ------------------------------------------------------------------------------


@dataclass
class Concerned:
    """Sittings that ask one of the versions, by what can be done with them."""

    to_mark: list[int] = field(default_factory=list)
    running: list[int] = field(default_factory=list)
    totals: int = 0
    erased: int = 0


def asking(question: str, programmes: QuerySet[Programme] | None) -> Iterator[dict[str, Any]]:
    """Sittings not taken back whose papers ask the question, with the version; one query.

    Practice is counted nowhere, so there is nothing to put right.
    The database finds the key in the text of the paper; what it means is read here.
    """
    measuring = Sitting.objects.filter(taken_back_at=None).exclude(purpose=Purpose.PRACTICE)
    rows = measuring.annotate(text=Cast("paper", TextField())).filter(
        text__contains=f'"{question}"'
    )
    if programmes is not None:
        rows = rows.filter(enrolment__cohort__programme__in=programmes)
    values = rows.order_by("pk").values(
        "pk",
        "paper",
        "grain",
        "handed_in_at",
        "enrolment__person__erased_at",
        "enrolment__cohort__programme_id",
    )
    for row in values.iterator():
        for item in Paper.from_json(row["paper"]).items:
            if item.question == question:
                yield row | {"n": item.n}


def versions_asked(question: str, programmes: QuerySet[Programme]) -> dict[int, int]:
    """How many sittings ask each version of the question in these programmes; one query."""
    counts: dict[int, int] = {}
    for row in asking(question, programmes):
        counts[row["n"]] = counts.get(row["n"], 0) + 1
    return dict(sorted(counts.items()))


def concerned_by(regrading: Regrading) -> Concerned:
    """The sittings that a decision, stored or not, is about; one query."""
    programmes = None
    if regrading.programme_id is not None:
        programmes = Programme.objects.filter(pk=regrading.programme_id)
    found = Concerned()
    for row in asking(regrading.question_key, programmes):
        within = row["enrolment__cohort__programme_id"]
        if concerns(regrading, regrading.question_key, row["n"], within):
            _sort(found, row)
    return found


def _sort(found: Concerned, row: Mapping[str, Any]) -> None:
    if row["grain"] == Sitting.Grain.TOTAL:
        found.totals += 1
    elif row["enrolment__person__erased_at"]:
        found.erased += 1
    elif row["handed_in_at"] is None:
        found.running.append(row["pk"])
    else:
        found.to_mark.append(row["pk"])


# --- what it would change ------------------------------------------------------------------------


def plan(choice: Choice) -> Plan:
    """What the decision would change; changes nothing. Raises `CannotRegrade`."""
    definition = _definition(choice)
    trying = _regrading(choice, choice.to_n)
    found = concerned_by(trying)
    if not (found.to_mark or found.running):
        raise CannotRegrade("nobody")
    return Plan(
        choice,
        _changes(found.to_mark, trying, definition),
        running=len(found.running),
        totals=found.totals,
        erased=found.erased,
        definition=definition,
    )


def _regrading(choice: Choice, to_n: int | None) -> Regrading:
    return Regrading(
        question_key=choice.question,
        from_ns=sorted(choice.from_ns),
        how=choice.how,
        to_n=to_n,
        programme=choice.programme,
    )


def _definition(choice: Choice) -> Definition | None:
    """That of the version that is to mark, which must fit all that were answered; two queries."""
    if choice.how != Regrading.How.VERSION:
        return None
    if choice.to_n in choice.from_ns:
        raise CannotRegrade("same")
    versions = {one.n: one for one in QuestionVersion.objects.filter(key=choice.question)}
    if choice.to_n is None:
        new = live_definitions([choice.question])[choice.question]
    elif choice.to_n in versions:
        new = versions[choice.to_n].content
    else:
        raise CannotRegrade("nobody")
    olds = [versions[n].content for n in choice.from_ns if n in versions]
    if not all(fits(old, new) for old in olds):
        raise CannotRegrade("other_parts")
    return new


def _changes(
    pks: Collection[int], trying: Regrading, definition: Definition | None
) -> list[Change]:
    """Seven queries, eight where something was decided before."""
    sittings = list(
        Sitting.objects.filter(pk__in=pks).select_related(
            "enrolment__person", "enrolment__cohort__programme", "course_version__course"
        )
    )
    decided = decided_for(sittings, trying, definition)
    try:
        marks = mark_all(sittings, answers_of(sittings), decided)
    except ResponseError:
        raise CannotRegrade("answers") from None
    runs = {run.sitting_id: run for run in newest_runs(pks)}
    return [Change(one, mark_of(runs[one.pk]), _mark(totals_of(marks[one.pk]))) for one in sittings]


def mark_of(run: ScoringRun) -> Mark:
    return Mark(Fraction(run.num, run.den), Fraction(run.full_num, run.full_den), run.unmarked)


def _mark(totals: Mapping[str, Any]) -> Mark:
    got = Fraction(totals["num"], totals["den"])
    return Mark(got, Fraction(totals["full_num"], totals["full_den"]), totals["unmarked"])


# --- deciding, and doing it ----------------------------------------------------------------------


@transaction.atomic
def decide(choice: Choice, reason: str, by: User, key: uuid.UUID, digest: str) -> Regrading:
    """Store the decision that a plan with this digest showed; the same `key` again is once.

    From here on every sitting it is about is marked so, whenever it is marked. Those handed in
    before are marked again by `go_on`. Raises `CannotRegrade`, and changes nothing.
    """
    known = Regrading.objects.filter(uuid=key).first()
    if known:
        return known
    shown = plan(choice)
    if shown.digest != digest:
        raise CannotRegrade("stale")
    to_n = choice.to_n
    if choice.how == Regrading.How.VERSION and to_n is None:
        version = freeze(choice.question)
        if version.n in choice.from_ns:
            raise CannotRegrade("same")
        to_n = version.n
    decided = _regrading(choice, to_n)
    decided.uuid, decided.reason, decided.by = key, reason, by
    decided.save(force_insert=True)
    return decided


def go_on(regrading: Regrading, most: int = BATCH) -> list[ScoringRun]:
    """Mark further sittings again, at most so many; the runs that were made.

    Each sitting is a transaction of its own. When none is left the decision is finished.
    """
    found = concerned_by(regrading)
    done = set(regrading.runs.values_list("sitting", flat=True))
    made: list[ScoringRun] = []
    # Those that run too: whoever hands in at this moment either is waited for here, or waits and
    # is marked by the decision.
    for pk in sorted([*found.to_mark, *found.running]):
        if pk in done:
            continue
        if len(made) == most:
            return made
        if run := _mark_again(pk, regrading):
            made.append(run)
    Regrading.objects.filter(pk=regrading.pk, finished_at=None).update(finished_at=timezone.now())
    regrading.refresh_from_db(fields=["finished_at"])
    return made


@transaction.atomic
def _mark_again(pk: int, regrading: Regrading) -> ScoringRun | None:
    """None where there is nothing to do: it still runs, or is marked by the decision already."""
    sitting = Sitting.objects.select_for_update().get(pk=pk)
    if sitting.is_open or sitting.taken_back_at or _is_done(sitting, regrading):
        return None
    return score(sitting, ScoringRun.Reason.REGRADE, regrading.by, regrading)


def _is_done(sitting: Sitting, regrading: Regrading) -> bool:
    runs = ScoringRun.objects.filter(sitting=sitting)
    if runs.filter(regrading=regrading).exists():
        return True
    newest = runs.order_by("-n").first()
    if newest is None or newest.made_at <= regrading.made_at:
        return False
    return _mark(marks_now(sitting)) == mark_of(newest)


def go_on_with_all() -> int:
    """Finish what was interrupted; how many sittings that were. For the command by the clock."""
    unfinished = Regrading.objects.filter(finished_at=None)
    return sum(len(go_on(regrading, most=10**6)) for regrading in unfinished)


# --- what it changed -----------------------------------------------------------------------------


def done_by(regrading: Regrading) -> list[Change]:
    """What the decision changed, as it was then: each run and the one before it; two queries."""
    runs = list(
        regrading.runs.select_related(
            "sitting__enrolment__person",
            "sitting__enrolment__cohort__programme",
            "sitting__course_version__course",
        ).order_by("sitting")
    )
    earlier = ScoringRun.objects.filter(sitting__in=[run.sitting_id for run in runs])
    by_number = {(run.sitting_id, run.n): run for run in earlier}
    return [
        Change(run.sitting, mark_of(by_number[run.sitting_id, run.n - 1]), mark_of(run))
        for run in runs
    ]


@dataclass(frozen=True)
class MarkedAgain:
    """What the person reads whose sitting was marked again."""

    run: ScoringRun
    before: Mark
    after: Mark


def last_marked_again(sitting: Sitting) -> MarkedAgain | None:
    """The last time that marks of the sitting changed by a decision; one query."""
    runs = list(sitting.scoring_runs.select_related("regrading").order_by("n"))
    for before, run in zip(reversed(runs[:-1]), reversed(runs[1:]), strict=True):
        if run.regrading_id and mark_of(before) != mark_of(run):
            return MarkedAgain(run, mark_of(before), mark_of(run))
    return None
