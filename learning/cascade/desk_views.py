"""The trainer's desk, and the overview of one training session."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.attempts.permissions import marks_tests
from learning.cascade.accrediting import accreditations_of
from learning.cascade.desk import WAITING_AT_ONCE, Desk, desk_of, line_of, waiting_for
from learning.cascade.desk_forms import SessionFilter
from learning.cascade.fetching import event_to_see
from learning.cascade.overview import overview_of
from learning.cascade.permissions import (
    events_visible_to,
    has_training_desk,
    programmes_for_training,
    verifies_training,
)
from learning.cascade.reaching import people_in, reach_of
from learning.cascade.showing import event_context
from learning.people.models import User

PER_PAGE = 12


@never_cache
@login_required
@require_safe
def training_desk(request: HttpRequest) -> HttpResponse:
    """One's next session, what to finish or to verify, one's reach, and all sessions one sees."""
    user = cast("User", request.user)
    if not has_training_desk(user):
        raise PermissionDenied
    verifies = verifies_training(user)
    context = own_part(user) | (waiting_part(user) if verifies else {})
    # Whoever runs sessions has those that matter before her already.
    if verifies or not context["trains"] or request.GET:
        context |= list_part(request)
    return render(request, "training/desk.html", context | {"marks": marks_tests(user)})


def own_part(user: User) -> dict[str, Any]:
    """What the person runs herself.

    `trains`: whether it is shown at all; to somebody who only verifies it would say nothing.
    """
    may_prepare = programmes_for_training(user).exists()
    desk = desk_of(user.person) if user.person else Desk()
    reach = reach_of(user.person) if user.person else None
    held = accreditations_of(user.person) if user.person else []
    has_any = bool(desk.sessions or (reach and reach.led))
    trains = has_any or bool(held) or (may_prepare and not verifies_training(user))
    return {
        "desk": desk,
        "reach": reach,
        "accreditations": held,
        "has_any": has_any,
        "trains": trains,
        "may_prepare": may_prepare,
        # The page of somebody without sessions has the button in its middle.
        "offers_preparing": may_prepare and (desk.sessions or not trains),
    }


def waiting_part(user: User) -> dict[str, Any]:
    """What waits to be verified."""
    waiting = waiting_for(user)
    return {
        "verifies": True,
        "waiting": waiting[:WAITING_AT_ONCE],
        "more_wait": len(waiting) > WAITING_AT_ONCE,
    }


def list_part(request: HttpRequest) -> dict[str, Any]:
    """The sessions that one sees, as the address filters them, a page at a time."""
    form = SessionFilter(request.GET, events_visible_to(request.user))  # type: ignore[arg-type]
    page = Paginator(form.chosen(), PER_PAGE).get_page(request.GET.get("page"))
    people = people_in(page.object_list)
    return {
        "shows_all": True,
        "filter": form,
        "page_obj": page,
        "lines": [line_of(event, people[event.pk]) for event in page.object_list],
    }


@never_cache
@login_required
@require_safe
def event(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one session is, what is done and what is left to do, and what happened to it."""
    found = event_to_see(request, uuid)
    context = event_context(request, found, "event")
    # Who did what and why is for those who run or verify the session.
    context["sees_history"] = context["may_record"] or context["may_verify"]
    context["overview"] = overview_of(found)
    return render(request, "training/event.html", context)
