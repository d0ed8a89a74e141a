"""What was typed a second time from a slip, and what was decided where the two differed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.attempts.models import Sitting
from learning.people.facts import Fact
from learning.people.personal import OnErase, holds


class SecondEntry(Fact):
    """A slip typed a second time without sight of the first, or the line that was then decided.

    The newest of a sitting says what its slip says, as far as anybody looked. `line` is as
    `keying.as_typed` writes it, or the marks of a total. `compared` and `differing` hold
    against what was in force at that moment, and `by_first` whether the same person had typed that.
    """

    class What(models.TextChoices):
        TYPED = "typed", _("typed a second time")
        DECIDED = "decided", _("decided")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="second_entries")
    what = models.CharField(max_length=8, choices=What)
    grain = models.CharField(max_length=8, choices=Sitting.Grain)
    form_label = models.CharField(max_length=8, blank=True)
    line = models.CharField(max_length=600, blank=True)
    full = models.PositiveSmallIntegerField(null=True)  # marks of the whole test, of a total
    compared = models.PositiveSmallIntegerField()
    differing = models.PositiveSmallIntegerField()
    by_first = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        verbose_name = _("second entry")
        verbose_name_plural = _("second entries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=["typed", "decided"], grain__in=["item", "total"]),
                name="second_entry_known",
            ),
            models.CheckConstraint(
                condition=Q(compared__gt=0, differing__lte=F("compared")),
                name="second_entry_differs_in_what_is_compared",
            ),
            models.CheckConstraint(
                condition=Q(what="typed") | Q(corrects__isnull=False),
                name="decision_names_its_second_entry",
            ),
            models.UniqueConstraint(
                fields=["sitting", "grain"],
                condition=Q(what="typed"),
                name="typed_a_second_time_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}, {self.get_what_display()}: {self.differing}/{self.compared}"


holds(
    "learning.SecondEntry",
    "sitting__enrolment__person",
    OnErase.BLANK,
    "How well results were typed stays; what the person answered goes.",
    export=["sitting", "what", "form_label", "line", "full", "received_at"],
    blank={"line": ""},
    actors=["recorded_by"],
)
