"""The marking desk: one question for all people at a time, without names.

Marks are stored one by one as they are given (JSON), or all that a form sends.
"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.marking import (
    CannotMark,
    Waiting,
    give_mark,
    given_by,
    waiting_in,
    without_anybody,
)
from learning.attempts.models import HandMark
from learning.attempts.permissions import marks_tests, sittings_markable_by
from learning.attempts.sitting_views import wants_json
from learning.cascade.forms import MarksForm
from learning.certificates.issuing import issue_due
from learning.people.models import User


@never_cache
@login_required
@require_safe
def marking_desk(request: HttpRequest) -> HttpResponse:
    """The questions with answers that wait to be marked, of one `?programme=` or of all."""
    lang = get_language() or "en"
    found = waiting_for(request)
    context = {
        "rows": [(one, one.words(lang)["stem"]) for one in found if one.answers or one.to_decide],
        "elsewhere": sum(len(one.elsewhere) for one in found),
        "alone": without_anybody(found, cast("User", request.user)),
        "within": within(request),
    }
    return render(request, "training/marking.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_question(request: HttpRequest, question: str, n: int) -> HttpResponse:
    """The answers to one question with its rubric; a POST stores the marks that were chosen."""
    return marks_page(request, question, n)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide_question(request: HttpRequest, question: str, n: int) -> HttpResponse:
    """Answers whose two marks are too far apart, with both marks; a POST decides between them."""
    return marks_page(request, question, n, decides=True)


def marks_page(
    request: HttpRequest, question: str, n: int, *, decides: bool = False
) -> HttpResponse:
    found = waiting_for(request)
    waiting = next((w for w in found if (w.version.key, w.version.n) == (question, n)), None)
    places = (waiting.to_decide if decides else waiting.answers) if waiting else ()
    lang = get_language() or "en"
    sent = request.POST if request.method == "POST" else None
    form = MarksForm(sent, waiting=waiting, lang=lang, decides=decides) if waiting else None
    if request.method == "POST" and wants_json(request):
        return receive_one(request, form)
    if waiting is None or form is None or not places:
        messages.info(request, _("Nothing waits to be marked for this question any more."))
        return redirect(reverse("marking_desk") + within(request))
    if request.method == "POST" and form.is_valid():
        store_marks(request, form)
        return redirect(request.path + within(request))
    context = {
        "waiting": waiting,
        "places": places,
        "form": form,
        "rows": list(form.rows()),
        "decides": decides,
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
    return waiting_in(sittings, cast("User", request.user))


def within(request: HttpRequest) -> str:
    """The programme asked for, as the end of an address."""
    programme = request.GET.get("programme")
    return f"?{urlencode({'programme': programme})}" if programme else ""


# --- storing -------------------------------------------------------------------------------------


def receive_one(request: HttpRequest, form: MarksForm | None) -> JsonResponse:
    """Stores the mark of one answer for a script; the same one sent again is acknowledged again.

    `form` is None where nothing of the question waits any more.
    """
    by = cast("User", request.user)
    known = given_by(by, fact_of(request))
    if known:
        return acknowledged(known)
    if form is None or not form.answers:
        return JsonResponse({"error": marked_meanwhile(1), "stands": True}, status=409)
    if not form.is_valid():
        errors = [error for found in form.errors.values() for error in found]
        return JsonResponse({"error": str(errors[0])}, status=400)
    chosen = form.chosen()
    if not chosen:
        return JsonResponse({"error": _("Choose a level for each criterion.")}, status=400)
    one, rated, fact_id = chosen[0]
    try:
        mark = give_mark(one, rated, by, fact_id)
    except CannotMark:
        return JsonResponse({"error": marked_meanwhile(1), "stands": True}, status=409)
    issue_due(mark.sitting.enrolment)
    return acknowledged(mark)


def fact_of(request: HttpRequest) -> UUID | None:
    """The id of the one mark that was sent."""
    sent = next((request.POST[name] for name in request.POST if name.startswith("fact-")), "")
    try:
        return UUID(sent)
    except ValueError:
        return None


def acknowledged(mark: HandMark) -> JsonResponse:
    return JsonResponse({"id": str(mark.pk), "saved": mark.received_at.isoformat()})


def marked_meanwhile(n: int) -> str:
    return ngettext(
        "{n} answer was marked by somebody else meanwhile; that mark stands.",
        "{n} answers were marked by somebody else meanwhile; those marks stand.",
        n,
    ).format(n=n)


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
        messages.info(request, marked_meanwhile(taken))
    if not given and not taken:
        messages.info(request, _("No mark was chosen, so nothing was saved."))
