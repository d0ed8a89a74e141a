"""The Content Security Policy of Wagtail's admin, which cannot keep the site's strict one."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

ADMIN_PREFIX = "/admin/"


class AdminPolicyMiddleware:
    """Gives everything under /admin/ `settings.ADMIN_CSP`; Django adds `SECURE_CSP` elsewhere.

    Stands below Django's own middleware, which leaves a header alone that is already there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy: Mapping[str, list[str]] = settings.ADMIN_CSP
        if request.path.startswith(ADMIN_PREFIX):
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
        return response
