"""Training sessions, their half-days and facilitators, attendance, headcounts, accreditation."""

import datetime as dt
import uuid
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from learning.enrolment.models import Cohort, Enrolment
from learning.people.facts import Fact
from learning.people.models import Area, Organisation, Person, Programme
from learning.people.personal import OnErase, holds

NOON = dt.time(13)  # a half-day that begins before this hour is a morning


class EventQuerySet(models.QuerySet["Event"]):
    def with_state(self) -> "EventQuerySet":
        """Brings along the last fact of each as `state`, which one may filter by."""
        facts = EventFact.objects.filter(event=OuterRef("pk"))
        return self.annotate(
            state=Subquery(facts.order_by("-received_at", "-pk").values("what")[:1])
        )

    def with_last_step(self) -> "EventQuerySet":
        """Which fact was the last one (`step`), when it was (`since`) and its reason (`why`)."""
        facts = EventFact.objects.filter(event=OuterRef("pk")).order_by("-received_at", "-pk")
        return self.annotate(
            step=Subquery(facts.values("pk")[:1]),
            since=Subquery(facts.values("received_at")[:1]),
            why=Subquery(facts.values("reason")[:1]),
        )

    def in_state(self, *states: str) -> "EventQuerySet":
        return self.with_state().filter(Q(("state__in", states)))

    def not_cancelled(self) -> "EventQuerySet":
        return self.with_state().exclude(Q(("state", EventFact.What.CANCELLED)))

    def with_all_it_needs(self) -> "EventQuerySet":
        """What every page of a training session shows; two queries."""
        return (
            self.with_state()
            .select_related(
                "cohort__course_version__course", "cohort__programme__area", "area", "host"
            )
            .prefetch_related("units")
        )


class Event(models.Model):
    """A training session: a cohort with dates and a place. Its state is its last fact."""

    class Kind(models.TextChoices):
        TOMT = "tomt", _("training of master trainers")
        TOT = "tot", _("training of trainers")
        CASCADE = "cascade", _("cascade session")
        AWARENESS = "awareness", _("awareness session")
        REFRESHER = "refresher", _("refresher")

    class Mode(models.TextChoices):
        ROOM = "room", _("in a room")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in a room and online")

    class Counting(models.TextChoices):
        NAMED = "named", _("people are registered, by name or anonymously")
        HEADCOUNT = "headcount", _("people are only counted")

    cohort = models.OneToOneField(Cohort, models.PROTECT, related_name="event")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.ROOM)
    counting = models.CharField(
        _("who is recorded"), max_length=10, choices=Counting, default=Counting.NAMED
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="events")
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="hosted_events"
    )
    languages = models.JSONField(default=list)
    planned = models.PositiveSmallIntegerField(_("people expected"), null=True, blank=True)

    # Brought along by `with_last_step`.
    step: UUID
    since: dt.datetime
    why: str

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(counting__in=["named", "headcount"]), name="event_counting_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.course_version}, {self.place}"

    @property
    def uuid(self) -> uuid.UUID:
        return self.cohort.uuid

    @property
    def place(self) -> str:
        return self.venue or str(self.area)

    @property
    def is_headcount(self) -> bool:
        return self.counting == self.Counting.HEADCOUNT

    @property
    def held_units(self) -> list["EventUnit"]:
        """The half-days that were not cancelled, in order; no query after `with_all_it_needs`."""
        return [unit for unit in self.units.all() if unit.counts]

    @property
    def first_day(self) -> dt.date:
        """Of the half-days that count, else of all."""
        return min(unit.date for unit in self.held_units or self.units.all())

    @property
    def last_day(self) -> dt.date:
        return max(unit.date for unit in self.held_units or self.units.all())

    @property
    def minutes(self) -> int:
        """Minutes offered: of the half-days that were not cancelled."""
        return sum(unit.minutes for unit in self.held_units)


