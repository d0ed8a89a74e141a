"""Keeps everybody who needs a second factor out of administration until they have used one."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from learning.people.adapter import SECOND_FACTORS, has_second_factor
from learning.people.roles import requires_second_factor

GUARDED = ("/admin/", "/reports/", "/training/")
SIGN_OUT = "/admin/logout/"


def is_guarded(path: str) -> bool:
    """Whether `path`, in any language, belongs to administration. Signing out never does."""
    first, slash, rest = path.removeprefix("/").partition("/")
    bare = slash + rest if first in dict(settings.LANGUAGES) else path
    return bare.startswith(GUARDED) and bare != SIGN_OUT


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session has seen a code or a passkey, at sign-in or later."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def count_as_used(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """After one was set up: its first code, or its key, has just been tried in this session."""
    if authenticator.type in SECOND_FACTORS:
        record_authentication(
            request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type
        )


def is_missing(request: HttpRequest) -> bool:
    """Whether the person must still set up or use a second factor in this session."""
    return requires_second_factor(request.user) and not (
        has_second_factor(request.user) and used_second_factor(request)
    )


def next_step(request: HttpRequest) -> str:
    """The address where the person uses her second factor, or learns how to set one up."""
    if has_second_factor(request.user):
        return get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return reverse("second_factor_needed")


def needed_page(request: HttpRequest, status: int = 200) -> HttpResponse:
    context = {"confirm_url": next_step(request) if has_second_factor(request.user) else ""}
    response = render(request, "mfa/needed.html", context, status=status)
    add_never_cache_headers(response)
    return response


class SecondFactorMiddleware:
    """No view of administration sees a request that lacks the second factor.

    Reading is sent to the next step; anything else is refused with the page that explains.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_guarded(request.path_info) or not is_missing(request):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return needed_page(request, status=403)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{next_step(request)}?{query}")
