"""Who holds which role, where and when; and what follows from it for Wagtail and for sign-in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.db.models import BigAutoField, DateField, Q, QuerySet
from django.utils import timezone

from learning.people.models import (
    ADMINISTRATORS,
    POWERFUL_ROLES,
    Area,
    Organisation,
    Programme,
    Role,
    RoleGrant,
    User,
)
from modules.reference.statements import Slot, Statement

# The Wagtail group that each role of the editors stands for; its permissions are in `groups.py`.
GROUP_OF_ROLE = {
    Role.AUTHOR: "Authors",
    Role.REVIEWER: "Subject reviewers",
    Role.LEGAL_REVIEWER: "Legal reviewers",
    Role.TRANSLATOR: "Translators",
}
DEMO_PASSWORD = "cascade-demo"  # noqa: S105 (printed on the screen at every demo start)
DEMO_USERNAMES = ("learner@demo.test", "trainer@demo.test", "admin@demo.test")

type AnyUser = User | AnonymousUser


def active_grants(user: AnyUser, on: date | None = None) -> list[RoleGrant]:
    """The roles that `user` holds on a day (default today), one query per user object and day."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    known = memory_of(user).setdefault("_active_grants", {})
    if on not in known:
        known[on] = ACTIVE.run(user=user.pk, day=on or timezone.localdate())
    return known[on]


ACTIVE = Statement(
    lambda: (
        RoleGrant.objects.active(Slot("day", DateField()))
        .filter(user=Slot("user", BigAutoField()))
        .select_related("area", "organisation__area", "programme__area")
    )
)


def administering_grants(user: AnyUser) -> list[RoleGrant]:
    """Those of them by which `user` administers something."""
    return [grant for grant in active_grants(user) if grant.role in ADMINISTRATORS]


def memory_of(user: User) -> dict[str, Any]:
    """What is kept with a user object. `request.user` wraps one and would keep its own."""
    return vars(getattr(user, "_wrapped", user))


def remember_no_grants(user: User) -> None:
    """For who asked already whether `user` holds any role today."""
    memory_of(user)["_active_grants"] = {None: []}


def forget_grants(user: User) -> None:
    """After a role was written: the next question asks the table again."""
    memory_of(user).pop("_active_grants", None)


def roles_of(user: AnyUser) -> set[str]:
    return {grant.role for grant in active_grants(user)}


def has_role(user: AnyUser, *roles: Role) -> bool:
    return not roles_of(user).isdisjoint(roles)


def is_system_admin(user: AnyUser) -> bool:
    return bool(user.is_active and user.is_superuser) or has_role(user, Role.SYSTEM_ADMIN)


def requires_second_factor(user: AnyUser) -> bool:
    """Whether `user` must have a second factor before any page of administration answers.

    The three demo accounts are let off while `DEMO=1`, which cannot serve https.
    """
    if user.is_anonymous:
        return False
    if settings.DEMO and user.get_username() in DEMO_USERNAMES:
        return False
    return user.is_superuser or has_role(user, *POWERFUL_ROLES)


@transaction.atomic
def grant_role(
    user: User,
    role: Role,
    scope: Area | Organisation | Programme | None = None,
    *,
    by: User | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleGrant:
    """Give `user` a role within `scope` (none for a system administrator alone).

    Raises `ValidationError` when the scope is missing or the dates run backwards.
    """
    field = {Area: "area", Organisation: "organisation", Programme: "programme"}
    grant = RoleGrant(user=user, role=role, granted_by=by, valid_until=valid_until)
    if scope is not None:
        setattr(grant, field[type(scope)], scope)
    if valid_from is not None:
        grant.valid_from = valid_from
    grant.full_clean()
    grant.save()
    forget_grants(user)
    synchronise_groups(user)
    return grant


def synchronise_groups(user: User) -> None:
    """Make the user's Wagtail groups and superuser mark equal the roles held today.

    Wagtail asks groups, roles begin and end by date: the membership is derived, never edited.
    Costs one query when nothing changed. An account that never held the role of system
    administrator keeps its mark: the first one is made on the command line.
    """
    is_admin = has_role(user, Role.SYSTEM_ADMIN)
    if user.is_superuser != is_admin and user.role_grants.filter(role=Role.SYSTEM_ADMIN).exists():
        user.is_superuser = is_admin
        user.save(update_fields=["is_superuser"])
    wanted = {name for role, name in GROUP_OF_ROLE.items() if has_role(user, role)}
    ours = Q(name__in=GROUP_OF_ROLE.values())
    held: QuerySet[Group] = user.groups.filter(ours)
    names = {group.name for group in held}
    if names != wanted:
        user.groups.remove(*[group for group in held if group.name not in wanted])
        user.groups.add(*Group.objects.filter(name__in=wanted - names))
