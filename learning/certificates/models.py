"""Award rules, issuers and their registers, proposals, certificates and what happened to them."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import Organisation, Person, Programme
from learning.people.personal import OnErase, holds
from modules.courses.models import CourseVersion


class Grade(models.TextChoices):
    ACHIEVEMENT = "achievement", _("Certificate of Achievement")
    ATTENDANCE = "attendance", _("Certificate of Attendance")


class Scheme(models.TextChoices):
    S1 = "S1", _("S1: attendance and marks, each with its own limit")
    S2 = "S2", _("S2: one scale of marks")


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone like Asia/Karachi."), code="time_zone")


class AwardRule(models.Model):
    """What earns which certificate of a course version, from a day on. All limits in per cent.

    S1 looks at `a_min` and `pass_mark`. S2 looks at `pass_mark` and, down to `gap` below it, gives
    a certificate of attendance; with a `gate` it asks for that much attendance as well.
    """

    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="award_rules")
    scheme = models.CharField(max_length=2, choices=Scheme, default=Scheme.S1)
    a_min = models.PositiveSmallIntegerField(
        _("least attendance"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("S1: per cent of the notional minutes."),
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=70,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of the marks of the test after the course."),
    )
    gap = models.PositiveSmallIntegerField(
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "S2: per cent below the pass mark that still give a certificate of attendance."
        ),
    )
    gate = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("S2: least attendance in per cent; empty for none."),
    )
    effective_from = models.DateField(
        help_text=_("Work that ended on this day or later is judged by this rule.")
    )

    class Meta:
        ordering: ClassVar = ["course_version", "-effective_from"]
        verbose_name = _("award rule")
        verbose_name_plural = _("award rules")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course_version", "effective_from"], name="one_award_rule_per_day"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=Scheme.values), name="award_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(a_min__lte=100, pass_mark__lte=100, gap__lte=F("pass_mark")),
                name="award_limits_are_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(gate=None) | Q(gate__lte=100, scheme=Scheme.S2),
                name="award_gate_is_of_s2",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_version}: {self.scheme}, {self.effective_from:%Y-%m-%d}"


class Issuer(models.Model):
    """Who issues the certificates of a programme, and what is printed about it."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="issuer")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issuers")
    code = models.CharField(
        max_length=16,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Z]{2}(-[A-Z0-9]{2,8}){1,2}$",
                _("Write capital letters, digits and hyphens, like PK-SSI."),
            )
        ],
        help_text=_("How numbers of certificates begin, for example PK-SSI."),
    )
    time_zone = models.CharField(
        max_length=40,
        default="Asia/Karachi",
        validators=[validate_time_zone],
        help_text=_("Decides the day and the year of issue, for example Asia/Karachi."),
    )
    # [{"name": {lang: …}, "title": {lang: …}}]; nobody for certificates issued electronically.
    signatories = models.JSONField(default=list, blank=True)
    quality = models.JSONField(
        default=dict, blank=True, help_text=_("How quality is assured, by language.")
    )

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("issuer of certificates")
        verbose_name_plural = _("issuers of certificates")

    def __str__(self) -> str:
        return f"{self.code}: {self.organisation}"


