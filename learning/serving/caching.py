"""Whole answers for visitors who are not signed in, kept until anything is published.

An answer is kept by host, address, whether the browser takes gzip and whether its reader chose
simple words, together with the mark of the content (`modules.courses.keeping`) when it was
asked for: every change of content renews the mark, after which no older answer is given any more.
Nothing personal can get in: a request that carries a session or messages is never answered from
here, and an answer that sets a cookie is never kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from modules.courses.choosing import wants_simple
from modules.courses.keeping import KEEP_SECONDS, KNOWN, MARK, mark

# Set by the guard of the pages on a request whose page everybody may read.
PUBLIC = "page_is_public"


@dataclass(frozen=True)
class Kept:
    """An answer, and the mark that was current before its page was read."""

    mark: str
    response: HttpResponse


def look_up(key: str) -> tuple[str, HttpResponse | None]:
    """The current mark, and the answer kept with it under `key`; one reading of the cache."""
    found = cache.get_many([MARK, key])
    current = found.get(MARK) or mark()
    kept = found.get(key)
    return current, kept.response if kept and kept.mark == current else None


def is_anonymous_read(request: HttpRequest) -> bool:
    personal = {settings.SESSION_COOKIE_NAME, "messages"}
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and personal.isdisjoint(request.COOKIES)
    )


def key_of(request: HttpRequest) -> str:
    gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    address = (
        f"{request.scheme}://{request.get_host()}{request.path} {gzip} {wants_simple(request)}"
    )
    digest = sha256(f"{settings.RELEASE} {address}".encode()).hexdigest()
    return f"page:{digest}"


class AnonymousPageMiddleware:
    """Answers from the cache where it may, and keeps what may be kept. Stands outside GZip."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_anonymous_read(request) or request.path.startswith(("/admin/", "/accounts/")):
            return self.get_response(request)
        key = key_of(request)
        current, kept = look_up(key)
        if kept is not None:
            return kept
        setattr(request, KNOWN, current)
        response = self.get_response(request)
        if may_be_kept(request, response):
            cache.set(key, Kept(current, response), KEEP_SECONDS)
        return response


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        getattr(request, PUBLIC, False)
        and response.status_code == 200  # noqa: PLR2004
        and not response.cookies
        and not response.streaming
    )
