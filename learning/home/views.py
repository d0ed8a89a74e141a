"""“My learning”, and what finishes a lesson or a test."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from learning.attempts.models import Sitting
from learning.attempts.showing import seconds_left
from learning.attempts.sitting_views import course_page_of, own_sitting
from learning.enrolment.models import Enrolment
from learning.enrolment.views import course_page_in_this_language
from learning.home.continuing import home_view
from learning.home.finishing import finish_lesson, finish_test, settle
from learning.home.later import later_tests_of
from learning.home.records import records_of
from learning.home.results import result_view
from learning.people.consenting import (
    agree_to_letters,
    agrees_to_letters,
    withdraw_from_letters,
)
from learning.people.models import User
from modules.courses.models import HomePage
from modules.courses.outline import outline

CLOCKS_DIFFER = 5  # seconds


@never_cache
@login_required
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """The courses one has started, with progress, results and certificates."""
    home = get_object_or_404(HomePage.objects.live(), locale=Locale.get_active())
    person = cast("User", request.user).person
    view = home_view(home, person, request)
    started = [line for line in view.lines if line.done is not None]
    records = records_of(person) if person else []
    later = later_tests_of(result for record in records for result in record.results)
    context = {"started": started, "view": view, "records": records, "later": later}
    if person and later:
        context["writes"] = agrees_to_letters(person)
    return render(request, "pages/me.html", context)


@never_cache
@login_required
@require_POST
def letters_after_course(request: HttpRequest) -> HttpResponse:
    """Agrees to letters after a course, or withdraws it, by the button that was pressed."""
    person = cast("User", request.user).person
    if person is None:
        raise Http404
    if "agree" in request.POST:
        agree_to_letters(person, get_language() or "en")
        messages.success(
            request, _("We write to you when a test some months after a course opens.")
        )
    else:
        withdraw_from_letters(person)
        messages.success(request, _("No letter goes to you after a course any more."))
    return redirect("my_data" if "data" in request.POST else "my_learning")


@login_required
@require_POST
def lesson_done(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Records that the lesson is done and leads to the next one; works without JavaScript."""
    page = course_page_in_this_language(course)
    order = outline(page, request)
    if order.lesson(lesson) is None:
        raise Http404
    user = cast("User", request.user)
    enrolment = Enrolment.newest_of(user.person, page.course) if user.person else None
    if enrolment is None:
        return redirect("course_start", course)
    finish_lesson(enrolment, lesson, user)
    following = order.after(lesson)
    if following is None:
        messages.success(request, _("You have read the last lesson of this course."))
    return redirect(following.url if following else page.get_url(request))


@login_required
@require_POST
def test_hand_in(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Hands in, once however often it is pressed, and leads to the result.

    A page whose own clock says that time is up may not know that the person was given more.
    """
    found = own_sitting(request, sitting)
    if "up" in request.POST and not is_up(found):
        return redirect("test_sitting", found.uuid)
    finish_test(found, cast("User", request.user))
    return redirect("test_result", found.uuid)


def is_up(sitting: Sitting) -> bool:
    """Whether time is up, but for what clocks may differ by."""
    left = seconds_left(sitting, timezone.now())
    return left is not None and left <= CLOCKS_DIFFER


@never_cache
@login_required
@require_safe
def test_result(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """What a test came to; one that still runs is led back to its questions.

    404 for a result on paper that was taken back: it was somebody else's, most likely.
    """
    found = own_sitting(request, sitting)
    if found.taken_back_at:
        raise Http404
    settle(found.enrolment)
    found.refresh_from_db(fields=["handed_in_at", "handed_in_by"])
    if found.is_open:
        return redirect("test_sitting", found.uuid)
    page = course_page_of(found)
    view = result_view(found, page)
    return render(request, "sittings/result.html", {"view": view, "page": page})
