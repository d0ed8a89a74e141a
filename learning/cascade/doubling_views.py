"""The page on which slips are typed a second time, and the one that decides where both differ."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.attempts.models import Sitting
from learning.cascade.doubling import (
    Doubling,
    Slip,
    doublings_of,
    first_typists,
    has_somebody_else,
)
from learning.cascade.doubling_forms import DecisionForm
from learning.cascade.entering import ANOTHER_TEST, USUAL_FORM, Papers, papers_of, usual_full
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, event_to_see, participant_in
from learning.cascade.models import Event
from learning.cascade.reading_lines import legend_of
from learning.cascade.results_forms import LineForm, SheetForm
from learning.cascade.results_views import refusal, wants_json, why_closed
from learning.cascade.retyping import Second, decide, enter_second, stamp_of
from learning.cascade.second_entries import SecondEntry
from learning.cascade.showing import event_context
from learning.cascade.stamping import Stale
from learning.people.models import User
from modules.papers.asking import PaperQuestion
from modules.papers.models import Purpose


@dataclass(frozen=True)
class Page:
    """What is typed a second time of one test; `full` are the marks of the whole test."""

    event: Event
    purpose: str
    papers: Papers
    doubling: Doubling
    full: int | None

    @property
    def has_totals(self) -> bool:
        return any(slip.is_total for slip in self.doubling.due)

    @property
    def has_answers(self) -> bool:
        return any(not slip.is_total for slip in self.doubling.due)

    @property
    def questions(self) -> list[tuple[str, int]]:
        return [(label, len(questions)) for label, questions in self.papers.items()]

    def choices(self, slip: Slip) -> list[tuple[str, Any]]:
        """The forms that a slip may be of; of answers those that can be typed."""
        forms: list[tuple[str, Any]] = [(label, label) for label in self.papers]
        return [*forms, (ANOTHER_TEST, _("another test"))] if slip.is_total else forms

    def form_of(self, slip: Slip, data: Any = None) -> LineForm:
        """Empty, with the usual form: what was typed first is not shown."""
        usual = USUAL_FORM[Purpose(self.purpose)]
        label = usual if usual in self.papers else next(iter(self.papers), ANOTHER_TEST)
        return LineForm(
            data,
            choices=self.choices(slip),
            prefix=str(slip.enrolment.uuid),
            initial={
                "form": slip.sitting.form_label if slip.is_total else label,
                "id": uuid.uuid4(),
            },
        )


def page_of(request: HttpRequest, event: Event, purpose: str) -> Page:
    papers = papers_of(event)
    asked = SheetForm(request.POST or request.GET, labels=[]).asked()
    full = asked.get("full") or usual_full(event, purpose, papers)
    return Page(event, purpose, papers, doublings_of(event)[Purpose(purpose)], full)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_second_entry(request: HttpRequest, uuid: UUID, purpose: str) -> HttpResponse:
    """Who is to be typed a second time, and what came of it; a POST stores what was typed."""
    find = event_to_record if request.method == "POST" else event_to_see
    event = find(request, uuid)
    if event.is_headcount or purpose not in USUAL_FORM:
        raise Http404
    page = page_of(request, event, purpose)
    return receive(request, page) if request.method == "POST" else show(request, page, {})


def show(
    request: HttpRequest, page: Page, failed: Mapping[UUID, LineForm], status: int = 200
) -> HttpResponse:
    due = page.doubling.due
    own = own_slips(request, page, due)
    rows = [
        (slip, failed.get(slip.enrolment.uuid) or page.form_of(slip), slip.sitting.pk in own)
        for slip in due
    ]
    context = event_context(
        request,
        page.event,
        "event_tests",
        page=page,
        purpose=page.purpose,
        doubling=page.doubling,
        rows=rows,
        failed=list(failed.values()),
        legends=[(label, legend_of(asked)) for label, asked in page.papers.items()],
    )
    return render(request, "training/second_entry.html", context, status=status)


def own_slips(request: HttpRequest, page: Page, due: Sequence[Slip]) -> set[int]:
    """The sittings that the person typed first, where somebody else could type them again."""
    user = cast("User", request.user)
    if not due or not has_somebody_else(page.event, user):
        return set()
    return {sitting for sitting, first in first_typists(due).items() if first == user.pk}


# --- storing -------------------------------------------------------------------------------------


def receive(request: HttpRequest, page: Page) -> HttpResponse:
    """Stores what was sent: for a script one row, answered as JSON; else every row with a line."""
    closed = why_closed(page.event)
    if closed and wants_json(request):
        return JsonResponse({"error": closed}, status=409)
    if closed:
        messages.error(request, closed)
        return redirect("event_second_entry", page.event.uuid, page.purpose)
    saved, failed = [], {}
    for slip in page.doubling.slips:
        form = page.form_of(slip, request.POST)
        if not form.was_sent or not (form["line"].value() or wants_json(request)):
            continue
        entry = store(request, page, slip, form)
        if wants_json(request):
            return acknowledged(form, entry) if entry else refusal(form)
        if entry:
            saved.append(entry)
        else:
            failed[slip.enrolment.uuid] = form
    if wants_json(request):
        words = _("There is no result of this person any more. Load the page again.")
        return JsonResponse({"error": words}, status=409)
    return after(request, page, saved, failed)


def store(request: HttpRequest, page: Page, slip: Slip, form: LineForm) -> SecondEntry | None:
    if not form.is_valid():
        return None
    if not form.typed.text:
        form.add_error("line", _("Nothing was typed."))
        return None
    full = page.full if slip.is_total else None
    try:
        second = Second(form.typed, full)
        return enter_second(page.event, slip, second, page.papers, cast("User", request.user))
    except Refused as refused:
        form.add_error("line", str(refused))
        return None


def outcome(entry: SecondEntry) -> str:
    """What came of typing a slip twice; which answers differ is not told here."""
    if not entry.differing:
        return _("typed twice, the same")
    if entry.grain == Sitting.Grain.TOTAL:
        return _("typed twice, the totals differ")
    words = ngettext(
        "typed twice, {n} answer differs", "typed twice, {n} answers differ", entry.differing
    )
    return words.format(n=entry.differing)


def acknowledged(form: LineForm, entry: SecondEntry) -> JsonResponse:
    return JsonResponse(
        {
            "id": str(form.typed.id),
            "saved": timezone.now().isoformat(),
            "words": outcome(entry),
            "grain": "",
        }
    )


def after(
    request: HttpRequest,
    page: Page,
    saved: Sequence[SecondEntry],
    failed: Mapping[UUID, LineForm],
) -> HttpResponse:
    if saved:
        words = ngettext(
            "{n} slip was typed a second time.", "{n} slips were typed a second time.", len(saved)
        )
        messages.success(request, words.format(n=len(saved)))
    if failed:
        return show(request, page_of(request, page.event, page.purpose), failed, status=400)
    if not saved:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return redirect("event_second_entry", page.event.uuid, page.purpose)


# --- deciding ------------------------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_differences(
    request: HttpRequest, uuid: UUID, purpose: str, participant: UUID
) -> HttpResponse:
    """Both readings of a slip side by side; a POST puts in force what the slip says."""
    event = event_to_record(request, uuid)
    enrolment = participant_in(event, participant)
    if purpose not in USUAL_FORM:
        raise Http404
    page = page_of(request, event, purpose)
    slip = page.doubling.slip_of(enrolment)
    if slip is None or not slip.differs:
        messages.info(request, _("There is nothing to decide about this slip."))
        return redirect("event_second_entry", event.uuid, purpose)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        slip=slip,
        labels=page.choices(slip),
        initial=first_values(page, slip),
    )
    if form.is_valid() and decided(request, page, slip, form):
        return redirect("event_second_entry", event.uuid, purpose)
    context = event_context(
        request, event, "event_tests", form=form, slip=slip, purpose=purpose,
        legend=legend_of(asked_of(page, slip)),
    )  # fmt: skip
    return render(request, "training/differences.html", context)


def first_values(page: Page, slip: Slip) -> dict[str, Any]:
    return {
        "seen": stamp_of(slip),
        "id": uuid.uuid4(),
        "form": slip.sitting.form_label,
        "full": slip.now.full if slip.now else page.full,
    }


def asked_of(page: Page, slip: Slip) -> Sequence[PaperQuestion]:
    return [] if slip.is_total else page.papers.get(slip.sitting.form_label, [])


def decided(request: HttpRequest, page: Page, slip: Slip, form: DecisionForm) -> bool:
    """Whether the page is done with: what was chosen is in force, or its lines are others now.

    Else the form says why not.
    """
    by = cast("User", request.user)
    seen = form.cleaned_data["seen"]
    try:
        decide(page.event, slip, form.decided, page.papers, by, seen=seen)
    except Stale as stale:
        messages.error(request, str(stale))
        return True
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    words = _("{name}: what the slip says counts now.")
    messages.success(request, words.format(name=slip.enrolment.person))
    return True
