"""Under which conditions a cohort and a person sit a test, where the test leaves them open."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Cohort
from learning.people.models import Person
from learning.people.personal import OnErase, holds
from modules.papers.models import Purpose

MOST_EXTRA = 300  # percent


class TestAccess(models.Model):
    """What holds for one cohort in one test, before what the test says for all."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="test_access")
    purpose = models.CharField(max_length=12, choices=Purpose)
    is_offered = models.BooleanField(default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["cohort", "purpose"]
        verbose_name = _("access to a test")
        verbose_name_plural = _("access to tests")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "purpose"], name="test_access_once"),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="test_access_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="test_access_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(attempts=None) | Q(attempts__gte=1), name="test_access_can_be_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.purpose}"


class ExtraTime(models.Model):
    """How much longer than others a person has, in percent of the time of a test.

    Why is nobody's business, and not kept. A change ends the row and makes another.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="extra_time")
    percent = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_EXTRA)]
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["person", "granted_at"]
        verbose_name = _("extra time")
        verbose_name_plural = _("extra times")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_extra_time_in_force"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=MOST_EXTRA), name="extra_time_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: +{self.percent} %"


holds(
    "learning.ExtraTime",
    "person",
    OnErase.DELETE,
    "Says something of a person's needs, and is of no use without her.",
    export=["percent", "granted_at", "ended_at"],
    actors=["granted_by"],
)
holds(
    "learning.TestAccess",
    "",
    OnErase.KEEP,
    "What holds for a cohort, and who set it.",
    actors=["changed_by"],
)
