"""Rosters: uploaded lists of people for one course, and what became of their rows."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.notices.models import NoticeSent
from learning.people.models import Person, Programme, name_in
from learning.people.personal import OnErase, holds
from modules.courses.models import CourseVersion

KEPT_FOR = timedelta(days=7)  # how long an unconfirmed list, and an address not yet used, is kept


class Roster(models.Model):
    """A list for one course version in one programme. Its rows go when it is confirmed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    language = models.CharField(
        max_length=8, help_text=_("Of letters and slips for people who state none.")
    )
    file_name = models.CharField(max_length=120, blank=True)
    # The cells as text; never formulas, styles or the file itself.
    rows = models.JSONField(null=True)
    # What was decided of a row that looks like somebody known: see `matching.py`.
    choices: Any = models.JSONField(default=dict, blank=True)
    # How many people were new, known, enrolled, taken up again, there already.
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
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(rows__isnull=True),
                name="confirmed_roster_keeps_no_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.uuid)

    @property
    def people_count(self) -> int:
        """How many people a confirmed list named."""
        return self.counts.get("new", 0) + self.counts.get("known", 0)

    def course_title(self, language: str | None = None) -> str:
        return name_in(self.course_version.manifest.get("titles", {}), language) or str(
            self.course_version
        )


class RosterEntry(models.Model):
    """A person that a confirmed roster named, and how she learns of it."""

    class Way(models.TextChoices):
        INVITATION = NoticeSent.Kind.INVITATION, _("a letter with a code")
        ENROLLED = NoticeSent.Kind.ENROLLED, _("a letter to her account")
        PAPER = "paper", _("a slip on paper")
        NONE = "none", _("nothing is sent")

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.CASCADE, related_name="roster_entries")
    row = models.PositiveIntegerField(help_text=_("Row of the list, from 1."))
    is_new = models.BooleanField(help_text=_("Whether the list made this person known."))
    way = models.CharField(max_length=10, choices=Way)
    # Only until the letter is sent: see docs/decisions/0009-rosters.md.
    email = models.EmailField(blank=True)

    class Meta:
        ordering: ClassVar = ["roster", "row"]
        verbose_name = _("entry of a roster")
        verbose_name_plural = _("entries of rosters")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "person"], name="once_in_a_roster"),
            models.CheckConstraint(
                condition=Q(email="") | Q(way="invitation"), name="address_kept_for_invitation_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roster}, {self.row}"

    @property
    def reader(self) -> Person:
        """Whom letters and slips are for: the record that stands for the person today."""
        return self.person.merged_into or self.person


holds(
    "learning.Roster",
    "",
    OnErase.KEEP,
    "Who gave a list and when. Its rows name people we do not know yet, so they cannot be found by"
    " person: they go when the list is confirmed or given up, after seven days at the latest.",
    actors=["uploaded_by", "confirmed_by"],
)
holds(
    "learning.RosterEntry",
    "person",
    OnErase.DELETE,
    "Which list a person came from, and for a while the address of her invitation.",
    export=["roster", "row", "is_new", "way", "email"],
)
