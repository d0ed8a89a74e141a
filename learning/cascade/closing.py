"""Sending a training session for verification, verifying it, returning it, cancelling it.

Each step is a fact. Two people who press at the same moment are put in order by the row of the
session; who comes second with the same step changes nothing.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.cascade.attending import attendance_of
from learning.cascade.errors import Refused
from learning.cascade.models import OPEN_STATES, Event, EventFact
from learning.cascade.registering import participants_of
from learning.certificates.reviewing import clear_cohort, review_cohort
from learning.people.facts import Fact
from learning.people.models import User

What = EventFact.What
# From which states each step leads on.
BEFORE = {
    What.CANCELLED: frozenset({What.PLANNED}),
    What.REPORTED: OPEN_STATES,
    What.VERIFIED: frozenset({What.REPORTED}),
    What.RETURNED: frozenset({What.REPORTED, What.VERIFIED}),
}


def report(event: Event, by: User | None, **how: object) -> None:
    """The trainer closes the record and sends it for verification. Raises `Refused`."""
    _step(event, What.REPORTED, by, **how)  # type: ignore[arg-type]


def verify(event: Event, by: User | None, **how: object) -> None:
    """Somebody who did not lead confirms the record. Raises `Refused` unless it was sent."""
    _step(event, What.VERIFIED, by, **how)  # type: ignore[arg-type]


def send_back(event: Event, by: User | None, reason: str, **how: object) -> None:
    """Return the record with a reason, also one that was verified: its certificates are under
    review until it is verified again."""
    _step(event, What.RETURNED, by, reason=reason, **how)  # type: ignore[arg-type]


def cancel(event: Event, by: User | None, reason: str, **how: object) -> None:
    """The session does not take place. Raises `Refused` once somebody's attendance was noted."""
    _step(event, What.CANCELLED, by, reason=reason, **how)  # type: ignore[arg-type]


@transaction.atomic
def _step(
    event: Event,
    what: EventFact.What,
    by: User | None,
    *,
    reason: str = "",
    at: datetime | None = None,
    via: str = Fact.Via.WEB,
) -> None:
    Event.objects.select_for_update().get(pk=event.pk)
    locked = Event.objects.with_all_it_needs().get(pk=event.pk)
    state = locked.state  # type: ignore[attr-defined]
    if state == what:
        return
    if state not in BEFORE[what]:
        raise Refused(_("Somebody was faster: this training session is in another state now."))
    if what in {What.REPORTED, What.CANCELLED}:
        problems = missing(locked) if what == What.REPORTED else attended_already(locked)
        if problems:
            raise Refused(" ".join(problems))
    now = at or timezone.now()
    EventFact.objects.create(
        event=locked,
        what=what,
        reason=reason,
        recorded_by=by,
        captured_at=now,
        received_at=now,
        captured_via=via,
    )
    if what == What.RETURNED and state == What.VERIFIED:
        review_cohort(locked.cohort, by, reason)
    if what == What.VERIFIED:
        clear_cohort(locked.cohort, by)


def missing(event: Event) -> list[str]:
    """What keeps a session from being closed, in sentences; nothing when it is complete.

    `event` comes with all it needs; three queries.
    """
    problems = []
    if event.last_day > timezone.localdate():
        problems.append(_("The training session is not over yet."))
    if event.is_headcount:
        if not event.headcounts.exists():
            problems.append(_("Nobody was counted yet."))
        return problems
    participants = participants_of(event)
    if not participants:
        return [*problems, _("Nobody is registered yet.")]
    roll = attendance_of(event.held_units, participants)
    open_marks = len(participants) * len(event.held_units) - sum(
        len(one.marks) for one in roll.values()
    )
    if open_marks:
        problems.append(
            ngettext(
                "The roll is not complete: {n} mark is missing.",
                "The roll is not complete: {n} marks are missing.",
                open_marks,
            ).format(n=open_marks)
        )
    return problems


def attended_already(event: Event) -> list[str]:
    """What keeps a session from being cancelled."""
    roll = attendance_of(event.held_units, participants_of(event))
    if any(one.was_there for one in roll.values()) or event.headcounts.exists():
        return [_("People took part in this session, so it cannot be cancelled any more.")]
    return []
