"""The pages of reports: fetch or refuse, read the question, ask it, show the table or its file."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.cascade.permissions import programmes_targeted_by
from learning.reporting.asking import reach_of
from learning.reporting.completing import completion_table
from learning.reporting.forms import (
    CompletionForm,
    FilterForm,
    PeopleForm,
    SessionsForm,
    ViewerForm,
)
from learning.reporting.listing import entries, people_table
from learning.reporting.permissions import opens_reports, programmes_reported_to, sees_exact
from learning.reporting.programmes import figures_beside
from learning.reporting.sessions import sessions_asked, sessions_table
from learning.reporting.stages import Stage
from learning.reporting.writing import file_of

PER_PAGE = 50


@never_cache
@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The programmes and reports that the person may open."""
    if not opens_reports(request.user):
        raise PermissionDenied
    context = {
        "programmes": programmes_reported_to(request.user).select_related("area"),
        "sees_lists": sees_exact(request.user),
        "sets_targets": programmes_targeted_by(request.user).exists(),
    }
    return render(request, "reports/index.html", context)


@never_cache
@login_required
@require_safe
def report_completion(request: HttpRequest) -> HttpResponse:
    """Who completed what, as a table by cohort, area, organisation or what people are."""
    if not opens_reports(request.user):
        raise PermissionDenied
    reach = reach_of(request.user)
    form = (CompletionForm if reach.exact else ViewerForm)(request.GET, reach)
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/completion.html", {"form": form})
    asked = form.asked
    lines = asked.lines()
    table = completion_table(asked, form.by, form.cut, lines)
    if "file" in request.GET:
        return file_of(request.GET["file"], [table])
    figures = figures_beside(request.user, asked, lines)
    context = {"form": form, "table": table, "figures": figures, "asked": asked}
    return render(request, "reports/completion.html", context)


@never_cache
@login_required
@require_safe
def report_people(request: HttpRequest) -> HttpResponse:
    """The list behind a number, for who may see people at all."""
    refuse_without_lists(request)
    form = PeopleForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/people.html", {"form": form})
    stage, count = Stage(form.cleaned_data["stage"] or Stage.ENROLLED), form.cleaned_data["count"]
    found = entries(form.asked, stage, count)
    if "file" in request.GET:
        whole = people_table(form.asked, found, request.user, stage, count)
        return file_of(request.GET["file"], [whole])
    page = page_of(request, found)
    table = people_table(form.asked, list(page), request.user, stage, count)
    context = {"form": form, "table": table, "page_obj": page}
    return render(request, "reports/people.html", context)


@never_cache
@login_required
@require_safe
def report_sessions(request: HttpRequest) -> HttpResponse:
    """The training sessions behind a number."""
    refuse_without_lists(request)
    form = SessionsForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/sessions.html", {"form": form})
    asked, leads = form.asked, form.leads
    found = sessions_asked(asked, form.cleaned_data["due"])
    if "file" in request.GET:
        whole = sessions_table(asked, found, found.groups, leads, request.user)
        return file_of(request.GET["file"], [whole])
    page = page_of(request, found.groups)
    table = sessions_table(asked, found, list(page), leads, request.user)
    context = {"form": form, "table": table, "page_obj": page}
    return render(request, "reports/sessions.html", context)


# --- shared by the views of reports --------------------------------------------------------------


def refuse_without_lists(request: HttpRequest) -> None:
    """Lists of people are for who sees exact figures."""
    if not sees_exact(request.user):
        raise PermissionDenied


def refuse_file_of_nothing(request: HttpRequest, form: FilterForm) -> None:
    """A page can say what is wrong with its filters; a file cannot."""
    if "file" in request.GET and not form.is_valid():
        raise Http404


def page_of(request: HttpRequest, found: Sequence[Any]) -> Page:
    """The part of a list that the address asks for."""
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
