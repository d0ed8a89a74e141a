"""Who may read which edition, and who may have one made again."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from modules.courses.models import LessonPage
from modules.editions.kinds import FOR_TRAINERS


def reads_trainers_matter(user: Any) -> bool:
    """Whether `user` reads what is meant for trainers, and may have a failed file made again."""
    return bool(user.has_perm("modules.read_facilitator_matter"))


def refusal_of_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What somebody gets who may not read `page`: asked as Wagtail does before it serves one."""
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return None


def refusal(request: HttpRequest, edition: str, lesson: LessonPage) -> HttpResponse | None:
    """None for who may read `edition` of the course of `lesson`, else where to go instead.

    Raises `PermissionDenied` for who is signed in and does not train.
    """
    if edition not in FOR_TRAINERS or reads_trainers_matter(request.user):
        return refusal_of_page(request, lesson)
    if request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied
