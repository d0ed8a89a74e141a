"""Whether a page of a course opens for its visitor."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from learning.enrolment.permissions import may_read_course
from learning.serving.caching import PUBLIC
from modules.courses.models import Course, LessonPage


def guard_page(page: Page, request: HttpRequest) -> HttpResponse | None:
    """None when the page opens, else where to go: to sign in, or to start the course.

    Only lessons are guarded: everybody may read what a course is about.
    """
    course = page.course_page.course if isinstance(page, LessonPage) else None
    if course is None or course.access == Course.Access.PUBLIC:
        setattr(request, PUBLIC, True)
        return None
    if may_read_course(request.user, course):
        return None
    if request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    return redirect("course_start", course.code)
