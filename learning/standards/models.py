"""Studies, their judges, what these estimated, and what was decided by it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.certificates.models import AwardRule
from learning.people.facts import Fact
from learning.people.models import Person
from learning.people.personal import OnErase, holds
from modules.courses.models import CourseVersion


class Round(models.IntegerChoices):
    FIRST = 1, _("First round, each judge alone")
    SECOND = 2, _("Second round, after the discussion")


class Study(models.Model):
    """The questions of one or two forms of a course version, frozen when the study is begun.

    `paper` is that of `modules.papers.drawing` with every question once; `forms` names by form the
    positions that it asks: {"A": [1, 2, …]}.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    paper = models.JSONField()
    forms = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        verbose_name = _("study of a pass mark")
        verbose_name_plural = _("studies of pass marks")

    def __str__(self) -> str:
        return f"{self.name} ({self.course_version})"


class Judge(models.Model):
    """Somebody of the panel. Initials are enough; who left the panel keeps what was estimated.

    `person`: whose estimates these are, where she is known here and it was said.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="judges")
    name = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="judge_once_per_study"),
            models.CheckConstraint(condition=~Q(name=""), name="judge_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Estimate(Fact):
    """How many of 100 people who just deserve to pass would answer a question rightly.

    Of several about one question in one round the one received last holds; `percent` None takes an
    estimate back.
    """

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="estimates")
    round = models.PositiveSmallIntegerField(choices=Round)
    position = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    percent = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(100)])

    class Meta(Fact.Meta):
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(round__in=Round.values), name="estimate_round_known"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="estimate_is_of_100"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="estimate_has_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.judge}, {self.round}, {self.position}: {self.percent}"


class CutDecision(models.Model):
    """That the cut of a round became the pass mark of an award rule, why, and from which day.

    `cut` and `se` in per cent as they were then; never edited.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(choices=Round)
    cut = models.FloatField()
    se = models.FloatField(null=True)
    before = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    pass_mark = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    effective_from = models.DateField()
    rule = models.ForeignKey(AwardRule, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("decision on a pass mark")
        verbose_name_plural = _("decisions on pass marks")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(round__in=Round.values), name="cut_decision_round_known"
            ),
            models.CheckConstraint(
                condition=Q(before__lte=100, pass_mark__lte=100),
                name="cut_decision_marks_are_per_cent",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cut_decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.pass_mark}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("A decision is made anew, never edited.")
        super().save(*args, **kwargs)


holds(
    "learning.Study",
    "",
    OnErase.KEEP,
    "Who began a study is only the account.",
    actors=["made_by"],
)
holds(
    "learning.Judge",
    "person",
    OnErase.BLANK,
    "A number takes the place of the name; the cut rests on the estimates of the whole panel.",
    export=["study", "name", "left_at"],
    blank={"person": None, "name": Concat(Value("#"), Cast("pk", models.CharField()))},
)
holds(
    "learning.Estimate",
    "judge__person",
    OnErase.KEEP,
    "A pass mark rests on them; after erasing they are those of a number.",
    export=["judge", "round", "position", "percent", "received_at"],
    actors=["recorded_by"],
)
holds(
    "learning.CutDecision",
    "",
    OnErase.KEEP,
    "A pass mark is accounted for as long as certificates rest on it.",
    actors=["by"],
)
