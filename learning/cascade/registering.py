"""Registering participants: by name or anonymously, new people or known ones, each once."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.clashing import refuse_clashes, slots_of
from learning.cascade.errors import ListRefused, Refused, StickerTaken
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.stickers import HIGHEST, sticker_code
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.consents import Consent
from learning.people.facts import Fact
from learning.people.merging import all_records_of, canonical_key, identity
from learning.people.models import Area, Organisation, Person, User
from modules.reference.lists import left_to_right

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


@dataclass(frozen=True)
class Listed:
    """One row of a list of people (numbered from 1), with the known person whom it means."""

    row: int
    enrolment_id: uuid.UUID
    about: About
    known: Person | None = None


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
    captured_at: datetime | None = None,
    via: str = Fact.Via.WEB,
) -> Enrolment:
    """Register somebody: `known`, or a new person made of `about`. Sent twice, registered once.

    `enrolment_id` is made where the name is typed, at `captured_at`; `number` is that of the
    sticker, by default the next one. `at` puts all of it into the past. A record that was merged
    into another means the other. Raises `Refused` (`StickerTaken` for the number); nothing is kept.
    """
    locked = lock_open(event)
    existing = _sent_before(locked, enrolment_id)
    if existing:
        return existing
    _refuse_headcount(locked)
    typed_at = captured_at or at or timezone.now()
    if known is not None:
        known = known.merged_into or known
        again = _back_in(locked, known, by)
        if again:
            return _with_consent(again, about, typed_at)
        check_person(locked, known)
    enrolment = Enrolment.objects.create(
        uuid=enrolment_id,
        cohort=locked.cohort,
        person=known or _new_person(about),
        code=_free_code(locked, number or next_number(locked)),
        created_at=typed_at,
    )
    _fact(enrolment, EnrolmentFact.What.STARTED, by, typed_at, at, via)
    return _with_consent(enrolment, about, typed_at)


@transaction.atomic
def register_list(event: Event, rows: Iterable[Listed], by: User | None) -> list[Enrolment]:
    """Register all of a list, in its order, or nobody. Sent twice, registered once.

    Raises `Refused`, and `ListRefused` with the reasons by row.
    """
    lock_open(event)
    registered, refusals = [], {}
    for one in rows:
        try:
            registered.append(
                register(event, one.about, by, enrolment_id=one.enrolment_id, known=one.known)
            )
        except Refused as reason:
            refusals[one.row] = str(reason)
    if refusals:
        raise ListRefused(refusals)
    return registered


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
        note_consent(person, timezone.now())
    else:
        _certificate_consents(person).update(withdrawn_at=timezone.now())


@transaction.atomic
def note_agreement(event: Event, enrolment: Enrolment) -> None:
    """A participant agreed after all, known people too. Raises `Refused` for one without name."""
    lock_open(event)
    if enrolment.person.is_anonymous:
        raise Refused(_("Somebody without a name cannot agree to a certificate."))
    note_consent(enrolment.person, timezone.now())


def is_shared(person: Person, enrolment: Enrolment) -> bool:
    """Whether the person is known beyond this enrolment; two queries."""
    others = Enrolment.objects.filter(person=person).exclude(pk=enrolment.pk)
    return hasattr(person, "user") or others.exists()


@transaction.atomic
def set_sticker(event: Event, enrolment: Enrolment, number: int) -> None:
    """Give a participant the sticker with this number. Raises `StickerTaken`."""
    locked = lock_open(event)
    code = _free_code(locked, number, but_of=enrolment)
    Enrolment.objects.filter(pk=enrolment.pk).update(code=code)


@transaction.atomic
def take_off(event: Event, enrolment: Enrolment, by: User | None, reason: str = "") -> None:
    """Somebody who was registered and is no participant after all; what was noted is kept."""
    lock_open(event)
    if Enrolment.objects.in_force().filter(pk=enrolment.pk).exists():
        EnrolmentFact.objects.create(
            enrolment=enrolment, what=EnrolmentFact.What.WITHDRAWN, recorded_by=by, reason=reason
        )


@transaction.atomic
def put_back(event: Event, enrolment: Enrolment, by: User | None) -> None:
    """Somebody who was taken off takes part after all, with the same sticker. Raises `Refused`."""
    _back_in(lock_open(event), enrolment.person, by)


def participants_of(event: Event) -> list[Enrolment]:
    """Everybody registered and not taken off, in order of stickers; one query."""
    return _in_order(Enrolment.objects.in_force().filter(cohort=event.cohort_id))


def taken_off(event: Event) -> list[Enrolment]:
    """Who was registered and is no participant any more, in order of stickers; one query."""
    in_force = Enrolment.objects.in_force().filter(cohort=event.cohort_id)
    return _in_order(
        Enrolment.objects.filter(cohort=event.cohort_id).exclude(pk__in=in_force.values("pk"))
    )


def _in_order(enrolments: QuerySet[Enrolment]) -> list[Enrolment]:
    loaded = enrolments.select_related("person__organisation", "person__area_of_work")
    return sorted(loaded, key=lambda one: (len(one.code), one.code, one.pk))


def who_agreed(participants: Collection[Enrolment]) -> set[int]:
    """Who agreed to a certificate and has not withdrawn it, by canonical key; one query.

    Whichever of the person's records the consent stands on.
    """
    agreed = Consent.objects.filter(purpose=Consent.Purpose.CERTIFICATE, withdrawn_at=None)
    consents = agreed.annotate(who=identity("person"))
    people = [canonical_key(one.person) for one in participants]
    return set(consents.filter(who__in=people).values_list("who", flat=True))


def next_number(event: Event) -> int:
    """The lowest number above all stickers given out, of people taken off too."""
    codes = Enrolment.objects.filter(cohort=event.cohort_id).values_list("code", flat=True)
    numbers = [int(code.partition("-")[0]) for code in codes if code]
    return max(numbers, default=0) + 1


def _sent_before(event: Event, enrolment_id: uuid.UUID) -> Enrolment | None:
    known = Enrolment.objects.filter(uuid=enrolment_id).first()
    if known and known.cohort_id != event.cohort_id:
        raise Refused(_("This row belongs to another training session. Nothing was saved."))
    return known


def _free_code(event: Event, number: int, but_of: Enrolment | None = None) -> str:
    if not 1 <= number <= HIGHEST:
        raise Refused(_("Stickers have the numbers 1 to {n}. Nothing was saved.").format(n=HIGHEST))
    code = sticker_code(number, event.uuid)
    holder = Enrolment.objects.filter(cohort=event.cohort_id, code=code).first()
    if holder and holder != but_of:
        raise StickerTaken(
            _("Sticker {code} is taken already. Nothing was saved.").format(
                code=left_to_right(code)
            )
        )
    return code


def _refuse_headcount(event: Event) -> None:
    if event.is_headcount:
        raise Refused(_("In this session people are only counted, so nobody is registered."))


def _back_in(event: Event, person: Person, by: User | None) -> Enrolment | None:
    """Somebody who was taken off and comes after all gets the same sticker again."""
    enrolment = enrolment_of(event, person)
    if enrolment is None:
        return None
    if Enrolment.objects.in_force().filter(pk=enrolment.pk).exists():
        return enrolment
    check_person(event, person)
    now = timezone.now()
    _fact(enrolment, EnrolmentFact.What.REINSTATED, by, now, None, Fact.Via.WEB)
    return enrolment


def enrolment_of(event: Event, person: Person) -> Enrolment | None:
    """The enrolment of somebody in the session, by any record of hers, also when taken off."""
    records = all_records_of(person)
    return Enrolment.objects.filter(cohort=event.cohort_id, person__in=records).first()


def check_person(event: Event, person: Person) -> None:
    """Raises `Refused` for a known person who cannot take part.

    One person is registered by one trainer at a time: the row is locked while we look.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if event.facilitations.filter(person__in=all_records_of(person)).exists():
        raise Refused(
            _("{name} leads or helps in this session and cannot take part in it.").format(
                name=person
            )
        )
    country = event.area.country_code
    refuse_clashes([person.pk], slots_of(event.units.all()), country, but_not=event)


