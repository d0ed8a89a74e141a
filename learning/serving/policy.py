"""The Content Security Policy of the site, and of Wagtail's admin, which cannot keep that one."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

SITE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
ADMIN_PREFIX = "/admin/"
# Wagtail's editor still needs inline scripts and styles, and frames its own previews.
ADMIN_CSP: Mapping[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class AdminPolicyMiddleware:
    """Gives everything under /admin/ `ADMIN_CSP`; Django adds `SECURE_CSP` elsewhere.

    Stands below Django's own middleware, which leaves a header alone that is already there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(ADMIN_CSP)
        return response
