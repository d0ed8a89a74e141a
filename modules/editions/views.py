"""The files of editions, the page that waits for one, and the page of all editions of a course."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modules.courses.models import Course, CoursePage
from modules.courses.views import find_page
from modules.editions.finding import check_exists, first_lesson_or_404, open_course_or_404
from modules.editions.making import TooManyWaiting, file_for, queue, todays
from modules.editions.models import EditionFile
from modules.editions.permissions import reads_trainers_matter, refusal, refusal_of_page
from modules.editions.serving import answer_with
from modules.editions.showing import editions_of, for_reader, older_of

LOOK_AGAIN = 10  # seconds until the page that waits asks for the file once more
# Programs that read every link; what they ask for need not be made.
ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview", re.IGNORECASE)

type Wanted = tuple[Course, str, str, str]


@require_safe
def edition_file(
    request: HttpRequest, course: str, edition: str, lang: str, suffix: str
) -> HttpResponseBase:
    """The file of today's content; where it is not made yet, a page that waits for it.

    `?sha=` names an earlier one by the beginning of its hash.
    """
    found = open_course_or_404(course)
    check_exists(found, edition, lang, suffix)
    with translation.override(lang):
        refused = refusal(request, edition, first_lesson_or_404(found, lang))
        if refused:
            return refused
        if asked := request.GET.get("sha", ""):
            return earlier_file(request, (found, edition, lang, suffix), asked)
        return file_of_today(request, (found, edition, lang, suffix))


def earlier_file(request: HttpRequest, wanted: Wanted, sha: str) -> HttpResponseBase:
    file = made(wanted).filter(sha__startswith=sha).first()
    answer = answer_with(request, file) if file else None
    if answer is None:
        raise Http404
    return answer


def file_of_today(request: HttpRequest, wanted: Wanted) -> HttpResponseBase:
    file = asked_for(request, wanted)
    answer = answer_with(request, file) if file.is_done else None
    if answer is None and file.is_done:  # its file was lost
        file = asked_for(request, wanted)
    return answer or waiting_page(request, file, made(wanted).exclude(sha=file.sha).first())


def made(wanted: Wanted) -> QuerySet[EditionFile]:
    """What was made of one edition in one language and format, newest first."""
    course, edition, lang, suffix = wanted
    kind = EditionFile(course=course, edition=edition, lang=lang, format=suffix)
    found = EditionFile.objects.built().of_kind(kind)
    return found.select_related("course").order_by("-built_at", "-pk")


def asked_for(request: HttpRequest, wanted: Wanted) -> EditionFile:
    """The file of today; queued when a person asks and not too many are waiting."""
    if not begins_a_build(request):
        return todays(*wanted)
    try:
        return file_for(*wanted)
    except TooManyWaiting:
        return todays(*wanted)


def begins_a_build(request: HttpRequest) -> bool:
    headers = request.headers
    is_ahead = "prefetch" in headers.get("Sec-Purpose", "") + headers.get("Purpose", "")
    is_robot = ROBOTS.search(headers.get("User-Agent", "")) is not None
    return request.method == "GET" and not is_ahead and not is_robot


def waiting_page(
    request: HttpRequest, file: EditionFile, earlier: EditionFile | None
) -> HttpResponse:
    """How far the file is; asks again by itself unless making it has failed."""
    context = {
        "file": file,
        "course": file.course,
        "earlier": earlier,
        "address_in_languages": reverse("course_editions", args=[file.course.code]),
        "seconds": LOOK_AGAIN,
        "may_try_again": file.has_failed and reads_trainers_matter(request.user),
    }
    status = 503 if file.has_failed else 202
    answer = render(request, "pages/edition_waiting.html", context, status=status)
    add_never_cache_headers(answer)
    if not file.has_failed:
        answer.headers["Retry-After"] = answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


@login_required
@require_POST
def edition_again(request: HttpRequest, course: str, pk: int) -> HttpResponse:
    """Has a file made that could not be made; pressed twice, it is made once."""
    if not reads_trainers_matter(request.user):
        raise PermissionDenied
    files = EditionFile.objects.select_related("course")
    file = get_object_or_404(files, pk=pk, course__code=course)
    try:
        if file.has_failed:
            queue(file)
    except TooManyWaiting:
        messages.error(
            request, _("Many files of this course are being made. Try again in a few minutes.")
        )
    return redirect("edition_file", course, file.edition, file.lang, file.format)


@require_safe
def course_editions(request: HttpRequest, course: str) -> HttpResponse:
    """All editions of a course in all languages, and what was made before."""
    page = find_page(f"courses/{course}/")
    if not isinstance(page, CoursePage) or page.course.status != Course.Status.OPEN:
        raise Http404
    if refused := refusal_of_page(request, page):
        return refused
    trains = reads_trainers_matter(request.user)
    context = {
        "page": page,
        "course": page.course,
        "course_url": page.get_url(),
        "editions": for_reader(editions_of(page.course), trains=trains),
        "older": older_of(page.course, trains=trains),
    }
    return render(request, "pages/editions.html", context)
