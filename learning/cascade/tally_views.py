"""Where nobody writes: counting the hands of a room, question by question, and taking it back."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.cascade.entering import USUAL_FORM, papers_of
from learning.cascade.errors import Refused
from learning.cascade.exporting import tally_csv
from learning.cascade.fetching import event_to_record
from learning.cascade.models import Event
from learning.cascade.showing import event_context
from learning.cascade.stamping import Stale
from learning.cascade.tallies import Tally
from learning.cascade.tally_forms import TallyBackForm, TallyForm
from learning.cascade.tallying import count_hands, questions_to_count, take_tally_back, tally_of
from learning.people.models import User
from modules.papers.models import Purpose


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_tally(request: HttpRequest, uuid: UUID, purpose: str) -> HttpResponse:
    """The hands of one test, a row for each question; a POST puts them in the place of those
    before, all or none."""
    event = event_for_tally(request, uuid, purpose)
    tally = tally_of(event, purpose)
    papers = papers_of(event)
    label = label_asked(request, purpose, list(papers), tally)
    questions = questions_to_count(tally, label, papers) if label else []
    shown = tally if tally and tally.form_label == label else None
    data = request.POST if request.method == "POST" else None
    form = TallyForm(data, questions, shown)
    seen, problem = request.POST.get("seen", current(tally)), None
    if form.is_valid():
        try:
            counted = form.counted(label)
            by = cast("User", request.user)
            changed = count_hands(event, purpose, counted, questions, by, seen=seen)
        except Refused as refusal:
            problem = refusal
            # Whoever was shown the other numbers may put hers in their place.
            seen = current(tally) if isinstance(refusal, Stale) else seen
        else:
            said = _("The count is saved.") if changed else _("Nothing was changed.")
            messages.success(request, said)
            return redirect("event_tally", uuid, purpose)
    context: dict[str, Any] = {
        "purpose": purpose,
        "labels": list(papers),
        "label": label,
        "form": form,
        "tally": tally,
        "seen": seen,
        "problem": problem,
        "is_stale": isinstance(problem, Stale),
    }
    status = 400 if problem or form.errors else 200
    page = event_context(request, event, "event_tests", **context)
    return render(request, "training/tally.html", page, status=status)


def event_for_tally(request: HttpRequest, uuid: UUID, purpose: str) -> Event:
    """The session, for whoever records it; 404 for another test than before and after."""
    if purpose not in USUAL_FORM:
        raise Http404
    return event_to_record(request, uuid)


def label_asked(request: HttpRequest, purpose: str, labels: list[str], tally: Tally | None) -> str:
    """The form that the address or the page names, else the one counted, else the usual one."""
    asked = request.POST.get("form") or request.GET.get("form", "")
    known = [tally.form_label] if tally else []
    usual = USUAL_FORM[Purpose(purpose)]
    if asked in (*labels, *known):
        return asked
    return next(iter([*known, *(label for label in labels if label == usual), *labels]), "")


def current(tally: Tally | None) -> str:
    """What stands for the count in force on the page that shows it."""
    return str(tally.pk) if tally else ""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_tally_take_back(request: HttpRequest, uuid: UUID, purpose: str) -> HttpResponse:
    """Asks why a count counts no longer, and takes it back."""
    event = event_for_tally(request, uuid, purpose)
    tally = tally_of(event, purpose)
    if tally is None:
        messages.info(request, _("There is no count to take back."))
        return redirect("event_tally", uuid, purpose)
    form = TallyBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            take_tally_back(event, purpose, reason, cast("User", request.user))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The count was taken back."))
        return redirect("event_tally", uuid, purpose)
    context = event_context(request, event, "event_tests", form=form, tally=tally, purpose=purpose)
    return render(request, "training/tally_take_back.html", context)


@never_cache
@login_required
@require_safe
def event_tally_csv(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The hands as a table for a spreadsheet, a row for each option."""
    event = event_to_record(request, uuid)
    name = f"hands-{event.first_day:%Y-%m-%d}-{str(event.uuid)[:8]}.csv"
    return HttpResponse(
        tally_csv(event).encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
