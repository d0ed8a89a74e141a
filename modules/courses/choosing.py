"""Full text or simple words: what a reader chose for all lessons, kept by a cookie of hers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

ASKED = "words"  # the parameter: `?words=simple` or `?words=full`
COOKIE = "lesson_words"
FULL, SIMPLE = "full", "simple"
YEAR = 365 * 24 * 3600  # seconds


def wants_simple(request: HttpRequest) -> bool:
    """What the address asks for, else what the reader chose before."""
    return (_asked(request) or request.COOKIES.get(COOKIE)) == SIMPLE


def remember_choice(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what the address asked for; who reads the full text again has no cookie."""
    patch_vary_headers(response, ("Cookie",))
    if _asked(request) == SIMPLE:
        response.set_cookie(
            COOKIE,
            SIMPLE,
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif COOKIE in request.COOKIES and _asked(request) == FULL:
        response.delete_cookie(COOKIE, samesite="Lax")


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(ASKED, "")
    return asked if asked in {FULL, SIMPLE} else ""
