"""What a course asks people to hand in."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.papers.contents import one_of

MOST_REVIEWS = 5
MOST_DAYS = 60
MOST_MB = 20


class HandedInAs(models.TextChoices):
    TEXT = "text", _("text, typed in")
    FILE = "file", _("a file")
    EITHER = "either", _("text, a file, or both")


class FileType(models.TextChoices):
    """The endings of names; `learning.coursework.files` knows how each is told from its bytes."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (docx)"
    ODT = "odt", "OpenDocument (odt)"
    TXT = "txt", _("plain text (txt)")
    JPG = "jpg", _("photo (jpg)")
    PNG = "png", _("picture (png)")


USUAL_TYPES = ("pdf", "docx", "odt")


def usual_types() -> list[str]:
    return list(USUAL_TYPES)


def check_types(types: object) -> None:
    """Raises `ValidationError` for anything but a list of known types, each once."""
    known = isinstance(types, list) and all(one in FileType.values for one in types)
    if not known or len(set(types)) != len(types):  # type: ignore[call-overload, arg-type]
        raise ValidationError(_("Choose among the types of files, each once."))


class Assignment(models.Model):
    """A task of a course that people hand in. It holds for whoever begins it from now on."""

    course_code = models.SlugField(max_length=40)
    key = models.SlugField(max_length=40, help_text=_("The same for ever, such as action-plan."))
    question_key = models.SlugField(max_length=80)
    handed_in_as = models.CharField(max_length=8, choices=HandedInAs, default=HandedInAs.EITHER)
    file_types = models.JSONField(default=usual_types, blank=True, validators=[check_types])
    most_mb = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MB)],
        help_text=_("Megabytes that a file may have. Think of those who send it from a phone."),
    )
    reviews = models.PositiveSmallIntegerField(
        default=3,
        validators=[MaxValueValidator(MOST_REVIEWS)],
        help_text=_("How many learners mark each piece of work. 0: the trainer marks alone."),
    )
    days_to_review = models.PositiveSmallIntegerField(
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("Days to mark a piece of work, and to wait for others who can."),
    )

    class Meta:
        ordering: ClassVar = ["course_code", "key"]
        verbose_name = _("coursework")
        verbose_name_plural = _("coursework")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course_code", "key"], name="assignment_key_once"),
            one_of("handed_in_as", HandedInAs, "assignment_handed_in_as_known"),
            models.CheckConstraint(
                condition=models.Q(reviews__lte=MOST_REVIEWS), name="assignment_reviews_at_most"
            ),
            models.CheckConstraint(
                condition=models.Q(days_to_review__gte=1, days_to_review__lte=MOST_DAYS),
                name="assignment_takes_days",
            ),
            models.CheckConstraint(
                condition=models.Q(most_mb__gte=1, most_mb__lte=MOST_MB),
                name="assignment_file_size",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_code}: {self.key}"

    @property
    def takes_text(self) -> bool:
        return self.handed_in_as != HandedInAs.FILE

    @property
    def takes_files(self) -> bool:
        return self.handed_in_as != HandedInAs.TEXT

    def clean(self) -> None:
        super().clean()
        if self.takes_files and not self.file_types:
            raise ValidationError({"file_types": _("Choose at least one type of file.")})
