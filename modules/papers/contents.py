"""What papers ask: forms in a fixed order, and blueprints with the pool they draw from."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.reference.models import Outcome


class Label(models.TextChoices):
    A = "A", "A"
    B = "B", "B"


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Keeps `field` to its choices in the database too."""
    return models.CheckConstraint(condition=models.Q((f"{field}__in", choices.values)), name=name)


class Blueprint(models.Model):
    """How many questions a paper asks of each outcome and level, and the pool they come from."""

    course_code = models.SlugField(max_length=40)
    key = models.SlugField(max_length=40, help_text=_("The same for ever, such as main."))

    class Meta:
        ordering: ClassVar = ["course_code", "key"]
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course_code", "key"], name="blueprint_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.course_code}: {self.key}"


class BlueprintCell(models.Model):
    """`count` questions of one outcome at one level."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="cells")
    outcome = models.CharField(max_length=8)
    level = models.CharField(max_length=12, choices=Outcome.Level)
    count = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        ordering: ClassVar = ["blueprint", "outcome", "level"]
        verbose_name = _("cell of a blueprint")
        verbose_name_plural = _("cells of blueprints")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["blueprint", "outcome", "level"], name="blueprint_cell_once"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="blueprint_cell_asks"),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint}, {self.outcome}, {self.level}: {self.count}"


class PoolQuestion(models.Model):
    """A question that may be drawn; an anchor stands in every paper."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="pool")
    question_key = models.SlugField(max_length=80)
    is_anchor = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["blueprint", "question_key"]
        verbose_name = _("question of a pool")
        verbose_name_plural = _("questions of pools")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blueprint", "question_key"], name="pool_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.blueprint}: {self.question_key}"


class Form(models.Model):
    """An ordered list of questions. Forms A and B ask for the same, in other words."""

    course_code = models.SlugField(max_length=40)
    label = models.CharField(max_length=1, choices=Label)
    blueprint = models.ForeignKey(
        Blueprint, models.SET_NULL, null=True, blank=True, related_name="forms"
    )

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
