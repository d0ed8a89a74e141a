"""Closing a session, verifying it, returning it with a reason, cancelling it.

Each page says what will happen. Its form carries the last step that the person had before her, so
that nobody confirms or returns what she never looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.cascade import closing
from learning.cascade.closing_forms import CancelForm, ReturnForm, SeenForm
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, event_to_verify
from learning.cascade.models import Event, EventFact
from learning.cascade.overview import steps_of
from learning.cascade.showing import event_context
from learning.certificates.models import Certificate
from learning.people.models import User

What = EventFact.What


@dataclass(frozen=True)
class Page:
    """A page that takes one step: its form, its template, the rule, and what is said when done."""

    what: EventFact.What
    form: type[forms.Form]
    template: str
    rule: Callable[..., bool]
    done: Promise | str


CLOSE = Page(
    What.REPORTED,
    SeenForm,
    "training/close.html",
    closing.report,
    gettext_lazy("The session is closed and sent for verification."),
)
VERIFY = Page(
    What.VERIFIED,
    SeenForm,
    "training/verify.html",
    closing.verify,
    gettext_lazy("The session is verified. It counts from now on."),
)
RETURN = Page(
    What.RETURNED,
    ReturnForm,
    "training/return.html",
    closing.send_back,
    gettext_lazy("The session is returned. The trainer reads the reason on the desk."),
)
CANCEL = Page(
    What.CANCELLED,
    CancelForm,
    "training/cancel.html",
    closing.cancel,
    gettext_lazy("The session is cancelled."),
)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is recorded or still missing; a POST closes the record and sends it."""
    event = event_to_record(request, uuid)
    return take_step(request, event, CLOSE, missing=closing.missing(event), steps=steps_of(event))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_verify(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The record once more; a POST verifies it."""
    event = event_to_verify(request, uuid)
    return take_step(request, event, VERIFY, steps=steps_of(event))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_return(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asks for the reason, and says what becomes of certificates; a POST returns the record."""
    event = event_to_verify(request, uuid)
    issued = Certificate.objects.filter(enrolment__cohort=event.cohort_id).count()
    return take_step(request, event, RETURN, certificates=issued)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asks for the reason; a POST cancels the session."""
    event = event_to_record(request, uuid)
    return take_step(request, event, CANCEL, in_the_way=closing.attended_already(event))


def take_step(request: HttpRequest, event: Event, page: Page, **more: Any) -> HttpResponse:
    """Show the page, or take its step; in a state that does not fit lead to the session."""
    is_post = request.method == "POST"
    form = page.form(
        request.POST if is_post else None, initial={"seen": closing.last_step(event).pk}
    )
    if is_post and form.is_valid():
        press(request, event, page, form.cleaned_data)
        return redirect("event", event.uuid)
    if not is_post and event.state not in closing.BEFORE[page.what]:  # type: ignore[attr-defined]
        messages.info(request, _("There is nothing to do there in the state the session has now."))
        return redirect("event", event.uuid)
    return render(request, page.template, event_context(request, event, "", form=form, **more))


def press(request: HttpRequest, event: Event, page: Page, data: dict[str, Any]) -> None:
    """Call the rule, and say what came of it."""
    try:
        is_new = page.rule(event, cast("User", request.user), **data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    if is_new:
        messages.success(request, str(page.done))
    else:
        already = _("That was done already: the session is {state}. Nothing was changed.")
        messages.info(request, already.format(state=page.what.label))
