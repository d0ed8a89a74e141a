"""Until when people hand in: what holds for a cohort, and for one person of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from learning.coursework.models import Deadline
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import User


@dataclass(frozen=True)
class Deadlines:
    """Those of one task in one cohort; `own` by the key of the enrolment."""

    due_at: datetime | None
    own: dict[int, datetime | None]

    def of(self, enrolment: int) -> datetime | None:
        """The later of both: what somebody was given is never less than what all have."""
        if enrolment not in self.own or self.due_at is None:
            return self.due_at
        own = self.own[enrolment]
        return None if own is None else max(own, self.due_at)


NONE = Deadlines(None, {})


def deadlines_in(facts: Iterable[Deadline]) -> Deadlines:
    """What facts of one task in one cohort come to; the newest of each kind counts."""
    due_at, own = None, {}
    for fact in sorted(facts, key=lambda one: (one.received_at, str(one.pk))):
        if fact.enrolment_id is None:
            due_at = fact.due_at
        else:
            own[fact.enrolment_id] = fact.due_at
    return Deadlines(due_at, own)


def deadlines_of(cohort: int, key: str) -> Deadlines:
    """One query."""
    return deadlines_in(Deadline.objects.filter(cohort=cohort, assignment_key=key))


def set_deadline(
    cohort: Cohort,
    key: str,
    due_at: datetime | None,
    by: User | None,
    *,
    enrolment: Enrolment | None = None,
    reason: str = "",
) -> Deadline:
    return Deadline.objects.create(
        cohort=cohort,
        assignment_key=key,
        due_at=due_at,
        enrolment=enrolment,
        reason=reason,
        recorded_by=by,
    )
