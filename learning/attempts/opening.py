"""Opening and closing the tests of a course for one cohort.

What stands here goes before what the test says for all. A row is made by the first change.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from learning.attempts.allowing import conditions_of
from learning.attempts.conditions import TestAccess
from learning.attempts.models import Sitting
from learning.attempts.taking import is_late
from learning.enrolment.models import Cohort
from learning.people.models import User
from modules.papers.models import Purpose, Test

CHANGED = "attempts.access"


class Changed(Exception):
    """Somebody else changed it since the person looked; nothing was stored."""


@dataclass(frozen=True)
class Access:
    """What a cohort has of its own in one test; empty: as the test says for all."""

    is_offered: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts: int | None = None


def access_of(cohort: Cohort) -> dict[str, TestAccess]:
    """The rows of a cohort by purpose; one query."""
    rows = TestAccess.objects.filter(cohort=cohort).select_related("changed_by__person")
    return {row.purpose: row for row in rows}


@transaction.atomic
def set_access(
    cohort: Cohort,
    purpose: Purpose | str,
    wanted: Access,
    by: User | None,
    *,
    seen: str = "",
    now: datetime | None = None,
) -> bool:
    """Store what the cohort has of its own; False when it is so already.

    `seen`: the stamp of what the person had before her, of `stamp_of`. Raises `Changed` when
    somebody changed it since.
    """
    now = now or timezone.now()
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    row = TestAccess.objects.filter(cohort=cohort, purpose=purpose).first()
    if row and _as_value(row) == wanted:
        return False
    if seen and seen != stamp_of(row):
        raise Changed
    row = row or TestAccess(purpose=purpose)
    row.cohort = cohort
    row.is_offered, row.attempts = wanted.is_offered, wanted.attempts
    row.opens_at, row.closes_at = wanted.opens_at, wanted.closes_at
    row.changed_by, row.changed_at = by, now
    row.save()
    _move_ends(row, now)
    log(row.cohort, CHANGED, user=by, data=_in_words(row))
    return True


def _in_words(row: TestAccess) -> dict[str, Any]:
    """What the log keeps of a change."""
    return {
        "purpose": row.purpose,
        "offered": row.is_offered,
        "opens": row.opens_at.isoformat() if row.opens_at else "",
        "closes": row.closes_at.isoformat() if row.closes_at else "",
        "attempts": row.attempts,
    }


def close_all(cohort: Cohort, by: User | None) -> None:
    """Nobody of the cohort begins a test any more that was open for it; one query when none is.

    But the test some months later, which comes when all is closed.
    """
    opened = TestAccess.objects.filter(cohort=cohort, is_offered=True)
    for row in opened.exclude(purpose=Purpose.RETENTION):
        set_access(cohort, row.purpose, replace(_as_value(row), is_offered=False), by)


def _as_value(row: TestAccess) -> Access:
    return Access(row.is_offered, row.opens_at, row.closes_at, row.attempts)


def stamp_of(row: TestAccess | None) -> str:
    """What changes with every change of a row."""
    return row.changed_at.isoformat() if row else "none"


def _move_ends(row: TestAccess, now: datetime) -> None:
    """A test without a limit that runs ends when the test closes now."""
    course = row.cohort.course_version.course.code
    test = Test.objects.filter(course_code=course, purpose=row.purpose).first()
    if not row.is_offered:
        closes_at: datetime | None = now
    else:
        closes_at = conditions_of(test, row.cohort, row).closes_at if test else None
    running = Sitting.objects.select_for_update().filter(
        enrolment__cohort=row.cohort, purpose=row.purpose, handed_in_at=None, rules__minutes=None
    )
    for sitting in running.order_by("pk"):
        if not is_late(sitting, now):
            sitting.deadline_at = max(closes_at, now) if closes_at else None
            sitting.save(update_fields=["deadline_at"])


class AccessFormatter(LogFormatter):
    """What the history says of a change."""

    label = gettext_lazy("Open or close a test")

    def format_message(self, log_entry: Any) -> str:
        words = _("Test {when} opened") if log_entry.data["offered"] else _("Test {when} closed")
        return words.format(when=Purpose(log_entry.data["purpose"]).label)


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGED)(AccessFormatter)