def _new_person(about: About) -> Person:
    return Person.objects.create(**_person_fields(about))


def _person_fields(about: About) -> dict[str, object]:
    return {
        "names": about.names,
        "is_anonymous": not about.names,
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


def _with_consent(enrolment: Enrolment, about: About, at: datetime) -> Enrolment:
    if about.agreed and not enrolment.person.is_anonymous:
        note_consent(enrolment.person, at)
    return enrolment


def note_consent(person: Person, at: datetime) -> None:
    """The person agreed to the record and to a certificate; noted once while it is in force."""
    for purpose in (Consent.Purpose.RECORD, Consent.Purpose.CERTIFICATE):
        Consent.objects.get_or_create(
            person=person,
            purpose=purpose,
            withdrawn_at=None,
            defaults={
                "text_version": CONSENT_TEXT,
                "language": person.language or "en",
                "channel": Consent.Channel.PAPER,
                "at": at,
            },
        )


def _fact(
    enrolment: Enrolment,
    what: str,
    by: User | None,
    captured_at: datetime,
    at: datetime | None,
    via: str,
) -> None:
    EnrolmentFact.objects.create(
        enrolment=enrolment,
        what=what,
        recorded_by=by,
        captured_at=captured_at,
        received_at=at or timezone.now(),
        captured_via=via,
    )
