"""Tests of a course and the forms they are drawn from."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    PRE = "pre", _("before the course")
    POST = "post", _("after the course")


class Counts(models.TextChoices):
    BEST = "best", _("the best attempt")
    LAST = "last", _("the last attempt")
    FIRST = "first", _("the first attempt")


class FeedbackWhen(models.TextChoices):
    TOTAL = "total", _("never: only the total is shown")
    CLOSED = "closed", _("once the test is closed for the person")


class Label(models.TextChoices):
    A = "A", "A"
    B = "B", "B"


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Keeps `field` to its choices in the database too."""
    return models.CheckConstraint(condition=models.Q((f"{field}__in", choices.values)), name=name)


class Test(models.Model):
    """By which rules a course tests for one purpose."""

    course_code = models.SlugField(max_length=40)
    purpose = models.CharField(max_length=8, choices=Purpose)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text=_("Minutes from start to hand-in.")
    )
    attempts = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text=_("How often it may be taken.")
    )
    wait_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("Days between two attempts.")
    )
    counts = models.CharField(max_length=8, choices=Counts, default=Counts.BEST)
    feedback_when = models.CharField(
        max_length=8,
        choices=FeedbackWhen,
        default=FeedbackWhen.TOTAL,
        help_text=_("Feedback by question."),
    )

    class Meta:
        ordering: ClassVar = ["course_code", "purpose"]
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course_code", "purpose"], name="test_once_per_course"),
            one_of("purpose", Purpose, "test_purpose_known"),
            one_of("counts", Counts, "test_counts_known"),
            one_of("feedback_when", FeedbackWhen, "test_feedback_known"),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="test_takes_time"),
            models.CheckConstraint(condition=models.Q(attempts__gte=1), name="test_can_be_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.course_code}: {self.purpose}"


class Form(models.Model):
    """An ordered list of questions. Forms A and B ask for the same, in other words."""

    course_code = models.SlugField(max_length=40)
    label = models.CharField(max_length=1, choices=Label)

    class Meta:
        ordering: ClassVar = ["course_code", "label"]
        verbose_name = _("form of a test")
        verbose_name_plural = _("forms of tests")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course_code", "label"], name="form_once_per_course"),
            one_of("label", Label, "form_label_known"),
        ]

    def __str__(self) -> str:
        return f"{self.course_code} {self.label}"

    @property
    def question_keys(self) -> list[str]:
        """The keys by position; use after `prefetch_related("questions")` for many forms."""
        return [question.question_key for question in self.questions.all()]


class FormQuestion(models.Model):
    """One position of a form, from 1."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    question_key = models.SlugField(max_length=80)

    class Meta:
        ordering: ClassVar = ["form", "position"]
        verbose_name = _("question of a form")
        verbose_name_plural = _("questions of forms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "position"], name="form_position_once"),
            models.UniqueConstraint(fields=["form", "question_key"], name="form_question_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="form_starts_at_1"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.position}: {self.question_key}"
