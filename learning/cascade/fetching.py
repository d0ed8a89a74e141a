"""Finding the session that an address names among those the person may see: views begin here."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from learning.cascade.models import Event, EventUnit
from learning.cascade.permissions import (
    events_recordable_by,
    events_verifiable_by,
    events_visible_to,
)
from learning.enrolment.models import Enrolment
from learning.people.roles import AnyUser

type Scope = Callable[[AnyUser], QuerySet[Event]]


def event_to_see(request: HttpRequest, uuid: UUID) -> Event:
    """The session with all it needs, for whoever may open its record; 404 for everybody else."""
    return _event(request, uuid, events_visible_to)


def event_to_record(request: HttpRequest, uuid: UUID) -> Event:
    """The same for whoever may record; whether its state allows a change, the rules decide."""
    return _event(request, uuid, events_recordable_by)


def event_to_verify(request: HttpRequest, uuid: UUID) -> Event:
    """The same for whoever may verify and certify it."""
    return _event(request, uuid, events_verifiable_by)


def _event(request: HttpRequest, uuid: UUID, scope: Scope) -> Event:
    return get_object_or_404(scope(request.user).with_all_it_needs(), cohort__uuid=uuid)  # type: ignore[attr-defined]


def unit_in(event: Event, n: int) -> EventUnit:
    """The half-day with this number; 404 without one."""
    for unit in event.units.all():
        if unit.n == n:
            return unit
    raise Http404


def participant_in(event: Event, uuid: UUID) -> Enrolment:
    """A participant of the session by the id of the enrolment; 404 for everybody else."""
    enrolments = Enrolment.objects.in_force().select_related("person")
    return get_object_or_404(enrolments, uuid=uuid, cohort=event.cohort_id)
