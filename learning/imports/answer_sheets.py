"""Uploaded lists of what people answered in one test on paper of one training session."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.cascade.models import Event
from learning.people.personal import OnErase, holds
from modules.papers.models import Purpose


class AnswerSheet(models.Model):
    """A list of results for one test of one session. Its rows go when it is imported."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="answer_sheets")
    purpose = models.CharField(max_length=12, choices=Purpose)
    file_name = models.CharField(max_length=120, blank=True)
    # The cells as text; never formulas, styles or the file itself.
    rows = models.JSONField(null=True)
    # How many results were new, changed, the same.
    counts: Any = models.JSONField(default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        verbose_name = _("list of results")
        verbose_name_plural = _("lists of results")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(rows__isnull=True),
                name="confirmed_answer_sheet_keeps_no_rows",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["pre", "post"]), name="answer_sheet_of_a_test_on_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.uuid)


holds(
    "learning.AnswerSheet",
    "",
    OnErase.KEEP,
    "Who gave a list and when. Its rows stand by stickers, not by person: they go when the list is"
    " imported or given up, after seven days at the latest.",
    actors=["uploaded_by", "confirmed_by"],
)
