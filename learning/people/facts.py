"""What happened, recorded once and never edited: the base of every table of facts.

A correction is a new fact with author and reason. The id is made by whoever recorded the fact, on
the phone perhaps, and kept through every retry: storing a fact twice stores it once.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FactIsFinal(Exception):
    """Somebody tried to change or delete what happened. Record a correction instead."""


class Fact(models.Model):
    class Via(models.TextChoices):
        WEB = "web", _("web")
        PAPER = "paper", _("paper, typed in")
        IMPORT = "import", _("import")
        DEMO = "demo", _("demo data")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    captured_at = models.DateTimeField(
        default=timezone.now, help_text=_("When it happened, by the clock of who recorded it.")
    )
    received_at = models.DateTimeField(
        default=timezone.now, help_text=_("When the server got it, by the server's clock.")
    )
    captured_via = models.CharField(max_length=8, choices=Via, default=Via.WEB)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["received_at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FactIsFinal(f"{self._meta.label} {self.pk} cannot be changed.")
        super().save(*args, **kwargs)
