"""Sending a training session for verification, verifying it, returning it, cancelling it.

Each step is a fact. Two people who press at the same moment are put in order by the row of the
session; who comes second with the same step changes nothing and is told so.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.attempts.opening import close_all
from learning.attempts.taking import running_in
from learning.cascade.attending import Attendance, attendance_in, attendance_of
from learning.cascade.errors import Refused
from learning.cascade.models import OPEN_STATES, Event, EventFact, Headcount
from learning.cascade.registering import participants_of
from learning.certificates.reviewing import clear_cohort, review_cohort
from learning.enrolment.models import Enrolment
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


def report(event: Event, by: User | None, **how: object) -> bool:
    """The trainer closes the record and sends it for verification. Raises `Refused`.

    Like every step here it tells whether it was this call that took it.
    """
    return _step(event, What.REPORTED, by, **how)  # type: ignore[arg-type]


def verify(event: Event, by: User | None, **how: object) -> bool:
    """Somebody who did not lead confirms the record. Raises `Refused` unless it was sent."""
    return _step(event, What.VERIFIED, by, **how)  # type: ignore[arg-type]


def send_back(event: Event, by: User | None, reason: str, **how: object) -> bool:
    """Return the record with a reason, also one that was verified: its certificates are under
    review until it is verified again."""
    return _step(event, What.RETURNED, by, reason=reason, **how)  # type: ignore[arg-type]


def cancel(event: Event, by: User | None, reason: str, **how: object) -> bool:
    """The session does not take place. Raises `Refused` once somebody's attendance was noted."""
    return _step(event, What.CANCELLED, by, reason=reason, **how)  # type: ignore[arg-type]


@transaction.atomic
def _step(
    event: Event,
    what: EventFact.What,
    by: User | None,
    *,
    reason: str = "",
    seen: UUID | None = None,
    at: datetime | None = None,
    via: str = Fact.Via.WEB,
) -> bool:
    """`seen`: the last step that the person had before her; after another one nothing is done."""
    Event.objects.select_for_update().get(pk=event.pk)
    locked = Event.objects.with_all_it_needs().with_last_step().get(pk=event.pk)
    state = locked.state  # type: ignore[attr-defined]
    if state == what:
        return False
    _refuse(locked, what, is_stale=seen not in {None, locked.step})
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
    if what in {What.REPORTED, What.CANCELLED}:
        close_all(locked.cohort, by)
    if what == What.RETURNED and state == What.VERIFIED:
        review_cohort(locked.cohort, by, reason)
    if what == What.VERIFIED:
        clear_cohort(locked.cohort, by)
    return True


def _refuse(event: Event, what: EventFact.What, *, is_stale: bool) -> None:
    if is_stale or event.state not in BEFORE[what]:  # type: ignore[attr-defined]
        raise Refused(
            _(
                "Somebody was faster: this training session is in another state now. Nothing was"
                " changed. Look at it once more."
            )
        )
    problems: list[str] = []
    if what == What.REPORTED:
        problems = missing(event)
    elif what == What.CANCELLED:
        problems = attended_already(event)
    if problems:
        raise Refused(" ".join(problems))


def last_step(event: Event) -> EventFact:
    """The fact that the state of the session follows from; one query."""
    return event.facts.order_by("-received_at", "-pk")[0]


def missing(event: Event) -> list[str]:
    """What keeps a session from being closed, in sentences; nothing when it is complete.

    `event` comes with all it needs; four queries.
    """
    return missing_of([event])[event.pk]


def missing_of(events: Sequence[Event]) -> dict[int, list[str]]:
    """The same for several sessions, by their keys; four queries, however many there are."""
    named = [event for event in events if not event.is_headcount]
    enrolments = Enrolment.objects.in_force()
    people = list(enrolments.filter(cohort__in=[event.cohort_id for event in named]))
    roll = attendance_in(named, people)
    counted = set(Headcount.objects.filter(event__in=events).values_list("event", flat=True))
    sitting = running_in(event.cohort_id for event in named)
    found = {}
    for event in events:
        if event.is_headcount:
            gaps = [] if event.pk in counted else [_("Nobody was counted yet.")]
        else:
            own = [roll[one.pk] for one in people if one.cohort_id == event.cohort_id]
            gaps = _gaps_in(event, own) + _still_sitting(sitting[event.cohort_id])
        found[event.pk] = _not_over(event) + gaps
    return found


def _not_over(event: Event) -> list[str]:
    if event.last_day > timezone.localdate():
        return [_("The training session is not over yet.")]
    return []


def _gaps_in(event: Event, roll: Sequence[Attendance]) -> list[str]:
    """What the roll of everybody registered lacks."""
    if not roll:
        return [_("Nobody is registered yet.")]
    gaps = len(roll) * len(event.held_units) - sum(len(one.marks) for one in roll)
    if not gaps:
        return []
    words = ngettext(
        "The roll is not complete: {n} mark is missing.",
        "The roll is not complete: {n} marks are missing.",
        gaps,
    )
    return [words.format(n=gaps)]


def _still_sitting(n: int) -> list[str]:
    """Results may not change after they were sent: nobody may be at work on one."""
    if not n:
        return []
    words = ngettext(
        "{n} person still sits a test on a device. Wait for the end, or close the test.",
        "{n} people still sit a test on a device. Wait for the end, or close the test.",
        n,
    )
    return [words.format(n=n)]


def attended_already(event: Event) -> list[str]:
    """What keeps a session from being cancelled."""
    roll = attendance_of(event.held_units, participants_of(event))
    if any(one.was_there for one in roll.values()) or event.headcounts.exists():
        return [_("People took part in this session, so it cannot be cancelled any more.")]
    return []
