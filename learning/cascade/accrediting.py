"""Accrediting trainers by hand: from a day to a day, for a reason, and never oneself."""

import uuid
from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.cascade.errors import Refused
from learning.cascade.models import CERTIFYING_LEVELS, Accreditation
from learning.people.facts import Fact
from learning.people.merging import all_records_of, canonical_key
from learning.people.models import Person, Programme, User

Level = Accreditation.Level
USUAL_MONTHS: dict[str, int] = {Level.CANDIDATE: 12, Level.TRAINER: 24, Level.MASTER: 36}
SOON = timedelta(days=90)  # before its end an accreditation can be renewed


def usual_end(level: str, begins: date) -> date:
    """The last day of the usual time of a level that begins on a day.

    From 1 March for 24 months it lasts to the last of February. A month that lacks the day ends it:
    from 29 February 2028 to 28 February 2030. Source: ladder of trainers of the programme.
    """
    years, month = divmod(begins.month - 1 + USUAL_MONTHS[level], 12)
    year, month = begins.year + years, month + 1
    last = monthrange(year, month)[1]
    if begins.day > last:
        return date(year, month, last)
    return date(year, month, begins.day) - timedelta(days=1)


def grant(
    person: Person,
    programme: Programme,
    level: str,
    valid_from: date,
    valid_until: date,
    reason: str,
    by: User | None,
    *,
    fact_id: uuid.UUID | None = None,
    via: str = Fact.Via.WEB,
) -> Accreditation:
    """Record that `person` may train; sent twice with one `fact_id`, recorded once.

    Raises `Refused` for oneself and for people without a name.
    """
    refuse_oneself(person, by)
    if person.is_anonymous or not person.names:
        raise Refused(_("Only somebody with a name can be accredited. Nothing was saved."))
    granted, _made = Accreditation.objects.get_or_create(
        id=fact_id or uuid.uuid4(),
        defaults={
            "person": person,
            "programme": programme,
            "level": level,
            "valid_from": valid_from,
            "valid_until": valid_until,
            "reason": reason,
            "recorded_by": by,
            "captured_via": via,
        },
    )
    return granted


def refuse_oneself(person: Person, by: User | None) -> None:
    """Raises `Refused` when `person`, in whichever record, is who acts."""
    if by is not None and by.person and canonical_key(by.person) == canonical_key(person):
        raise Refused(_("Nobody decides about her own accreditation. Nothing was saved."))


def withdraw(accreditation: Accreditation, reason: str, by: User | None) -> Accreditation:
    """End an accreditation for all its days; a second time returns the first withdrawal.

    What was certified meanwhile stays. Raises `Refused` for one's own.
    """
    refuse_oneself(accreditation.person, by)
    what = Accreditation.What.WITHDRAWN
    try:
        with transaction.atomic():
            return Accreditation.objects.create(
                person=accreditation.person,
                programme=accreditation.programme,
                what=what,
                level=accreditation.level,
                valid_from=accreditation.valid_from,
                valid_until=accreditation.valid_until,
                corrects=accreditation,
                reason=reason,
                recorded_by=by,
            )
    except IntegrityError:
        return Accreditation.objects.get(corrects=accreditation, what=what)


def is_accredited(person: Person, programme: Programme, days: Collection[date]) -> bool:
    """Whether somebody may certify on each of these days, by one accreditation or by several.

    One query. What was withdrawn counts for no day; all records of a person count.
    """
    granted = Accreditation.objects.granted().filter(
        person__in=all_records_of(person), programme=programme, level__in=CERTIFYING_LEVELS
    )
    spans = list(granted.values_list("valid_from", "valid_until"))
    return all(any(first <= day <= last for first, last in spans) for day in days)


class Validity(models.TextChoices):
    """How an accreditation stands on a day."""

    VALID = "valid", gettext_lazy("valid")
    ENDING = "ending", gettext_lazy("ends within 90 days")
    LATER = "later", gettext_lazy("begins later")
    OVER = "over", gettext_lazy("over")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


def validity_of(grant_: Accreditation, day: date) -> Validity:
    """Of a grant with its `corrections` loaded. On its first and last day it is valid."""
    if grant_.corrections.all():
        return Validity.WITHDRAWN
    if grant_.valid_from > day:
        return Validity.LATER
    if grant_.valid_until < day:
        return Validity.OVER
    return Validity.ENDING if grant_.valid_until <= day + SOON else Validity.VALID


def with_validity(validity: str, day: date) -> Q:
    """The same as a condition on grants."""
    conditions = {
        Validity.VALID: Q(valid_from__lte=day, valid_until__gt=day + SOON),
        Validity.ENDING: Q(valid_from__lte=day, valid_until__range=(day, day + SOON)),
        Validity.LATER: Q(valid_from__gt=day),
        Validity.OVER: Q(valid_until__lt=day),
    }
    if validity == Validity.WITHDRAWN:
        return Q(corrections__isnull=False)
    return conditions[Validity(validity)] & Q(corrections=None)


def accreditations_of(person: Person, on: date | None = None) -> list[Accreditation]:
    """What somebody holds on a day (default today), latest end first; one query."""
    day = on or timezone.localdate()
    held = Accreditation.objects.granted().filter(
        person__in=all_records_of(person), valid_from__lte=day, valid_until__gte=day
    )
    return list(held.select_related("programme").order_by("-valid_until"))
