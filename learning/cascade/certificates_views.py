"""Certificates of one session: what is proposed and issued, issuing a batch, printing it."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.cascade.certificates_forms import IssueForm, PrintForm
from learning.cascade.certifying import (
    Line,
    approve_batch,
    obstacles,
    proposals_of,
    rule_of,
    valid_certificates_of,
)
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_see, event_to_verify
from learning.cascade.models import Event
from learning.cascade.registering import participants_of
from learning.cascade.showing import event_context, title_of
from learning.certificates.awarding import Rule
from learning.certificates.printing import pdf_of_all
from learning.people.models import User
from modules.printing.errors import RenderingFailed


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_certificates(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What each participant has earned and holds. A POST of who may verify asks once more, and
    issues when it says `sure`."""
    if request.method == "POST":
        return issue(request, named(event_to_verify(request, uuid)))
    event = named(event_to_see(request, uuid))
    rule = rule_of(event)
    return page_of(request, event, rule, proposals_of(event, rule))


def named(event: Event) -> Event:
    """404 for a session in which people were only counted."""
    if event.is_headcount:
        raise Http404
    return event


def issue(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask once more about those who were chosen, or issue what is due to them."""
    rule = rule_of(event)
    lines = proposals_of(event, rule)
    form = IssueForm(request.POST, lines=lines)
    if not form.is_valid():
        problem = " ".join(str(error) for error in form.errors["chosen"])
        messages.error(request, _("Nothing was issued. {problem}").format(problem=problem))
        return redirect("event_certificates", event.uuid)
    chosen = set(form.cleaned_data["chosen"])
    confirming = [line for line in lines if line.is_due and line.enrolment.pk in chosen]
    if confirming and not form.cleaned_data["sure"]:
        return page_of(request, event, rule, lines, confirming=confirming)
    issue_for_good(request, event, chosen)
    return redirect("event_certificates", event.uuid)


def issue_for_good(request: HttpRequest, event: Event, chosen: set[int]) -> None:
    """Issue what is due to these participants, and say what was done."""
    try:
        issued = approve_batch(event, chosen, cast("User", request.user))
    except Refused as problem:
        messages.error(request, str(problem))
        return
    if not issued:
        messages.info(request, _("These people have their certificates already."))
        return
    words = ngettext("{n} certificate issued.", "{n} certificates issued.", len(issued))
    messages.success(request, words.format(n=len(issued)))


def page_of(
    request: HttpRequest,
    event: Event,
    rule: Rule,
    lines: Sequence[Line],
    confirming: Sequence[Line] = (),
) -> HttpResponse:
    """The page; `confirming`: whose certificates are about to be issued."""
    valid = valid_certificates_of([line.enrolment for line in lines])
    context = event_context(
        request,
        event,
        "event_certificates",
        rule=rule,
        lines=lines,
        due=[line for line in lines if line.is_due],
        obstacles=obstacles(event) if lines else [],
        confirming=confirming,
        valid=valid,
        printing=PrintForm(None, certificates=valid, language=get_language() or "en"),
    )
    return render(request, "training/certificates.html", context)


@never_cache
@login_required
@require_safe
def event_certificates_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The valid certificates of the session, or `only` some of them, as one file in `?lang=`."""
    event = named(event_to_see(request, uuid))
    valid = valid_certificates_of(participants_of(event))
    form = PrintForm(request.GET, certificates=valid, language="en")
    form.is_valid()
    with translation.override(form.language):
        try:
            return as_file(event, form)
        except (ValueError, RenderingFailed):
            messages.error(request, problem_of(form))
            return redirect("event_certificates", event.uuid)


def as_file(event: Event, form: PrintForm) -> HttpResponse:
    """Raises `ValueError` when there is nothing to print, or `RenderingFailed`."""
    title = _("Certificates. {session}").format(session=title_of(event))
    name = f"certificates-{event.first_day}-{form.language}.pdf"
    return HttpResponse(
        pdf_of_all(form.chosen, form.language, title),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def problem_of(form: PrintForm) -> str:
    if form.chosen:
        return _("The file took too long to make. Choose fewer people and open it again.")
    return _("There is no valid certificate to print. Issue them first.")
