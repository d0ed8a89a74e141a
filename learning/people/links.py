"""The table of person records that were found to be of one person; `merging.py` writes it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.people.models import Person, User


class PersonLink(models.Model):
    """That `alias` is the same person as `canonical`: who decided it why, and who undid it why."""

    canonical = models.ForeignKey(Person, models.CASCADE, related_name="links")
    alias = models.ForeignKey(Person, models.CASCADE, related_name="alias_links")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-decided_at"]
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of records")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alias"], condition=Q(undone_at=None), name="merged_into_one_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alias_id} = {self.canonical_id}"
