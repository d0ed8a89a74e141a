"""What people agreed to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.people.models import Person


class Consent(models.Model):
    """That a person agreed to a purpose: which text, in which language, how and when."""

    class Purpose(models.TextChoices):
        RECORD = "record", _("keeping a learning record")
        CERTIFICATE = "certificate", _("issuing a certificate that can be checked")
        PHOTO = "photo", _("being in a photo")
        CONTACT = "contact", _("being contacted after the course")

    class Channel(models.TextChoices):
        WEB = "web", _("web form")
        PAPER = "paper", _("signed paper")
        ORAL = "oral", _("spoken, noted by the trainer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=8, choices=Channel)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person", "purpose", "at"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_consent_in_force_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.text_version}"
