"""Wagtail's admin of figures, terms and versions: what a change touches, what was kept."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import Panel
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from modules.courses.models import CourseVersion
from modules.courses.using import Use, uses_of
from modules.reference.models import GlossaryTerm, LegalFigure, Review

# Whose change shows in lessons.
SHOWN = frozenset(
    {"key", "label", "value", "unit", "jurisdiction", "valid_from", "valid_to", "basis", "source"}
    | {"term", "definition", "note"}
)


class UsesPanel(Panel):
    """Lists where a figure or term is used."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/uses_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "uses": uses_of(self.instance)}


class WarningEditView(EditView):
    """Says after a change that readers can see which lessons and questions show it."""

    def save_instance(self) -> Model:
        instance = super().save_instance()
        if SHOWN.intersection(self.form.changed_data):
            uses = uses_of(instance)
            if uses:
                button = messages.button(self.get_edit_url(), gettext("Open the list"))
                messages.warning(self.request, warning_of(uses), buttons=[button])
        return instance


def warning_of(uses: list[Use]) -> str:
    """One sentence, and each place; the form links to them."""
    sentence = ngettext(
        "Read {n} place that shows it: does it still fit?",
        "Read the {n} places that show it: do they still fit?",
        len(uses),
    ).format(n=len(uses))
    places = format_html_join(
        "",
        "<li>{}</li>",
        ((place_of(use),) for use in uses),
    )
    return format_html("{}<ul>{}</ul>", sentence, places)


def place_of(use: Use) -> str:
    parts = (use.language_name, use.course, use.lesson, use.what)
    place = " · ".join(part for part in parts if part)
    return gettext("{place} (pocket book)").format(place=place) if use.in_pocket_book else place


class LegalFigureViewSet(SnippetViewSet):
    model = LegalFigure
    edit_view_class = WarningEditView
    list_display: ClassVar = ["key", "label", "value", "unit", "valid_from"]
    search_fields: ClassVar = ["key", "label"]
    panels: ClassVar = [*LegalFigure.panels, UsesPanel(heading=_("Where it is used"))]


class TermEditView(WarningEditView):
    """A meaning that somebody else than a reviewer changed waits for its review again."""

    def save_instance(self) -> Model:
        if "definition" in self.form.changed_data and not self.confirms:
            self.form.instance.review = Review.DRAFT
        return super().save_instance()

    @property
    def confirms(self) -> bool:
        return self.request.user.has_perm("modules.publish_translations")


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    edit_view_class = TermEditView
    list_filter: ClassVar = ["review", "confidence"]
    panels: ClassVar = [*GlossaryTerm.panels, UsesPanel(heading=_("Where it is used"))]


class ReadingPolicy(BasePermissionPolicy):
    """Who may enter Wagtail's admin may look; nobody adds, changes or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.has_perm("wagtailadmin.access_admin")

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return get_user_model().objects.filter(is_superuser=True)


register_permission_policy(CourseVersion, ReadingPolicy(CourseVersion), exact_class=True)


class CourseVersionViewSet(SnippetViewSet):
    model = CourseVersion
    icon = "history"
    inspect_view_enabled = True
    copy_view_enabled = False
    inspect_view_fields: ClassVar = ["course", "number", "released_at", "sha256"]
    list_display: ClassVar = ["__str__", "released_at"]
    list_filter: ClassVar = ["course"]
    ordering: ClassVar = ["-released_at"]
