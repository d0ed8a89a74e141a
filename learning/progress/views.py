"""“Done, next lesson”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning.enrolment.models import Enrolment
from learning.enrolment.views import course_page_in_this_language
from learning.progress.recording import mark_done
from modules.courses.outline import outline


@login_required
@require_POST
def lesson_done(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Records that the lesson is done and leads to the next one; works without JavaScript."""
    page = course_page_in_this_language(course)
    order = outline(page, request)
    if order.lesson(lesson) is None:
        raise Http404
    person = request.user.person  # type: ignore[union-attr]
    enrolment = Enrolment.objects.newest_of(person, page.course) if person else None
    if enrolment is None:
        return redirect("course_start", course)
    mark_done(enrolment, lesson, request.user)  # type: ignore[arg-type]
    following = order.after(lesson)
    if following is None:
        messages.success(request, _("You have read the last lesson of this course."))
    return redirect(following.url if following else page.get_url(request))
