"""By which rules a course tests, and for what."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.papers.contents import Blueprint, Form, one_of
from modules.papers.waves import (
    MOST_MONTHS,
    MOST_TOLERANCE,
    MOST_WAVES,
    TOLERANCE,
    USUAL_MONTHS,
    problem_with,
)

EVERY_ANSWER = 100  # per cent


class Purpose(models.TextChoices):
    PRE = "pre", _("before the course")
    POST = "post", _("after the course")
    RETENTION = "retention", _("some months after the course")
    PRACTICE = "practice", _("to practise")


# What is asked of people to be held against each other: alike in marking, and in tests alone.
COMPARED = (Purpose.PRE, Purpose.POST, Purpose.RETENTION)


class Counts(models.TextChoices):
    BEST = "best", _("the best attempt")
    LAST = "last", _("the last attempt")
    FIRST = "first", _("the first attempt")
    MEAN = "mean", _("the mean of all attempts")


class FeedbackWhen(models.TextChoices):
    TOTAL = "total", _("never: only the total is shown")
    CLOSED = "closed", _("once the test is closed for the person")
    HANDED_IN = "handed_in", _("as soon as an attempt is handed in")
    AT_ONCE = "at_once", _("after each answer; for practice only")


class Drawing(models.TextChoices):
    """How the questions of a paper are found."""

    FORMS = "forms", _("forms A and B, another one at each attempt")
    FIXED = "fixed", _("one form for everybody")
    POOL = "pool", _("by chance from a pool, as the blueprint says")


class Test(models.Model):
    """By which rules a course tests for one purpose."""

    course_code = models.SlugField(max_length=40)
    purpose = models.CharField(max_length=12, choices=Purpose)
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Minutes from start to hand-in. Empty: as long as it takes."),
    )
    attempts = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text=_("How often it may be taken.")
    )
    wait_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("Days between two attempts.")
    )
    counts = models.CharField(max_length=8, choices=Counts, default=Counts.BEST)
    feedback_when = models.CharField(
        max_length=12,
        choices=FeedbackWhen,
        default=FeedbackWhen.TOTAL,
        help_text=_("Feedback by question."),
    )
    opens_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: at once."))
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Nobody begins after that. Empty: never.")
    )
    by_cohort = models.BooleanField(
        default=False, help_text=_("Only for cohorts to which somebody opened it.")
    )
    negative_marking = models.BooleanField(
        default=False,
        help_text=_("A wrong choice costs marks. It discourages; leave it off for most people."),
    )
    second_marker = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(EVERY_ANSWER)],
        help_text=_(
            "Per cent of the written answers that a second person marks too, without knowing the"
            " first mark. 0: none, 100: all. A third person decides where the two differ by more"
            " than one level."
        ),
    )
    waves = models.JSONField(
        default=list,
        blank=True,
        help_text=_(
            "Of the test some months after the course: in which months it is asked, counted from"
            " the test after the course. Empty: after 3 and after 6 months."
        ),
    )
    tolerance_days = models.PositiveSmallIntegerField(
        default=TOLERANCE,
        validators=[MaxValueValidator(MOST_TOLERANCE)],
        help_text=_("So many days before and after its day such a test may be taken."),
    )
    drawing = models.CharField(max_length=8, choices=Drawing, default=Drawing.FORMS)
    fixed_form = models.ForeignKey(Form, models.PROTECT, null=True, blank=True, related_name="+")
    blueprint = models.ForeignKey(
        Blueprint, models.PROTECT, null=True, blank=True, related_name="tests"
    )

    # Whoever saves it sets the marking of all tests that are compared together.
    changes_all = False

    class Meta:
        ordering: ClassVar = ["course_code", "purpose"]
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course_code", "purpose"], name="test_once_per_course"),
            one_of("purpose", Purpose, "test_purpose_known"),
            one_of("counts", Counts, "test_counts_known"),
            one_of("feedback_when", FeedbackWhen, "test_feedback_known"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gte=1), name="test_takes_time"
            ),
            models.CheckConstraint(condition=models.Q(attempts__gte=1), name="test_can_be_taken"),
            one_of("drawing", Drawing, "test_drawing_known"),
            models.CheckConstraint(
                condition=models.Q(drawing=Drawing.FORMS, fixed_form=None)
                | models.Q(drawing=Drawing.FIXED, fixed_form__isnull=False)
                | models.Q(drawing=Drawing.POOL, fixed_form=None, blueprint__isnull=False),
                name="test_has_what_it_draws_from",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="test_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose=Purpose.PRACTICE)
                | ~models.Q(feedback_when=FeedbackWhen.AT_ONCE),
                name="test_feedback_at_once_in_practice",
            ),
            models.CheckConstraint(
                condition=models.Q(second_marker=0)
                | (models.Q(second_marker__lte=EVERY_ANSWER) & ~models.Q(purpose=Purpose.PRACTICE)),
                name="test_second_marker_share",
            ),
            models.CheckConstraint(
                condition=models.Q(tolerance_days__lte=MOST_TOLERANCE),
                name="test_tolerance_in_bounds",
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose=Purpose.RETENTION)
                | models.Q(attempts=1, feedback_when__in=[FeedbackWhen.TOTAL, FeedbackWhen.CLOSED]),
                name="test_once_in_a_wave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_code}: {self.get_purpose_display()}"

    @property
    def months(self) -> tuple[int, ...]:
        """The waves of the test some months after the course, the first one first."""
        if self.purpose != Purpose.RETENTION:
            return ()
        return tuple(self.waves) or USUAL_MONTHS

    def clean(self) -> None:
        super().clean()
        errors = {
            name: said
            for name, is_wrong, said in (
                *self._wrong_settings(),
                *self._wrong_waves(),
                *self._wrong_drawing(),
            )
            if is_wrong
        }
        if errors:
            raise ValidationError(errors)

    def _wrong_settings(self) -> Iterator[tuple[str, bool, Any]]:
        """Field, whether it is wrong, and what to do."""
        is_practice = self.purpose == Purpose.PRACTICE
        at_once = self.feedback_when == FeedbackWhen.AT_ONCE
        yield (
            "feedback_when",
            at_once and not is_practice,
            _("Feedback after each answer would give the test away. Only practice tells at once."),
        )
        yield (
            "feedback_when",
            self._pre_test_tells(),
            _(
                "The test before the course may not show its answers when it is handed in: the test"
                " after the course asks for the same. Choose another moment."
            ),
        )
        yield (
            "closes_at",
            bool(self.opens_at and self.closes_at and self.closes_at <= self.opens_at),
            _("It must close after it opens."),
        )
        yield (
            "second_marker",
            bool(is_practice and self.second_marker),
            _("Nobody marks the answers of practice by hand. Leave it at 0."),
        )
        compared = Test.objects.filter(course_code=self.course_code, purpose__in=COMPARED).exclude(
            pk=self.pk
        )
        yield (
            "negative_marking",
            not (is_practice or self.changes_all)
            and compared.exclude(negative_marking=self.negative_marking).exists(),
            _(
                "The tests before and after the course, and some months after it, must be marked"
                " alike, or they cannot be compared. Tick “Change all of them” to change the others"
                " too."
            ),
        )

    def _wrong_waves(self) -> Iterator[tuple[str, bool, Any]]:
        is_later = self.purpose == Purpose.RETENTION
        problem = problem_with(self.months, self.tolerance_days) if is_later else ""
        said = {
            "months": _(
                "Write whole numbers of months from 1 to {most}, the first one first, {waves} of"
                " them at most."
            ).format(most=MOST_MONTHS, waves=MOST_WAVES),
            "early": _("The first one would open before the course is over. Choose fewer days."),
            "overlap": _(
                "Two of them would be open at once. Choose fewer days, or months further apart."
            ),
        }
        yield (
            "waves",
            not is_later and bool(self.waves),
            _("Leave it empty: only the test some months after the course comes in months."),
        )
        yield "waves", problem == "months", said["months"]
        yield "tolerance_days", problem in {"early", "overlap"}, said.get(problem, "")
        yield (
            "attempts",
            is_later and self.attempts != 1,
            _("Such a test is taken once each time. Leave it at 1."),
        )
        yield (
            "feedback_when",
            is_later and self.feedback_when == FeedbackWhen.HANDED_IN,
            _("The same questions come again, here or after the course. Choose another moment."),
        )

    def _pre_test_tells(self) -> bool:
        others = Test.objects.filter(course_code=self.course_code).exclude(pk=self.pk)
        by_purpose = {test.purpose: test for test in (*others, self)}
        before = by_purpose.get(Purpose.PRE)
        tells = before is not None and before.feedback_when == FeedbackWhen.HANDED_IN
        return tells and Purpose.POST in by_purpose

    def _wrong_drawing(self) -> Iterator[tuple[str, bool, Any]]:
        is_fixed, is_pool = self.drawing == Drawing.FIXED, self.drawing == Drawing.POOL
        form, blueprint = self.fixed_form, self.blueprint
        yield "fixed_form", is_fixed and form is None, _("Choose the form that everybody gets.")
        yield (
            "fixed_form",
            not is_fixed and form is not None,
            _("Leave it empty: only “one form for everybody” uses it."),
        )
        yield (
            "fixed_form",
            bool(form and form.course_code != self.course_code),
            _("Choose a form of the same course."),
        )
        yield "blueprint", is_pool and blueprint is None, _("Choose the blueprint to draw by.")
        yield (
            "blueprint",
            bool(blueprint and blueprint.course_code != self.course_code),
            _("Choose a blueprint of the same course."),
        )
