"""The marking desk: one question for all people at a time, without names."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.marking import CannotMark, Waiting, give_mark, waiting_in
from learning.attempts.permissions import marks_tests, sittings_markable_by
from learning.cascade.forms import MarksForm
from learning.certificates.issuing import issue_due
from learning.people.models import User


@never_cache
@login_required
@require_safe
def marking_desk(request: HttpRequest) -> HttpResponse:
    """The questions with answers that wait to be marked, of one `?programme=` or of all."""
    lang = get_language() or "en"
    rows = [(waiting, waiting.words(lang)["stem"]) for waiting in waiting_for(request)]
    return render(request, "training/marking.html", {"rows": rows, "within": within(request)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def mark_question(request: HttpRequest, question: str, n: int) -> HttpResponse:
    """The answers to one question with its rubric; a POST stores the marks that were chosen."""
    found = waiting_for(request)
    waiting = next((w for w in found if (w.version.key, w.version.n) == (question, n)), None)
    if waiting is None:
        messages.info(request, _("Nothing waits to be marked for this question any more."))
        return redirect(reverse("marking_desk") + within(request))
    lang = get_language() or "en"
    sent = request.POST if request.method == "POST" else None
    form = MarksForm(sent, waiting=waiting, lang=lang)
    if request.method == "POST" and form.is_valid():
        store_marks(request, form)
        return redirect(reverse("mark_question", args=[question, n]) + within(request))
    context = {
        "waiting": waiting,
        "form": form,
        "words": waiting.words(lang),
        "within": within(request),
    }
    return render(request, "training/mark_question.html", context)


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """What the person may mark; refused to whoever marks no tests."""
    if not marks_tests(request.user):
        raise PermissionDenied
    sittings = sittings_markable_by(request.user)
    programme = request.GET.get("programme")
    if programme:
        sittings = sittings.filter(enrolment__cohort__programme__code=programme)
    return waiting_in(sittings)


def within(request: HttpRequest) -> str:
    """The programme asked for, as the end of an address."""
    programme = request.GET.get("programme")
    return f"?{urlencode({'programme': programme})}" if programme else ""


def store_marks(request: HttpRequest, form: MarksForm) -> None:
    """Give the marks chosen, award what they complete, and say what was done."""
    given, taken = 0, form.vanished
    for one, rated, fact_id in form.chosen():
        try:
            mark = give_mark(one, rated, cast("User", request.user), fact_id)
        except CannotMark:
            taken += 1
            continue
        given += 1
        issue_due(mark.sitting.enrolment)
    if given:
        words = ngettext("{n} mark saved.", "{n} marks saved.", given)
        messages.success(request, words.format(n=given))
    if taken:
        messages.info(
            request,
            ngettext(
                "{n} answer was marked by somebody else meanwhile; that mark stands.",
                "{n} answers were marked by somebody else meanwhile; those marks stand.",
                taken,
            ).format(n=taken),
        )
    if not given and not taken:
        messages.info(request, _("No mark was chosen, so nothing was saved."))
