"""The roll call: one half-day, everybody who takes part, a mark for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.sitting_views import wants_json
from learning.cascade.attending import Given, Noted, Value, in_force, mark_all
from learning.cascade.calling import COUNTED, MARKED, roll_of, unit_to_call
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, event_to_see, unit_in
from learning.cascade.finding import leads_to_sticker
from learning.cascade.listing import COMMA
from learning.cascade.models import AttendanceMark, Event, EventUnit
from learning.cascade.people_views import named_only
from learning.cascade.registering import participants_of
from learning.cascade.roll_forms import marks_sent
from learning.cascade.showing import event_context
from learning.enrolment.models import Enrolment
from learning.people.models import User

MOST_CELLS = 60  # of the drawing of progress


@never_cache
@login_required
@require_safe
def event_rolls(request: HttpRequest, event: UUID) -> HttpResponse:
    """Leads to the half-day that is on now, or the next one to call."""
    found = named_only(event_to_see(request, event))
    unit = unit_to_call(found, timezone.localtime())
    return redirect("event_roll", found.uuid, unit.n)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_roll(request: HttpRequest, event: UUID, n: int) -> HttpResponse:
    """The roll of one half-day; a POST notes marks."""
    if request.method == "POST":
        found = named_only(event_to_record(request, event))
        return receive_marks(request, found, unit_in(found, n))
    found = named_only(event_to_see(request, event))
    unit = unit_in(found, n)
    roll = roll_of(found, unit)
    if place := leads_to_sticker(request, found, [call.enrolment for call in roll.calls]):
        return place
    context = event_context(
        request,
        found,
        "event_rolls",
        unit=unit,
        roll=roll,
        calls=[(call, uuid4()) for call in roll.calls],
        has_cells=len(roll.calls) <= MOST_CELLS,
        marked=MARKED,
        counted=COUNTED,
        comma=COMMA,
    )
    return render(request, "training/roll.html", context)


# --- marks ----------------------------------------------------------------------------------------


@dataclass
class Received:
    """The marks of one request: those to note, and by id of the enrolment why others are not."""

    given: list[Given] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)


def receive_marks(request: HttpRequest, event: Event, unit: EventUnit) -> HttpResponse:
    """Notes what was sent; tells a script of every mark what became of it."""
    participants = {str(one.uuid): one for one in participants_of(event)}
    received = read_marks(request, participants)
    try:
        noted = mark_all(unit, received.given, cast("User", request.user))
    except Refused as reason:
        if wants_json(request):
            return JsonResponse({"error": "refused", "message": str(reason)}, status=409)
        messages.error(request, str(reason))
        return redirect("event_roll", event.uuid, unit.n)
    for one in received.given:
        if one.fact_id in noted.refusals:
            received.refusals[str(one.enrolment.uuid)] = noted.refusals[one.fact_id]
    if wants_json(request):
        return JsonResponse({"marks": answers(unit, received)})
    say_what_was_noted(request, participants, noted, received)
    return redirect("event_roll", event.uuid, unit.n)


def read_marks(request: HttpRequest, participants: Mapping[str, Enrolment]) -> Received:
    """The marks in the request that say something new, and those that cannot be read."""
    received = Received()
    sent = marks_sent(request.POST)
    for uuid, form in sent.items():
        if uuid not in participants:
            received.refusals[uuid] = _("This person is not on the list any more.")
        elif not form.is_valid():
            lines = (str(error) for errors in form.errors.values() for error in errors)
            received.refusals[uuid] = " ".join(lines)
        elif form.is_changed:
            received.given.append(form.given_to(participants[uuid]))
    if "rest" in request.POST:
        others = [one for uuid, one in participants.items() if uuid not in sent]
        received.given += [Given(uuid4(), one, Value.PRESENT, if_open=True) for one in others]
    return received


def answers(unit: EventUnit, received: Received) -> dict[str, dict[str, Any]]:
    """What is in force now for each mark sent, which another phone may have given; one query."""
    enrolments = [one.enrolment for one in received.given]
    marks = in_force(AttendanceMark.objects.filter(unit=unit, enrolment__in=enrolments))
    told: dict[str, dict[str, Any]] = {
        uuid: {"error": reason} for uuid, reason in received.refusals.items()
    }
    now = timezone.now().isoformat()
    for one in received.given:
        mark = marks.get((unit.pk, one.enrolment.pk))
        if mark and str(one.enrolment.uuid) not in told:
            told[str(one.enrolment.uuid)] = {
                "fact": str(one.fact_id),
                "saved": now,
                "value": mark.value,
                "minutes": mark.minutes,
            }
    return told


def say_what_was_noted(
    request: HttpRequest,
    participants: Mapping[str, Enrolment],
    noted: Noted,
    received: Received,
) -> None:
    """The same for people whose page has no script."""
    n = len(noted.marks)
    if n:
        words = ngettext("{n} mark saved.", "{n} marks saved.", n)
        messages.success(request, words.format(n=n))
    for uuid, reason in received.refusals.items():
        code = f"{participants[uuid].code}: " if uuid in participants else ""
        messages.error(request, f"{code}{reason}")
    if not n and not received.refusals:
        messages.info(request, _("No mark was changed, so nothing was saved."))
