"""The registers: certificates, trainers, people."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.reporting.asking import reach_of
from learning.reporting.forms import CertificatesForm, RegisterForm, TrainersForm
from learning.reporting.registers import (
    certificates_found,
    certificates_table,
    people_found,
    people_register_table,
)
from learning.reporting.tables import Table
from learning.reporting.trainers import trainers_found, trainers_table
from learning.reporting.views import page_of, refuse_file_of_nothing, refuse_without_lists
from learning.reporting.writing import file_of

type Tabled = Callable[[Any], Table]


@never_cache
@login_required
@require_safe
def report_certificates(request: HttpRequest) -> HttpResponse:
    """Certificates by number or name, with their state."""
    refuse_without_lists(request)
    form = CertificatesForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return shown(request, form, _("Certificates"))
    data, about = form.cleaned_data, form.in_words()
    filters = dict(form.asked.chosen) | {"grade": data["grade"]}
    found = certificates_found(request.user, filters, data["q"], data["state"])
    return listed(
        request, form, found, lambda some: certificates_table(some, about), _("Certificates")
    )


@never_cache
@login_required
@require_safe
def report_trainers(request: HttpRequest) -> HttpResponse:
    """Trainers with their accreditation and what they led."""
    refuse_without_lists(request)
    form = TrainersForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return shown(request, form, _("Trainers"))
    data, asked = form.cleaned_data, form.asked
    found = trainers_found(request.user, asked, data["q"], data["state"])
    about = form.in_words()
    return listed(
        request,
        form,
        found,
        lambda some: trainers_table(request.user, asked, some, about),
        _("Trainers"),
    )


@never_cache
@login_required
@require_safe
def report_people_register(request: HttpRequest) -> HttpResponse:
    """People by name, with organisation, area and what they took part in."""
    refuse_without_lists(request)
    form = RegisterForm(request.GET, reach_of(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return shown(request, form, _("People"))
    places, about = form.reach.places, form.in_words()
    found = people_found(request.user, form.asked.chosen, places, form.cleaned_data["q"])
    return listed(
        request,
        form,
        found,
        lambda some: people_register_table(request.user, some, places, about),
        _("People"),
    )


def listed(
    request: HttpRequest, form: RegisterForm, found: Any, table_of: Tabled, title: str
) -> HttpResponse:
    """The part of a register that the address asks for; all of it as a file."""
    if "file" in request.GET:
        return file_of(request.GET["file"], [table_of(list(found))])
    page = page_of(request, found)
    return shown(request, form, title, table=table_of(list(page)), page_obj=page)


def shown(request: HttpRequest, form: RegisterForm, title: str, **more: Any) -> HttpResponse:
    return render(request, "reports/register.html", {"form": form, "title": title, **more})
