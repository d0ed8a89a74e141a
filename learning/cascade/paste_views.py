"""Pasting a list of people: the list, then what each row will be, then all of it or nothing."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.cascade.errors import ListRefused, Refused
from learning.cascade.fetching import event_to_record
from learning.cascade.models import Event
from learning.cascade.paste_forms import ChoicesForm, PasteForm
from learning.cascade.pasting import preview
from learning.cascade.people_views import named_only
from learning.cascade.registering import register_list
from learning.cascade.showing import event_context
from learning.people.models import User
from learning.people.row_words import COLUMNS, heading

KEPT = 8  # of the columns that are read; languages and addresses are not kept here


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_people_paste(request: HttpRequest, event: UUID) -> HttpResponse:
    """A list goes in, comes back as it was understood, and is registered when that is confirmed."""
    found = named_only(event_to_record(request, event))
    form = PasteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, found, form)
    try:
        read = preview(
            form.cleaned_data["text"], found, request.user, agreed=form.cleaned_data["agreed"]
        )
    except Refused as reason:
        form.add_error("text", str(reason))
        return show(request, found, form)
    if read.problems:
        return show(request, found, form, read=read)
    choices = ChoicesForm(request.POST if "confirm" in request.POST else None, lines=read.lines)
    if choices.is_valid():
        return register_all(request, found, form, choices)
    return show(request, found, form, read=read, choices=choices)


def register_all(
    request: HttpRequest, event: Event, form: PasteForm, choices: ChoicesForm
) -> HttpResponse:
    """Everybody on the list, or nobody and why."""
    try:
        registered = register_list(event, choices.listed(), cast("User", request.user))
    except ListRefused as reason:
        for row, words in reason.rows.items():
            choices.add_error(f"who-{row}", words)
        return show(request, event, form, choices=choices)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("event_people", event.uuid)
    n = len(registered)
    words = ngettext(
        "{n} person of the list is registered.", "{n} people of the list are registered.", n
    )
    messages.success(request, words.format(n=n) if n else _("Every row was left out."))
    return redirect("event_people", event.uuid)


def show(request: HttpRequest, event: Event, form: PasteForm, **more: Any) -> HttpResponse:
    context = event_context(
        request,
        event,
        "event_people",
        form=form,
        headings=[heading(column, get_language() or "en") for column in COLUMNS[:KEPT]],
        **more,
    )
    is_refused = form.errors or (more.get("choices") and more["choices"].errors)
    return render(request, "training/paste.html", context, status=400 if is_refused else 200)
