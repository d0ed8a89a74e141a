"""Wagtail's permission questions about our registers, answered by `permissions.py`."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from learning.people.models import Role, User
from learning.people.roles import active_grants, has_role, is_system_admin

# Which language of the site a country's reviewers speak.
LANGUAGE_OF_COUNTRY = {"PK": "ur", "KH": "km", "LA": "lo"}


class SystemAdminPolicy(BasePermissionPolicy):
    """Everything for system administrators, nothing for anybody else."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return is_system_admin(user)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        everything = self.model._default_manager.all()
        return everything if is_system_admin(user) else everything.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(is_superuser=True)


class ClosedPolicy(BasePermissionPolicy):
    """Nothing for anybody, system administrators included.

    Accounts and groups follow from persons and roles: Wagtail's own pages for them would write past
    the registers, and know neither our fields nor who may manage whom.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        return False

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        return self.model._default_manager.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.none()


class ScopedPolicy(SystemAdminPolicy):
    """What `managed_by(user)` returns may be viewed, changed and added to; never deleted."""

    def __init__(
        self, model: type[Model], managed_by: Callable[[Any], QuerySet], may_manage: Callable
    ) -> None:
        super().__init__(model)
        self.managed_by = managed_by
        self.may_manage = may_manage

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and bool(self.may_manage(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return (
            self.user_has_permission(user, action)
            and self.managed_by(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        return self.managed_by(user)


class InterfacePolicy(SystemAdminPolicy):
    """Reviewers confirm the languages of the countries they review in; rows are never added."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in {"view", "change"} and (
            is_system_admin(user) or has_role(user, Role.REVIEWER)
        )

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        allowed = self.instances_user_has_any_permission_for(user, [action])
        return self.user_has_permission(user, action) and allowed.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if is_system_admin(user) else rows.filter(language__in=reviewed_languages(user))


def reviewed_languages(user: User) -> set[str]:
    """The languages of the countries in which `user` is a reviewer."""
    areas = [grant.within for grant in active_grants(user) if grant.role == Role.REVIEWER]
    countries = {area.country_code for area in areas if area}
    return {LANGUAGE_OF_COUNTRY[code] for code in countries & LANGUAGE_OF_COUNTRY.keys()}
