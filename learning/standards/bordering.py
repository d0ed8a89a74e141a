"""Who stands so near a cut that the test cannot tell: a list to review, which changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from learning.attempts.itemising import Taken, itemise
from learning.attempts.models import Sitting
from learning.measurement.items import analyse
from learning.measurement.standard import Zone, border
from learning.standards.models import Study
from modules.papers.models import Purpose

MOST = 2_000  # sittings looked at, the newest
NEAR = (Zone.JUST_BELOW, Zone.JUST_ABOVE)


@dataclass(frozen=True)
class Measured:
    """How exactly one form measured: the error of measurement in points of 100, if it is known."""

    label: str
    n: int
    alpha: float | None
    sem: float | None


@dataclass(frozen=True)
class Near:
    """One test within an error of measurement of the cut."""

    taken: Taken
    share: Fraction
    zone: Zone


@dataclass(frozen=True)
class Border:
    measured: Sequence[Measured]
    near: Sequence[Near]
    looked_at: int


def border_of(study: Study, cut: float) -> Border:
    """The newest tests after the course by the forms of the study, beside a cut in per cent.

    Six queries. Only tests of which every answer is known and marked: totals say nothing of the
    error of measurement.
    """
    sittings = (
        Sitting.objects.that_count()
        .filter(
            course_version=study.course_version,
            purpose=Purpose.POST,
            form_label__in=list(study.forms),
            grain=Sitting.Grain.ITEM,
            enrolment__person__erased_at=None,
        )
        .select_related("enrolment__person", "enrolment__cohort")
        .order_by("-started_at", "-pk")[:MOST]
    )
    taken = [one for one in itemise(list(sittings)) if one.is_final]
    measured, near = [], []
    for label in study.forms:
        own = [one for one in taken if one.sitting.form_label == label]
        figures = measure(label, own)
        measured.append(figures)
        near += near_of(own, cut, figures.sem)
    near.sort(key=lambda one: (-one.share, one.taken.sitting.pk))
    return Border(measured, near, len(taken))


def measure(label: str, taken: Sequence[Taken]) -> Measured:
    """Of first attempts alone, as all statistics of questions."""
    first = [one for one in taken if one.sitting.attempt_no == 1]
    full: dict[tuple[str, int], float] = {}
    for one in first:
        for marked in one.marks:
            full.setdefault((marked.question, marked.n), float(marked.mark.full))
    if not full:
        return Measured(label, len(first), None, None)
    rows = [{(m.question, m.n): float(m.mark.got or 0) for m in one.marks} for one in first]
    table = np.array([[row.get(key, np.nan) for key in full] for row in rows], dtype=float)
    found = analyse(table, list(full.values()))
    whole = float(np.mean([sum(float(m.mark.full) for m in one.marks) for one in first]))
    sem = None if found.sem is None or not whole else found.sem / whole * 100
    return Measured(label, len(first), found.alpha, sem)


def near_of(taken: Sequence[Taken], cut: float, sem: float | None) -> list[Near]:
    """Those within one error of measurement, exactly as fractions."""
    shares = [share_of(one) for one in taken]
    zones = border(Fraction(cut) / 100, None if sem is None else Fraction(sem) / 100, shares)
    return [
        Near(one, share, zone)
        for one, share, zone in zip(taken, shares, zones, strict=True)
        if zone in NEAR and zone is not None
    ]


def share_of(taken: Taken) -> Fraction:
    got = sum((marked.mark.got or Fraction(0) for marked in taken.marks), Fraction(0))
    full = sum((marked.mark.full for marked in taken.marks), Fraction(0))
    return got / full if full else Fraction(0)
