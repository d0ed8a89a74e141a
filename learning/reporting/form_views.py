"""Forms A and B of a test: the page, and the list behind its numbers."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.attempts.itemising import Taken
from learning.reporting.asking import reach_to_measure
from learning.reporting.comparing import bars, forms_table, questions_table, sentences
from learning.reporting.form_filters import BehindFormsForm, FormsForm
from learning.reporting.halves import (
    Asked,
    Halves,
    first_tests,
    halves_in,
    languages_in,
    measure,
)
from learning.reporting.permissions import measures_questions
from learning.reporting.sitters import sitters_table
from learning.reporting.views import page_of, refuse_file_of_nothing, refuse_without_lists
from learning.reporting.writing import file_of


@never_cache
@login_required
@require_safe
def report_forms(request: HttpRequest) -> HttpResponse:
    """Whether both forms are equally hard, and which questions changed."""
    if not measures_questions(request.user):
        raise PermissionDenied
    form = FormsForm(request.GET, reach_to_measure(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/forms.html", {"form": form})
    lang, halves = asked_for(form)
    measured, about = measure(halves), form.about(lang)
    exact = form.reach.exact

    def listed_at(label: str, question: Asked | None) -> str:
        return address_of(form, lang, label, question) if exact else ""

    tables = [
        forms_table(halves, measured.comparison, listed_at, about),
        questions_table(halves, measured, listed_at, about, exact=exact),
    ]
    if "file" in request.GET:
        return file_of(request.GET["file"], tables)
    drawn, scale = bars(measured.comparison, rtl=get_language_bidi())
    context = {
        "form": form,
        "about": about,
        "tables": tables,
        "sentences": sentences(measured.comparison),
        "is_plain": measured.comparison.difference is not None,
        "bars": drawn,
        "ticks": scale,
        "has_any": bool(halves.taken),
    }
    return render(request, "reports/forms.html", context)


@never_cache
@login_required
@require_safe
def report_form_people(request: HttpRequest) -> HttpResponse:
    """Who is counted on a form or in a question, with what each got."""
    refuse_without_lists(request)
    form = BehindFormsForm(request.GET, reach_to_measure(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/form_people.html", {"form": form})
    lang, halves = asked_for(form)
    question = form.asked_of(halves.questions)
    if form.cleaned_data["question"] and question is None:
        raise Http404
    found = behind(halves, form.cleaned_data["form"], question)
    about = [*form.about(lang), *([(_("Question"), str(question))] if question else [])]
    if "file" in request.GET:
        return file_of(request.GET["file"], [sitters_table(request.user, found, question, about)])
    page = page_of(request, found)
    table = sitters_table(request.user, list(page), question, about)
    context = {"form": form, "table": table, "page_obj": page, "back": address_of_page(form, lang)}
    return render(request, "reports/form_people.html", context)


def asked_for(form: FormsForm) -> tuple[str, Halves]:
    """The language and the people that a valid form asks for; five queries."""
    course, _colon, number = form.version.partition(":")
    enrolments = form.reach.enrolments
    if form.programme:
        enrolments = enrolments.filter(cohort__programme__code=form.programme)
    taken = first_tests(enrolments, course, number, form.within) if course else []
    lang = form.lang or next(iter(languages_in(taken)), "")
    return lang, halves_in(taken, lang)


def behind(halves: Halves, label: str, question: Asked | None) -> Sequence[Taken]:
    """Exactly those whom a number counts, the first test first."""
    found = halves.asking(question) if question else halves.taken
    return [one for one in found if label in {"", one.sitting.form_label}]


def address_of(form: FormsForm, lang: str, label: str, question: Asked | None) -> str:
    """The list behind a number, with what the page was asked for."""
    named = {"form": label, "question": str(question) if question else ""}
    return f"{reverse('report_form_people')}?{query_of(form, lang, named)}"


def address_of_page(form: FormsForm, lang: str) -> str:
    return f"{reverse('report_forms')}?{query_of(form, lang, {})}"


def query_of(form: FormsForm, lang: str, more: Mapping[str, str]) -> str:
    asked = {
        "programme": form.programme,
        "version": form.version,
        "lang": lang,
        "period": form.within.code if form.within else "",
    }
    return urlencode({name: value for name, value in (asked | dict(more)).items() if value})
