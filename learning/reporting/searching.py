"""People in order of their names, and found by any part of a name in any script."""

from collections.abc import Iterable

from learning.people.models import Person
from modules.reference.words import fold


def in_order_of_names(people: Iterable[Person]) -> list[Person]:
    """By name as the reader's language shows it; who has none stands last."""
    return sorted(people, key=lambda person: (not person.names, fold(person.name()), person.pk))


def is_found(text: str, names: Iterable[str]) -> bool:
    """Whether every word of `text` is part of one of the `names`.

    Letters that look alike are one, marks and joiners are left out, digits may be of any script.
    """
    spelt = [fold(name) for name in names]
    return any(all(word in name for word in fold(text).split()) for name in spelt)
