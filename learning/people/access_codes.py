"""The table of codes on paper; `codes.py` makes and redeems them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.people.models import Person, User


class AccessCode(models.Model):
    """A code on paper: takes over a person's record (claim) or sets a new password (reset).

    The code itself is shown once, when it is made; the table holds only its digest.
    """

    class Purpose(models.TextChoices):
        CLAIM = "claim", _("open an account for this person")
        RESET = "reset", _("set a new password")

    person = models.ForeignKey(Person, models.CASCADE, related_name="access_codes")
    purpose = models.CharField(max_length=8, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="access_code_has_a_life"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.expires_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        """Whether it still opens something, as far as the code itself goes."""
        return self.used_at is None and self.expires_at > timezone.now()
