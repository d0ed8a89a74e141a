"""Answers Django's permission questions from the roles people hold."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from learning.people.models import ADMINISTRATORS, Role, User
from learning.people.roles import AnyUser, has_role, synchronise_groups

EDITORS = frozenset({Role.AUTHOR, Role.REVIEWER, Role.LEGAL_REVIEWER, Role.TRANSLATOR})

# Django permission -> the roles that carry it. Groups carry only what Wagtail asks of groups.
ROLES_WITH = {
    "modules.read_facilitator_matter": EDITORS | ADMINISTRATORS | {Role.TRAINER},
    "modules.publish_translations": frozenset({Role.REVIEWER, Role.SYSTEM_ADMIN}),
    "modules.read_test_questions": frozenset({Role.AUTHOR, Role.REVIEWER, Role.SYSTEM_ADMIN}),
    "wagtailadmin.access_admin": EDITORS | ADMINISTRATORS,
}


class RoleBackend:
    """Knows permissions only; signing in is allauth's work.

    What it knows it decides alone: refusing ends the search through the other backends, which
    would ask the tables of groups and users for every reader of a lesson.
    """

    def authenticate(self, request: HttpRequest | None) -> None:
        """Takes no credentials; Django passes over it, and it can load no user either."""

    def has_perm(self, user_obj: AnyUser, perm: str, obj: object = None) -> bool:
        roles = ROLES_WITH.get(perm)
        if roles is None:
            return False
        if has_role(user_obj, *roles):
            return True
        raise PermissionDenied


ADMIN = "/admin/"
# What answers everybody: they lead to our own pages, or out.
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")


class CurrentRolesMiddleware:
    """Brings Wagtail's groups up to date before a page of its admin asks them.

    Roles begin and end at midnight without anybody saving anything. Who is signed in and may not
    enter is told so: Wagtail would send her to sign in, which would send her back, for ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ADMIN) and isinstance(request.user, User):
            synchronise_groups(request.user)
            if not (request.path.startswith(DOORS) or may_enter_admin(request.user)):
                return refuse_admin(request)
        return self.get_response(request)


def refuse_admin(request: HttpRequest) -> HttpResponse:
    """A page that says who enters, and where else to go; scripts get the bare answer.

    In the person's language: the admin has no addresses by language that could say it.
    """
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    person = cast("User", request.user).person
    language = person.language if person else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        elsewhere = {"address_in_languages": "/"}
        return render(request, "errors/no_admin.html", elsewhere, status=403)


def may_enter_admin(user: AnyUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
