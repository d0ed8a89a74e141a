"""Registering participants: by name or anonymously, new people or known ones, each once."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.clashing import refuse_clashes, slots_of
from learning.cascade.errors import Refused
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.stickers import HIGHEST, sticker_code
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.consents import Consent
from learning.people.facts import Fact
from learning.people.models import Area, Organisation, Person, User

# The text that is read out, or stands on the sign-in sheet, before people are registered.
CONSENT_TEXT = "2026-11"


@dataclass(frozen=True)
class About:
    """What a participant tells; names by script, empty for somebody who stays anonymous."""

    names: dict[str, str] = field(default_factory=dict)
    sex: str = ""
    age_band: str = ""
    constituency: str = ""
    organisation: Organisation | None = None
    job_role: str = ""
    area: Area | None = None
    agreed: bool = True  # to the record and to a certificate; see `CONSENT_TEXT`


@transaction.atomic
def register(
    event: Event,
    about: About,
    by: User | None,
    *,
    enrolment_id: uuid.UUID,
    known: Person | None = None,
    number: int | None = None,
    at: datetime | None = None,
    via: str = Fact.Via.WEB,
) -> Enrolment:
    """Register somebody: `known`, or a new person made of `about`. Sent twice, registered once.

    `enrolment_id` is made where the name is typed; `number` is that of the sticker, by default the
    next one. Raises `Refused`; nothing is kept.
    """
    locked = lock_open(event)
    existing = Enrolment.objects.filter(uuid=enrolment_id, cohort=locked.cohort_id).first()
    if existing:
        return existing
    _refuse_headcount(locked)
    if known is not None:
        again = _back_in(locked, known, by)
        if again:
            return again
        _check_person(locked, known)
    person = known or _new_person(about)
    if about.agreed and not person.is_anonymous:
        _note_consent(person, at)
    enrolment = Enrolment.objects.create(
        uuid=enrolment_id,
        cohort=locked.cohort,
        person=person,
        code=_code(locked, number),
        created_at=at or timezone.now(),
    )
    _fact(enrolment, EnrolmentFact.What.STARTED, by, at, via)
    return enrolment


@transaction.atomic
def change_participant(event: Event, enrolment: Enrolment, about: About) -> None:
    """Correct what was typed. Somebody with an account or in another session is left as she is:
    her record belongs to her; raises `Refused`."""
    lock_open(event)
    person = Person.objects.select_for_update().get(pk=enrolment.person_id)
    if is_shared(person, enrolment):
        raise Refused(
            _(
                "{name} has an account or took part elsewhere, so these details cannot be changed"
                " here. Nothing was saved. An administrator can correct them in the register."
            ).format(name=person)
        )
    for name, value in _person_fields(about).items():
        setattr(person, name, value)
    person.save(update_fields=[*_person_fields(about)])
    if about.agreed and not person.is_anonymous:
        _note_consent(person, None)
    if not about.agreed:
        _certificate_consents(person).update(withdrawn_at=timezone.now())


def is_shared(person: Person, enrolment: Enrolment) -> bool:
    """Whether the person is known beyond this enrolment; two queries."""
    others = Enrolment.objects.filter(person=person).exclude(pk=enrolment.pk)
    return hasattr(person, "user") or others.exists()


@transaction.atomic
def set_sticker(event: Event, enrolment: Enrolment, number: int) -> None:
    """Give a participant the sticker with this number. Raises `Refused` when somebody has it."""
    locked = lock_open(event)
    code = sticker_code(number, locked.uuid)
    taken = Enrolment.objects.filter(cohort=locked.cohort_id, code=code).exclude(pk=enrolment.pk)
    if taken.exists():
        raise Refused(_("Sticker {code} is taken already. Nothing was saved.").format(code=code))
    Enrolment.objects.filter(pk=enrolment.pk).update(code=code)


@transaction.atomic
def take_off(event: Event, enrolment: Enrolment, by: User | None, reason: str = "") -> None:
    """Somebody who was registered and is no participant after all; what was noted is kept."""
    lock_open(event)
    if Enrolment.objects.in_force().filter(pk=enrolment.pk).exists():
        EnrolmentFact.objects.create(
            enrolment=enrolment, what=EnrolmentFact.What.WITHDRAWN, recorded_by=by, reason=reason
        )


def participants_of(event: Event) -> list[Enrolment]:
    """Everybody registered and not taken off, in order of stickers; one query."""
    enrolments = Enrolment.objects.in_force().filter(cohort=event.cohort_id)
    loaded = enrolments.select_related("person__organisation", "person__area_of_work")
    return sorted(loaded, key=lambda one: (len(one.code), one.code, one.pk))


def next_number(event: Event) -> int:
    """The lowest number above all stickers given out, of people taken off too."""
    codes = Enrolment.objects.filter(cohort=event.cohort_id).values_list("code", flat=True)
    numbers = [int(code.partition("-")[0]) for code in codes if code]
    return max(numbers, default=0) + 1


def _code(event: Event, number: int | None) -> str:
    number = number or next_number(event)
    if number > HIGHEST:
        raise Refused(_("A training session has at most {n} stickers.").format(n=HIGHEST))
    code = sticker_code(number, event.uuid)
    if Enrolment.objects.filter(cohort=event.cohort_id, code=code).exists():
        raise Refused(_("Sticker {code} is taken already. Nothing was saved.").format(code=code))
    return code


def _refuse_headcount(event: Event) -> None:
    if event.is_headcount:
        raise Refused(_("In this session people are only counted, so nobody is registered."))


def _back_in(event: Event, person: Person, by: User | None) -> Enrolment | None:
    """Somebody who was taken off and comes after all gets the same sticker again."""
    enrolment = Enrolment.objects.filter(cohort=event.cohort_id, person=person).first()
    if enrolment is None:
        return None
    if Enrolment.objects.in_force().filter(pk=enrolment.pk).exists():
        return enrolment
    _check_person(event, person)
    _fact(enrolment, EnrolmentFact.What.REINSTATED, by, None, Fact.Via.WEB)
    return enrolment


def _check_person(event: Event, person: Person) -> None:
    """One person is registered by one trainer at a time: the row is locked while we look."""
    Person.objects.select_for_update().get(pk=person.pk)
    if event.facilitations.filter(person=person).exists():
        raise Refused(
            _("{name} leads or helps in this session and cannot take part in it.").format(
                name=person
            )
        )
    refuse_clashes([person.pk], slots_of(event.units.all()), but_not=event)


def _new_person(about: About) -> Person:
    return Person.objects.create(is_anonymous=not about.names, **_person_fields(about))


def _person_fields(about: About) -> dict[str, object]:
    return {
        "names": about.names,
        "sex": about.sex,
        "age_band": about.age_band,
        "constituency": about.constituency,
        "organisation": about.organisation,
        "job_role": about.job_role,
        "area_of_work": about.area,
    }


def _certificate_consents(person: Person) -> QuerySet[Consent]:
    wanted = (Consent.Purpose.RECORD, Consent.Purpose.CERTIFICATE)
    return Consent.objects.filter(person=person, purpose__in=wanted, withdrawn_at=None)


def _note_consent(person: Person, at: datetime | None) -> None:
    for purpose in (Consent.Purpose.RECORD, Consent.Purpose.CERTIFICATE):
        Consent.objects.get_or_create(
            person=person,
            purpose=purpose,
            withdrawn_at=None,
            defaults={
                "text_version": CONSENT_TEXT,
                "language": person.language or "en",
                "channel": Consent.Channel.PAPER,
                "at": at or timezone.now(),
            },
        )


def _fact(enrolment: Enrolment, what: str, by: User | None, at: datetime | None, via: str) -> None:
    when = {"captured_at": at, "received_at": at} if at else {}
    EnrolmentFact.objects.create(
        enrolment=enrolment, what=what, recorded_by=by, captured_via=via, **when
    )
