"""Giving a person more time for tests, changing it, ending it.

A row says how much was in force from when until when and who gave it; a change ends it and makes
another. A test that runs gets the time at once, and is never made shorter: what somebody was told
at its start holds.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from learning.attempts.allowing import end_of
from learning.attempts.conditions import ExtraTime
from learning.attempts.models import Sitting
from learning.attempts.taking import is_late
from learning.enrolment.models import Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Person, User


class Changed(Exception):
    """Somebody else changed it since the person looked; nothing was stored."""


def extra_time_of(person: Person) -> ExtraTime | None:
    """What is in force, by whichever record of the person has most; one query."""
    own = ExtraTime.objects.filter(person__in=all_records_of(person), ended_at=None)
    return own.order_by("-percent").first()


@transaction.atomic
def set_extra_time(
    person: Person,
    percent: int,
    by: User | None,
    *,
    seen: int | None = None,
    now: datetime | None = None,
) -> int:
    """Put `percent` in the place of what was in force, 0 for none; how many running tests moved.

    `seen`: the percentage that the giver had before her. Raises `Changed` when it is another one
    by now.
    """
    now = now or timezone.now()
    # Whoever begins a test at this moment locks the enrolment too: the test finds the new time.
    enrolments = Enrolment.objects.filter(person__in=all_records_of(person))
    locked = [one.pk for one in enrolments.select_for_update().order_by("pk")]
    rows = ExtraTime.objects.filter(person__in=all_records_of(person), ended_at=None)
    found = rows.order_by("-percent").first()
    known = found.percent if found else 0
    if known == percent:
        return 0
    if seen is not None and seen != known:
        raise Changed
    rows.update(ended_at=now)
    if not percent:
        return 0
    ExtraTime.objects.create(person=person, percent=percent, granted_by=by, granted_at=now)
    running = Sitting.objects.select_for_update().filter(enrolment__in=locked, handed_in_at=None)
    return sum(_give(sitting, percent, now) for sitting in running.order_by("pk"))


def _give(sitting: Sitting, percent: int, now: datetime) -> bool:
    """Move the deadline of a sitting whose row is locked; whether it moved."""
    minutes = sitting.rules.get("minutes")
    ends = end_of(sitting.started_at, minutes, percent)
    if ends is None or sitting.deadline_at is None or is_late(sitting, now):
        return False
    if ends <= sitting.deadline_at:
        return False
    sitting.deadline_at = ends
    sitting.rules = sitting.rules | {"extra": percent}
    sitting.save(update_fields=["deadline_at", "rules"])
    return True
