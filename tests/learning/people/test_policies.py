"""Wagtail's own pages for accounts and groups stay shut: people and roles have their registers."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from learning.people.models import User
from learning.people.roles import is_system_admin
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

PAGES = ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
DASHBOARD = "/admin/"


def addresses(register: str, pk: int) -> list[str]:
    of_one = {"edit", "delete", "history", "history_results", "usage"}
    return [
        reverse(f"wagtailusers_{register}:{page}", args=[pk] if page in of_one else [])
        for page in PAGES
    ]


def refusals(client, urls: list[str]) -> set[str]:
    """Where each GET and POST leads; a page that opens adds its own address and status."""
    answers = [send(url) for url in urls for send in (client.get, client.post)]
    return {getattr(a, "url", f"{a.request['PATH_INFO']} {a.status_code}") for a in answers}


@pytest.mark.parametrize("role", ["system_admin", "area_admin", "author"])
def test_accounts_are_closed_to(client, cast, role):
    sign_in(client, getattr(cast, role))

    assert refusals(client, addresses("users", cast.learner.pk)) == {DASHBOARD}


@pytest.mark.parametrize("role", ["system_admin", "area_admin", "author"])
def test_groups_are_closed_to(client, cast, role):
    sign_in(client, getattr(cast, role))
    group = Group.objects.get(name="Authors")

    assert refusals(client, addresses("groups", group.pk)) == {DASHBOARD}


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_accounts_are_not_changed_in_bulk(client, cast, action):
    sign_in(client, cast.system_admin)
    learner = cast.learner
    url = reverse("wagtail_bulk_action", args=["people", "user", action])
    data = {"role": Group.objects.get(name="Subject reviewers").pk, "mark_as_active": "False"}

    response = client.post(f"{url}?next=/admin/&id={learner.pk}", data)

    assert response.url == DASHBOARD
    assert User.objects.get(pk=learner.pk).is_active
    assert not learner.groups.exists()


def test_menu_and_search_do_not_offer_accounts(client, cast):
    sign_in(client, cast.system_admin)

    page = client.get("/admin/").content.decode()

    assert reverse("people:index") in page
    assert reverse("wagtailusers_users:index") not in page
    assert reverse("wagtailusers_groups:index") not in page


def test_ones_own_settings_ask_for_no_name_and_are_saved(client, cast):
    sign_in(client, cast.author)

    assert "First Name" not in client.get("/admin/account/").text
    client.post(
        "/admin/account/",
        {
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )

    assert cast.author.wagtail_userprofile.theme == "dark"


@pytest.mark.parametrize("role", ["system_admin", "area_admin", "author"])
def test_ones_own_settings_open_and_raise_nobody(client, cast, role):
    user = getattr(cast, role)
    sign_in(client, user)
    before = is_system_admin(user)
    data = {"is_superuser": "on", "groups": Group.objects.get(name="Subject reviewers").pk}

    assert client.get("/admin/account/").status_code == 200
    assert client.post("/admin/account/", data).status_code in {200, 302}
    user = User.objects.get(pk=user.pk)
    assert is_system_admin(user) == before
    assert not user.groups.filter(name="Subject reviewers").exists()
