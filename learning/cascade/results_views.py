"""The pages on which results of tests on paper are typed in, and taken back."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.models import Sitting
from learning.attempts.results import result_of
from learning.cascade.doubling import doublings_of
from learning.cascade.entering import (
    ANOTHER_TEST,
    USUAL_FORM,
    Papers,
    Row,
    enter_answers,
    enter_total,
    is_same_line,
    is_same_total,
    lock_for,
    papers_of,
    room_of,
    rows_of,
    take_result_back,
    usual_form,
    usual_full,
)
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, event_to_see, participant_in
from learning.cascade.finding import leads_to_sticker, test_on_slip
from learning.cascade.later import begun_waves, names_of, usual_day, wave_named
from learning.cascade.models import Event
from learning.cascade.reading_lines import Places, cleared, legend_of
from learning.cascade.results_forms import LineForm, SheetForm, TakeBackForm
from learning.cascade.showing import event_context
from learning.cascade.tallying import tally_of
from learning.people.models import User
from modules.papers.models import Purpose
from modules.papers.waves import TO_COME, Wave


@dataclass(frozen=True)
class Sheet:
    """How the page is set up: what is typed for everybody.

    `full` are the marks of the whole test, needed for totals. `test` is its name; some months after
    the session it is one of a `wave`, and taken on a `day`.
    """

    event: Event
    test: str
    papers: Papers
    rows: Sequence[Row]
    grain: str
    label: str
    full: int | None
    wave: Wave | None = None
    day: dt.date | None = None

    @property
    def is_totals(self) -> bool:
        return self.grain == Sitting.Grain.TOTAL

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The forms among which one chooses for a person."""
        forms: list[tuple[str, Any]] = [(label, label) for label in self.papers]
        return [*forms, (ANOTHER_TEST, _("another test"))] if self.is_totals else forms

    @property
    def legends(self) -> list[tuple[str, list[Places]]]:
        """What is typed where, by form; once where the forms ask in the same way."""
        found: dict[str, list[Places]] = {}
        for label, questions in self.papers.items():
            legend = legend_of(questions)
            same = next((known for known, places in found.items() if places == legend), None)
            found[f"{same}, {label}" if same else label] = legend
            if same:
                del found[same]
        return list(found.items())

    @property
    def questions(self) -> list[tuple[str, int]]:
        """How many answers a line of each form has."""
        return [(label, len(questions)) for label, questions in self.papers.items()]

    def form_of(self, row: Row, data: QueryDict | None = None) -> LineForm:
        """The field and the choice of one row, with what is in force or what was sent."""
        return LineForm(
            data,
            choices=self.choices,
            prefix=str(row.enrolment.uuid),
            initial={"form": row.form, "id": uuid.uuid4()},
        )


