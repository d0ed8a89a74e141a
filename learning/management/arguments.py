"""Reading the arguments that several commands share."""

import uuid

from django.core.management.base import CommandError

from learning.people.models import Person


def person_by_key(key: str) -> Person:
    """The person with this UUID or username. Raises `CommandError` when there is none."""
    try:
        lookup: dict[str, object] = {"uuid": uuid.UUID(key)}
    except ValueError:
        lookup = {"user__username": key}
    person = Person.objects.filter(**lookup).first()
    if person is None:
        raise CommandError(f"There is no person with the UUID or username “{key}”.")
    return person