class Register(models.Model):
    """The certificates of an issuing organisation, a programme and a year, numbered from 1.

    `last` is raised in the transaction that inserts the certificate, so numbers have no gaps. The
    code of a year stays what it was when its first certificate was issued.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registers")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="registers")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["code", "year"]
        verbose_name = _("register of certificates")
        verbose_name_plural = _("registers of certificates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "year"], name="one_register_per_year"
            ),
            models.UniqueConstraint(fields=["code", "year"], name="register_code_once_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class Proposal(models.Model):
    """That an enrolment earned a grade: by which exact shares and by which rule of that day."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="proposals")
    grade = models.CharField(max_length=12, choices=Grade)
    a_num = models.PositiveIntegerField()
    a_den = models.PositiveIntegerField()
    m_num = models.BigIntegerField(null=True)
    m_den = models.PositiveBigIntegerField(null=True)
    rule = models.JSONField()
    work_began = models.DateField()
    work_ended = models.DateField()
    # Of a training session, what its certificates say: {"minutes": 420, "mode": "room",
    # "place": {"en": "Quetta"}}; empty for courses people take by themselves.
    session = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        verbose_name = _("proposal of a certificate")
        verbose_name_plural = _("proposals of certificates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "grade"], name="proposed_once"),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="proposal_grade_known"
            ),
            models.CheckConstraint(
                condition=Q(a_den__gt=0) & (Q(m_num=None, m_den=None) | Q(m_den__gt=0)),
                name="proposal_has_fractions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()}, {self.enrolment_id}"


class Certificate(models.Model):
    """What was certified, as it is frozen at issue. Never edited; see `CertificateFact`.

    `names` by script and `facts` by language are all that its pages and its PDF say. Person and
    course version stand here beside the enrolment so that the database can keep them to one.
    """

    token = models.CharField(max_length=40, unique=True, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField()
    serial = models.CharField(max_length=48, unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    course_version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="certificates")
    grade = models.CharField(max_length=12, choices=Grade)
    names = models.JSONField()
    facts = models.JSONField()
    # What is signed, and by which key; empty once the holder's name is gone.
    statement = models.CharField(max_length=300)
    signature = models.CharField(max_length=88)
    key_id = models.CharField(max_length=8)
    template_version = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement"
    )

    class Meta:
        ordering: ClassVar = ["register", "number"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["person", "course_version", "grade"],
                condition=Q(replaces=None),
                name="certified_once",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="certificate_grade_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificates_start_at_1"),
        ]

    def __str__(self) -> str:
        return self.serial


class CertificateFact(Fact):
    """What happened to a certificate after its issue. Nothing undoes a revocation."""

    class What(models.TextChoices):
        REVOKED = "revoked", _("revoked")
        SUPERSEDED = "superseded", _("replaced")
        UNDER_REVIEW = "under_review", _("under review")
        CLEARED = "cleared", _("review ended without objection")

    class Code(models.TextChoices):
        ERROR = "error", _("It was issued in error.")
        MISCONDUCT = "misconduct", _("The rules of the course or the test were broken.")
        SESSION = "session", _("The training session was declared invalid.")
        IDENTITY = "identity", _("It was issued to the wrong person.")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="happenings")
    what = models.CharField(max_length=12, choices=What)
    code = models.CharField(max_length=12, choices=Code, blank=True)
    successor = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")

    class Meta(Fact.Meta):
        verbose_name = _("fact about a certificate")
        verbose_name_plural = _("facts about certificates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "what"],
                condition=Q(what__in=["revoked", "superseded"]),
                name="certificate_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(what="revoked") | ~Q(code=""), name="revocation_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(what="superseded", successor__isnull=False)
                | (~Q(what="superseded") & Q(successor=None)),
                name="replaced_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.received_at:%Y-%m-%d}"


holds(
    "learning.Issuer",
    "",
    OnErase.KEEP,
    "Signatories are named in their public office.",
)
holds(
    "learning.Proposal",
    "enrolment__person",
    OnErase.KEEP,
    "That a participant without a name earned a grade.",
    export=["grade", "a_num", "a_den", "m_num", "m_den", "work_began", "work_ended", "made_at"],
    actors=["decided_by"],
)
ERASED: dict[str, Any] = {"names": {}, "statement": "", "signature": "", "key_id": ""}
holds(
    "learning.Certificate",
    "person",
    OnErase.BLANK,
    "The number stays in the register, which has no gaps; the name goes, and with it the signature"
    " over it. Its page then says that it was withdrawn at the holder's request.",
    export=["serial", "grade", "names", "facts", "token", "issued_at"],
    blank=ERASED,
)
holds(
    "learning.CertificateFact",
    "certificate__person",
    OnErase.BLANK,
    "That and when a certificate ended stays; what was noted about the person goes.",
    export=["certificate", "what", "code", "reason", "received_at"],
    blank={"reason": ""},
    actors=["recorded_by"],
)
