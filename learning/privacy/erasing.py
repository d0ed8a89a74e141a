"""Removing a person from the record, keeping what counts without a name."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from learning.people.merging import all_records_of
from learning.people.models import Person, User
from learning.people.personal import HOLDINGS, Holding, OnErase
from learning.people.roles import is_system_admin
from learning.reporting.keeping import forget_erased


class ErasureRefused(Exception):
    """Says, in words for people, why nothing was erased."""


@transaction.atomic
def erase_person(person: Person) -> dict[str, int]:
    """Erase `person`; returns how many rows of each declared model were deleted or blanked.

    Erasing twice changes nothing more. Raises `ErasureRefused` for the last system administrator,
    without whom nobody could open the administration again.
    """
    if _is_last_system_admin(person):
        raise ErasureRefused(
            _(
                "This is the only system administrator. Nothing was erased. Make somebody else"
                " system administrator first."
            )
        )
    # A certificate that is being issued at this moment waits, and then finds no name.
    list(all_records_of(person).select_for_update())
    _forget_in_history(person)
    changed = {label: _erase(holding, person) for label, holding in sorted(HOLDINGS.items())}
    all_records_of(person).filter(erased_at=None).update(erased_at=timezone.now())
    transaction.on_commit(forget_erased)
    return {label: count for label, count in changed.items() if count}


def _forget_in_history(person: Person) -> None:
    """The admin's history names what was changed by its title of that day, and gives reasons."""
    for row in (*all_records_of(person), *User.objects.filter(person=person)):
        entries = ModelLogEntry.objects.for_instance(row)
        entries.update(label=f"{row._meta.model_name} {row.pk}", data={})


def _erase(holding: Holding, person: Person) -> int:
    rows = holding.rows_of(person)
    if holding.on_erase == OnErase.DELETE:
        count = rows.count()
        rows.delete()
        return count
    if holding.on_erase == OnErase.BLANK:
        return rows.update(**holding.blank)
    return 0


def _is_last_system_admin(person: Person) -> bool:
    account = User.objects.filter(person=person).first()
    if account is None or not is_system_admin(account):
        return False
    others = User.objects.filter(is_active=True).exclude(pk=account.pk)
    return not any(is_system_admin(user) for user in others.iterator())
