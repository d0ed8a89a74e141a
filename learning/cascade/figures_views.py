"""Before and after in one session, for its trainers and those who administer it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.cascade.charts import chart_of
from learning.cascade.exporting import record_csv
from learning.cascade.fetching import event_to_see
from learning.cascade.figures import figures_of
from learning.cascade.hands import hands_of
from learning.cascade.later_figures import later_in_session
from learning.cascade.showing import event_context
from learning.cascade.wording import cautions_on, doubts_on, verdict_on


@never_cache
@login_required
@require_safe
def event_figures(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The gain with its cautions, by outcome, person by person; apart from it shows of hands."""
    event = event_to_see(request, uuid)
    hands = hands_of(event)
    if event.is_headcount:
        context = event_context(request, event, "event_figures", hands=hands)
        return render(request, "training/figures_of_hands.html", context)
    figures = figures_of(event)
    later = later_in_session(event, figures)
    context = event_context(
        request,
        event,
        "event_figures",
        figures=figures,
        hands=hands,
        chart=chart_of(figures, rtl=get_language_bidi()),
        verdict=verdict_on(figures),
        cautions=cautions_on(figures),
        doubts=doubts_on(figures),
        later=later,
    )
    return render(request, "training/figures.html", context)


@never_cache
@login_required
@require_safe
def event_csv(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The record as a table for a spreadsheet, a row per participant."""
    event = event_to_see(request, uuid)
    if event.is_headcount:
        raise Http404
    name = f"record-{event.first_day:%Y-%m-%d}-{str(event.uuid)[:8]}.csv"
    return HttpResponse(
        record_csv(event).encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
