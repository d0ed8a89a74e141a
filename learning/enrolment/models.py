"""Cohorts of one course version, and the people in them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.people.facts import Fact
from learning.people.models import Person, Programme
from learning.people.personal import OnErase, holds
from modules.courses.models import Course, CourseVersion
from modules.papers.contents import Label
from modules.reference.statements import Slot, Statement


class CohortQuerySet(models.QuerySet["Cohort"]):
    def open(self) -> "CohortQuerySet":
        today = timezone.localdate()
        return self.filter(
            Q(opens=None) | Q(opens__lte=today), Q(closes=None) | Q(closes__gte=today)
        )


class Cohort(models.Model):
    """People who take one course version in one programme."""

    class Kind(models.TextChoices):
        SELF_PACED = "self_paced", _("self-paced")
        EVENT = "event", _("training session")

    class Approval(models.TextChoices):
        AUTOMATIC = "automatic", _("certificates are issued at once")
        ISSUER = "issuer", _("the issuer approves certificates")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SELF_PACED)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    approval = models.CharField(max_length=10, choices=Approval, default=Approval.AUTOMATIC)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "course_version"],
                condition=Q(kind="self_paced"),
                name="one_self_paced_cohort",
            ),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gte=models.F("opens")),
                name="cohort_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_version}, {self.programme}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def in_force(self) -> "EnrolmentQuerySet":
        """Those whose last fact is not a withdrawal."""
        facts = EnrolmentFact.objects.filter(enrolment=OuterRef("pk"))
        latest = facts.order_by("-received_at", "-pk").values("what")[:1]
        return self.annotate(last_fact=Subquery(latest)).filter(
            ~Q(last_fact=EnrolmentFact.What.WITHDRAWN), last_fact__isnull=False
        )

    def newest_by_slots(self) -> "EnrolmentQuerySet":
        """What `Enrolment.newest_of` asks, as a statement."""
        mine = self.in_force().filter(
            person=Slot("person", models.BigAutoField()),
            cohort__course_version__course=Slot("course", models.BigAutoField()),
            cohort__kind=Cohort.Kind.SELF_PACED,
        )
        loaded = mine.select_related("person", "cohort__course_version__course")
        return loaded.order_by("-created_at", "-pk")[:1]


class Enrolment(models.Model):
    """A person in a cohort. Everything the person does there points here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    # On the stickers of a training session: "07-K". Empty for courses people take by themselves.
    code = models.CharField(max_length=8, blank=True, editable=False)
    # Form A or B first: decided when the first test is begun, in equal shares within a cohort.
    first_form = models.CharField(max_length=1, choices=Label, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "person"], name="enrolled_once_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "code"], condition=~Q(code=""), name="sticker_once_per_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.cohort}"

    @staticmethod
    def newest_of(person: Person, course: Course) -> "Enrolment | None":
        """The newest self-paced enrolment in force of `person` in any version of `course`.

        Training sessions are not among them: who sat in one may still take the course herself.
        One query.
        """
        return NEWEST.first(person=person.pk, course=course.pk)


NEWEST = Statement(Enrolment.objects.newest_by_slots)


class EnrolmentFact(Fact):
    """That somebody started, left or came back."""

    class What(models.TextChoices):
        STARTED = "started", _("started")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REINSTATED = "reinstated", _("reinstated")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="facts")
    what = models.CharField(max_length=12, choices=What)

    class Meta(Fact.Meta):
        verbose_name = _("enrolment fact")
        verbose_name_plural = _("enrolment facts")

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.received_at:%Y-%m-%d}"


holds(
    "learning.Enrolment",
    "person",
    OnErase.KEEP,
    "Counts of who took part stay; the person behind them has no name any more.",
    export=["cohort", "code", "created_at"],
)
holds(
    "learning.EnrolmentFact",
    "enrolment__person",
    OnErase.KEEP,
    "When an unnamed participant started or left.",
    export=["what", "captured_at", "received_at"],
    actors=["recorded_by"],
)
