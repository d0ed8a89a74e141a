"""The pages in Wagtail's admin that join two records of one person, and take them apart again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.people.admin_forms import ReasonForm
from learning.people.links import PersonLink
from learning.people.merging import check_mergeable, doubts, merge, undo
from learning.people.models import Person, Script, User
from learning.people.permissions import people_managed_by
from learning.people.personal import HOLDINGS
from modules.reference.dates import in_words

SHOWN = 20  # records found by a search
FIELDS = (
    *("sex", "age_band", "constituency", "organisation", "job_role", "area_of_work"),
    *("language", "created_at"),
)


@dataclass(frozen=True)
class Line:
    """One line of the comparison."""

    label: str
    kept: Any
    given_up: Any

    @property
    def differs(self) -> bool:
        return self.kept != self.given_up


@never_cache
@require_http_methods(["GET", "POST"])
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks for the other record, shows both side by side, and at a POST with a reason joins them.

    `?q=` searches among the people one manages, `?other=` names the record to give up.
    """
    managed = people_managed_by(cast("User", request.user))
    person = get_object_or_404(managed, pk=pk)
    other = _other(request, managed, person)
    if other is None:
        query = request.GET.get("q", "").strip()
        context = {"person": person, "query": query, "found": _found(managed, person, query)}
        return render(request, "people/person_merge_search.html", context)
    return _compare(request, person, other)


def _other(request: HttpRequest, managed: QuerySet[Person], person: Person) -> Person | None:
    key = request.POST.get("other") or request.GET.get("other")
    if not key or not key.isdecimal():
        return None
    return get_object_or_404(managed.exclude(pk=person.pk), pk=int(key))


def _found(managed: QuerySet[Person], person: Person, query: str) -> list[Person]:
    """Records with the words in their name; without words those named alike."""
    words = query.split() or person.name().split()[:1]
    candidates = managed.exclude(pk=person.pk).filter(is_anonymous=False, merged_into=None)
    for word in words:
        candidates = candidates.filter(names__icontains=word)
    return list(candidates.select_related("organisation", "area_of_work", "user")[:SHOWN])


def _compare(request: HttpRequest, person: Person, other: Person) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problem = ""
    try:
        check_mergeable(person, other)
        if form.is_valid():
            merge(person, other, form.cleaned_data["reason"], by=cast("User", request.user))
            messages.success(
                request,
                _("The two records are one now. “Records of this person” takes them apart."),
            )
            return redirect("people:edit", person.pk)
    except ValidationError as error:
        problem = error.messages[0]
    context = {
        "person": person,
        "other": other,
        "lines": compare(person, other),
        "doubts": doubts(person, other),
        "form": form,
        "problem": problem,
    }
    return render(request, "people/person_merge.html", context)


def compare(person: Person, other: Person) -> list[Line]:
    """What both say, and how much hangs on each."""
    names = [
        Line(
            _("Name ({variant})").format(variant=Script(script).label),
            *(one.names.get(script, "") for one in (person, other)),
        )
        for script in dict.fromkeys([*person.names, *other.names])
    ]
    fields = [
        Line(
            str(Person._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _shown(person, name),
            _shown(other, name),
        )
        for name in FIELDS
    ]
    held = [
        Line(str(holding.model._meta.verbose_name_plural), *counts)
        for holding in HOLDINGS.values()
        if holding.path
        and any(counts := [holding.rows_of(one).count() for one in (person, other)])
        and holding.model is not Person
    ]
    return [*names, *fields, *held]


def _shown(person: Person, name: str) -> Any:
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    if isinstance(value, datetime):
        value = in_words(timezone.localdate(value).isoformat(), get_language() or "en")
    return "" if value is None else value


@never_cache
@require_http_methods(["GET", "POST"])
def person_records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records merged into this one, with who decided it and why; a POST takes one out."""
    account = cast("User", request.user)
    person = get_object_or_404(people_managed_by(account), pk=pk)
    links = PersonLink.objects.filter(canonical=person).select_related(
        "alias", "decided_by", "undone_by"
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        link = get_object_or_404(links, pk=request.POST.get("link", "0"), undone_at=None)
        if form.is_valid():
            undo(link, form.cleaned_data["reason"], by=account)
            messages.success(request, _("The two records stand for themselves again."))
            return redirect("person_records", person.pk)
    context = {"person": person, "links": links, "form": form}
    return render(request, "people/person_records.html", context)
