"""Answers to practice questions; sittings of tests, their answers and marks."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.personal import OnErase, holds
from modules.courses.models import CourseVersion
from modules.papers.asking import question_of
from modules.papers.drawing import Paper
from modules.papers.models import Purpose
from modules.papers.naming import name_of_test
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


class SittingQuerySet(models.QuerySet["Sitting"]):
    def handed_in(self) -> "SittingQuerySet":
        """Those handed in and not taken back, practice among them."""
        return self.filter(handed_in_at__isnull=False, taken_back_at=None)

    def that_count(self) -> "SittingQuerySet":
        """Those of them that say something about a person or a course: tests, not practice."""
        return self.handed_in().exclude(purpose=Purpose.PRACTICE)


class Sitting(models.Model):
    """One person's go at one paper. Paper, deadline and rules are frozen when it starts.

    `handed_in_at` is written once, by `taking` or `keying` alone, together with the first marks.
    `grain` says what is known of it: every answer, or only the total that was typed in from paper.
    """

    class HandedInBy(models.TextChoices):
        PERSON = "person", _("handed in")
        DEADLINE = "deadline", _("time was up")
        KEYED = "keyed", _("typed in from paper")

    class Grain(models.TextChoices):
        ITEM = "item", _("answers")
        TOTAL = "total", _("total only")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="sittings")
    purpose = models.CharField(max_length=12, choices=Purpose)
    # Of a test some months after the course which one it is, by its months; 0 of every other test.
    wave = models.PositiveSmallIntegerField(default=0)
    attempt_no = models.PositiveSmallIntegerField()
    form_label = models.CharField(max_length=8, blank=True)
    grain = models.CharField(max_length=8, choices=Grain, default=Grain.ITEM)
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    paper = models.JSONField()
    seed = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)  # null: as long as it takes
    # What it keeps of `allowing.Conditions`: {"minutes": 25, "extra": 50, "negative": true, …}.
    rules = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=8, choices=HandedInBy, blank=True)
    # A result on paper that was typed for the wrong person: kept, and counted nowhere.
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    taken_back_why = models.CharField(max_length=300, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["started_at", "pk"]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "purpose", "attempt_no"], name="attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "purpose"],
                condition=Q(handed_in_at=None),
                name="one_open_sitting",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "wave"],
                condition=Q(wave__gt=0, taken_back_at=None),
                name="one_sitting_a_wave",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="sitting_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.RETENTION, wave__gt=0)
                | (~Q(purpose=Purpose.RETENTION) & Q(wave=0)),
                name="sitting_of_a_wave",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, handed_in_by="")
                | Q(handed_in_at__isnull=False, handed_in_by__in=["person", "deadline", "keyed"]),
                name="sitting_handed_in_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at=None) | Q(deadline_at__gt=models.F("started_at")),
                name="sitting_has_time",
            ),
            models.CheckConstraint(
                condition=Q(grain__in=["item", "total"]), name="sitting_grain_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_why="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_why="")),
                name="sitting_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test_name} {self.attempt_no}, {self.form_label}"

    @property
    def test_name(self) -> str:
        """Which test of the course it is: "post", "retention-3"."""
        return name_of_test(self.purpose, self.wave)

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None

    @property
    def is_negative(self) -> bool:
        """Whether a wrong choice costs marks."""
        return bool(self.rules.get("negative"))

    @property
    def answers_close(self) -> bool:
        """Whether an answer is final once given, since its reasons are shown at once."""
        return bool(self.rules.get("at_once"))

    @property
    def second_marker(self) -> int:
        """The share of its written answers, in per cent, that get a second marker."""
        return int(self.rules.get("second", 0))

    @property
    def is_practice(self) -> bool:
        """Counts nowhere: not for an award, not in a report."""
        return self.purpose == Purpose.PRACTICE

    @property
    def is_later(self) -> bool:
        """Asks some months after the course what is still known; counts for no award."""
        return self.purpose == Purpose.RETENTION

    @property
    def is_on_paper(self) -> bool:
        return self.handed_in_by == self.HandedInBy.KEYED

    @property
    def taken_at(self) -> datetime | None:
        """When the test was taken; of one on paper not when it was typed in. None while it runs."""
        return self.started_at if self.is_on_paper else self.handed_in_at


class Answer(Fact):
    """What a person answered at one position of a paper, saved as it was given.

    `device` is a browser's own name for itself and `device_seq` counts its answers of the sitting,
    so that answers that arrive late or twice do not replace newer ones.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    response = models.JSONField(null=True)
    lang = models.CharField(max_length=8)
    device = models.UUIDField()
    device_seq = models.PositiveIntegerField()

    class Meta(Fact.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sitting", "device", "device_seq"], name="answer_once_per_device"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting}, {self.position}"

    @property
    def in_words(self) -> str:
        """What was answered, in the words of the page; the names of parts may tell what is right.

        Two queries; for the file of one's own data.
        """
        item = Paper.from_json(self.sitting.paper).items[self.position - 1]
        version = QuestionVersion.objects.get(key=item.question, n=item.n)
        return question_of(item, version.content).in_words(self.response, self.lang)


class TypedTotal(Fact):
    """The marks of a whole test on paper, as somebody typed them: num/den of `full`.

    Of several the newest is in force.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="totals")
    num = models.PositiveIntegerField()
    den = models.PositiveSmallIntegerField()
    full = models.PositiveSmallIntegerField()

    class Meta(Fact.Meta):
        verbose_name = _("typed total")
        verbose_name_plural = _("typed totals")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(den__gt=0, full__gt=0, num__lte=models.F("den") * models.F("full")),
                name="typed_total_within_full_marks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting}: {self.num}/{self.den} of {self.full}"


class HandMark(Fact):
    """The share of the full mark that a person gave; who gave it is `recorded_by`.

    `levels` are the points in each criterion of a rubric that make up the share; empty where only
    the share is known. What several marks come to is in `doubling`.
    """

    class Role(models.TextChoices):
        FIRST = "first", _("first mark")
        SECOND = "second", _("second mark")
        ADJUDICATION = "adjudication", _("decided between two marks")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="hand_marks")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=Role, default=Role.FIRST)
    num = models.PositiveSmallIntegerField()
    den = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("mark by hand")
        verbose_name_plural = _("marks by hand")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(den__gt=0, num__lte=models.F("den")), name="hand_mark_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["first", "second", "adjudication"]),
                name="hand_mark_role_known",
            ),
            # A first mark of a paper may be typed in again; the last one stands.
            models.UniqueConstraint(
                fields=["sitting", "position", "role"],
                condition=Q(role__in=["second", "adjudication"]),
                name="second_mark_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}, {self.position}: {self.num}/{self.den}"


class ScoringRun(models.Model):
    """The marks of a sitting by the rules of one moment. The newest is in force, all are kept.

    `num`/`den` are the marks that are certain, exact, of `full_num`/`full_den`; `unmarked` counts
    the questions that a person has still to mark. `by_outcome` has the same for each outcome:
    {"CO1": {"got": [5, 2], "full": [3, 1], "unmarked": 0}}.
    """

    class Reason(models.TextChoices):
        HANDED_IN = "handed_in", _("handed in")
        HAND_MARK = "hand_mark", _("marked by hand")
        KEYED = "keyed", _("typed in from paper")
        REGRADE = "regrade", _("marked again")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="scoring_runs")
    n = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=12)
    num = models.BigIntegerField()  # the shares of rubrics have many denominators
    den = models.PositiveBigIntegerField()
    full_num = models.PositiveIntegerField()
    full_den = models.PositiveIntegerField()
    by_outcome = models.JSONField()
    unmarked = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # The decision about a question that this run was made for.
    regrading = models.ForeignKey(
        "learning.Regrading", models.PROTECT, null=True, related_name="runs"
    )

    class Meta:
        ordering: ClassVar = ["sitting", "n"]
        verbose_name = _("marking run")
        verbose_name_plural = _("marking runs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "n"], name="scoring_run_number_once"),
            models.UniqueConstraint(
                fields=["sitting", "regrading"],
                condition=Q(regrading__isnull=False),
                name="regraded_once",
            ),
            models.CheckConstraint(
                condition=Q(den__gt=0, full_den__gt=0), name="scoring_run_has_fractions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}, {self.n}: {self.num}/{self.den}"


holds(
    "learning.PracticeAnswer",
    "enrolment__person",
    OnErase.BLANK,
    "How often a question was answered rightly stays; what the person wrote goes.",
    export=["question_version", "response", "lang", "captured_at", "received_at"],
    blank={"response": ""},
    actors=["recorded_by"],
)
holds(
    "learning.Sitting",
    "enrolment__person",
    OnErase.KEEP,
    "That somebody took a test, when, and with which questions.",
    export=[
        *("purpose", "wave", "attempt_no", "form_label"),
        *("started_at", "deadline_at", "handed_in_at"),
    ],
    actors=["taken_back_by"],
)
holds(
    "learning.TypedTotal",
    "sitting__enrolment__person",
    OnErase.KEEP,
    "Marks of a participant without a name.",
    export=["sitting", "num", "den", "full", "captured_at", "received_at"],
    actors=["recorded_by"],
)
holds(
    "learning.Answer",
    "sitting__enrolment__person",
    OnErase.BLANK,
    "The marks stay, in the marking runs; what the person answered goes.",
    export=["sitting", "position", "in_words", "lang", "captured_at", "received_at"],
    blank={"response": None},
    actors=["recorded_by"],
)
holds(
    "learning.HandMark",
    "sitting__enrolment__person",
    OnErase.BLANK,
    "The mark of an answer whose text is gone; what was noted beside it goes too.",
    export=["sitting", "position", "role", "num", "den", "levels", "note", "received_at"],
    blank={"note": ""},
    actors=["recorded_by"],
)
holds(
    "learning.ScoringRun",
    "sitting__enrolment__person",
    OnErase.KEEP,
    "Marks of a participant without a name.",
    export=["sitting", "num", "den", "full_num", "full_den", "by_outcome", "unmarked", "made_at"],
    actors=["by"],
)
