"""Opening the tests of a course on devices for one cohort, and giving a person more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.attempts import granting, opening
from learning.attempts.allowing import Conditions, conditions_of
from learning.attempts.conditions import ExtraTime, TestAccess
from learning.cascade.access_forms import AccessForm, ExtraTimeForm, FindForm
from learning.cascade.errors import Refused
from learning.cascade.models import OPEN_STATES, Event
from learning.cascade.permissions import cohorts_opened_by
from learning.cascade.planning import lock_open
from learning.cascade.recognising import look_up
from learning.cascade.showing import event_context
from learning.certificates.issuers import time_zone_of
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Person, User, name_in
from modules.papers.models import Test


@dataclass(frozen=True)
class Line:
    """One test with what holds in it for the cohort now; `state` as of `Conditions.refusal`."""

    test: Test
    row: TestAccess | None
    conditions: Conditions
    state: str
    form: AccessForm
    seen: str


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def cohort_tests(request: HttpRequest, cohort: UUID) -> HttpResponse:
    """Which tests are open for a cohort, until when and how often; a POST changes one of them."""
    found = cohort_to_open(request, cohort)
    with timezone.override(time_zone_of(found)):
        data = request.POST if request.method == "POST" else None
        lines = lines_of(found, data)
        sent = next((line for line in lines if line.form.is_bound), None)
        if data is not None and sent is None:
            raise Http404
        if sent and sent.form.is_valid() and save(request, found, sent):
            return redirect("cohort_tests", found.uuid)
        status = 400 if sent else 200
        return page(request, found, "training/access.html", status, lines=lines, sent=sent)


def cohort_to_open(request: HttpRequest, uuid: UUID) -> Cohort:
    """The cohort, for whoever opens its tests; 404 for everybody else."""
    cohorts = cohorts_opened_by(request.user).select_related(
        "programme__area", "course_version__course"
    )
    return get_object_or_404(cohorts, uuid=uuid)


def lines_of(cohort: Cohort, data: Any) -> list[Line]:
    """The tests of the course in their order; `data` belongs to the one that it names."""
    rows = opening.access_of(cohort)
    now = timezone.now()
    tests = list(Test.objects.filter(course_code=cohort.course_version.course.code))
    tests.sort(key=lambda test: ["pre", "practice", "post", "retention"].index(test.purpose))
    lines = []
    for test in tests:
        row = rows.get(test.purpose)
        usual, held = conditions_of(test, cohort), conditions_of(test, cohort, row)
        own = data if data is not None and data.get("purpose") == test.purpose else None
        form = AccessForm(own, test, row, is_offered=usual.is_offered)
        lines.append(Line(test, row, held, held.refusal(now), form, opening.stamp_of(row)))
    return lines


def save(request: HttpRequest, cohort: Cohort, line: Line) -> bool:
    """Store what was sent; False with the reason in the form."""
    by, seen = cast("User", request.user), request.POST.get("seen", "")
    try:
        refuse_closed(cohort)
        changed = opening.set_access(cohort, line.test.purpose, line.form.wanted, by, seen=seen)
    except opening.Changed:
        line.form.add_error(
            None,
            _(
                "Somebody else changed this test meanwhile. What holds now stands above; save again"
                " to put yours in its place."
            ),
        )
        return False
    except Refused as refusal:
        line.form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return True


def refuse_closed(cohort: Cohort) -> None:
    """Raises `Refused` for a session whose record was sent for verification."""
    event = Event.objects.filter(cohort=cohort).first()
    if event is not None:
        lock_open(event)


# --- more time -----------------------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def extra_time(request: HttpRequest, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """How much longer than others somebody has; a POST gives, changes or ends it."""
    found = cohort_to_open(request, cohort)
    enrolments = Enrolment.objects.in_force().select_related("person")
    participant = get_object_or_404(enrolments, uuid=enrolment, cohort=found)
    person = participant.person
    held = granting.extra_time_of(person)
    now = held.percent if held else 0
    form = ExtraTimeForm(request.POST if request.method == "POST" else None, now)
    if form.is_valid() and give(request, person, form):
        return redirect("extra_time", found.uuid, participant.uuid)
    status = 400 if form.is_bound else 200
    more = {"person": person, "held": held, "form": form, "seen": now}
    return page(request, found, "training/extra_time.html", status, **more)


def give(request: HttpRequest, person: Person, form: ExtraTimeForm) -> bool:
    """Store what was chosen; False with the reason in the form."""
    by, seen = cast("User", request.user), request.POST.get("seen", "")
    try:
        moved = granting.set_extra_time(
            person, form.chosen, by, seen=int(seen) if seen.isdecimal() else None
        )
    except granting.Changed:
        form.add_error(
            None,
            _(
                "Somebody else changed it meanwhile. What holds now stands above; save again to put"
                " yours in its place."
            ),
        )
        return False
    if moved:
        messages.success(request, _("Saved. The test that runs now ends later."))
    else:
        messages.success(request, _("Saved."))
    return True


# --- the page ------------------------------------------------------------------------------------


def page(
    request: HttpRequest, cohort: Cohort, template: str, status: int, **more: Any
) -> HttpResponse:
    """A page of the training session, or of a cohort that has none."""
    event = Event.objects.with_all_it_needs().filter(cohort=cohort).first()
    shared: dict[str, Any] = {"cohort": cohort, "zone": time_zone_of(cohort)}
    shared |= people_in(request, cohort) if "lines" in more else {}
    if event is not None:
        context = event_context(request, event, "cohort_tests", **shared, **more)
        context["base"] = "training/event_base.html"
    else:
        titles = cohort.course_version.manifest.get("titles", {})
        title = name_in(titles) or cohort.course_version.course.code
        context = shared | more | {"base": "training/cohort_base.html", "course_title": title}
    may_change = event is None or event.state in OPEN_STATES  # type: ignore[attr-defined]
    return render(request, template, context | {"may_change": may_change}, status=status)


def people_in(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """Who has more time in the cohort, and who was found by her name."""
    enrolments = Enrolment.objects.in_force().filter(cohort=cohort).select_related("person")
    held = ExtraTime.objects.filter(ended_at=None)
    percents = dict(
        held.filter(person__enrolments__in=enrolments.values("pk")).values_list("person", "percent")
    )
    longer = [(one, percents[one.person_id]) for one in enrolments.filter(person__in=percents)]
    form = FindForm(request.GET if "q" in request.GET else None)
    found: Sequence[Enrolment] | None = None
    if form.is_valid():
        people = Person.objects.filter(enrolments__in=enrolments.values("pk"))
        found = list(enrolments.filter(person__in=look_up(form.cleaned_data["q"], people)))
    return {"longer": longer, "find": form, "found": found}