@never_cache
@login_required
@require_safe
def event_tests(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leads to the test that is to be typed next: the first one until everybody has it."""
    if (event := event_to_see(request, uuid)).is_headcount:
        # Where nobody is registered there are shows of hands alone.
        purpose = Purpose.POST if tally_of(event, Purpose.PRE) else Purpose.PRE
        return redirect("event_tally", event.uuid, purpose)
    rows = rows_of(event, Purpose.PRE, ANOTHER_TEST)
    is_done = bool(rows) and all(row.result for row in rows)
    return redirect("event_results", event.uuid, Purpose.POST if is_done else Purpose.PRE)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_results(request: HttpRequest, uuid: UUID, purpose: str) -> HttpResponse:
    """The results of everybody, one row each; a POST stores one row, or all that were changed."""
    find = event_to_record if request.method == "POST" else event_to_see
    event = find(request, uuid)
    wave = wave_or_404(event, purpose)
    sheet = sheet_of(request, event, purpose, wave)
    if request.method == "POST":
        return receive(request, sheet)
    other = test_on_slip(request, event)
    if other and other != purpose and (other in USUAL_FORM or wave_named(event, other)):
        query = urlencode({"sticker": request.GET["sticker"]})
        return redirect(f"{reverse('event_results', args=[event.uuid, other])}?{query}")
    place = leads_to_sticker(request, event, [row.enrolment for row in sheet.rows])
    return place or page(request, sheet, {})


def wave_or_404(event: Event, test: str) -> Wave | None:
    """Nothing for a test before or after the session; 404 for what is no test on paper of it.

    Also for one some months later whose days have not come.
    """
    if event.is_headcount:
        raise Http404
    if test in USUAL_FORM:
        return None
    wave = wave_named(event, test)
    if wave is None or wave.state(timezone.localdate()) == TO_COME:
        raise Http404
    return wave


def sheet_of(request: HttpRequest, event: Event, purpose: str, wave: Wave | None = None) -> Sheet:
    """As the address or the form asks, else as it is usual for this test."""
    papers = papers_of(event)
    asking = SheetForm(request.POST or request.GET, labels=[*papers, ANOTHER_TEST])
    asked = asking.asked()
    usual = usual_form(purpose)
    label = asked.get("form", usual if usual in papers else next(iter(papers), ANOTHER_TEST))
    rows = rows_of(event, purpose, label)
    grain = asked.get("grain") or usual_grain(rows, papers)
    if not papers:
        grain = Sitting.Grain.TOTAL
    full = asked.get("full") or usual_full(event, purpose, papers)
    day = (asked.get("day") or usual_day(wave)) if wave else None
    return Sheet(event, purpose, papers, rows, grain, label, full, wave, day)


def usual_grain(rows: Sequence[Row], papers: Papers) -> str:
    """What most results were typed as; answers, where there is a form and no result yet."""
    grains = [row.grain for row in rows if row.result and not row.is_online]
    totals = grains.count(Sitting.Grain.TOTAL)
    return Sitting.Grain.TOTAL if 2 * totals > len(grains) or not papers else Sitting.Grain.ITEM


def page(
    request: HttpRequest, sheet: Sheet, failed: dict[UUID, LineForm], status: int = 200
) -> HttpResponse:
    """The page; rows that could not be stored show what was typed and why."""
    rows = [(row, failed.get(row.enrolment.uuid) or sheet.form_of(row)) for row in sheet.rows]
    context = event_context(
        request,
        sheet.event,
        "event_tests",
        sheet=sheet,
        rows=rows,
        kept=[(name, request.GET[name]) for name in ("grain", "form") if name in request.GET],
        failed=list(failed.values()),
        done=sum(row.result is not None for row in sheet.rows),
        room=room_of(sheet.rows),
        doubling=doublings_of(sheet.event).get(sheet.test),  # type: ignore[call-overload]
        waves=names_of(begun_waves(sheet.event)),
        answers=sum(row.grain == Sitting.Grain.ITEM for row in sheet.rows),
        totals=sum(row.grain == Sitting.Grain.TOTAL for row in sheet.rows),
        tally=tally_of(sheet.event, sheet.test),
    )
    if sheet.wave:  # its record is closed by then, and stays so
        context["may_change"] = context["may_record"] and not why_closed(sheet.event, sheet.test)
    return render(request, "training/results.html", context, status=status)


# --- storing -------------------------------------------------------------------------------------


def receive(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Stores what was sent: for a script one row, answered as JSON; else every row changed."""
    closed = why_closed(sheet.event, sheet.test)
    if closed:
        return refuse_all(request, sheet, closed)
    saved, failed = 0, {}
    for row in sheet.rows:
        form = sheet.form_of(row, request.POST)
        if not form.was_sent:
            continue
        sitting = store(request, sheet, row, form)
        if wants_json(request):
            return acknowledged(form, sitting, sheet) if sitting else refusal(form)
        saved += sitting is not None
        if form.errors:
            failed[row.enrolment.uuid] = form
    if wants_json(request):
        return JsonResponse({"error": _("This person is not in the session any more.")}, status=409)
    return after(request, sheet, saved, failed)


def store(request: HttpRequest, sheet: Sheet, row: Row, form: LineForm) -> Sitting | None:
    """The sitting that the row was stored for; None where nothing was to do, or with an error."""
    if not form.is_valid():
        return None
    line = replace(form.typed, day=sheet.day)
    same = is_same_total(row, line, sheet.full) if sheet.is_totals else is_same_line(row, line)
    if same and row.result:
        return row.result.sitting if wants_json(request) else None
    if not line.text:
        if row.is_typed_as(sheet.grain):
            form.add_error("line", cleared(row.enrolment))
        return None
    by = cast("User", request.user)
    try:
        if sheet.is_totals:
            return enter_total(sheet.event, row, sheet.test, line, sheet.full, by)
        return enter_answers(sheet.event, row, sheet.test, line, sheet.papers, by)
    except Refused as refused:
        form.add_error("line", str(refused))
        return None


def why_closed(event: Event, test: str = Purpose.PRE) -> str:
    """Why no result of this session can be stored now; nothing while it can."""
    try:
        with transaction.atomic():
            lock_for(event, test)
    except Refused as refused:
        return str(refused)
    return ""


def refuse_all(request: HttpRequest, sheet: Sheet, why: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": why}, status=409)
    messages.error(request, why)
    return redirect("event_results", sheet.event.uuid, sheet.test)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def acknowledged(form: LineForm, sitting: Sitting, sheet: Sheet) -> JsonResponse:
    """That the server has this very line, since when, and what it and the room come to."""
    result = result_of(sitting)
    words = {"result": result, "sitting": sitting}
    room = {"room": room_of(sheet.rows, result)}
    return JsonResponse(
        {
            "id": str(form.typed.id),
            "saved": timezone.now().isoformat(),
            "words": render_to_string("training/result_words.html", words).strip(),
            "grain": render_to_string("training/grain.html", words).strip(),
            "room": render_to_string("training/room.html", room).strip(),
        }
    )


def refusal(form: LineForm) -> JsonResponse:
    reasons = [str(reason) for found in form.errors.values() for reason in found]
    return JsonResponse({"error": " ".join(reasons) or _("Nothing was typed.")}, status=400)


def after(
    request: HttpRequest, sheet: Sheet, saved: int, failed: dict[UUID, LineForm]
) -> HttpResponse:
    """The page again, or with what could not be stored."""
    if saved:
        words = ngettext("{n} result saved.", "{n} results saved.", saved).format(n=saved)
        messages.success(request, words)
    if failed:
        again = sheet_of(request, sheet.event, sheet.test, sheet.wave)
        return page(request, again, failed, status=400)
    if not saved:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    back = redirect("event_results", sheet.event.uuid, sheet.test)
    query = QueryDict(mutable=True)
    query.update({"grain": sheet.grain, "form": sheet.label})
    if sheet.day:
        query["day"] = sheet.day.isoformat()
    back["Location"] += f"?{query.urlencode()}"
    return back


# --- taking back ---------------------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event_take_back(
    request: HttpRequest, uuid: UUID, purpose: str, participant: UUID
) -> HttpResponse:
    """Asks why a result counts no longer, and takes it back."""
    event = event_to_record(request, uuid)
    enrolment = participant_in(event, participant)
    wave_or_404(event, purpose)
    rows = (row for row in rows_of(event, purpose, ANOTHER_TEST) if row.enrolment == enrolment)
    row = next(rows, None)
    if row is None or row.result is None:
        messages.info(request, _("There is no result to take back."))
        return redirect("event_results", event.uuid, purpose)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            take_result_back(event, row.result, reason, cast("User", request.user))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, _("The result of {name} was taken back.").format(name=enrolment.person)
            )
        return redirect("event_results", event.uuid, purpose)
    context = event_context(request, event, "event_tests", form=form, row=row, purpose=purpose)
    return render(request, "training/take_back.html", context)
