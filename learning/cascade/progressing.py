"""How far the participants of a session are in tests they take on their own devices.

Counts and times alone: neither an answer nor a key nor a mark, so that whoever is in the room can
help without knowing more than she sees there.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from learning.attempts.models import Answer, Sitting
from learning.attempts.questions import paper_of
from learning.attempts.scoring import in_force
from learning.cascade.models import Event
from learning.enrolment.models import Enrolment


@dataclass(frozen=True)
class Going:
    """One test of one person; `handed_in_at` is None while it runs."""

    name: str
    purpose: str
    started_at: dt.datetime
    answered: int
    total: int
    handed_in_at: dt.datetime | None

    @property
    def is_running(self) -> bool:
        return self.handed_in_at is None


@dataclass(frozen=True)
class UnderWay:
    """The tests that run, then those handed in; `not_begun` counts people without any."""

    tests: Sequence[Going]
    not_begun: int

    @property
    def running(self) -> int:
        return sum(one.is_running for one in self.tests)


@dataclass
class Given:
    """Of an answer what decides whether it counts, and whether it says anything."""

    position: int
    device: Any
    device_seq: int
    received_at: dt.datetime
    is_empty: bool


FIELDS = [field.name for field in fields(Given)]


def under_way(event: Event) -> UnderWay | None:
    """Tests of the session's people that are not on paper; None without any.

    Three queries, one where there are none.
    """
    own = Sitting.objects.filter(enrolment__cohort=event.cohort_id, taken_back_at=None)
    online = own.exclude(handed_in_by=Sitting.HandedInBy.KEYED)
    sittings = list(online.select_related("enrolment__person"))
    if not sittings:
        return None
    given = _given(sittings)
    tests = [_going(sitting, given[sitting.pk]) for sitting in sittings]
    begun = {sitting.enrolment_id for sitting in sittings}
    in_order = sorted(tests, key=lambda one: (not one.is_running, one.name, one.started_at))
    people = Enrolment.objects.in_force().filter(cohort=event.cohort_id)
    return UnderWay(in_order, people.exclude(pk__in=begun).count())


def _going(sitting: Sitting, given: Sequence[Given]) -> Going:
    return Going(
        name=sitting.enrolment.person.name(),
        purpose=sitting.test_name,
        started_at=sitting.started_at,
        answered=sum(not answer.is_empty for answer in in_force(given).values()),
        total=len(paper_of(sitting).items),
        handed_in_at=sitting.handed_in_at,
    )


def _given(sittings: Sequence[Sitting]) -> dict[int, list[Given]]:
    """What was answered is not even read."""
    is_empty = ExpressionWrapper(Q(response__isnull=True), BooleanField())
    rows = Answer.objects.filter(sitting__in=sittings).annotate(is_empty=is_empty)
    found: dict[int, list[Given]] = defaultdict(list)
    for pk, *row in rows.values_list("sitting", *FIELDS):
        found[pk].append(Given(*row))
    return found
