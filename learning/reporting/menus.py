"""Ways from Wagtail's admin to the pages of administration that lie outside of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from learning.cascade.permissions import has_training_desk
from learning.reporting.permissions import opens_reports


class ReportsMenuItem(MenuItem):
    def __init__(self) -> None:
        address: Any = reverse_lazy("reports")
        # Wagtail has "Reports" of its own, about content.
        label = _("Programme reports")
        super().__init__(label, address, name="reports", icon_name="history", order=330)

    def is_shown(self, request: HttpRequest) -> bool:
        return opens_reports(request.user)


class TrainingMenuItem(MenuItem):
    def __init__(self) -> None:
        address: Any = reverse_lazy("training_desk")
        super().__init__(_("Training desk"), address, name="training", icon_name="date", order=325)

    def is_shown(self, request: HttpRequest) -> bool:
        return has_training_desk(request.user)
