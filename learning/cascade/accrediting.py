"""Accrediting trainers by hand: from a day to a day, for a reason, and never oneself."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.cascade.models import CERTIFYING_LEVELS, Accreditation
from learning.people.facts import Fact
from learning.people.models import Person, Programme, User


@transaction.atomic
def grant(
    person: Person,
    programme: Programme,
    level: str,
    valid_from: date,
    valid_until: date,
    reason: str,
    by: User | None,
    *,
    via: str = Fact.Via.WEB,
) -> Accreditation:
    """Record that `person` may train. Raises `Refused` for oneself and for people without name."""
    if by is not None and by.person_id == person.pk:
        raise Refused(_("Nobody accredits herself. Nothing was saved."))
    if person.is_anonymous or not person.names:
        raise Refused(_("Only somebody with a name can be accredited. Nothing was saved."))
    return Accreditation.objects.create(
        person=person,
        programme=programme,
        level=level,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
        recorded_by=by,
        captured_via=via,
    )


def withdraw(accreditation: Accreditation, reason: str, by: User | None) -> Accreditation:
    """End an accreditation for all its days; a second time returns the first withdrawal."""
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


def in_force_on(
    people: Iterable[int], programme: Programme, first: date, last: date
) -> dict[int, Accreditation]:
    """Accreditations that cover all days from `first` to `last`, the highest of each person by key.

    One query. What was withdrawn counts for no day.
    """
    granted = Accreditation.objects.filter(
        what=Accreditation.What.GRANTED,
        person__in=list(people),
        programme=programme,
        valid_from__lte=first,
        valid_until__gte=last,
        corrections=None,
    )
    levels = list(Accreditation.Level)
    best: dict[int, Accreditation] = {}
    for one in granted:
        known = best.get(one.person_id)
        if known is None or levels.index(one.level) > levels.index(known.level):  # type: ignore[arg-type]
            best[one.person_id] = one
    return best


def may_certify(accreditation: Accreditation | None) -> bool:
    """Whether who holds it may lead a session whose participants get certificates."""
    return accreditation is not None and accreditation.level in CERTIFYING_LEVELS


def accreditations_of(person: Person, on: date | None = None) -> list[Accreditation]:
    """What somebody holds on a day (default today), latest end first; one query."""
    day = on or timezone.localdate()
    return list(
        Accreditation.objects.filter(
            what=Accreditation.What.GRANTED,
            person=person,
            valid_from__lte=day,
            valid_until__gte=day,
            corrections=None,
        )
        .select_related("programme")
        .order_by("-valid_until")
    )
