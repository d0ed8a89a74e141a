"""Drafts on paper, for who may edit them: a lesson as it was last saved, marked on every page.

They are made when asked for and kept nowhere.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page

from modules.courses.models import CoursePage, LessonPage
from modules.editions.compiling import write_book
from modules.editions.gathering import gather
from modules.editions.kinds import Edition
from modules.printing.errors import RenderingFailed

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
    """The PDF of a lesson; of a course its lessons to choose from."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, PRINTABLE):
        raise Http404
    if not may_print_draft(page, request.user):
        raise PermissionDenied
    return lesson_draft(request, page) if isinstance(page, LessonPage) else choice(request, page)


def choice(request: HttpRequest, page: CoursePage) -> HttpResponse:
    lessons = LessonPage.objects.child_of(page).filter(alias_of=None).order_by("path")
    return render(request, "editions/drafts.html", {"page": page, "lessons": lessons})


def lesson_draft(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Takes some seconds, which the person who asks waits for."""
    try:
        answer = HttpResponse(pdf_of(page), content_type="application/pdf")
    except RenderingFailed as error:
        return render(request, "editions/draft_failed.html", {"page": page, "error": error})
    lang = page.locale.language_code
    answer.headers["Content-Disposition"] = f'inline; filename="draft-{page.slug}-{lang}.pdf"'
    add_never_cache_headers(answer)
    return answer


def pdf_of(page: LessonPage) -> bytes:
    """Raises `RenderingFailed` when it takes longer than a request may."""
    from modules.editions.setting import set_book  # noqa: PLC0415 (WeasyPrint takes a second)

    lang = page.locale.language_code
    with translation.override(lang):
        matter = gather(page.course_page.course, lang, draft_of=page)
        book = write_book(matter, Edition.ORIENTATION_PACK)
        data, _pages = set_book(book, lambda stage, percent: None, in_request=True)
    return data
