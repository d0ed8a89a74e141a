"""The participants of a session: their list, registering one after the other, looking names up."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.sitting_views import wants_json
from learning.cascade.errors import Refused, StickerTaken
from learning.cascade.fetching import event_to_record, event_to_see
from learning.cascade.listing import Alike, in_a_row, other_names, rows_of, whereabouts
from learning.cascade.models import Event
from learning.cascade.noticing import notice_alike, undecided
from learning.cascade.people_forms import RegisterForm
from learning.cascade.permissions import people_known_to_trainer
from learning.cascade.recognising import look_up
from learning.cascade.registering import (
    next_number,
    participants_of,
    register,
    taken_off,
)
from learning.cascade.showing import event_context
from learning.cascade.stickers import LETTERS
from learning.enrolment.models import Enrolment
from learning.people.models import Person, User


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_people(request: HttpRequest, event: UUID) -> HttpResponse:
    """Who takes part, in order of stickers; a POST registers one more."""
    if request.method == "POST":
        found = named_only(event_to_record(request, event))
        return register_one(request, found)
    found = named_only(event_to_see(request, event))
    return show_people(request, found, empty_row(request, found))


@never_cache
@login_required
@require_safe
def event_people_lookup(request: HttpRequest, event: UUID) -> HttpResponse:
    """Known people whose names begin as typed: those who may still be registered here."""
    found = named_only(event_to_record(request, event))
    there = Enrolment.objects.in_force().filter(cohort=found.cohort_id).values("person")
    within = people_known_to_trainer(request.user).exclude(pk__in=there)
    people = look_up(request.GET.get("q", ""), within.exclude(facilitations__event=found))
    return JsonResponse({"people": [offer(person) for person in people]})


def offer(person: Person) -> dict[str, str]:
    """A suggestion: who it is, and what tells her from others of the name."""
    names = [person.name(), *(name for _language, name in other_names(person))]
    return {
        "id": str(person.uuid),
        "name": " · ".join(names),
        "about": in_a_row(whereabouts(person)),
    }


def named_only(event: Event) -> Event:
    """404 where people are only counted: there is no list of them."""
    if event.is_headcount:
        raise Http404
    return event


# --- the page ------------------------------------------------------------------------------------


def empty_row(request: HttpRequest, event: Event) -> RegisterForm:
    number = next_number(event)
    first = {"row": uuid4(), "number": number, "suggested": number}
    return RegisterForm(user=request.user, event=event, initial=first)


def show_people(
    request: HttpRequest, event: Event, form: RegisterForm, status: int = 200
) -> HttpResponse:
    enrolments = participants_of(event)
    context = event_context(
        request,
        event,
        "event_people",
        people=rows_of(enrolments, undecided(request, event, enrolments)),
        taken_off=taken_off(event),
        form=form,
        letters=LETTERS,
        shift=event.uuid.int % len(LETTERS),
    )
    return render(request, "training/people.html", context, status=status)


# --- registering ---------------------------------------------------------------------------------


def register_one(request: HttpRequest, event: Event) -> HttpResponse:
    """Registers the person in the row; says so to a script as JSON, else shows the next row."""
    form = RegisterForm(request.POST, user=request.user, event=event)
    if not form.is_valid():
        return refusal(request, event, form, 400)
    try:
        known = known_person(request, form)
        enrolment = register_typed(event, form, known, cast("User", request.user))
    except Refused as reason:
        form.add_error(None, str(reason))
        return refusal(request, event, form, 409)
    alike = [] if known else notice_alike(request, event, enrolment)
    if wants_json(request):
        return acknowledged(request, event, form, enrolment, alike)
    return redirect(f"{reverse('event_people', args=[event.uuid])}#id_name")


def known_person(request: HttpRequest, form: RegisterForm) -> Person | None:
    """The known person who was chosen, if any. Raises `Refused` for one out of reach."""
    chosen = form.cleaned_data["known"]
    if not chosen:
        return None
    person = people_known_to_trainer(request.user).filter(uuid=chosen).first()
    if person is None:
        raise Refused(_("This person is not known here any more. Type the name instead."))
    return person


def register_typed(event: Event, form: RegisterForm, known: Person | None, by: User) -> Enrolment:
    """With the number that stands in the row, or the next one if another phone was faster."""
    how: dict[str, Any] = {
        "enrolment_id": form.cleaned_data["row"],
        "known": known,
        "captured_at": form.typed_at,
    }
    try:
        return register(event, form.about(), by, number=form.cleaned_data["number"], **how)
    except StickerTaken:
        if form.is_number_typed:
            raise
        return register(event, form.about(), by, **how)


def acknowledged(
    request: HttpRequest,
    event: Event,
    form: RegisterForm,
    enrolment: Enrolment,
    alike: Sequence[Alike],
) -> JsonResponse:
    """That the server has this very row: the code, and the row as the list shows it."""
    return JsonResponse(
        {
            "id": str(form.cleaned_data["row"]),
            "code": enrolment.code,
            "saved": timezone.now().isoformat(),
            "html": row_html(request, event, enrolment, alike),
        }
    )


def row_html(
    request: HttpRequest, event: Event, enrolment: Enrolment, alike: Sequence[Alike] = ()
) -> str:
    """One row of the list, for a page that stays open."""
    enrolment = Enrolment.objects.select_related(
        "person__organisation", "person__area_of_work"
    ).get(pk=enrolment.pk)
    row = rows_of([enrolment], {str(enrolment.uuid): alike})[0]
    context = {"row": row, "event": event, "may_change": True}
    return render_to_string("training/participant.html", context, request)


def refusal(request: HttpRequest, event: Event, form: RegisterForm, status: int) -> HttpResponse:
    """Why nobody was registered."""
    if wants_json(request):
        return JsonResponse({"error": "refused", "message": words_of(form)}, status=status)
    return show_people(request, event, form, status)


def words_of(form: RegisterForm) -> str:
    """What is wrong with a row, in one line."""
    lines = []
    for name, errors in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        lines += [f"{label}{error}" for error in errors]
    return " ".join(lines)
