import pytest
from django.contrib.auth.models import AnonymousUser

from learning.people.models import Person

pytestmark = pytest.mark.django_db

FACILITATOR = "modules.read_facilitator_matter"
ADMIN = "wagtailadmin.access_admin"


@pytest.mark.parametrize(
    ("who", "facilitator", "admin"),
    [
        ("learner", False, False),
        ("outsider", False, False),
        ("viewer", False, False),
        ("trainer", True, False),
        ("translator", True, True),
        ("author", True, True),
        ("reviewer", True, True),
        ("area_admin", True, True),
        ("organisation_admin", True, True),
        ("programme_admin", True, True),
        ("system_admin", True, True),
    ],
)
def test_permission_by_role(cast, who, facilitator, admin):
    user = getattr(cast, who)

    assert user.has_perm(FACILITATOR) is facilitator
    assert user.has_perm(ADMIN) is admin


def test_anonymous_visitor_has_neither():
    assert not AnonymousUser().has_perm(FACILITATOR)


def test_unknown_permission_is_refused(cast):
    assert not cast.author.has_perm("modules.rewrite_history")


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer"])
def test_who_may_not_enter_the_administration_is_told_so(client, cast, who):
    """To sign in again would lead back to the same door, for ever."""
    client.force_login(getattr(cast, who))

    answer = client.get("/admin/")

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "The administration is not open to you" in page
    assert f"You are signed in as {getattr(cast, who)}." in page
    assert 'href="/me/"' in page
    assert 'href="/ur/"' in page
    assert "/ur/admin/" not in page
    assert client.get("/admin/login/?next=/admin/").status_code == 302
    assert client.post("/admin/logout/").status_code == 302


def test_who_may_not_enter_is_told_so_in_her_language(client, cast):
    Person.objects.filter(pk=cast.learner.person_id).update(language="ur")
    client.force_login(cast.learner)

    page = client.get("/admin/").content.decode()

    assert '<html lang="ur" dir="rtl">' in page
    assert "The administration is not open to you" not in page


def test_scripts_get_the_bare_answer(client, cast):
    client.force_login(cast.learner)

    answer = client.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.status_code == 403
    assert "The administration" not in answer.content.decode()


def test_the_menu_leads_to_the_administration_whoever_may_enter(client, cast):
    client.force_login(cast.learner)
    assert 'href="/admin/"' not in client.get("/accounts/").content.decode()

    client.force_login(cast.author)
    assert 'href="/admin/"' in client.get("/accounts/").content.decode()
