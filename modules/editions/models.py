"""The files of editions: what was made of which content, and what is being made."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modules.courses.models import Course, CourseVersion
from modules.editions.kinds import Edition

# After this nobody is at work on it any more: the worker was ended, or lost the task.
GIVEN_UP_AFTER = timedelta(minutes=10)

# What whoever makes a file says of it -> the same in words.
STAGES = {
    "text": _("gathering the text"),
    "pages": _("setting the pages"),
    "file": _("writing the file"),
}


def hidden_path(file: "EditionFile", name: str) -> str:
    """Where a file is kept: nobody who knows the course can guess it."""
    return f"editions/{secrets.token_hex(16)}.{file.format}"


class EditionFileQuerySet(models.QuerySet["EditionFile"]):
    def built(self) -> "EditionFileQuerySet":
        return self.filter(state=EditionFile.State.DONE)

    def waiting(self) -> "EditionFileQuerySet":
        """Queued or being built."""
        return self.filter(state__in=EditionFile.WAITING)

    def to_take(self) -> "EditionFileQuerySet":
        """Queued, or being built for so long that whoever did so is not there any more."""
        long_ago = timezone.now() - GIVEN_UP_AFTER
        given_up = Q(state=EditionFile.State.BUILDING, taken_at__lt=long_ago)
        return self.filter(given_up | Q(state=EditionFile.State.QUEUED))

    def of_kind(self, kind: "EditionFile") -> "EditionFileQuerySet":
        """The same edition in the same language and format, of whatever content."""
        return self.filter(
            course=kind.course, edition=kind.edition, lang=kind.lang, format=kind.format
        )

    def released(self) -> "EditionFileQuerySet":
        """Of content that was released under the number it was printed with."""
        versions = CourseVersion.objects.filter(
            course=OuterRef("course"), number=OuterRef("version")
        )
        return self.filter(Exists(versions))


class EditionFile(models.Model):
    """One edition of a course in one language and format, of the content that `sha` stands for.

    Rows stay, so that what was printed when can be answered later.
    """

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        EPUB = "epub", "EPUB"

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be made")
        BUILDING = "building", _("being made")
        DONE = "done", _("made")
        FAILED = "failed", _("could not be made")
        DROPPED = "dropped", _("no longer kept")

    WAITING: ClassVar = (State.QUEUED, State.BUILDING)

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    version = models.CharField(max_length=60, help_text=_("As printed."))
    edition = models.CharField(max_length=20, choices=Edition)
    lang = models.CharField(_("language"), max_length=8)
    format = models.CharField(max_length=4, choices=Format)
    sha = models.CharField(max_length=64, help_text=_("SHA-256 of everything that it shows."))
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    stage = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    bytes = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0, help_text=_("How long it took to make."))
    file = models.FileField(upload_to=hidden_path, blank=True)
    error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-queued_at", "-pk"]
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "edition", "lang", "format", "sha"], name="edition_file_once"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="edition_percent"),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(file="") & Q(built_at__isnull=False)),
                name="edition_done_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course.code} {self.edition} {self.version} {self.lang}"

    @property
    def short_sha(self) -> str:
        """What is printed of the hash."""
        return self.sha[:12]

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_idle(self) -> bool:
        """Not made, and nobody is at it: what waits too long was lost by its worker."""
        since = self.taken_at or self.queued_at
        is_given_up = self.is_waiting and since < timezone.now() - GIVEN_UP_AFTER
        return is_given_up or self.state in {self.State.FAILED, self.State.DROPPED}

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def stage_in_words(self) -> str:
        """What is being done, in the language of the reader."""
        return str(STAGES.get(self.stage) or self.State(self.state).label).capitalize()
