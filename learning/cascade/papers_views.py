"""The papers of a session: the page that lists them, and each as PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.cascade.entering import USUAL_FORM, labels_of, papers_of, usual_form
from learning.cascade.errors import Refused
from learning.cascade.fetching import event_to_record, event_to_see, unit_in
from learning.cascade.later import names_of, open_waves, wave_named
from learning.cascade.models import Event
from learning.cascade.pack import (
    MOST_CODES,
    MOST_SLIPS,
    SPARE_SLIPS,
    STICKERS_EACH,
    last_number,
    pages_of_pack,
    places_between,
    places_of,
    sheets_of_slips,
)
from learning.cascade.papers import (
    booklet_pdf,
    mark_sheet_pdf,
    question_sheet_pdf,
    report_pdf,
    sign_in_pdf,
    stickers_pdf,
)
from learning.cascade.papers_forms import SlipsForm, StickersForm
from learning.cascade.printing import LANGUAGES, language_asked
from learning.cascade.showing import event_context
from learning.cascade.slip_papers import slips_pdf
from learning.cascade.slips import sides_of
from modules.templatetags.languages import own_name


@dataclass(frozen=True)
class SlipsOf:
    """The answer slips of one form: sheets of A4, where two stand on each."""

    label: str
    sheets: int
    sides: int


@dataclass(frozen=True)
class PaperTest:
    """One test on paper, and its slips by form, those of the usual form first."""

    purpose: str
    slips: Sequence[SlipsOf]


@never_cache
@login_required
@require_safe
def event_papers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What can be printed for the session, and how many pages it is."""
    event = event_to_see(request, uuid)
    context = event_context(
        request,
        event,
        "event_papers",
        printed_in=[(code, own_name(code)) for code in LANGUAGES],
        forms=labels_of(event),
        most=MOST_CODES,
        most_slips=MOST_SLIPS,
        each=STICKERS_EACH,
    )
    if not event.is_headcount:
        last = last_number(event)
        context |= {"pack": pages_of_pack(event), "last": last}
        if context["may_record"]:
            context |= {"slips": SlipsForm({}, usual_last=last), "tests": tests_of(event)}
    return render(request, "training/papers.html", context)


def tests_of(event: Event) -> list[PaperTest]:
    """The tests for which slips can be printed; about a dozen queries."""
    slips = len(places_of(event)) + SPARE_SLIPS
    sides = {label: len(sides_of(questions)) for label, questions in papers_of(event).items()}
    later = names_of(open_waves(event))
    return [
        PaperTest(
            purpose,
            [
                SlipsOf(label, sheets_of_slips(slips, sides[label]), sides[label])
                for label in sorted(sides, key=lambda label: (label != usual, label))
            ],
        )
        for purpose, usual in (*USUAL_FORM.items(), *((one, usual_form(one)) for one in later))
        if sides
    ]


@never_cache
@login_required
@require_safe
def event_sign_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sign-in sheets of all half-days, or of the one in `?unit=`."""
    event = event_for_pack(request, uuid)
    asked = request.GET.get("unit", "")
    units = [unit_in(event, int(asked))] if asked.isdecimal() else event.held_units
    language = language_asked(request.GET.get("lang"))
    try:
        return pdf(event, "sign-in", language, sign_in_pdf(event, units, language))
    except Refused as refused:
        return refuse(request, event, language, refused)


@never_cache
@login_required
@require_safe
def event_stickers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stickers for everybody and some more, or from number `?from=` to number `?to=`."""
    event = event_for_pack(request, uuid)
    first, last = StickersForm(request.GET, usual_last=last_number(event)).chosen()
    language = language_asked(request.GET.get("lang"))
    try:
        return pdf(event, "stickers", language, stickers_pdf(event, first, last, language))
    except Refused as refused:
        return refuse(request, event, language, refused)


@never_cache
@login_required
@require_safe
def event_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The report of the session on one page."""
    event = event_to_see(request, uuid)
    language = language_asked(request.GET.get("lang"))
    with translation.override(language):
        address = f"{settings.SITE_URL}{reverse('event', args=[event.uuid])}"
    try:
        return pdf(event, "report", language, report_pdf(event, language, address))
    except Refused as refused:
        return refuse(request, event, language, refused)


@never_cache
@login_required
@require_safe
def event_test_paper(request: HttpRequest, uuid: UUID, label: str) -> HttpResponse:
    """The questions of a form for the room; for who types the results in, and nobody else."""
    if request.GET.get("slips"):
        return form_pdf(request, uuid, label, "booklet", booklet_pdf)
    return form_pdf(request, uuid, label, "test", question_sheet_pdf)


@never_cache
@login_required
@require_safe
def event_slips(request: HttpRequest, uuid: UUID, purpose: str, label: str) -> HttpResponse:
    """Answer slips of a test by a form, for the stickers from `?from=` to `?to=`; for the same."""
    event = event_to_record(request, uuid)
    is_test = purpose in USUAL_FORM or wave_named(event, purpose) is not None
    if event.is_headcount or not is_test:
        raise Http404
    asked = SlipsForm(request.GET, usual_last=last_number(event))
    how = asked.how()
    places = places_between(event, *asked.chosen())

    def make(event: Event, label: str, language: str) -> bytes:
        return slips_pdf(event, purpose, label, language, places, **how)

    return form_pdf(request, uuid, label, f"slips-{purpose}", make)


@never_cache
@login_required
@require_safe
def event_mark_sheet(request: HttpRequest, uuid: UUID, label: str) -> HttpResponse:
    """The keys of a form; for the same people."""
    return form_pdf(request, uuid, label, "marks", mark_sheet_pdf)


def form_pdf(
    request: HttpRequest,
    uuid: UUID,
    label: str,
    name: str,
    make: Callable[[Event, str, str], bytes],
) -> HttpResponse:
    event = event_to_record(request, uuid)
    language = language_asked(request.GET.get("lang"))
    try:
        return pdf(event, f"{name}-{label}", language, make(event, label, language))
    except LookupError:
        raise Http404
    except Refused as refused:
        return refuse(request, event, language, refused)


def event_for_pack(request: HttpRequest, uuid: UUID) -> Event:
    """A session whose people are registered; 404 for one in which they are only counted."""
    event = event_to_see(request, uuid)
    if event.is_headcount:
        raise Http404
    return event


def pdf(event: Event, name: str, language: str, content: bytes) -> HttpResponse:
    file = f"{name}-{event.first_day:%Y-%m-%d}-{str(event.uuid)[:8]}-{language}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{file}"'},
    )


def refuse(request: HttpRequest, event: Event, language: str, why: Refused) -> HttpResponse:
    """Back to the list of papers, which says why nothing was printed."""
    messages.error(request, str(why))
    with translation.override(language):
        return redirect("event_papers", event.uuid)
