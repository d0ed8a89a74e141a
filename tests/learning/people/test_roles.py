import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from learning.people.demo_accounts import make_demo_accounts
from learning.people.models import Role, RoleGrant, User
from learning.people.roles import (
    grant_role,
    has_role,
    is_system_admin,
    requires_second_factor,
    roles_of,
    synchronise_groups,
)

pytestmark = pytest.mark.django_db

YESTERDAY = dt.date(2020, 1, 1)


def names_of_groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_nobody_holds_a_role_without_signing_in():
    assert roles_of(AnonymousUser()) == set()


def test_inactive_account_holds_no_role(cast):
    cast.author.is_active = False

    assert not has_role(cast.author, Role.AUTHOR)


def test_roles_cost_one_query_for_a_request(cast, django_assert_num_queries):
    user = User.objects.get(pk=cast.trainer.pk)

    with django_assert_num_queries(1):
        assert has_role(user, Role.TRAINER)
        assert not has_role(user, Role.AUTHOR)


@pytest.mark.parametrize(
    ("who", "needed"),
    [
        ("learner", False),
        ("trainer", False),
        ("viewer", False),
        ("translator", False),
        ("author", True),
        ("reviewer", True),
        ("area_admin", True),
        ("organisation_admin", True),
        ("programme_admin", True),
        ("system_admin", True),
    ],
)
def test_who_needs_a_second_factor(cast, who, needed):
    assert requires_second_factor(getattr(cast, who)) is needed


def test_demo_waives_the_second_factor_for_demo_accounts_alone(cast, settings):
    make_demo_accounts()
    demo_admin = User.objects.get(username="admin@demo.test")

    assert requires_second_factor(demo_admin)
    settings.DEMO = True
    assert not requires_second_factor(demo_admin)
    assert requires_second_factor(cast.system_admin)


def test_granting_makes_the_editor_and_ending_unmakes(cast):
    grant = grant_role(cast.learner, Role.AUTHOR, cast.pakistan, by=cast.system_admin)
    assert names_of_groups(cast.learner) == {"Authors"}

    RoleGrant.objects.filter(pk=grant.pk).update(valid_from=YESTERDAY, valid_until=YESTERDAY)
    user = User.objects.get(pk=cast.learner.pk)
    synchronise_groups(user)

    assert names_of_groups(user) == set()


def test_system_administrator_is_superuser_while_the_role_holds(cast):
    grant = grant_role(cast.learner, Role.SYSTEM_ADMIN)
    assert User.objects.get(pk=cast.learner.pk).is_superuser

    RoleGrant.objects.filter(pk=grant.pk).update(valid_from=YESTERDAY, valid_until=YESTERDAY)
    user = User.objects.get(pk=cast.learner.pk)
    synchronise_groups(user)

    assert not User.objects.get(pk=cast.learner.pk).is_superuser
    assert not is_system_admin(user)


def test_superuser_from_the_command_line_stays_one():
    user = User.objects.create_superuser("root", password="x")

    synchronise_groups(user)

    assert User.objects.get(pk=user.pk).is_superuser


def test_grant_without_scope_is_refused_and_nothing_changes(cast):
    with pytest.raises(ValidationError):
        grant_role(cast.learner, Role.AUTHOR)

    assert names_of_groups(cast.learner) == set()
    assert not cast.learner.role_grants.exists()


def test_demo_accounts_are_made_once():
    assert [u.username for u in make_demo_accounts()] == [
        "learner@demo.test",
        "trainer@demo.test",
        "admin@demo.test",
    ]
    assert make_demo_accounts() == []
