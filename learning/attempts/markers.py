"""Who marks in a programme: `permissions.sittings_markable_by` asked the other way round."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from learning.attempts.models import Sitting
from learning.attempts.permissions import MARKING_ROLES
from learning.people.models import Programme, Role, RoleGrant, User


@dataclass(frozen=True)
class Markers:
    """Accounts that may mark the answers of a programme, and those of them that administer it."""

    all: frozenset[int]
    administrators: frozenset[int]

    def besides(self, accounts: Collection[int]) -> frozenset[int]:
        return self.all - frozenset(accounts)

    def deciding(self, gave: Collection[int], own: int | None) -> frozenset[int]:
        """Who may decide between the two marks that `gave` are of, on an answer of account `own`.

        Somebody else who marks. Where there is nobody else, who administers, even if one of the
        two marks is hers; where nobody administers, whoever marks: an answer must not wait for a
        person that there is not.
        """
        for eligible in (self.besides(gave), self.administrators, self.all):
            if found := eligible - {own}:
                return found
        return frozenset()


def markers_in(programme: Programme) -> Markers:
    """The accounts that may mark in `programme` today; two queries."""
    above = programme.area.path.rstrip("/").split("/")
    within = Q(programme=programme) | Q(area__code__in=above)
    held = RoleGrant.objects.active().filter(
        Q(within, role__in=MARKING_ROLES) | Q(role=Role.SYSTEM_ADMIN), user__is_active=True
    )
    roles = list(held.order_by().values_list("user", "role"))
    superusers = User.objects.filter(is_superuser=True, is_active=True).order_by()
    system = set(superusers.values_list("pk", flat=True))
    administrators = system | {user for user, role in roles if role != Role.TRAINER}
    return Markers(
        frozenset(administrators | {user for user, _role in roles}), frozenset(administrators)
    )


def account_of(sitting: Sitting) -> int | None:
    """The account of the person who sat; she marks nothing of hers. One query at most."""
    person = sitting.enrolment.person
    accounts = User.objects.filter(Q(person=person) | Q(person=person.merged_into_id))
    return accounts.order_by().values_list("pk", flat=True).first()