class EventUnit(models.Model):
    """A half-day of a training session, by the clock of its place."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="units")
    n = models.PositiveSmallIntegerField()
    date = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    cancelled_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["event", "n"]
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "n"], name="unit_number_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="unit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.starts:%H:%M}"

    @property
    def counts(self) -> bool:
        return not self.cancelled_why

    @property
    def is_morning(self) -> bool:
        return self.starts < NOON

    @property
    def minutes(self) -> int:
        day = dt.date.min
        length = dt.datetime.combine(day, self.ends) - dt.datetime.combine(day, self.starts)
        return int(length.total_seconds()) // 60


class EventFact(Fact):
    """A step in the life of a training session."""

    class What(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")
        REPORTED = "reported", _("sent for verification")
        RETURNED = "returned", _("returned to the trainer")
        VERIFIED = "verified", _("verified")

    event = models.ForeignKey(Event, models.PROTECT, related_name="facts")
    what = models.CharField(max_length=12, choices=What)

    class Meta(Fact.Meta):
        verbose_name = _("fact about a training session")
        verbose_name_plural = _("facts about training sessions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(what__in=["returned", "cancelled"]) | ~Q(reason=""),
                name="event_is_returned_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.received_at:%Y-%m-%d}"


# In these states a trainer may change what is recorded.
OPEN_STATES = frozenset({EventFact.What.PLANNED, EventFact.What.RETURNED})


class Facilitation(models.Model):
    """Who led, helped, observed or organised a training session."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead trainer")
        CO = "co", _("co-facilitator")
        OBSERVER = "observer", _("observer")
        ORGANISER = "organiser", _("organiser")

    event = models.ForeignKey(Event, models.CASCADE, related_name="facilitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="facilitations")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        ordering: ClassVar = ["event", "pk"]
        verbose_name = _("facilitation")
        verbose_name_plural = _("facilitations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_role_per_session"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(role="lead"), name="one_lead_per_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class AttendanceMark(Fact):
    """What was noted about one participant in one half-day. Of several the newest is in force.

    `minutes` may be stated for people who came late or left early; without it they count as there
    for the whole half-day (whoever missed more than half of it is marked absent).
    """

    class Value(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("late")
        LEFT = "left", _("left early")
        ABSENT = "absent", _("absent")
        EXCUSED = "excused", _("excused")

    class Evidence(models.TextChoices):
        ROLL = "roll", _("roll call by the trainer")
        SHEET = "sheet", _("signed sheet")
        LOG = "log", _("log of the meeting platform")

    unit = models.ForeignKey(EventUnit, models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    value = models.CharField(max_length=8, choices=Value)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=8, choices=Evidence, default=Evidence.ROLL)

    class Meta(Fact.Meta):
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__in=["present", "late", "left", "absent", "excused"]),
                name="attendance_value_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(value__in=["late", "left"]),
                name="minutes_of_who_came_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_value_display()}"


class Headcount(models.Model):
    """How many people of a sex and a constituency were in a session without names."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="headcounts")
    sex = models.CharField(max_length=8, choices=Person.Sex, blank=True)
    constituency = models.CharField(max_length=12, choices=Person.Constituency, blank=True)
    n = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["event", "sex", "constituency"]
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "sex", "constituency"], name="counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_sex_display()}, {self.get_constituency_display()}: {self.n}"


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def granted(self) -> "AccreditationQuerySet":
        """Grants that nobody withdrew."""
        return self.filter(what=Accreditation.What.GRANTED, corrections=None)


class Accreditation(Fact):
    """That somebody may train in a programme from a day to a day, granted by hand for a reason.

    A withdrawal is a fact of its own that names the grant it ends in `corrects`.
    """

    class Level(models.TextChoices):
        CANDIDATE = "candidate", _("trainer candidate")
        TRAINER = "trainer", _("certified trainer")
        MASTER = "master", _("master trainer")

    class What(models.TextChoices):
        GRANTED = "granted", _("granted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(Person, models.PROTECT, related_name="accreditations")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="accreditations")
    what = models.CharField(max_length=10, choices=What, default=What.GRANTED)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))

    objects = AccreditationQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="accreditation_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="accreditation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(what="granted") | Q(corrects__isnull=False),
                name="withdrawal_names_its_grant",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(what="withdrawn"), name="accreditation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.programme}"


# Who may lead a session whose participants get certificates.
CERTIFYING_LEVELS = (Accreditation.Level.TRAINER, Accreditation.Level.MASTER)

holds(
    "learning.EventFact", "", OnErase.KEEP, "What was done with a session.", actors=["recorded_by"]
)
holds(
    "learning.Facilitation",
    "person",
    OnErase.KEEP,
    "Who led is needed to trust what was taught; the person has no name any more.",
    export=["event", "role"],
)
holds(
    "learning.AttendanceMark",
    "enrolment__person",
    OnErase.KEEP,
    "When a participant without a name was there.",
    export=["unit", "value", "minutes", "captured_at", "received_at"],
    actors=["recorded_by"],
)
holds(
    "learning.Accreditation",
    "person",
    OnErase.BLANK,
    "That somebody without a name might train; what was noted about the person goes.",
    export=["programme", "what", "level", "valid_from", "valid_until", "reason", "received_at"],
    blank={"reason": "erased"},
    actors=["recorded_by"],
)
