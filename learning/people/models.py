"""Persons, accounts, where they belong and what they may do."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.people.usernames import VALIDATORS, normalise
from modules.reference.dates import in_words

# The script a name is written in (ISO 15924), by language of the page that shows it.
SCRIPT_OF_LANGUAGE = {"en": "Latn", "ur": "Arab", "km": "Khmr", "lo": "Laoo"}


class Script(models.TextChoices):
    LATIN = "Latn", _("Latin")
    ARABIC = "Arab", _("Arabic (Urdu)")
    KHMER = "Khmr", _("Khmer")
    LAO = "Laoo", _("Lao")


def name_in(names: dict[str, str], language: str | None = None) -> str:
    """The entry of `names` (by language) fit for readers of `language`, else English, else any."""
    code = language or get_language() or "en"
    return names.get(code) or names.get("en") or next(iter(names.values()), "")


class Area(models.Model):
    """A country, or a part of one, after ISO 3166."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField(
        max_length=16, unique=True, help_text=_("ISO 3166 code, for example PK or PK-PB.")
    )
    kind = models.CharField(max_length=8, choices=Kind)
    names = models.JSONField(default=dict, help_text=_("The name by language."))
    # The codes from the country down, "PK/PK-PB/": one prefix finds everything inside an area.
    path = models.CharField(max_length=64, unique=True, editable=False)
    listed_on = models.DateField(
        null=True, blank=True, help_text=_("Date of the list this entry was taken from.")
    )

    class Meta:
        ordering: ClassVar = ["path"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return name_in(self.names) or self.code

    def save(self, *args, **kwargs) -> None:
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)

    @property
    def country_code(self) -> str:
        return self.path.split("/", 1)[0]


class Organisation(models.Model):
    """A body that people work for, or that issues certificates."""

    class Kind(models.TextChoices):
        INSTITUTION = "ssi", _("social security institution")
        MINISTRY = "ministry", _("ministry or department")
        EMPLOYER = "employer", _("employer or employers' body")
        UNION = "union", _("workers' organisation")
        CSO = "cso", _("civil society organisation")
        TRAINING = "training", _("training institution")
        OTHER = "other", _("other")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="organisations")
    code = models.SlugField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INSTITUTION)
    names = models.JSONField(default=dict, help_text=_("The name by language."))

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return name_in(self.names) or self.code


