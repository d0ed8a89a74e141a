"""No view of administration is reached without a second factor: every address is tried."""

from collections.abc import Iterator
from functools import cache

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern, URLPattern
from django.utils.regex_helper import normalize

from learning.people.models import Role, RoleGrant
from learning.people.second_factor import (
    GUARDED,
    SIGN_OUT,
    count_as_used,
    is_guarded,
    needed_page,
    used_second_factor,
)
from tests.cast import PASSWORD

NEEDED = "/accounts/2fa/needed/"
CONFIRM = "/accounts/2fa/reauthenticate/"


def addresses(patterns: list, before: str = "/") -> Iterator[str]:
    """One example of every address that `patterns` know, parameters filled with `1`."""
    for pattern in patterns:
        here = pattern.pattern
        part = "" if isinstance(here, LocalePrefixPattern) else here.regex.pattern.lstrip("^")
        if isinstance(pattern, URLPattern):
            template, names = normalize(before + part.replace(r"\Z", ""))[0]
            yield template % dict.fromkeys(names, "1")
        else:
            yield from addresses(pattern.url_patterns, before + part)


@cache
def guarded_addresses() -> list[str]:
    found = [a for a in addresses(get_resolver().url_patterns) if a.startswith(GUARDED)]
    uuid = "00000000-0000-0000-0000-000000000001"
    resolved = []
    for address in sorted(set(found) - {SIGN_OUT}):
        for path in (address, address.replace("1", uuid)):
            try:
                resolve(path)
            except Resolver404:
                continue
            resolved.append(path)
            break
    return [*resolved, *(f"/{prefix}/" for prefix in ("reports", "training", "ur/training"))]


@pytest.fixture
def admin_client(cast) -> Client:
    client = Client()
    client.force_login(cast.system_admin)
    return client


def test_the_walk_finds_the_addresses_of_administration():
    found = guarded_addresses()

    assert len(found) > 200
    assert {"/admin/", "/admin/pages/1/edit/", "/admin/users/", "/admin/api/main/pages/"} <= set(
        found
    )


def test_every_address_sends_a_reader_to_the_explanation(admin_client):
    reached = [
        address
        for address in guarded_addresses()
        if not admin_client.get(address)
        .headers.get("Location", "")
        .endswith(f"{NEEDED}?next={address.replace('/', '%2F')}")
    ]

    assert reached == []


@pytest.fixture
def _explained_once(monkeypatch):
    """The page that explains is the same everywhere, and drawing it takes longer than refusing."""
    pages: dict[int, bytes] = {}

    def explain(request: HttpRequest, status: int = 200) -> HttpResponse:
        if status not in pages:
            pages[status] = needed_page(request, status).content
        return HttpResponse(pages[status], status=status)

    monkeypatch.setattr("learning.people.second_factor.needed_page", explain)


@pytest.mark.usefixtures("_explained_once")
def test_every_address_refuses_to_change_anything(admin_client):
    answers = {address: admin_client.post(address) for address in guarded_addresses()}

    assert {a for a, answer in answers.items() if answer.status_code != 403} == set()
    assert b"Your role needs a second step" in answers["/admin/"].content


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_every_method_is_refused(admin_client, method):
    assert getattr(admin_client, method)("/ur/training/").status_code == 403


def test_no_view_is_called(admin_client, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("a view was reached")

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", fail)

    assert admin_client.get("/admin/").status_code == 302
    assert admin_client.post("/ur/training/").status_code == 403
    with pytest.raises(AssertionError, match="a view was reached"):
        admin_client.get("/accounts/")


@pytest.mark.parametrize(
    ("path", "guarded"),
    [
        ("/admin/", True),
        ("/km/reports/provinces.csv", True),
        ("/lo/training/12/", True),
        ("/admin/logout/", False),
        ("/courses/admin/", False),
        ("/ur/courses/", False),
        ("/trainings/", False),
        ("/accounts/2fa/", False),
    ],
)
def test_what_is_guarded(path, guarded):
    assert is_guarded(path) is guarded


def test_signing_out_stays_possible(admin_client):
    assert admin_client.post("/admin/logout/").status_code == 302
    assert "_auth_user_id" not in admin_client.session


def test_the_explanation_offers_both_ways(admin_client):
    page = admin_client.get(NEEDED).content.decode()

    assert 'href="/accounts/2fa/totp/activate/"' in page
    assert 'href="/accounts/2fa/webauthn/add/"' in page


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer", "translator"])
def test_others_never_see_it(client, cast, who):
    client.force_login(getattr(cast, who))

    assert NEEDED not in client.get("/training/").headers.get("Location", "")
    assert client.post("/training/").status_code != 403
    assert client.get(NEEDED).headers["Location"] == "/accounts/2fa/"


def test_visitors_are_not_asked_for_it(client, db):
    assert client.get("/admin/").headers["Location"] == "/accounts/login/?next=/admin/"


# --- set up, but used? ---------------------------------------------------------------------------


def sign_in(client: Client, username: str) -> None:
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})


def code_of(user, monkeypatch) -> str:
    """Gives `user` an app; every six digits but zeros are its code."""
    TOTP.activate(user, "secret")
    monkeypatch.setattr(TOTP, "validate_code", lambda self, code: code == "123456")
    return "123456"


def test_a_session_from_before_the_role_has_to_confirm(client, cast, monkeypatch):
    sign_in(client, cast.learner.username)
    code = code_of(cast.learner, monkeypatch)
    assert client.get("/training/").status_code == 403  # no desk, and no second factor asked for
    RoleGrant.objects.create(user=cast.learner, role=Role.AUTHOR, area=cast.punjab)

    assert client.get("/admin/").headers["Location"] == f"{CONFIRM}?next=%2Fadmin%2F"
    assert b"Confirm that it is you" in client.post("/admin/").content
    response = client.post(CONFIRM, {"code": code, "next": "/admin/"})
    assert response.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_password_does_not_confirm_it(client, cast, monkeypatch):
    sign_in(client, cast.author.username)
    code_of(cast.author, monkeypatch)
    response = client.post("/accounts/reauthenticate/?next=/admin/", {"password": PASSWORD})

    assert response.headers["Location"] == f"{CONFIRM}?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 302


def test_who_signed_in_with_it_goes_straight_on(client, cast, monkeypatch):
    code = code_of(cast.author, monkeypatch)
    sign_in(client, cast.author.username)
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("kind", "counts"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_what_has_just_been_set_up_counts_as_used(client, cast, kind, counts):
    """Its first code was tried on the way; the journey of an author walks it as a whole."""
    sign_in(client, cast.author.username)
    request = client.get("/accounts/").wsgi_request

    count_as_used(request, Authenticator(pk=1, user=cast.author, type=kind))

    assert used_second_factor(request) is counts


def test_taking_it_away_closes_the_door_again(client, cast, monkeypatch):
    code = code_of(cast.author, monkeypatch)
    sign_in(client, cast.author.username)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    Authenticator.objects.all().delete()

    assert client.get("/admin/").headers["Location"] == f"{NEEDED}?next=%2Fadmin%2F"


def test_recovery_codes_alone_are_no_second_factor(admin_client, cast):
    Authenticator.objects.create(
        user=cast.system_admin, type="recovery_codes", data={"seed": "x", "used_mask": 0}
    )

    assert admin_client.get("/admin/").headers["Location"].startswith(NEEDED)
