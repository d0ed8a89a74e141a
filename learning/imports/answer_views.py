"""Results of a test from a spreadsheet: the blank list, uploading, the dry run, taking it over."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.cascade.entering import USUAL_FORM
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record
from learning.cascade.models import Event
from learning.cascade.results_views import why_closed
from learning.cascade.showing import event_context
from learning.imports.answer_blanks import WAYS, blank_csv, blank_workbook
from learning.imports.answer_forms import AnswersForm, SeenForm
from learning.imports.answer_importing import confirm_sheet, give_up_sheet, store_sheet
from learning.imports.answer_planning import CHANGED, NEW, make_plan
from learning.imports.answer_sheets import AnswerSheet
from learning.imports.errors import NotReady
from learning.imports.models import KEPT_FOR
from learning.imports.permissions import answer_sheets_handled_by
from learning.people.models import User

PROBLEMS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def event_to_fill(request: HttpRequest, uuid: UUID, purpose: str) -> Event:
    """The session whose results of this test the person may record, or 404."""
    event = event_to_record(request, uuid)
    if event.is_headcount or purpose not in USUAL_FORM:
        raise Http404
    return event


def sheet_in(request: HttpRequest, event: Event, purpose: str, key: UUID) -> AnswerSheet:
    """One's own list for this test, or 404."""
    own = answer_sheets_handled_by(request.user).select_related("event")
    return get_object_or_404(own, uuid=key, event=event, purpose=purpose)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_import(request: HttpRequest, uuid: UUID, purpose: str) -> HttpResponse:
    """The blank lists, and a place for a filled one; a file that can be read is kept."""
    event = event_to_fill(request, uuid, purpose)
    form = AnswersForm(request.POST or None, request.FILES or None)
    closed = why_closed(event)
    if request.method == "POST" and not closed and form.is_valid():
        name = form.cleaned_data["file"].name or ""
        rows, user = form.table.rows, cast("User", request.user)
        sheet = store_sheet(event, purpose, rows, user, name)
        if form.table.remark:
            messages.info(request, form.table.remark)
        return redirect("event_import_check", event.uuid, purpose, sheet.uuid)
    waiting = answer_sheets_handled_by(request.user).filter(
        event=event, purpose=purpose, confirmed_at=None
    )
    context = event_context(
        request, event, "event_tests", form=form, purpose=purpose, closed=closed,
        waiting=waiting.defer("rows"), days=KEPT_FOR.days,
    )  # fmt: skip
    return render(request, "training/import.html", context)


@never_cache
@login_required
@require_safe
def event_import_blank(
    request: HttpRequest, uuid: UUID, purpose: str, way: str, kind: str
) -> HttpResponse:
    """The blank list with everybody's sticker, in the language of the page."""
    event = event_to_fill(request, uuid, purpose)
    if way not in WAYS:
        raise Http404
    if kind == "csv":
        content, content_type = blank_csv(event, purpose, way), "text/csv; charset=utf-8"
    else:
        content, content_type = blank_workbook(event, purpose, way), XLSX
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="results-{purpose}.{kind}"'},
    )


@never_cache
@login_required
@require_safe
def event_import_check(request: HttpRequest, uuid: UUID, purpose: str, key: UUID) -> HttpResponse:
    """The dry run of a list; of an imported one only that it is."""
    event = event_to_fill(request, uuid, purpose)
    sheet = sheet_in(request, event, purpose, key)
    if sheet.confirmed_at is not None:
        messages.info(request, _("This list was imported already."))
        return redirect("event_results", event.uuid, purpose)
    plan = make_plan(event, purpose, sheet.rows or [])
    context = event_context(
        request, event, "event_tests", sheet=sheet, plan=plan, purpose=purpose,
        form=SeenForm(initial={"seen": plan.stamp}), closed=why_closed(event),
        problems=plan.problems[:PROBLEMS_SHOWN],
        problems_more=max(len(plan.problems) - PROBLEMS_SHOWN, 0), days=KEPT_FOR.days,
    )  # fmt: skip
    return render(request, "training/import_check.html", context)


@never_cache
@login_required
@require_POST
def event_import_confirm(request: HttpRequest, uuid: UUID, purpose: str, key: UUID) -> HttpResponse:
    """Takes the list over if it still does what the person saw."""
    event = event_to_fill(request, uuid, purpose)
    sheet = sheet_in(request, event, purpose, key)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    was_open = sheet.confirmed_at is None
    try:
        done = confirm_sheet(sheet, cast("User", request.user), seen=seen)
    except (Refused, NotReady) as refusal:
        messages.error(request, str(refusal))
        return redirect("event_import_check", event.uuid, purpose, key)
    many = done.counts[NEW] + done.counts[CHANGED]
    if was_open:
        words = ngettext("{n} result imported.", "{n} results imported.", many)
        messages.success(request, words.format(n=many))
    else:
        messages.info(request, _("This list was imported already."))
    return redirect("event_results", event.uuid, purpose)


@never_cache
@login_required
@require_POST
def event_import_give_up(request: HttpRequest, uuid: UUID, purpose: str, key: UUID) -> HttpResponse:
    """Deletes a list that is not imported."""
    event = event_to_fill(request, uuid, purpose)
    if give_up_sheet(sheet_in(request, event, purpose, key)):
        messages.success(request, _("The list is deleted. No result was imported."))
    return redirect("event_import", event.uuid, purpose)
