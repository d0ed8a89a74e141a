"""How far marks by hand agree: the page, and the answers behind its numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.attempts.permissions import marks_tests, programmes_regraded_by
from learning.enrolment.models import Enrolment
from learning.people.roles import AnyUser
from learning.reporting.agreeing import agreement_table, answers_table, pairs_table
from learning.reporting.asking import Reach
from learning.reporting.doubles import (
    ALL,
    Compared,
    Pair,
    Twice,
    compared,
    marked_twice,
    pairs_of,
)
from learning.reporting.forms import FilterForm
from learning.reporting.groups import groups_of
from learning.reporting.permissions import second_marks_compared_for
from learning.reporting.places import places_for
from learning.reporting.views import page_of, refuse_file_of_nothing
from learning.reporting.writing import file_of


class AgreementForm(FilterForm):
    """By programme and course, and by when the second mark was given."""

    names = ("programme", "course")
    main = ("programme", "course", "period")


class BehindAgreementForm(AgreementForm):
    """The same for the answers behind a number: of one question, of two people."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        for name in ("question", "criterion", "markers", "decided"):
            self.fields[name] = forms.CharField(
                required=False, max_length=100, widget=forms.HiddenInput
            )

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return []


@never_cache
@login_required
@require_safe
def marking_agreement(request: HttpRequest) -> HttpResponse:
    """How far two markers agree, by question and criterion; by person for administrators."""
    refuse_others(request)
    form = AgreementForm(request.GET, reach_of_marks(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/agreement.html", {"form": form})
    found = answers_asked(request.user, form)
    readable = [one for one in found if one.steps]
    about = form.asked.in_words()

    def listed_at(row: Compared | Pair) -> str:
        if isinstance(row, Pair):
            more = {"markers": row.key}
        else:
            more = {"question": str(row.asked), "criterion": row.key}
        return f"{reverse('marking_agreement_answers')}?{form.asked.query(**more)}"

    in_file = "file" in request.GET
    left_out = len(found) - len(readable)
    tables = [
        agreement_table(compared(readable), listed_at, about, left_out=left_out, in_file=in_file)
    ]
    if pairs := pairs_of(found):
        tables.append(pairs_table(pairs, listed_at, about))
    if in_file:
        return file_of(request.GET["file"], tables)
    context = {
        "form": form,
        "tables": tables,
        "about": about,
        "has_any": bool(found),
        "administers": programmes_regraded_by(request.user).exists(),
    }
    return render(request, "reports/agreement.html", context)


@never_cache
@login_required
@require_safe
def marking_agreement_answers(request: HttpRequest) -> HttpResponse:
    """The answers behind a number, each with its two marks."""
    refuse_others(request)
    form = BehindAgreementForm(request.GET, reach_of_marks(request.user))
    refuse_file_of_nothing(request, form)
    if not form.is_valid():
        return render(request, "reports/agreement_answers.html", {"form": form})
    asked = form.cleaned_data
    found = behind(answers_asked(request.user, form), asked)
    about = [*form.asked.in_words()]
    criterion = "" if asked["criterion"] == ALL else asked["criterion"]
    named = all(one.is_named for one in found)
    if "file" in request.GET:
        whole = answers_table(found, criterion, about, is_named=named)
        return file_of(request.GET["file"], [whole])
    page = page_of(request, found)
    table = answers_table(list(page), criterion, about, is_named=named)
    context = {
        "form": form,
        "table": table,
        "page_obj": page,
        "back": f"{reverse('marking_agreement')}?{form.asked.query()}",
    }
    return render(request, "reports/agreement_answers.html", context)


def refuse_others(request: HttpRequest) -> None:
    """For who marks tests; each sees what she may."""
    if not marks_tests(request.user):
        raise PermissionDenied


def reach_of_marks(user: AnyUser) -> Reach:
    """The cohorts whose answers somebody may compare the marks of; three queries."""
    seconds = second_marks_compared_for(user)
    enrolments = Enrolment.objects.filter(sittings__in=seconds.values("sitting")).distinct()
    return Reach(True, groups_of(enrolments), places_for(user), enrolments)  # noqa: FBT003


def answers_asked(user: AnyUser, form: FilterForm) -> list[Twice]:
    """What a valid form asks for; seven queries, up to nine after regrades."""
    asked = form.asked
    cohorts = [group.pk for group in asked.reach.groups if asked.has(group)]
    seconds = second_marks_compared_for(user).filter(sitting__enrolment__cohort__in=cohorts)
    named = set(programmes_regraded_by(user).values_list("pk", flat=True))
    found = marked_twice(seconds, named, get_language() or "en")
    return [one for one in found if asked.period is None or one.day in asked.period]


def behind(answers: Sequence[Twice], asked: dict[str, str]) -> list[Twice]:
    """Exactly those that a number counts, the newest first; 404 for a number that there is not."""
    found = list(answers)
    if asked["question"]:
        found = [one for one in found if str(one.asked) == asked["question"] and one.steps]
    if asked["decided"]:
        found = [one for one in found if one.decided]
    if asked["markers"]:
        pair = next((one for one in pairs_of(answers) if one.key == asked["markers"]), None)
        found = [one for one in found if pair and one in pair.answers]
    if answers and not found:
        raise Http404
    return sorted(found, key=lambda one: one.second.received_at, reverse=True)
