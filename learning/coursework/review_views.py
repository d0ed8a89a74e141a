"""Reviews one has to give: the list, the example, and the work of another without a name."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.coursework.forms import RatingForm
from learning.coursework.models import ReviewTask, Work
from learning.coursework.permissions import tasks_of
from learning.coursework.reviewing import (
    TRIES,
    CannotReview,
    Tuning,
    give_review,
    rate_example,
    tuning_of,
)
from learning.coursework.showing import levels_in
from learning.coursework.tending import tend
from learning.coursework.views import about, own_enrolment, own_work
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.questions.kinds.essay import word_count
from modules.questions.models import QuestionVersion
from modules.questions.rubrics import criteria_of, example_of


@never_cache
@login_required
@require_safe
def coursework_reviews(request: HttpRequest, enrolment: UUID, key: str) -> HttpResponse:
    """What one was asked to mark for one task, and whether the example comes first."""
    own, work = own_and_work(request, enrolment, key)
    tend(own.cohort_id, key)
    tasks = list(
        tasks_of(request.user)
        .filter(reviewer=own, work__assignment_key=key)
        .select_related("work__question_version", "review")
    )
    # Everybody begins with the example of the task that she was given herself.
    context = about(own, key, work.definition) | {
        "work": work,
        "open": [task for task in tasks if task.is_open],
        "done": [task for task in tasks if hasattr(task, "review")],
        "tuning": tuning_of(own, work.question_version),
    }
    return render(request, "coursework/reviews.html", context)


def own_and_work(request: HttpRequest, uuid: UUID, key: str) -> tuple[Enrolment, Work]:
    """Only who handed in reviews; 404 for everybody else."""
    own = own_enrolment(request, uuid)
    work = own_work(own, key)
    if work is None or work.is_draft:
        raise Http404
    return own, work


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework_example(request: HttpRequest, enrolment: UUID, key: str) -> HttpResponse:
    """Rating the example, then reading how its authors rated it and why."""
    own, work = own_and_work(request, enrolment, key)
    version = version_to_review(own, work, key)
    lang = get_language() or "en"
    example = example_of(version.content, lang)
    if example is None:
        return redirect("coursework_reviews", own.uuid, key)
    criteria = criteria_of(version.content, lang)
    tuning = tuning_of(own, version)
    form = RatingForm(request.POST if request.method == "POST" else None, criteria=criteria)
    if request.method == "POST" and not tuning.is_over and form.is_valid():
        rate_example(own, version, form.rating, cast("User", request.user), form.fact_id)
        return redirect("coursework_example", own.uuid, key)
    context = about(own, key, version.content) | {
        "form": form,
        "example": example,
        "tuning": tuning,
        "tries_left": TRIES - len(tuning.tries),
        "again": bool(tuning.tries) and not tuning.is_over and "again" in request.GET,
        "compared": compared(version, tuning, lang),
    }
    return render(request, "coursework/example.html", context)


def version_to_review(own: Enrolment, work: Work, key: str) -> QuestionVersion:
    """The one that her next review is about; usually that of her own work."""
    waiting = ReviewTask.objects.filter(
        reviewer=own, work__assignment_key=key, state=ReviewTask.State.OPEN
    ).select_related("work__question_version")
    versions = list(dict.fromkeys(task.work.question_version for task in waiting))
    todo = (one for one in versions if not tuning_of(own, one).is_over)
    return next(todo, versions[0] if versions else work.question_version)


def compared(
    version: QuestionVersion, tuning: Tuning, lang: str
) -> list[tuple[str, str, str, str, str, bool]]:
    """By criterion: its text, points and words of her level, those of the authors' and why."""
    example = example_of(version.content, lang)
    if tuning.last is None or example is None:
        return []
    criteria = criteria_of(version.content, lang)
    hers = levels_in(criteria, tuning.last.rating)
    theirs = levels_in(criteria, example.rating)
    return [
        (one.text, mine, points, words, example.reasons[one.key], mine == points)
        for (one, mine, _own), (_one, points, words) in zip(hers, theirs, strict=True)
    ]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework_review(request: HttpRequest, task: UUID) -> HttpResponse:
    """The work of another with the rubric; a POST records what was found, once."""
    found = get_object_or_404(
        tasks_of(request.user).select_related(
            *("reviewer__person", "work__question_version", "work__enrolment", "work__file"),
            "reviewer__cohort__course_version__course",
        ),
        uuid=task,
    )
    own, work = cast("Enrolment", found.reviewer), found.work
    key = work.assignment_key
    if not found.is_open:
        messages.info(request, words_when_closed(found))
        return redirect("coursework_reviews", own.uuid, key)
    if not tuning_of(own, work.question_version).is_over:
        return redirect("coursework_example", own.uuid, key)
    criteria = criteria_of(work.definition, get_language() or "en")
    form = RatingForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria,
        comment=_("What is good, and what would make it better?"),
    )
    if request.method == "POST" and form.is_valid():
        return record(request, found, form)
    context = about(own, key, work.definition) | {
        "form": form,
        "work": work,
        "task": found,
        "word_count": word_count(work.text) if work.text else None,
    }
    return render(request, "coursework/review.html", context)


def words_when_closed(task: ReviewTask) -> str:
    if task.state == ReviewTask.State.DONE:
        return _("You have reviewed this work. Thank you.")
    return _("Somebody else was asked to review this work, because the time was over.")


def record(request: HttpRequest, task: ReviewTask, form: RatingForm) -> HttpResponse:
    own = cast("Enrolment", task.reviewer)
    comment = form.cleaned_data["comment"]
    try:
        give_review(task, form.rating, comment, cast("User", request.user), form.fact_id)
    except CannotReview:
        return redirect("coursework_example", own.uuid, task.work.assignment_key)
    messages.success(request, _("Your review is saved. Thank you."))
    return redirect("coursework_reviews", own.uuid, task.work.assignment_key)
