"""The files of editions in Wagtail's admin: which version was printed when. Only to be read."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from modules.editions.models import EditionFile
from modules.editions.permissions import reads_trainers_matter


class ReadOnlyPolicy(BasePermissionPolicy):
    """Whoever reads trainers' editions may look; rows are written by the rules alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and reads_trainers_matter(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return get_user_model()._default_manager.filter(is_superuser=True)


register_permission_policy(EditionFile, ReadOnlyPolicy(EditionFile), exact_class=True)


class EditionFileViewSet(ModelViewSet):
    model = EditionFile
    name = "edition_files"
    icon = "doc-full"
    menu_label = _("Editions")
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar = [
        *("course", "edition", "lang", "format", "version"),
        Column("short_sha", label=_("Content")),
        *("state", "built_at", "pages"),
    ]
    list_filter: ClassVar = ["course", "edition", "lang", "format", "state"]
    inspect_view_fields: ClassVar = [
        *("course", "edition", "lang", "format", "version", "sha", "state", "error"),
        *("pages", "bytes", "seconds", "queued_at", "built_at"),
    ]
    left_out: ClassVar = {"add", "edit", "delete", "history", "history_results", "usage"}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [p for p in super().get_urlpatterns() if p.name not in self.left_out]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(f"{name}_url_name" for name in self.left_out)
        return super().get_common_view_kwargs(**kwargs) | absent
