"""The facts of progress."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.personal import OnErase, holds
from modules.courses.models import CourseVersion


class StepDone(Fact):
    """That a learner finished a step: a lesson, by its key, which is the same in all languages."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="steps")
    step_key = models.CharField(max_length=80)
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        verbose_name = _("step done")
        verbose_name_plural = _("steps done")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "step_key"], name="step_done_once")
        ]

    def __str__(self) -> str:
        return self.step_key


holds(
    "learning.StepDone",
    "enrolment__person",
    OnErase.KEEP,
    "Progress of a participant without a name.",
    export=["step_key", "captured_at", "received_at"],
    actors=["recorded_by"],
)