class Programme(models.Model):
    """What cohorts, training events and registers belong to. Its area is the tenant: a country."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="programmes")
    code = models.SlugField(max_length=32, unique=True)
    names = models.JSONField(default=dict, help_text=_("The name by language."))
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return name_in(self.names) or self.code


class Person(models.Model):
    """Somebody who learns, trains or signs; with or without an account, possibly anonymous."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        ANOTHER = "another", _("another")
        NOT_STATED = "", _("not stated")

    class AgeBand(models.TextChoices):
        FROM_15 = "15-24", _("15-24")
        FROM_25 = "25-34", _("25-34")
        FROM_35 = "35-44", _("35-44")
        FROM_45 = "45-54", _("45-54")
        FROM_55 = "55-64", _("55-64")
        FROM_65 = "65+", _("65 and over")
        NOT_STATED = "", _("not stated")

    class Constituency(models.TextChoices):
        GOVERNMENT = "government", _("government")
        EMPLOYERS = "employer", _("employers")
        WORKERS = "worker", _("workers")
        CSO = "cso", _("civil society")
        ACADEMIA = "academia", _("academia")
        OTHER = "other", _("other")
        NOT_STATED = "", _("not stated")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    names = models.JSONField(
        default=dict, blank=True, help_text=_("The full name by script (ISO 15924).")
    )
    is_anonymous = models.BooleanField(default=False)
    sex = models.CharField(max_length=8, choices=Sex, blank=True, default="")
    age_band = models.CharField(max_length=8, choices=AgeBand, blank=True, default="")
    constituency = models.CharField(max_length=12, choices=Constituency, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people"
    )
    job_role = models.CharField(max_length=120, blank=True)
    area_of_work = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="people"
    )
    language = models.CharField(
        max_length=8, blank=True, help_text=_("The language this person gets letters in.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The record that stands for this one since both were found to be of one person: `merging`.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(names={}), name="anonymous_person_has_no_name"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="nobody_is_merged_into_herself",
            ),
        ]

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in the script of `language` (default: the active one), else in any other."""
        if not self.names:
            return str(_("Anonymous participant")) if self.is_anonymous else str(_("No name"))
        script = SCRIPT_OF_LANGUAGE.get(language or get_language() or "en", Script.LATIN)
        return self.names.get(script) or self.names.get("Latn") or next(iter(self.names.values()))


class AccountManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """Called by `manage.py createsuperuser` to make the first administrator."""
        return self.create_user(username, email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: a way to sign in. Who it belongs to is told by `person`."""

    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        validators=VALIDATORS,
        error_messages={"unique": _("This username is taken. Please choose another.")},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch off instead of deleting an account.")
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        ordering: ClassVar = ["username"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_full_name()

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return normalise(username)

    def get_full_name(self) -> str:
        return self.person.name() if self.person else self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Role(models.TextChoices):
    LEARNER = "learner", _("learner")
    TRAINER = "trainer", _("trainer")
    AREA_ADMIN = "area_admin", _("area administrator")
    ORGANISATION_ADMIN = "organisation_admin", _("organisation administrator")
    PROGRAMME_ADMIN = "programme_admin", _("programme administrator")
    VIEWER = "viewer", _("viewer of aggregates")
    AUTHOR = "author", _("author")
    REVIEWER = "reviewer", _("subject reviewer")
    LEGAL_REVIEWER = "legal_reviewer", _("legal reviewer")
    TRANSLATOR = "translator", _("translator")
    SYSTEM_ADMIN = "system_admin", _("system administrator")


ADMINISTRATORS = frozenset(
    {Role.AREA_ADMIN, Role.ORGANISATION_ADMIN, Role.PROGRAMME_ADMIN, Role.SYSTEM_ADMIN}
)
POWERFUL_ROLES = ADMINISTRATORS | {Role.AUTHOR, Role.REVIEWER, Role.LEGAL_REVIEWER}


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def active(self, on=None) -> "RoleGrantQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def powerful(self) -> "RoleGrantQuerySet":
        """Those that change what others read or see; their holders need a second factor."""
        return self.filter(role__in=POWERFUL_ROLES)


class RoleGrant(models.Model):
    """One role of one account within one area, organisation or programme, from a date to a date."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True)
    valid_from = models.DateField(default=timezone.localdate)
    valid_until = models.DateField(
        null=True, blank=True, help_text=_("Last day of the role; empty for no end.")
    )
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["user", "role", "valid_from"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(area=None, organisation=None)
                | Q(area=None, programme=None)
                | Q(organisation=None, programme=None),
                name="role_has_one_scope",
                violation_error_message=_(
                    "Choose one of area, organisation or programme. A second role can hold another."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role=Role.SYSTEM_ADMIN)
                | Q(area__isnull=False)
                | Q(organisation__isnull=False)
                | Q(programme__isnull=False),
                name="role_has_a_scope",
                violation_error_message=_(
                    "Say where this role holds: area, organisation or programme."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="role_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        scope = self.area or self.organisation or self.programme
        role = self.get_role_display()
        return f"{role}, {scope}" if scope else str(role)

    @property
    def period(self) -> str:
        """The first day and the last, if there is one, in words."""
        days = [day.isoformat() if day else "" for day in (self.valid_from, self.valid_until)]
        first, last = (in_words(day, get_language() or "en") for day in days)
        return f"{first} – {last}".rstrip()

    @property
    def within(self) -> Area | None:
        """The area this role holds in, directly or by its organisation or programme."""
        scope = self.organisation or self.programme
        return self.area or (scope.area if scope else None)


# Django finds the models of an app through this file.
from learning.people import access_codes, consents, links  # noqa: E402, F401
