"""Marking tests again when a key was wrong: what it would change, the decision, its report."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.attempts.permissions import (
    programmes_regraded_by,
    regrades_tests,
    regradings_visible_to,
)
from learning.attempts.regrades import Regrading
from learning.attempts.regrading import (
    CannotRegrade,
    Plan,
    decide,
    done_by,
    go_on,
    plan,
    versions_asked,
)
from learning.cascade.consequences import certificates_of, flips_in, not_earned_any_more
from learning.cascade.permissions import certificates_revocable_by, events_verifiable_by
from learning.cascade.regrade_forms import ReasonForm, RegradeForm
from learning.cascade.regraded import (
    changes_csv,
    distribution,
    keys_changed,
    rows_of,
    version_now,
    why_not,
)
from learning.certificates.issuing import issue_due
from learning.people.models import User
from learning.people.roles import is_system_admin
from modules.questions.models import QuestionVersion


@never_cache
@login_required
@require_safe
def regrades(request: HttpRequest) -> HttpResponse:
    """What was marked again, and questions of which the key changed since they were asked."""
    refuse_others(request)
    visible = regradings_visible_to(request.user).select_related("by__person", "programme")
    context = {"made": visible.order_by("-pk"), "questions": keys_changed()}
    return render(request, "training/regrades.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regrade_question(request: HttpRequest, question: str) -> HttpResponse:
    """Chooses what to decide and shows what it would change; a POST decides it."""
    refuse_others(request)
    form = form_for(request, question)
    context = {"question": question, "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "training/regrade_question.html", context)
    try:
        shown = plan(form.choice)
    except CannotRegrade as refused:
        return refusal(request, context, refused)
    reason = (
        ReasonForm(request.POST) if request.method == "POST" else ReasonForm.about(shown.digest)
    )
    if request.method == "POST" and reason.is_valid():
        return decide_for_good(request, form, shown, reason, context)
    return page_of(request, context, shown, reason)


def refuse_others(request: HttpRequest) -> None:
    """Marking again is for who administers programmes."""
    if not regrades_tests(request.user):
        raise PermissionDenied


def form_for(request: HttpRequest, question: str) -> RegradeForm:
    """Empty until something is chosen; 404 for a question that no version is kept of."""
    versions = list(QuestionVersion.objects.filter(key=question))
    if not versions:
        raise Http404
    programmes = programmes_regraded_by(request.user)
    return RegradeForm(
        request.GET or None,
        question=question,
        asked=versions_asked(question, programmes),
        versions=versions,
        now_is=version_now(question, versions),
        programmes=list(programmes.select_related("area")),
        may_all=is_system_admin(request.user),
    )


def refusal(
    request: HttpRequest, context: dict[str, object], refused: CannotRegrade
) -> HttpResponse:
    context["problem"] = why_not(refused.code)
    return render(request, "training/regrade_question.html", context, status=400)


def page_of(
    request: HttpRequest, context: dict[str, object], shown: Plan, reason: ReasonForm
) -> HttpResponse:
    """What the decision would change, with the form that decides it."""
    flips = flips_in(shown.changes)
    context |= {
        "plan": shown,
        "rows": rows_of(shown.changed),
        "distribution": distribution(shown.changes),
        "passes": flips.passes,
        "fails": flips.fails,
        "certificates": certificates_of(flips.fails),
        "reason": reason,
    }
    status = 400 if reason.errors else 200
    return render(request, "training/regrade_question.html", context, status=status)


def decide_for_good(
    request: HttpRequest,
    form: RegradeForm,
    shown: Plan,
    reason: ReasonForm,
    context: dict[str, object],
) -> HttpResponse:
    """Store the decision and begin to mark; shows anew what changed since it was shown."""
    data, by = reason.cleaned_data, cast("User", request.user)
    try:
        made = decide(form.choice, data["reason"], by, data["key"], data["digest"])
    except CannotRegrade as refused:
        if refused.code != "stale":
            return refusal(request, context, refused)
        messages.error(request, why_not("stale"))
        again = ReasonForm.about(shown.digest)
        again.initial["reason"] = data["reason"]
        return page_of(request, context, shown, again)
    mark_further(request, made)
    return redirect("regrade", made.uuid)


def mark_further(request: HttpRequest, made: Regrading) -> None:
    """Mark the next sittings, award what they complete, and say how many there were."""
    runs = go_on(made)
    for run in runs:
        issue_due(run.sitting.enrolment)
    words = ngettext("{n} test was marked again.", "{n} tests were marked again.", len(runs))
    messages.success(request, words.format(n=len(runs)))


@never_cache
@login_required
@require_safe
def regrade(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The report of a decision: who, when, why, old and new marks; as a file as well."""
    made = found(request, uuid)
    changes = done_by(made)
    if "file" in request.GET:
        return changes_csv(made, changes)
    flips = flips_in(changes)
    resting = not_earned_any_more(changes)
    certificates = [one.certificate.pk for one in resting]
    events = [one.event.pk for one in resting if one.event]
    revocable = certificates_revocable_by(request.user).filter(pk__in=certificates)
    verifiable = events_verifiable_by(request.user).filter(pk__in=events)
    context = {
        "made": made,
        "changes": changes,
        "rows": rows_of([change for change in changes if not change.is_none]),
        "distribution": distribution(changes),
        "passes": flips.passes,
        "fails": flips.fails,
        "resting": resting,
        "revocable": set(revocable.values_list("pk", flat=True)),
        "verifiable": set(verifiable.values_list("pk", flat=True)),
    }
    return render(request, "training/regrade.html", context)


@never_cache
@login_required
@require_POST
def regrade_go_on(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark what an interruption left over."""
    made = found(request, uuid)
    if made.finished_at is None:
        mark_further(request, made)
    else:
        messages.info(request, _("Every test is marked again already."))
    return redirect("regrade", made.uuid)


def found(request: HttpRequest, uuid: UUID) -> Regrading:
    """The decision, for whoever administers its programme; 404 for everybody else."""
    visible = regradings_visible_to(request.user).select_related("by__person", "programme")
    return get_object_or_404(visible, uuid=uuid)
