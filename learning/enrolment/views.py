"""Starting a course."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import CharField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.enrolment.enrolling import CannotStart, country_of, start_course
from learning.enrolment.forms import StartForm
from learning.enrolment.models import Enrolment
from modules.courses.models import CoursePage
from modules.courses.translations import with_languages
from modules.reference.statements import Slot, Statement


def course_in_language() -> QuerySet[CoursePage]:
    pages = with_languages(CoursePage.objects.live().select_related("course", "locale"))
    return pages.filter(
        course__code=Slot("code", CharField()),
        locale__language_code=Slot("language", CharField()),
    )


COURSE_IN = Statement(course_in_language)


def course_page_in_this_language(code: str) -> CoursePage:
    """The live page of a course in the language of the address; 404 without one."""
    page = COURSE_IN.first(code=code, language=get_language() or "en")
    if page is None:
        raise Http404
    return page


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def course_start(request: HttpRequest, course: str) -> HttpResponse:
    """Asks once whether to start (and, if need be, in which country), then enrols."""
    page = course_page_in_this_language(course)
    person = request.user.person  # type: ignore[union-attr]
    if person is None:
        messages.error(
            request,
            _("This account belongs to no person, so it cannot take courses. Nothing was done."),
        )
        return redirect(page.get_url(request))
    if Enrolment.newest_of(person, page.course):
        return redirect(page.get_url(request))
    known = country_of(person, page.course)
    form = StartForm(request.POST or None, known=known)
    if request.method == "POST" and (known or form.is_valid()):
        return start(request, page, form)
    return render(request, "enrolment/start.html", {"page": page, "form": form})


def start(request: HttpRequest, page: CoursePage, form: StartForm) -> HttpResponse:
    user = request.user
    try:
        start_course(user.person, page.course, form.chosen, by=user)  # type: ignore[union-attr, arg-type]
    except CannotStart as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have started this course. Your place is kept."))
    return redirect(page.get_url(request))
