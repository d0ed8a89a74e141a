"""The waves of the test some months after a course, as they come to one person or to many.

They are counted from the day of the test after the course that counts for the person: of a training
session the last one, of a course people take by themselves the one that the rule of the test says.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.results import choose, newest_runs, result_from
from learning.enrolment.models import Cohort
from modules.papers.models import Counts, Purpose, Test
from modules.papers.waves import OPEN, TO_COME, Wave, waves_after

RUNNING, TAKEN = "running", "taken"  # beside the states of a wave


@dataclass(frozen=True)
class Later:
    """One wave for one person, and what she handed in or has begun."""

    wave: Wave
    sitting: Sitting | None = None

    def state(self, today: dt.date) -> str:
        """RUNNING, TAKEN, or TO_COME, OPEN, OVER of a wave that was not begun."""
        if self.sitting is None:
            return self.wave.state(today)
        return RUNNING if self.sitting.is_open else TAKEN


def current_of(later: Sequence[Later], today: dt.date) -> Later | None:
    """What somebody can do something about: running, open, next to come; else the last one."""
    for wanted in (RUNNING, OPEN, TO_COME):
        for one in later:
            if one.state(today) == wanted:
                return one
    return later[-1] if later else None


def lie_ahead(later: Iterable[Later], today: dt.date) -> bool:
    """Whether a wave may still ask something of the person."""
    return any(one.state(today) in {RUNNING, OPEN, TO_COME} for one in later)


def later_of(test: Test, ended: dt.date, sittings: Iterable[Sitting]) -> list[Later]:
    """The waves of `test`, of its purpose, for whoever had the test after the course then."""
    taken = {one.wave: one for one in sittings if one.is_later and one.taken_back_at is None}
    waves = waves_after(ended, test.months, test.tolerance_days)
    return [Later(wave, taken.get(wave.months)) for wave in waves]


# --- the day from which they are counted ---------------------------------------------------------


def rule_in(cohort: Cohort, counts: str | None) -> str:
    """Which of several tests after a course counts; in a session the last one, whatever else."""
    return Counts.LAST if cohort.kind == Cohort.Kind.EVENT else counts or Counts.BEST


def ended_by[K: Hashable](
    sittings: Mapping[K, Iterable[Sitting]], rules: Mapping[K, str]
) -> dict[K, dt.date]:
    """The day of the test after the course that counts, of whoever has handed in one.

    `sittings` in the order in which they began. One query where the best of several tests counts,
    else none.
    """
    after = {key: [one for one in own if _ends(one)] for key, own in sittings.items()}
    held = {key: own for key, own in after.items() if rules[key] == Counts.BEST and len(own) > 1}
    asked = [one.pk for own in held.values() for one in own]
    runs = {run.sitting_id: run for run in newest_runs(asked)} if asked else {}
    found = {}
    for key, own in after.items():
        if own and key in held:
            results = [result_from(one, runs[one.pk]) for one in own]
            found[key] = day_of(choose(results, Counts.BEST)[1].sitting)
        elif own:
            found[key] = day_of(own[0 if rules[key] == Counts.FIRST else -1])
    return found


def _ends(sitting: Sitting) -> bool:
    is_in_force = sitting.handed_in_at is not None and sitting.taken_back_at is None
    return sitting.purpose == Purpose.POST and is_in_force


def day_of(sitting: Sitting) -> dt.date:
    """The day on which a test was taken, by the clock of the site."""
    return timezone.localdate(sitting.taken_at)
