"""What was handed in, who was asked to mark it, and what each of them found."""

import secrets
import uuid
from collections.abc import Iterable
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Cohort, Enrolment
from learning.people.facts import Fact
from modules.courses.models import CourseVersion
from modules.questions.models import QuestionVersion
from modules.questions.shapes import Definition


class Work(models.Model):
    """One person's work for one task of a course: a draft, until it is handed in.

    The task is frozen when it is begun, and with it the settings that hold for it (`terms`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="works")
    assignment_key = models.SlugField(max_length=40)
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    question_version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    terms = models.JSONField()
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=8)
    begun_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("coursework")
        verbose_name_plural = _("coursework")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "assignment_key"], name="one_work_each"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_key}, {self.uuid}"

    @property
    def definition(self) -> Definition:
        return self.question_version.content

    @property
    def is_draft(self) -> bool:
        return self.handed_in_at is None

    @property
    def kept_file(self) -> "HandedFile | None":
        """What was handed in beside the text; one query unless it is loaded."""
        try:
            return self.file
        except HandedFile.DoesNotExist:
            return None

    @property
    def file_name(self) -> str:
        """For the export: what the person called her file."""
        return self.kept_file.name if self.kept_file else ""

    @property
    def remarks(self) -> list[str]:
        """For the export: what others wrote about this work."""
        written = Review.objects.filter(task__work=self).exclude(comment="")
        return list(written.values_list("comment", flat=True))


def private_files() -> Storage:
    return storages["private"]


def hidden_path(file: "HandedFile", name: str) -> str:
    """Nothing of the name that the person gave it, nor its ending."""
    return f"coursework/{secrets.token_hex(16)}"


def where_files_lie() -> Storage:
    """Where the bytes of files are, once the model is made."""
    return HandedFile._meta.get_field("file").storage


def delete_bytes(names: Iterable[str]) -> None:
    for name in names:
        where_files_lie().delete(name)


class FileQuerySet(models.QuerySet["HandedFile"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """With the bytes, once the rows are gone for good."""
        names = list(self.values_list("file", flat=True))
        gone = super().delete()
        transaction.on_commit(partial(delete_bytes, names))
        return gone


class HandedFile(models.Model):
    """A file of a piece of work. Its bytes lie where no address of ours leads."""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("not scanned: this site has no virus scanner")
        WAITING = "waiting", _("waits for the virus scanner")
        CLEAN = "clean", _("the virus scanner found nothing")
        FAILED = "failed", _("the virus scanner did not answer")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.OneToOneField(Work, models.CASCADE, related_name="file")
    file = models.FileField(storage=private_files, upload_to=hidden_path)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan)
    added_at = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scan__in=["unscanned", "waiting", "clean", "failed"]),
                name="scan_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.size}"

    @property
    def is_for_others(self) -> bool:
        """Whether somebody else may open it: never before its scan."""
        return self.scan in {self.Scan.CLEAN, self.Scan.UNSCANNED}


class WorkFact(Fact):
    """What became of a piece of work; `sha256` is that of what was handed in."""

    class What(models.TextChoices):
        HANDED_IN = "handed_in", _("handed in")
        TAKEN_BACK = "taken_back", _("taken back")
        FILE_REFUSED = "refused", _("file refused by the virus scanner")

    work = models.ForeignKey(Work, models.PROTECT, related_name="facts")
    what = models.CharField(max_length=10, choices=What)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("event of coursework")
        verbose_name_plural = _("events of coursework")

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.received_at:%Y-%m-%d}"


class Deadline(Fact):
    """Until when a cohort hands in, or one person of it; the newest is in force.

    `due_at` is None for no limit. Work is given to others once its time is over.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    assignment_key = models.SlugField(max_length=40)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)

    class Meta(Fact.Meta):
        verbose_name = _("deadline of coursework")
        verbose_name_plural = _("deadlines of coursework")

    def __str__(self) -> str:
        return f"{self.assignment_key}, {self.due_at:%Y-%m-%d}" if self.due_at else "–"


class ReviewTask(models.Model):
    """That somebody was asked to mark a piece of work; without a `reviewer`, the trainer was."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        REPLACED = "replaced", _("given to somebody else")

    class Why(models.TextChoices):
        """Why a piece of work lies with the trainer."""

        PEER = "", _("for others on the course")
        ALONE = "alone", _("the trainer marks alone")
        FEW = "few", _("too few reviews")
        SPREAD = "spread", _("the reviews are far apart")
        ASKED = "asked", _("the trainer took it")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.ForeignKey(Work, models.PROTECT, related_name="tasks")
    reviewer = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="review_tasks")
    why = models.CharField(max_length=8, choices=Why, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    given_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("review asked for")
        verbose_name_plural = _("reviews asked for")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "reviewer"],
                condition=Q(reviewer__isnull=False),
                name="nobody_marks_twice",
            ),
            models.UniqueConstraint(
                fields=["work"], condition=Q(reviewer=None), name="trainer_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) & ~Q(why="") | Q(reviewer__isnull=False, why=""),
                name="trainer_is_asked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "replaced"]), name="review_task_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Rated(Fact):
    """A level in each criterion, as points by the criterion's key, and words about it."""

    rating = models.JSONField()
    comment = models.TextField(blank=True)

    class Meta(Fact.Meta):
        abstract = True


class Calibration(Rated):
    """How somebody rated the example, and whether that was close enough to its authors."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="calibrations")
    question_version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    is_close = models.BooleanField()

    class Meta(Rated.Meta):
        verbose_name = _("example rated")
        verbose_name_plural = _("examples rated")

    def __str__(self) -> str:
        return f"{self.question_version}: {self.is_close}"


class Review(Rated):
    """What a reviewer found. Its weight is halved for whoever stayed far from the example."""

    task = models.OneToOneField(ReviewTask, models.PROTECT, related_name="review")
    weight_num = models.PositiveSmallIntegerField(default=1)
    weight_den = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta(Rated.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weight_num__gte=1, weight_den__gte=1), name="review_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}"

    @property
    def weight(self) -> Fraction:
        return Fraction(self.weight_num, self.weight_den)


class Decision(Rated):
    """The trainer's rating, which stands whatever others found; `reason` says why."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="decisions")

    class Meta(Rated.Meta):
        verbose_name = _("decision on coursework")
        verbose_name_plural = _("decisions on coursework")

    def __str__(self) -> str:
        return f"{self.work}"


class WorkMark(models.Model):
    """What a piece of work came to, as an exact share; the newest `n` is in force.

    `levels` has the points in each criterion as "7/3". Nothing of it is ever changed.
    """

    work = models.ForeignKey(Work, models.PROTECT, related_name="marks")
    n = models.PositiveSmallIntegerField()
    rules_version = models.PositiveSmallIntegerField()
    num = models.PositiveIntegerField()
    den = models.PositiveIntegerField()
    levels = models.JSONField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["work", "n"]
        verbose_name = _("mark of coursework")
        verbose_name_plural = _("marks of coursework")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "n"], name="work_marked_in_order"),
            models.CheckConstraint(
                condition=Q(den__gte=1, num__lte=models.F("den")), name="work_mark_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.num}/{self.den}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A mark is never changed; decide anew.")
        super().save(*args, **kwargs)

    @property
    def share(self) -> Fraction:
        return Fraction(self.num, self.den)
