"""A practice question alone on a page, or as the piece of a page that its lesson asks for."""

import uuid
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from learning.attempts.practising import Practice, answer, record_answer, show
from learning.enrolment.guarding import guard_page
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.courses.models import Course
from modules.courses.placing import Place, place_of_question
from modules.courses.reading import language_of
from modules.questions.asking import ask
from modules.questions.errors import ResponseError


@require_http_methods(["GET", "HEAD", "POST"])
def practice_question(request: HttpRequest, question: str) -> HttpResponse:
    """Asks, and answers what was sent: for learners of the course by POST, stored; else by GET.

    Without a query every visitor gets the same page, which holds nothing of the key.
    """
    language = get_language() or "en"
    place = place_of_question(question, language)
    if place is None:
        raise Http404
    refused = guard_page(place.lesson, request)
    if refused is not None:
        return refused
    asked = ask(question, language_of(place.lesson))
    if asked is None:
        raise Http404
    enrolment = enrolment_of(request.user, place.lesson.course_page.course)
    lesson_url = place.lesson.get_url(request) or ""
    stored = enrolment is not None
    fact_id = uuid.uuid4() if stored else None
    practice = show(asked, lesson_url, place.anchor, language, fact_id=fact_id)
    sent = request.POST if request.method == "POST" else request.GET
    if "check" in sent:
        practice = check(request, practice, enrolment)
    return respond(request, practice, place)


def enrolment_of(user: User | AnonymousUser, course: Course) -> Enrolment | None:
    """The enrolment that practice is stored for; no query for a visitor."""
    if user.is_anonymous or user.person is None:
        return None
    return Enrolment.newest_of(user.person, course)


def check(request: HttpRequest, practice: Practice, enrolment: Enrolment | None) -> Practice:
    """The question with feedback; what a learner of the course posted is stored."""
    if request.method != "POST":
        return answer(practice, request.GET)
    answered = answer(practice, request.POST)
    if enrolment is not None and answered.response is not None:
        fact_id = id_in(request.POST.get("fact", ""))
        try:
            record_answer(enrolment, answered, request.user, fact_id)  # type: ignore[arg-type]
        except ResponseError as refusal:
            return replace(practice, error=refusal.code)
    return answered


def id_in(text: str) -> uuid.UUID:
    """The id that the page made for this answer; a new one where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def respond(request: HttpRequest, practice: Practice, place: Place) -> HttpResponse:
    lesson = place.lesson
    course_page = lesson.course_page
    course_page.locale = lesson.locale
    is_piece = "fragment" in request.GET or "fragment" in request.POST
    response = render(
        request,
        "questions/form.html" if is_piece else "pages/practice.html",
        {
            "practice": practice,
            "lesson": lesson,
            "course_page": course_page,
            "course_url": course_page.get_url(request),
        },
    )
    if practice.reply or practice.error or is_piece or request.user.is_authenticated:
        add_never_cache_headers(response)
    return response
