"""Drafts on paper, for who may edit them: a lesson or a course as last saved, marked on every page.

They are made when asked for and kept nowhere. A lesson is made while its author waits; a course
takes longer than a request may, so a worker makes it: see `drafting`.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page

from modules.courses.models import CoursePage, LessonPage
from modules.editions.drafting import Draft, pdf_of
from modules.editions.kinds import BOOKS, FOR_TRAINERS, Edition
from modules.editions.permissions import reads_trainers_matter
from modules.printing.errors import RenderingFailed

LOOK_AGAIN = 5  # seconds
PRINTABLE = (CoursePage, LessonPage)


def may_print_draft(page: Page, user: object) -> bool:
    """Whether `user` may edit the page; what stands for an English page has no draft itself."""
    is_ours = isinstance(page, PRINTABLE) and page.alias_of_id is None
    return is_ours and page.permissions_for_user(user).can_edit()


def draft_button(page: Page, user: object) -> list[Button]:
    """Leads from a page in the admin to its draft on paper."""
    if not may_print_draft(page.specific, user):
        return []
    url = reverse("page_draft", args=[page.pk])
    return [Button(_("Print a draft"), url, icon_name="doc-full", priority=66)]


@require_safe
def page_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a lesson; of a course its books and lessons to choose from."""
    page = draftable_or_404(request, pk)
    return lesson_draft(request, page) if isinstance(page, LessonPage) else choice(request, page)


@require_safe
def course_draft(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """One book of a course as PDF, once; until it is made a page that waits for it."""
    page = draftable_or_404(request, pk)
    if not isinstance(page, CoursePage) or edition not in books_for(request.user):
        raise Http404
    draft = Draft(str(request.user.pk), page.pk, edition)
    try:
        data = draft.begun_or_made()
    except RenderingFailed as error:
        draft.forget()
        return failed(request, page, error)
    if data is None:
        return waiting(request, page, edition)
    if request.method == "GET":
        draft.forget()
    return pdf(data, f"draft-{page.slug}-{edition}-{page.locale.language_code}.pdf")


def draftable_or_404(request: HttpRequest, pk: int) -> CoursePage | LessonPage:
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, PRINTABLE):
        raise Http404
    if not may_print_draft(page, request.user):
        raise PermissionDenied
    return page


def books_for(user: object) -> list[Edition]:
    trains = reads_trainers_matter(user)
    return [edition for edition in BOOKS if trains or edition not in FOR_TRAINERS]


def choice(request: HttpRequest, page: CoursePage) -> HttpResponse:
    lessons = LessonPage.objects.child_of(page).filter(alias_of=None).order_by("path")
    context = {"page": page, "lessons": lessons, "books": books_for(request.user)}
    return render(request, "editions/drafts.html", context)


def lesson_draft(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Takes some seconds, which the person who asks waits for."""
    try:
        data = pdf_of(page, Edition.ORIENTATION_PACK, in_request=True)
    except RenderingFailed as error:
        return failed(request, page, error)
    return pdf(data, f"draft-{page.slug}-{page.locale.language_code}.pdf")


def pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    add_never_cache_headers(answer)
    return answer


def failed(request: HttpRequest, page: Page, error: RenderingFailed) -> HttpResponse:
    return render(request, "editions/draft_failed.html", {"page": page, "error": error})


def waiting(request: HttpRequest, page: CoursePage, edition: str) -> HttpResponse:
    context = {"page": page, "book": Edition(edition).label, "seconds": LOOK_AGAIN}
    answer = render(request, "editions/draft_waiting.html", context, status=202)
    add_never_cache_headers(answer)
    answer.headers["Retry-After"] = answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer
