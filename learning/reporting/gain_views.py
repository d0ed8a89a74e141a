"""Before and after over many sessions: the page, and the list behind its numbers."""

from collections import Counter
from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.measurement.suppression import MIN_DENOMINATOR
from learning.reporting.asking import reach_of
from learning.reporting.concealing import hidden_in_row_of
from learning.reporting.gain_charts import chart_for
from learning.reporting.gain_filters import (
    BehindGainForm,
    GainForm,
    ViewersGainForm,
    no_course,
)
from learning.reporting.gain_groups import groups_table
from learning.reporting.gain_later import later_view
from learning.reporting.gain_people import gainers_table, in_order
from learning.reporting.gain_tables import (
    figures_table,
    outcomes_table,
    sessions_table,
)
from learning.reporting.gain_wording import cautions_of, is_told, verdict_on
from learning.reporting.gaining import Pooled, pool
from learning.reporting.pairing import Tried, tried_in
from learning.reporting.permissions import opens_reports
from learning.reporting.tables import Table
from learning.reporting.views import page_of, refuse_file_of_nothing, refuse_without_lists
from learning.reporting.writing import file_of
from modules.courses.models import CourseVersion


@never_cache
@login_required
@require_safe
def report_before_after(request: HttpRequest) -> HttpResponse:
    """What people gained, over all sessions asked for, with a sentence beside each figure."""
    if not opens_reports(request.user):
        raise PermissionDenied
    reach = reach_of(request.user)
    form = (GainForm if reach.exact else ViewersGainForm)(request.GET, reach)
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/before_after.html", {"form": form})
    found = pool(people_asked(form), outcome_titles(form))
    tables, later = tables_of(found, form), later_view(found, form)
    if "file" in request.GET and tables:
        whole = [*tables.values(), *(part.table for part in later.parts)]
        return file_of(request.GET["file"], whole)
    context = {
        "form": form,
        "found": found,
        "tables": tables,
        "first": next(iter(tables.values()), None),
        "about": form.about(),
        "verdict": verdict_on(found, exact=reach.exact),
        "cautions": cautions_of(found, exact=reach.exact),
        "chart": chart_for(found, form),
        "later": later,
        "back": form.link("report_before_after"),
    }
    return render(request, "reports/before_after.html", context)


@never_cache
@login_required
@require_safe
def report_before_after_people(request: HttpRequest) -> HttpResponse:
    """Who is counted, with what each got before and after."""
    refuse_without_lists(request)
    form = BehindGainForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/before_after_people.html", {"form": form})
    found = in_order(form.counted(tried_in(form.asked, with_languages=form.parts_languages)))
    about = form.about()
    if "file" in request.GET:
        return file_of(request.GET["file"], [gainers_table(request.user, found, about, form.wave)])
    page = page_of(request, found)
    context = {
        "form": form,
        "table": gainers_table(request.user, list(page), about, form.wave),
        "page_obj": page,
        "back": form.link("report_before_after"),
    }
    return render(request, "reports/before_after_people.html", context)


# --- what is asked for ---------------------------------------------------------------------------


def people_asked(form: GainForm) -> list[Tried]:
    """Everybody tested in the course asked for; nobody where a viewer could work out few people.

    She may hold one course against another and against the programme as a whole, so a course is
    told of as a group of the programme is.
    """
    if form.reach.exact:
        return form.among(tried_in(form.asked, with_languages=form.parts_languages))
    every = tried_in(no_course(form.asked))
    counted = Counter(one.line.group.course for one in every if one.pair)
    courses = list(counted)
    hidden = hidden_in_row_of([counted[course] for course in courses], MIN_DENOMINATOR)
    if form.course in {courses[place] for place in hidden}:
        return []
    return [one for one in every if one.line.group.course == form.course]


def outcome_titles(form: GainForm) -> Mapping[str, Mapping]:
    """What the outcomes of the course are called, by its newest version; one query."""
    versions = CourseVersion.objects.filter(course__code=form.course).order_by("-pk")
    return versions.values_list("manifest__outcomes", flat=True).first() or {}


def tables_of(found: Pooled, form: GainForm) -> dict[str, Table]:
    """By name; a viewer who may be told nothing has one without rows."""
    tables = {"figures": figures_table(found, form)}
    if not is_told(found, exact=form.reach.exact):
        return tables
    tables["outcomes"] = outcomes_table(found, form)
    tables["groups"] = groups_table(found, form)
    if form.reach.exact:
        tables["sessions"] = sessions_table(found, form)
    return tables
