"""Counting the people of a session in which nobody is registered."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record
from learning.cascade.headcount_forms import HeadcountForm
from learning.cascade.headcounting import counts_of, set_headcounts, stamp_of_counts
from learning.cascade.showing import event_context
from learning.cascade.stamping import Stale
from learning.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_headcount(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The table of numbers; a POST puts them in the place of those before, all or none."""
    event = event_to_record(request, uuid)
    if not event.is_headcount:
        raise Http404
    counts = counts_of(event)
    form = HeadcountForm(request.POST if request.method == "POST" else None, counts)
    seen, problem = request.POST.get("seen", "") or stamp_of_counts(counts), None
    if form.is_valid():
        try:
            set_headcounts(event, form.chosen, cast("User", request.user), seen=seen)
        except Refused as refusal:
            problem = refusal
            # Whoever was shown the other numbers may put hers in their place.
            seen = stamp_of_counts(counts) if isinstance(refusal, Stale) else seen
        else:
            messages.success(request, _("The numbers are saved."))
            return redirect("event_headcount", uuid)
    context = event_context(
        request,
        event,
        "event_headcount",
        form=form,
        seen=seen,
        problem=problem,
        is_stale=isinstance(problem, Stale),
    )
    return render(request, "training/headcount.html", context)
