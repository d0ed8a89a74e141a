"""Who composes tests: whoever may add questions to the bank. Only administrators delete."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy


def composes_tests(user: Any) -> bool:
    """Translators may change questions, and add none: what is asked is not theirs to decide."""
    return user.has_perm("modules.add_question")


class ComposingPolicy(BasePermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "delete":
            return bool(user.is_active and user.is_superuser)
        return composes_tests(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return get_user_model()._default_manager.filter(is_superuser=True)
