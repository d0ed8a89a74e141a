"""Answers to practice questions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.personal import OnErase, holds
from modules.questions.models import QuestionVersion


class PracticeAnswer(Fact):
    """What a learner answered while practising; those of visitors are not stored.

    The mark is an exact share of the full mark, for looking at questions and never at people;
    null where a person would have to read the answer.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="practice_answers")
    question_version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    response = models.JSONField()
    lang = models.CharField(max_length=8)
    mark_num = models.IntegerField(null=True)
    mark_den = models.PositiveIntegerField(null=True)

    class Meta(Fact.Meta):
        verbose_name = _("practice answer")
        verbose_name_plural = _("practice answers")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(mark_num=None, mark_den=None)
                | Q(mark_num__isnull=False, mark_den__gt=0),
                name="practice_mark_is_a_fraction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_version}, {self.received_at:%Y-%m-%d}"


holds(
    "learning.PracticeAnswer",
    "enrolment__person",
    OnErase.BLANK,
    "How often a question was answered rightly stays; what the person wrote goes.",
    export=["question_version", "response", "lang", "captured_at", "received_at"],
    blank={"response": ""},
    actors=["recorded_by"],
)
