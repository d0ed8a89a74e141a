"""Shows of hands: how many people of a whole room chose what. A grain of their own.

Nobody is named in them, so they are never joined with enrolments, results, figures by person or
certificates.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.cascade.models import Event
from learning.people.facts import Fact
from learning.people.personal import OnErase, holds
from modules.papers.models import Purpose


class TallyQuerySet(models.QuerySet["Tally"]):
    def in_force(self) -> "TallyQuerySet":
        """Counts that no newer one replaced and nobody took back: one for each test at most."""
        return self.filter(what=Tally.What.COUNTED, corrections=None)


class Tally(Fact):
    """The hands raised in one session for the questions of one form, before or after.

    `counts` by position and by what was chosen: {"1": {"a": 12, "b": 5}}; where people write and
    the trainer judges, {"8": {"right": 4}}. A question that was not asked is not in it. The paper
    is frozen as in a sitting. A newer count names the one it replaces in `corrects`; so does the
    fact that one was taken back.
    """

    class What(models.TextChoices):
        COUNTED = "counted", _("counted")
        TAKEN_BACK = "taken_back", _("taken back")

    event = models.ForeignKey(Event, models.PROTECT, related_name="tallies")
    purpose = models.CharField(max_length=12, choices=Purpose)
    what = models.CharField(max_length=12, choices=What, default=What.COUNTED)
    form_label = models.CharField(max_length=8)
    paper = models.JSONField()
    people = models.PositiveSmallIntegerField()
    counts = models.JSONField()

    objects = TallyQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("show of hands")
        verbose_name_plural = _("shows of hands")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=["pre", "post"]), name="tally_purpose_known"
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="tally_of_somebody"),
            models.CheckConstraint(
                condition=Q(what="counted")
                | (Q(what="taken_back", corrects__isnull=False) & ~Q(reason="")),
                name="tally_taken_back_for_a_reason",
            ),
            models.UniqueConstraint(fields=["corrects"], name="tally_replaced_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.form_label}: {self.people}"


holds(
    "learning.Tally",
    "",
    OnErase.KEEP,
    "How many hands a room raised; nobody can be found in it.",
    actors=["recorded_by"],
)
