"""Two records of one person: found, joined after a look at both, and taken apart again.

Joining moves nothing. The record that is given up points to the one that stands for both
(`Person.merged_into`); whatever counts people or shows what somebody has looks at both through
`all_records_of`. So taking them apart restores every figure.
"""

from collections.abc import Callable, Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.people.links import PersonLink
from learning.people.models import Person, User

# What speaks against two records being one, in sentences. Rooms above this one add what they know.
DOUBTS: list[Callable[[Person, Person], Iterable[str]]] = []


def doubts(one: Person, other: Person) -> list[str]:
    """What whoever merges these records should look into first; no reason to refuse."""
    return [sentence for doubt in DOUBTS for sentence in doubt(one, other)]


def identity(path: str = "") -> Coalesce:
    """The key of the record that stands for the person at `path` ("enrolment__person").

    How a query counts people and not records.
    """
    before = f"{path}__" if path else ""
    return Coalesce(f"{before}merged_into_id", f"{before}id")


def canonical_key(person: Person) -> int:
    """The key that `identity` gives in a query, of a record that is loaded."""
    return person.merged_into_id or person.pk


def all_records_of(person: Person) -> QuerySet[Person]:
    """All records of the person whose record this is, whichever it is; to be used as a subquery."""
    canonical = canonical_key(person)
    return Person.objects.filter(Q(pk=canonical) | Q(merged_into=canonical))


def with_their_other_records(people: Collection[int]) -> set[int]:
    """The keys of all records of the people whose records these are; one query."""
    found = Person.objects.filter(
        Q(pk__in=people)
        | Q(merged_into__in=people)
        | Q(merged__in=people)
        | Q(merged_into__merged__in=people)
    )
    return set(found.values_list("pk", flat=True).distinct())


def check_mergeable(canonical: Person, alias: Person) -> None:
    """Raises `ValidationError`, with what to do instead, for two records that cannot be joined."""
    if canonical.pk == alias.pk:
        raise ValidationError(_("These are not two records but one."), code="same")
    if canonical.merged_into_id or alias.merged_into_id:
        raise ValidationError(
            _("One of the two was merged into another record already. Choose that one."),
            code="merged",
        )
    if alias.merged.exists():
        raise ValidationError(
            _("Other records were merged into the one to give up. Keep it, and give up the other."),
            code="has_merged",
        )
    if canonical.erased_at or alias.erased_at:
        raise ValidationError(_("An erased record cannot be merged."), code="erased")
    if canonical.is_anonymous or alias.is_anonymous:
        raise ValidationError(
            _("Nobody can tell who an anonymous participant is."), code="anonymous"
        )
    if User.objects.filter(person=alias).exists():
        raise ValidationError(
            _(
                "The record to give up has an account, and an account stays with its record. Keep"
                " this one, and give up the other; if both have an account, nothing can be merged."
            ),
            code="account",
        )


@transaction.atomic
def merge(canonical: Person, alias: Person, reason: str, by: User | None) -> PersonLink:
    """Let `canonical` stand for both. Raises `ValidationError`; then nothing changes."""
    people = Person.objects.select_for_update().filter(pk__in=[canonical.pk, alias.pk])
    locked = {person.pk: person for person in people.order_by("pk")}
    check_mergeable(locked[canonical.pk], locked[alias.pk])
    Person.objects.filter(pk=alias.pk).update(merged_into=canonical)
    return PersonLink.objects.create(canonical=canonical, alias=alias, reason=reason, decided_by=by)


@transaction.atomic
def undo(link: PersonLink, reason: str, by: User | None) -> None:
    """Take the two records apart again; a second time changes nothing."""
    locked = PersonLink.objects.select_for_update().get(pk=link.pk)
    if locked.undone_at:
        return
    locked.undone_at, locked.undone_by, locked.undone_why = timezone.now(), by, reason
    locked.save(update_fields=["undone_at", "undone_by", "undone_why"])
    Person.objects.filter(pk=locked.alias_id, merged_into=locked.canonical_id).update(
        merged_into=None
    )
