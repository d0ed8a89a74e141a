"""The page of a programme, as page, CSV, XLSX and PDF."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.cascade.permissions import cohorts_opened_by
from learning.certificates.freezing import LANGUAGES
from learning.enrolment.models import Cohort
from learning.people.models import Area, Programme
from learning.people.roles import AnyUser
from learning.reporting.asking import Reach, reach_of
from learning.reporting.drawing import bars, tree_of
from learning.reporting.forms import PeriodForm
from learning.reporting.mapping import tile_map
from learning.reporting.needing import needs_of
from learning.reporting.permissions import programmes_reported_to
from learning.reporting.printing import pdf_of
from learning.reporting.programmes import Report, programme_report
from learning.reporting.views import refuse_file_of_nothing
from learning.reporting.writing import file_of

TALL = "ur"  # Nastaliq stands one letter above the other


@never_cache
@login_required
@require_safe
def report_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Who was trained in a programme, against its plan, and what needs attention."""
    programme, reach, form = _asked(request, code)
    if not form.is_valid():
        return to_what_is_shown(request, form)
    report = programme_report(request.user, programme, reach, form.within)
    if "file" in request.GET:
        return file_of(request.GET["file"], report.sheets)
    context = drawn(report) | {
        "report": report,
        "form": form,
        "pdf": pdf_address(report),
        "cohorts": cohorts_to_open(request.user, programme),
        "needs": needs_of(request.user, report.programme, report.asked, report.lines),
    }
    return render(request, "reports/programme.html", context)


def cohorts_to_open(user: AnyUser, programme: Programme) -> QuerySet[Cohort]:
    """The courses people take by themselves whose tests `user` opens; one query."""
    cohorts = cohorts_opened_by(user).filter(programme=programme, kind=Cohort.Kind.SELF_PACED)
    return cohorts.select_related("course_version__course").order_by("course_version__course")


@never_cache
@login_required
@require_safe
def report_programme_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper, in `?lang=`."""
    asked = request.GET.get("lang", "en")
    language = asked if asked in LANGUAGES else "en"
    with translation.override(language):
        programme, reach, form = _asked(request, code)
        if not form.is_valid():
            raise Http404
        report = programme_report(request.user, programme, reach, form.within)
        pdf = pdf_of(report)
    day = timezone.localdate(report.by_province.as_of).isoformat()
    name = f"cascade-{code}-{day}-{language}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _asked(request: HttpRequest, code: str) -> tuple[Programme, Reach, PeriodForm]:
    """What the address asks for; 404 for a programme that is not the person's."""
    own = programmes_reported_to(request.user).select_related("area")
    programme = get_object_or_404(own, code=code)
    reach = reach_of(request.user, programme)
    form = PeriodForm(request.GET, reach)
    refuse_file_of_nothing(request, form)
    return programme, reach, form


def to_what_is_shown(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    """To the usual period where the address names none that is listed, and says so.

    What is shown and the files below it are then those of the address.
    """
    told = _("The period in the address is not one of those listed. This is {period}.")
    messages.info(request, told.format(period=form.within))
    return redirect(f"{request.path}?{urlencode({'period': form.within.code})}")


def pdf_address(report: Report) -> str:
    """Where the same is on paper, in the reader's language."""
    period = report.asked.period
    asked = {"lang": get_language() or "en", "period": period.code if period else ""}
    return f"{reverse('report_programme_pdf', args=[report.programme.code])}?{urlencode(asked)}"


def drawn(report: Report) -> dict[str, object]:
    """The map, the bars and the tree of a report, in the reader's script and direction."""
    tall, rtl = get_language() == TALL, get_language_bidi()
    with_bars = bars(report.provinces, rtl=rtl)
    names = parts_of(report.programme, report)
    country = report.programme.area.country_code
    return {
        # Of a part there is no map: its other provinces are not empty but unseen.
        "map": None
        if report.is_part
        else tile_map(country, names, report.provinces[:-1], tall=tall, rtl=rtl),
        "rows": [
            (row, cells, province, with_bars.get(province.code))
            for (row, cells), province in zip(
                report.by_province.shown(), report.provinces, strict=True
            )
        ],
        "tree": tree_of(report.lineage.roots, tall=tall, rtl=rtl)
        if report.asked.reach.exact
        else None,
    }


def parts_of(programme: Programme, report: Report) -> dict[str, str]:
    """The names of the first-level parts of the programme's country, by code."""
    country = f"{programme.area.country_code}/"
    areas = report.asked.reach.places.areas.values()
    return {
        area.code: str(area)
        for area in areas
        if area.kind == Area.Kind.PROVINCE and area.path.startswith(country)
    }
