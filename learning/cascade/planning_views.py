"""Preparing a training session, changing it, and cancelling one of its half-days."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.cascade.closing_forms import CancelUnitForm
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, unit_in
from learning.cascade.models import Event
from learning.cascade.overview import half_day
from learning.cascade.permissions import (
    events_visible_to,
    may_record,
    programmes_for_training,
)
from learning.cascade.planning import (
    cancel_unit,
    change_event,
    plan_event,
    restore_unit,
    stamp_of,
)
from learning.cascade.planning_forms import PlanForm
from learning.cascade.showing import event_context
from learning.cascade.stamping import Stale
from learning.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_plan(request: HttpRequest) -> HttpResponse:
    """The empty form; a POST that can be kept makes the session and leads to it."""
    user = cast("User", request.user)
    if not programmes_for_training(user).exists():
        raise PermissionDenied
    form = PlanForm(request.POST if request.method == "POST" else None, user=user)
    problem = ""
    if form.is_valid():
        try:
            made = plan_event(form.plan, user)
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The training session is prepared."))
            return after_saving(request, made)
    return render(request, "training/plan.html", {"form": form, "problem": problem})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form with what was planned; a POST that can be kept changes it."""
    event = event_to_record(request, uuid)
    user = cast("User", request.user)
    if is_closed(request, event):
        return redirect("event", uuid)
    form = PlanForm(request.POST if request.method == "POST" else None, user=user, event=event)
    problem, seen = "", request.POST.get("seen", "") or stamp_of(event)
    if form.is_valid():
        try:
            changed = change_event(event, form.plan, seen=seen)
        except Refused as refusal:
            problem = str(refusal)
            # Whoever was told of the other's changes may put hers in their place.
            seen = stamp_of(event_to_record(request, uuid)) if isinstance(refusal, Stale) else seen
        else:
            messages.success(request, _("The changes are saved."))
            return after_saving(request, changed)
    context = event_context(request, event, "", form=form, problem=problem, seen=seen)
    return render(request, "training/plan.html", context)


def is_closed(request: HttpRequest, event: Event) -> bool:
    """Whether nothing may be changed now; if so, a message says it."""
    if may_record(request.user, event):
        return False
    messages.info(request, _("The record of this session is closed: what was planned stays."))
    return True


def after_saving(request: HttpRequest, event: Event) -> HttpResponse:
    """To the session, unless whoever saved it has handed it over to somebody else."""
    if events_visible_to(request.user).filter(pk=event.pk).exists():
        return redirect("event", event.uuid)
    return redirect("training_desk")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_unit_cancel(request: HttpRequest, uuid: UUID, n: int) -> HttpResponse:
    """Asks why a half-day does not take place; a POST with a reason cancels it."""
    event = event_to_record(request, uuid)
    unit = unit_in(event, n)
    if is_closed(request, event):
        return redirect("event", uuid)
    form = CancelUnitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_unit(event, unit, form.cleaned_data["reason"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The half-day is cancelled: it counts for nobody."))
        return redirect("event", uuid)
    context = event_context(request, event, "", form=form, half_day=half_day(unit), unit=unit)
    return render(request, "training/cancel_unit.html", context)


@login_required
@require_http_methods(["POST"])
def event_unit_restore(request: HttpRequest, uuid: UUID, n: int) -> HttpResponse:
    """The half-day takes place after all."""
    event = event_to_record(request, uuid)
    try:
        restore_unit(event, unit_in(event, n))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The half-day counts again."))
    return redirect("event", uuid)
