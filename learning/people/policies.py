"""Wagtail's permission questions about our registers, answered by `permissions.py`."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from learning.people.models import User
from learning.people.roles import is_system_admin


class SystemAdminPolicy(BasePermissionPolicy):
    """Everything for system administrators, nothing for anybody else."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return is_system_admin(user)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        everything = self.model._default_manager.all()
        return everything if is_system_admin(user) else everything.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(is_superuser=True)


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
