"""Writing one's own coursework, handing it in, reading what it came to; and files."""

import uuid
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.coursework.deadlines import deadlines_of
from learning.coursework.forms import WorkForm
from learning.coursework.handing_in import (
    CannotHandIn,
    begin,
    hand_in,
    may_take_back,
    save_draft,
    take_back,
    terms_of,
    what_lacks,
)
from learning.coursework.models import HandedFile, Review, ReviewTask, Work, WorkFact
from learning.coursework.permissions import enrolment_for_coursework, file_to_open
from learning.coursework.showing import criterion_lines, mark_of, seen, state_of
from learning.coursework.tending import tend
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.coursework.asking import definition_of, title_of
from modules.coursework.models import Assignment
from modules.questions.models import Question
from modules.questions.presenting import words_in
from modules.questions.rubrics import criteria_of
from modules.questions.shapes import Definition

ANY_BYTES = "application/octet-stream"
# Whatever a browser does with the file, it runs no script and loads nothing.
SANDBOX: dict[str, Any] = {"default-src": [CSP.NONE], "sandbox": True}


def own_enrolment(request: HttpRequest, uuid: UUID) -> Enrolment:
    """The reader's own; 404 for everybody else."""
    found = enrolment_for_coursework(request.user, uuid)
    if found is None:
        raise Http404
    return found


def own_work(enrolment: Enrolment, key: str) -> Work | None:
    works = Work.objects.filter(enrolment=enrolment, assignment_key=key)
    loaded = works.select_related("question_version", "file", "enrolment__cohort")
    return loaded.prefetch_related("marks", "tasks").first()


def task_of(enrolment: Enrolment, key: str) -> tuple[Assignment, Definition]:
    """The task as it is now; 404 for one that the course does not have."""
    code = enrolment.cohort.course_version.course.code
    assignment = Assignment.objects.filter(course_code=code, key=key).first()
    if assignment is None:
        raise Http404
    try:
        return assignment, definition_of(assignment)
    except Question.DoesNotExist:
        raise Http404


def is_in_force(enrolment: Enrolment) -> bool:
    return Enrolment.objects.in_force().filter(pk=enrolment.pk).exists()


def about(enrolment: Enrolment, key: str, definition: Definition) -> dict[str, Any]:
    """What every page of one task shows."""
    lang = get_language() or "en"
    return {
        "enrolment": enrolment,
        "key": key,
        "title": title_of(definition, lang),
        "words": words_in(definition, lang)[1],
        "structure": definition["structure"],
        "criteria": criteria_of(definition, lang),
        "course_code": enrolment.cohort.course_version.course.code,
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework(request: HttpRequest, enrolment: UUID, key: str) -> HttpResponse:
    """The task with the form to write, or what was handed in and what it came to."""
    own = own_enrolment(request, enrolment)
    work = own_work(own, key)
    if work is not None and not work.is_draft:
        if request.method == "POST":
            return redirect("coursework", own.uuid, key)
        return handed_in_page(request, work)
    return draft_page(request, own, key, work)


def draft_page(request: HttpRequest, own: Enrolment, key: str, work: Work | None) -> HttpResponse:
    if work is None:
        assignment, definition = task_of(own, key)
        terms = terms_of(assignment)
    else:
        assignment, definition, terms = None, work.definition, work.terms
    has_file = work is not None and work.kept_file is not None
    may_write = is_in_force(own)
    form = WorkForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        terms=terms,
        has_file=has_file,
        initial={"text": work.text if work else ""},
    )
    if request.method == "POST" and may_write and form.is_valid():
        begun = work or begin(own, cast("Assignment", assignment), get_language() or "en")
        return save_and_go_on(request, begun, form)
    refused = work and work.facts.order_by("-received_at").first()
    context = about(own, key, definition) | {
        "form": form,
        "work": work,
        "terms": terms,
        "may_write": may_write,
        "due_at": deadlines_of(own.cohort_id, key).of(own.pk),
        "was_refused": bool(refused and refused.what == WorkFact.What.FILE_REFUSED),
    }
    return render(request, "coursework/write.html", context)


