"""What most cells of the matrix would make anew, and each time the same, is made once."""

from collections.abc import Callable
from functools import cache

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.defaults import page_not_found, permission_denied

from modules.printing import rendering


def draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gets the same page as a PDF gets the same bytes."""
    for name in ("laid_out", "written"):
        monkeypatch.setattr(rendering, name, cache(getattr(rendering, name)))


def refuse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a refusal, with the menu of whom it refuses and the reason where one was given.

    Two thirds of all cells are refused, and rendering that page took longer than refusing.
    """
    monkeypatch.setattr("django.conf.urls.handler403", _once(permission_denied, 403))
    monkeypatch.setattr("django.conf.urls.handler404", _once(page_not_found, 404))


def _once(view: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    pages: dict[tuple[str, ...], bytes] = {}

    def refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
        key = str(request.user), get_language() or "", str(exception)
        if key not in pages:
            pages[key] = view(request, exception).content
        return HttpResponse(pages[key], status=status)

    return refuse
