"""What a programme plans to reach in a year, in all or in one area."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.people.models import Area, Programme

FIRST_YEAR, LAST_YEAR = 2000, 2100
PER_CENT = ("women", "mastery")  # units whose value is a share


class Target(models.Model):
    """One number planned for a year: of a programme, in one area, in one unit."""

    class Unit(models.TextChoices):
        SESSIONS = "sessions", _("training sessions, verified")
        PEOPLE = "people", _("people trained")
        WOMEN = "women", _("women among the people trained, per cent")
        MASTERY = "mastery", _("post-tests passed, per cent")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="targets", verbose_name=_("programme")
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="targets",
        verbose_name=_("area"),
        help_text=_("Where the sessions take place: the programme’s own area, or a part of it."),
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.PositiveIntegerField(_("target"), validators=[MinValueValidator(1)])

    class Meta:
        ordering: ClassVar = ["programme", "-year", "area", "unit"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "area", "unit", "year"],
                name="one_target_per_year",
                violation_error_message=_("There is a target for this area, unit and year."),
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["sessions", "people", "women", "mastery"]),
                name="target_unit_known",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1) & (~Q(unit__in=PER_CENT) | Q(value__lte=100)),
                name="target_is_positive_or_per_cent",
                violation_error_message=_("A share is at most 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="target_has_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.area}, {self.year}: {self.value}"

    def clean(self) -> None:
        if (
            self.area_id
            and self.programme_id
            and not (self.area.path.startswith(self.programme.area.path))
        ):
            raise ValidationError({"area": _("This area does not lie in the programme’s area.")})