def save_and_go_on(request: HttpRequest, work: Work, form: WorkForm) -> HttpResponse:
    """To the look before handing in, or back to the draft."""
    data = form.cleaned_data
    try:
        save_draft(
            work,
            data.get("text", ""),
            get_language() or "en",
            file=form.checked,
            drops_file=bool(data.get("drop")),
        )
    except CannotHandIn as refusal:
        messages.error(request, str(refusal))
        return redirect("coursework", work.enrolment.uuid, work.assignment_key)
    if "next" in request.POST:
        return redirect("coursework_hand_in", work.enrolment.uuid, work.assignment_key)
    messages.success(request, _("Your draft is saved. Nobody else sees it."))
    return redirect("coursework", work.enrolment.uuid, work.assignment_key)


def handed_in_page(request: HttpRequest, work: Work) -> HttpResponse:
    own = work.enrolment
    if tend(own.cohort_id, work.assignment_key):
        work = cast("Work", own_work(own, work.assignment_key))
    lang = get_language() or "en"
    mark = mark_of(work)
    reviews = Review.objects.none()
    if mark:
        reviews = Review.objects.filter(
            task__work=work, task__state=ReviewTask.State.DONE
        ).order_by("task")
    context = about(own, work.assignment_key, work.definition) | {
        "work": work,
        "state": state_of(work),
        "mark": mark,
        "lines": criterion_lines(work, mark, lang) if mark else [],
        "decision": mark.decision if mark else None,
        "reviews": seen(reviews, criteria_of(work.definition, lang)),
        "may_take_back": may_take_back(work),
    }
    return render(request, "coursework/handed_in.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coursework_hand_in(request: HttpRequest, enrolment: UUID, key: str) -> HttpResponse:
    """A last look at what will be handed in; a POST hands it in, once."""
    own = own_enrolment(request, enrolment)
    work = own_work(own, key)
    if work is None:
        raise Http404
    if not work.is_draft:
        return redirect("coursework", own.uuid, key)
    if request.method == "POST":
        return hand_in_and_say(request, own, work)
    context = about(own, key, work.definition) | {
        "work": work,
        "lacks": what_lacks(work) if is_in_force(own) else _("You have left this course."),
        "fact": uuid.uuid4(),
    }
    return render(request, "coursework/preview.html", context)


def hand_in_and_say(request: HttpRequest, own: Enrolment, work: Work) -> HttpResponse:
    if not is_in_force(own):
        messages.error(request, _("You have left this course."))
        return redirect("coursework_hand_in", own.uuid, work.assignment_key)
    try:
        hand_in(work, cast("User", request.user), sent_id(request))
    except CannotHandIn as refusal:
        messages.error(request, str(refusal))
        return redirect("coursework_hand_in", own.uuid, work.assignment_key)
    messages.success(request, _("Your work is handed in."))
    return redirect("coursework", own.uuid, work.assignment_key)


def sent_id(request: HttpRequest) -> UUID:
    """The id that the page made for what happens; a new one where it is none."""
    try:
        return UUID(request.POST.get("fact", ""))
    except ValueError:
        return uuid.uuid4()


@login_required
@require_POST
def coursework_take_back(request: HttpRequest, enrolment: UUID, key: str) -> HttpResponse:
    own = own_enrolment(request, enrolment)
    work = own_work(own, key)
    if work is None:
        raise Http404
    try:
        take_back(work, cast("User", request.user))
    except CannotHandIn as refusal:
        messages.error(request, str(refusal))
    return redirect("coursework", own.uuid, key)


@never_cache
@login_required
@require_safe
@csp_override(SANDBOX)
def coursework_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A file to save, never to show: whatever is in it, it does not run in this site's name."""
    file = file_to_open(request.user, uuid)
    if file is None:
        raise Http404
    answer = whole(request, file)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def whole(request: HttpRequest, file: HandedFile) -> HttpResponseBase:
    """The file, under the name that its author gave it for her alone; 404 if it is lost."""
    if request.method == "HEAD":
        length = {"Content-Length": str(file.size)}
        return HttpResponse(content_type=ANY_BYTES, headers=length)
    try:
        content = file.file.open("rb")
    except FileNotFoundError:
        raise Http404
    is_own = file.work.enrolment.person_id == getattr(request.user, "person_id", None)
    name = file.name if is_own else f"coursework-{str(file.uuid)[:8]}.{file.kind}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=ANY_BYTES)
