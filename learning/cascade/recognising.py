"""Noticing that a participant is somebody known already, so that nobody is two people."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.registering import check_person, enrolment_of, note_consent
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.consents import Consent
from learning.people.models import Person, User
from learning.people.naming import folded, people_named_like, plain
from modules.reference.lists import left_to_right

FEWEST_LETTERS = 3  # typed, before names are offered
OFFERED_AT_MOST = 10
ALIKE_AT_MOST = 3


def look_up(typed: str, within: QuerySet[Person]) -> list[Person]:
    """Those people of `within` who have a name that begins as `typed` does; two queries.

    Every word typed begins a word of the name, in any order; spaces, case, accents and shapes of
    letters make no difference. Nobody for fewer than three letters.
    """
    if len(plain(typed)) < FEWEST_LETTERS:
        return []
    everybody = within.exclude(names={}).values_list("pk", "names", "merged_into")
    hits = {
        merged_into or pk: pk  # one record of each person
        for pk, names, merged_into in everybody.iterator(chunk_size=2000)
        if any(begins_like(name, typed) for name in names.values())
    }
    people = Person.objects.filter(pk__in=list(hits.values())[:OFFERED_AT_MOST])
    return list(people.select_related("organisation", "area_of_work"))


def begins_like(name: str, typed: str) -> bool:
    """Whether `typed` is the beginning of `name`, or its words those of words of the name."""
    if plain(name).startswith(plain(typed)):
        return True
    words = folded(name).split()
    return all(any(word.startswith(part) for word in words) for part in folded(typed).split())


def known_alike(person: Person, within: QuerySet[Person]) -> list[Person]:
    """Others of `within` who have one of the person's names; one query."""
    others = within.exclude(pk=person.pk).select_related("organisation", "area_of_work")
    found = people_named_like(person.names.values(), others)
    alike = {other.pk: other for people in found.values() for other in people}
    return list(alike.values())[:ALIKE_AT_MOST]


@transaction.atomic
def recognise(event: Event, enrolment: Enrolment, known: Person, by: User | None) -> Enrolment:
    """The new person who was registered is `known`: hers is the enrolment, the new one goes.

    Attendance and results noted meanwhile stay with the enrolment. Raises `Refused` for whoever
    cannot take part, and when more than this enrolment hangs on the new person. Safe to repeat.
    """
    locked = lock_open(event)
    fresh = Enrolment.objects.in_force().select_related("person").filter(pk=enrolment.pk).first()
    if fresh is None:
        raise Refused(_("This person was taken off the list meanwhile. Nothing was saved."))
    new, known = fresh.person, known.merged_into or known
    if new == known:
        return fresh
    _refuse_unless_new(new, fresh)
    _refuse_second_place(locked, known)
    check_person(locked, known)
    agreed = new.consents.filter(purpose=Consent.Purpose.CERTIFICATE, withdrawn_at=None).first()
    if agreed:
        note_consent(known, agreed.at)
    fresh.person = known
    fresh.save(update_fields=["person"])
    EnrolmentFact.objects.create(
        enrolment=fresh,
        what=EnrolmentFact.What.STARTED,
        recorded_by=by,
        corrects=fresh.facts.filter(what=EnrolmentFact.What.STARTED).first(),
        reason="Recognised as somebody known already",
    )
    new.delete()
    return fresh


def _refuse_unless_new(person: Person, enrolment: Enrolment) -> None:
    for relation in Person._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: person.pk})
        if relation.related_model is Enrolment:
            rows = rows.exclude(pk=enrolment.pk)
        if relation.related_model is not Consent and rows.exists():
            raise Refused(
                _(
                    "{name} has an account or took part elsewhere too, so the two records stay"
                    " apart. Nothing was saved. An administrator can look into it."
                ).format(name=person)
            )


def _refuse_second_place(event: Event, known: Person) -> None:
    before = enrolment_of(event, known)
    if before:
        raise Refused(
            _(
                "{name} was registered in this session before, with sticker {code}. Nothing was"
                " saved. Keep one of the two rows and take the other off the list."
            ).format(name=known, code=left_to_right(before.code))
        )
