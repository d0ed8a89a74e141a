"""The way to the list of translations in Wagtail's menu of reports."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from modules.translating.permissions import may_translate


class TranslationsMenuItem(MenuItem):
    def __init__(self) -> None:
        address: Any = reverse_lazy("translations")
        super().__init__(_("Translations"), address, name="translations", icon_name="globe")

    def is_shown(self, request: HttpRequest) -> bool:
        return may_translate(request.user)


def leave_ours_alone(items: list[MenuItem]) -> None:
    """Take the list of wagtail-localize out of the menu: it tells less, under the same name."""
    theirs = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != theirs]
