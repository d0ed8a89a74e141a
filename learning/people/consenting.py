"""Agreeing to be written to after a course, and withdrawing it: each is a fact that is kept."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from learning.people.consents import Consent
from learning.people.models import Person

CONTACT_VERSION = "2026-11"  # of the sentence beside the button


def agrees_to_letters(person: Person) -> bool:
    """Whether letters may go to her after a course; one query."""
    return _in_force(person).exists()


@transaction.atomic
def agree_to_letters(person: Person, language: str) -> None:
    """She agreed on the web, with the sentence that stood there in `language`; twice is once."""
    Person.objects.select_for_update().get(pk=person.pk)
    Consent.objects.get_or_create(
        person=person,
        purpose=Consent.Purpose.CONTACT,
        withdrawn_at=None,
        defaults={
            "text_version": CONTACT_VERSION,
            "language": language,
            "channel": Consent.Channel.WEB,
        },
    )


def withdraw_from_letters(person: Person) -> None:
    """No letter goes any more; that there was an agreement is kept."""
    _in_force(person).update(withdrawn_at=timezone.now())


def _in_force(person: Person) -> QuerySet[Consent]:
    return Consent.objects.filter(person=person, purpose=Consent.Purpose.CONTACT, withdrawn_at=None)
