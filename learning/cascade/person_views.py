"""One participant of a session: put right, another sticker, taken off, recognised."""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning.attempts.sitting_views import wants_json
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, participant_in
from learning.cascade.listing import Participant, rows_of
from learning.cascade.models import Event
from learning.cascade.noticing import forget_alike
from learning.cascade.people_forms import (
    AboutParticipantForm,
    RecogniseForm,
    StickerForm,
    TakeOffForm,
)
from learning.cascade.people_views import row_html
from learning.cascade.permissions import people_known_to_trainer
from learning.cascade.recognising import recognise
from learning.cascade.registering import (
    About,
    change_participant,
    is_shared,
    note_agreement,
    put_back,
    set_sticker,
    take_off,
)
from learning.cascade.showing import event_context
from learning.enrolment.models import Enrolment
from learning.people.models import Person, User
from modules.reference.lists import left_to_right


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_person_edit(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """What was typed about a participant, to be put right."""
    found = event_to_record(request, event)
    participant = participant_in(found, enrolment)
    if request.method == "GET":
        return show_person(request, found, participant)
    form = about_form(request, found, row_of(participant), request.POST)
    if form.is_valid():
        try:
            change_participant(found, participant, about_now(participant.person, form))
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return back_to_row(found, participant)
    return show_person(request, found, participant, details_form=form)


@never_cache
@login_required
@require_POST
def event_person_agreed(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """Agreed after all: for people whose other details belong to themselves."""
    found = event_to_record(request, event)
    participant = participant_in(found, enrolment)
    try:
        note_agreement(found, participant)
    except Refused as reason:
        messages.error(request, str(reason))
    return back_to_row(found, participant)


@never_cache
@login_required
@require_POST
def event_person_sticker(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """Another sticker for a participant."""
    found = event_to_record(request, event)
    participant = participant_in(found, enrolment)
    form = StickerForm(request.POST)
    if form.is_valid():
        try:
            set_sticker(found, participant, form.cleaned_data["number"])
        except Refused as reason:
            form.add_error("number", str(reason))
        else:
            return back_to_row(found, participant)
    return show_person(request, found, participant, sticker_form=form)


@never_cache
@login_required
@require_POST
def event_person_off(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """Off the list, for a reason."""
    found = event_to_record(request, event)
    participant = participant_in(found, enrolment)
    form = TakeOffForm(request.POST)
    if form.is_valid():
        try:
            take_off(found, participant, cast("User", request.user), form.cleaned_data["reason"])
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            words = _("{code} is off the list. What was noted is kept.")
            messages.success(request, words.format(code=left_to_right(participant.code)))
            return redirect("event_people", found.uuid)
    return show_person(request, found, participant, off_form=form)


@never_cache
@login_required
@require_POST
def event_person_back(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """Back on the list, with the same sticker."""
    found = event_to_record(request, event)
    former = get_object_or_404(
        Enrolment.objects.select_related("person"), uuid=enrolment, cohort=found.cohort_id
    )
    try:
        put_back(found, former, cast("User", request.user))
    except Refused as reason:
        messages.error(request, str(reason))
    return back_to_row(found, former)


@never_cache
@login_required
@require_POST
def event_person_recognise(request: HttpRequest, event: UUID, enrolment: UUID) -> HttpResponse:
    """Who it is: the known person whose id is sent, or another one."""
    found = event_to_record(request, event)
    participant = participant_in(found, enrolment)
    try:
        participant = recognised(request, found, participant)
    except Refused as reason:
        if wants_json(request):
            return JsonResponse({"error": "refused", "message": str(reason)}, status=409)
        messages.error(request, str(reason))
        return back_to_row(found, participant)
    forget_alike(request, participant)
    if wants_json(request):
        return JsonResponse({"html": row_html(request, found, participant)})
    return back_to_row(found, participant)


def recognised(request: HttpRequest, event: Event, participant: Enrolment) -> Enrolment:
    """The participant as the known person who was chosen, or as she is; 404 beyond one's reach."""
    form = RecogniseForm(request.POST)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["known"]
    if not chosen:
        return participant
    known = get_object_or_404(people_known_to_trainer(request.user), uuid=chosen)
    return recognise(event, participant, known, cast("User", request.user))


# --- the page -------------------------------------------------------------------------------------


def back_to_row(event: Event, participant: Enrolment) -> HttpResponse:
    return redirect(f"{reverse('event_people', args=[event.uuid])}#p-{participant.uuid}")


def show_person(
    request: HttpRequest,
    event: Event,
    participant: Enrolment,
    *,
    details_form: AboutParticipantForm | None = None,
    sticker_form: StickerForm | None = None,
    off_form: TakeOffForm | None = None,
) -> HttpResponse:
    """The page with its three forms; the one that was sent shows what is wrong with it."""
    row = row_of(participant)
    context = event_context(
        request,
        event,
        "event_people",
        row=row,
        is_shared=is_shared(row.person, participant),
        details_form=details_form or about_form(request, event, row),
        sticker_form=sticker_form or StickerForm(),
        off_form=off_form or TakeOffForm(),
    )
    is_refused = bool(details_form or sticker_form or off_form)
    return render(request, "training/person.html", context, status=400 if is_refused else 200)


def row_of(participant: Enrolment) -> Participant:
    return rows_of([participant], {})[0]


def about_form(
    request: HttpRequest, event: Event, row: Participant, data: QueryDict | None = None
) -> AboutParticipantForm:
    """The form with what is known of the participant, or with what was sent."""
    return AboutParticipantForm(data, user=request.user, event=event, initial=told_by(row))


def told_by(row: Participant) -> dict[str, Any]:
    """What is known of a participant, for the form."""
    person = row.person
    names = [*person.names.values()]
    first = person.name() if names else ""
    others = [name for name in names if name != first]
    return {
        "name": first,
        "other_name": others[0] if others else "",
        "sex": person.sex,
        "age_band": person.age_band,
        "constituency": person.constituency,
        "organisation": person.organisation_id,
        "job_role": person.job_role,
        "area": person.area_of_work_id,
        "agreed": row.agreed,
    }


def about_now(person: Person, form: AboutParticipantForm) -> About:
    """What the form says. It shows two names: a third one, in another script, stays as it is."""
    about = form.about()
    shown = {form.initial.get("name"), form.initial.get("other_name")}
    unseen = {script: name for script, name in person.names.items() if name not in shown}
    return replace(about, names=unseen | about.names) if about.names else about
