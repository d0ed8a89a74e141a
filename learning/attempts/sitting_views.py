"""Pages of a sitting: before it begins, its questions, the look back before handing in."""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.attempts.explaining import explain_answer
from learning.attempts.forms import AnswerForm
from learning.attempts.models import Answer, Sitting
from learning.attempts.offering import offers_of
from learning.attempts.permissions import session_enrolment_of, sitting_in_course, sitting_of
from learning.attempts.questions import paper_of, question_at, questions_of
from learning.attempts.showing import (
    View,
    first_unanswered,
    next_seq,
    seconds_left,
    show,
    view_of,
    with_runs,
)
from learning.attempts.taking import Refused, is_late, new_answer, save_answer, start
from learning.enrolment.models import Enrolment
from learning.enrolment.views import course_page_in_this_language
from learning.people.models import User
from modules.courses.models import CoursePage
from modules.papers.asking import PaperQuestion
from modules.papers.models import Purpose
from modules.questions.errors import ResponseError
from modules.questions.kinds import essay


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def test_start(request: HttpRequest, course: str, purpose: str) -> HttpResponse:
    """Says what awaits, then begins; a test that is open goes on."""
    page = course_page_in_this_language(course)
    person = cast("User", request.user).person
    enrolment = Enrolment.newest_of(person, page.course) if person else None
    if enrolment is None:
        return redirect("course_start", course)
    return start_or_say(request, enrolment, purpose, page)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def session_test_start(request: HttpRequest, enrolment: str, purpose: str) -> HttpResponse:
    """The same for a test of one's training session; 404 for everybody else."""
    try:
        found = session_enrolment_of(request.user, UUID(enrolment))
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    page = course_page_in_this_language(found.cohort.course_version.course.code)
    return start_or_say(request, found, purpose, page)


def start_or_say(
    request: HttpRequest, enrolment: Enrolment, purpose: str, page: CoursePage
) -> HttpResponse:
    """A POST begins the test where it may begin; else the page says what holds."""
    offer = offers_of(enrolment).get(purpose)
    if offer is None:
        raise Http404
    if offer.open_sitting:
        return redirect("test_sitting", offer.open_sitting.uuid)
    if request.method == "POST":
        try:
            sitting = start(enrolment, Purpose(purpose))
        except Refused as refused:
            say_why_not_begun(request, refused.code)
            return redirect(request.path)
        return redirect("test_sitting", sitting.uuid)
    return render(request, "sittings/start.html", {"page": page, "offer": offer})


def say_why_not_begun(request: HttpRequest, code: str) -> None:
    """What the page of the test cannot say itself: it offers the test as before."""
    if code == "no_paper":
        messages.error(
            request,
            _(
                "This test cannot begin now: there are not enough questions for it. Nothing is"
                " lost and no attempt is used. Please tell your trainer or the office of the"
                " programme."
            ),
        )


