"""The trainer's side of coursework: what waits, deciding, giving time, asking somebody else."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.attempts.permissions import marks_tests
from learning.coursework.deadlines import deadlines_of, set_deadline
from learning.coursework.desk import comparisons, marks_csv, rounds_in, rows_of
from learning.coursework.forms import DeadlineForm, RatingForm
from learning.coursework.models import Review, ReviewTask, Work
from learning.coursework.permissions import cohorts_tutored_by, works_tutored_by
from learning.coursework.reviewing import decide_as_trainer, replace_reviewer
from learning.coursework.showing import criterion_lines, mark_of, seen, state_of
from learning.coursework.tending import tend
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import User, name_in
from modules.coursework.asking import title_of, titles_now
from modules.coursework.models import Assignment
from modules.questions.presenting import words_in
from modules.questions.rubrics import criteria_of

MOST_MISSING = 200  # people on one page


@never_cache
@login_required
@require_safe
def coursework_desk(request: HttpRequest) -> HttpResponse:
    """All rounds of one's programmes in which something was handed in."""
    if not marks_tests(request.user):
        raise PermissionDenied
    return render(
        request,
        "coursework/desk.html",
        {"rounds": [(one, course_of(one.cohort)) for one in rounds_in(works_of(request))]},
    )


def works_of(request: HttpRequest) -> QuerySet[Work]:
    return works_tutored_by(request.user)


def course_of(cohort: Cohort) -> str:
    version = cohort.course_version
    return name_in(version.manifest.get("titles", {})) or version.course.code


def round_of(request: HttpRequest, uuid: UUID, key: str) -> tuple[Cohort, str]:
    """The cohort and the title of the task; 404 for whoever does not tutor it."""
    cohorts = cohorts_tutored_by(request.user).select_related("course_version__course", "programme")
    cohort = get_object_or_404(cohorts, uuid=uuid)
    lang = get_language() or "en"
    begun = Work.objects.filter(enrolment__cohort=cohort, assignment_key=key)
    work = begun.select_related("question_version").order_by("-pk").first()
    if work:
        return cohort, title_of(work.definition, lang)
    assignment = Assignment.objects.filter(course_code=cohort.course_version.course.code, key=key)
    titles = titles_now(list(assignment), lang)
    if not titles:
        raise Http404
    return cohort, next(iter(titles.values()))


@never_cache
@login_required
@require_safe
def coursework_round(request: HttpRequest, cohort: UUID, key: str) -> HttpResponse:
    """The works of one task in one cohort: who handed in, how far each is, and until when."""
    found, title = round_of(request, cohort, key)
    tend(found.pk, key)
    works = works_of(request).filter(enrolment__cohort=found, assignment_key=key)
    deadlines = deadlines_of(found.pk, key)
    context = {
        "cohort": found,
        "key": key,
        "title": title,
        "course": course_of(found),
        "rows": rows_of(works),
        "due_at": deadlines.due_at,
        "own_times": own_times(deadlines.own),
        "missing": still_missing(found, key) if deadlines.due_at else [],
    }
    return render(request, "coursework/round.html", context)


def still_missing(cohort: Cohort, key: str) -> list[Enrolment]:
    """Who has not handed in, where there is a day until which to; one query."""
    handed_in = Work.objects.filter(assignment_key=key, handed_in_at__isnull=False)
    own = Enrolment.objects.in_force().filter(cohort=cohort, person__erased_at=None)
    missing = own.exclude(pk__in=handed_in.values("enrolment")).select_related("person")
    return list(missing.order_by("pk")[:MOST_MISSING])


def own_times(own: dict) -> list[tuple[Enrolment, object]]:
    people = Enrolment.objects.filter(pk__in=own).select_related("person")
    return [(one, own[one.pk]) for one in people] if own else []


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework_time(
    request: HttpRequest, cohort: UUID, key: str, enrolment: UUID | None = None
) -> HttpResponse:
    """Until when the cohort, or one person of it, hands in."""
    found, title = round_of(request, cohort, key)
    person = None
    if enrolment:
        own = Enrolment.objects.filter(cohort=found).select_related("person")
        person = get_object_or_404(own, uuid=enrolment)
    deadlines = deadlines_of(found.pk, key)
    due_at = deadlines.of(person.pk) if person else deadlines.due_at
    form = DeadlineForm(
        request.POST if request.method == "POST" else None,
        initial={"day": due_at and due_at.date()},
    )
    if request.method == "POST" and form.is_valid():
        by, reason = cast("User", request.user), form.cleaned_data["reason"]
        set_deadline(found, key, form.due_at, by, enrolment=person, reason=reason)
        messages.success(request, _("Saved."))
        return redirect("coursework_round", found.uuid, key)
    context = {"form": form, "cohort": found, "key": key, "title": title, "person": person}
    return render(request, "coursework/time.html", context)


@never_cache
@login_required
@require_safe
def coursework_csv(request: HttpRequest, cohort: UUID, key: str) -> HttpResponse:
    found, _title = round_of(request, cohort, key)
    works = works_of(request).filter(enrolment__cohort=found, assignment_key=key)
    return HttpResponse(
        marks_csv(rows_of(works)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="coursework-{key}.csv"'},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework_work(request: HttpRequest, work: UUID) -> HttpResponse:
    """One work with all reviews; a POST records the trainer's decision, which stands."""
    found = get_object_or_404(loaded(works_of(request)), uuid=work)
    if tend(found.enrolment.cohort_id, found.assignment_key):
        found = get_object_or_404(loaded(works_of(request)), uuid=work)
    lang = get_language() or "en"
    criteria = criteria_of(found.definition, lang)
    form = RatingForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria,
        comment=_("What the author should read"),
        reason=_("Why you decide so"),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        by = cast("User", request.user)
        decide_as_trainer(found, form.rating, data["comment"], data["reason"], by, form.fact_id)
        messages.success(request, _("Your decision is saved. The author is told."))
        return redirect("coursework_work", found.uuid)
    tasks = list(found.tasks.select_related("reviewer__person", "review").order_by("pk"))
    counted = [t.review for t in tasks if t.state == ReviewTask.State.DONE and has_review(t)]
    mark = mark_of(found)
    context = {
        "form": form,
        "work": found,
        "title": title_of(found.definition, lang),
        "words": words_in(found.definition, lang)[1],
        "state": state_of(found),
        "tasks": [(task, has_review(task)) for task in tasks if task.reviewer_id],
        "why": next((task for task in tasks if task.reviewer_id is None), None),
        "reviews": seen(counted, criteria),
        "comparisons": comparisons(found, counted, lang),
        "mark": mark,
        "lines": criterion_lines(found, mark, lang) if mark else [],
    }
    return render(request, "coursework/work.html", context)


def loaded(works: QuerySet[Work]) -> QuerySet[Work]:
    return works.select_related(
        "question_version", "file", "enrolment__person", "enrolment__cohort"
    ).prefetch_related("marks__decision", "tasks")


def has_review(task: ReviewTask) -> bool:
    return hasattr(task, "review") and isinstance(task.review, Review)


@login_required
@require_POST
def coursework_replace(request: HttpRequest, task: UUID) -> HttpResponse:
    """Ask somebody else instead of a reviewer who has not marked yet."""
    tasks = ReviewTask.objects.filter(work__in=works_of(request), reviewer__isnull=False)
    found = get_object_or_404(tasks.select_related("work__enrolment"), uuid=task)
    replace_reviewer(found)
    messages.success(request, _("Somebody else is asked, as soon as there is anybody."))
    return redirect("coursework_work", found.work.uuid)