@never_cache
@login_required
@require_safe
def test_sitting(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Leads to where the person stopped, or to the result."""
    found = own_sitting(request, sitting)
    if is_over(found):
        return redirect("test_result", found.uuid)
    return redirect("test_question", found.uuid, first_unanswered(found))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def test_question(request: HttpRequest, sitting: UUID, position: int) -> HttpResponse:
    """One question in front, the others ready behind it; a POST saves its answer."""
    if request.method == "POST":
        # Without what pages show around it: most of a test is answers being saved.
        return receive_answer(request, or_404(sitting_of(request.user, sitting)), position)
    found = own_sitting(request, sitting)
    if is_over(found):
        return redirect("test_result", found.uuid)
    view = view_of(found, get_language() or "en")
    if not 1 <= position <= view.total:
        raise Http404
    return show_question(request, view, position)


@never_cache
@login_required
@require_safe
def test_review(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """What is answered and what is not, and the button that hands in."""
    found = own_sitting(request, sitting)
    if is_over(found):
        return redirect("test_result", found.uuid)
    view = view_of(found, get_language() or "en")
    return render(request, "sittings/review.html", {"view": view, "page": course_page_of(found)})


def own_sitting(request: HttpRequest, uuid: UUID) -> Sitting:
    """The sitting, if it is the person's own; 404 for everybody else."""
    return or_404(sitting_in_course(request.user, uuid))


def or_404(sitting: Sitting | None) -> Sitting:
    if sitting is None:
        raise Http404
    return sitting


def course_page_of(sitting: Sitting) -> CoursePage:
    return course_page_in_this_language(sitting.course_version.course.code)


def is_over(sitting: Sitting) -> bool:
    """Whether no more can be answered; the result page hands in what is overdue."""
    return not sitting.is_open or is_late(sitting, timezone.now())


def show_question(
    request: HttpRequest, view: View, position: int, status: int = 200
) -> HttpResponse:
    """The question in front; of practice with reasons at once only this one is on the page."""
    page = course_page_of(view.sitting)
    context = {"view": view, "current": position, "page": page}
    if not view.sitting.answers_close:
        return render(request, "sittings/questions.html", context, status=status)
    shown = view.questions[position - 1]
    context["question"] = shown
    if shown.is_answered:
        context["item"] = explain_answer(view.sitting, position, shown.asked.lang, page.url)
    return render(request, "sittings/practise.html", context, status=status)


def receive_answer(request: HttpRequest, sitting: Sitting, position: int) -> HttpResponse:
    """Stores an answer; says so to a script as JSON, and else leads on to the next question."""
    try:
        answer = store_answer(request, sitting, position)
    except ResponseError as error:
        if wants_json(request) or error.code == "malformed":
            return refusal(request, sitting, position, error.code, 400)
        return ask_again(request, sitting, position, error)
    except Refused as refused:
        return refusal(request, sitting, position, refused.code, 409)
    return acknowledged(sitting, answer) if wants_json(request) else onward(sitting, position)


def onward(sitting: Sitting, position: int) -> HttpResponse:
    """To the next question, or to the reasons where they are shown at once."""
    if sitting.answers_close:
        return redirect(f"{reverse('test_question', args=[sitting.uuid, position])}#reply")
    if position == len(paper_of(sitting).items):
        return redirect("test_review", sitting.uuid)
    return redirect("test_question", sitting.uuid, position + 1)


def store_answer(request: HttpRequest, sitting: Sitting, position: int) -> Answer:
    """The answer in the request, stored; raises `ResponseError` or `Refused`."""
    form = AnswerForm(request.POST)
    question = question_at(sitting, position) if form.is_valid() else None
    if question is None:
        raise ResponseError("This is no answer of ours.", "malformed")
    response = question.read(request.POST)
    if response is None and sitting.answers_close:
        raise ResponseError("Nothing was answered, and there is nothing to take back.", "empty")
    return save_answer(sitting, envelope(request, form, sitting, question, response))


def envelope(
    request: HttpRequest,
    form: AnswerForm,
    sitting: Sitting,
    question: PaperQuestion,
    response: Any,
) -> Answer:
    """The answer to store. A page without scripts counts under the id of its answer alone."""
    data = form.cleaned_data
    device = data["device"] or data["fact"]
    return new_answer(
        sitting,
        question.item.position,
        response,
        question.shown_in(get_language() or "en"),
        cast("User", request.user),
        fact_id=data["fact"],
        device=device,
        device_seq=data["seq"] or next_seq(sitting, device),
        captured_at=data["captured"] or timezone.now(),
    )


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def acknowledged(sitting: Sitting, answer: Answer) -> JsonResponse:
    """That the server has this very answer, since when, and the seconds left, if limited."""
    return JsonResponse(
        {
            "id": str(answer.pk),
            "saved": answer.received_at.isoformat(),
            "left": seconds_left(sitting, timezone.now()),
        }
    )


def refusal(
    request: HttpRequest, sitting: Sitting, position: int, code: str, status: int
) -> HttpResponse:
    """Why an answer was not stored."""
    if wants_json(request):
        return JsonResponse({"error": code}, status=status)
    if code == "over":
        messages.error(
            request,
            _(
                "This answer came after the end of the test and was not counted."
                " What was saved before counts."
            ),
        )
        return redirect("test_result", sitting.uuid)
    if code == "answered":
        messages.info(request, _("You have answered this question already. That answer stands."))
        return redirect("test_question", sitting.uuid, position)
    messages.error(
        request, _("This answer could not be read and was not saved. Please give it once more.")
    )
    return redirect("test_question", sitting.uuid, position)


def ask_again(
    request: HttpRequest, sitting: Sitting, position: int, error: ResponseError
) -> HttpResponse:
    """The page once more with what was typed and why it cannot be an answer."""
    lang = get_language() or "en"
    view = view_of(sitting, lang)
    question = questions_of(sitting)[position - 1]
    questions = list(view.questions)
    typed = request.POST.get("answer", "")[: essay.LONGEST]
    again = show(question, None, lang, error.code, negative=sitting.is_negative)
    questions[position - 1] = replace(again, written=typed)
    view = replace(view, questions=with_runs(questions))
    return show_question(request, view, position, status=400)
