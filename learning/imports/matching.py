"""Which people we know a list may mean. Whoever imports decides; some answers are given beforehand.

Taken for the same person without asking: the address of an account and a name of its owner. Asked:
the address with another name, and a name with the same sex and organisation. Names alone, and
addresses alone, join nobody: namesakes are many, and offices share addresses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from learning.people.models import Person, User
from learning.people.naming import keys_of, people_named_like
from learning.people.rows import PersonRow, Why, look_alikes, sexes_agree

ANOTHER = "another"  # the choice of a person that nobody of the candidates is
AT_ONCE = 500  # addresses in one query


@dataclass(frozen=True)
class Candidate:
    """Somebody a row may mean: a person we know, or an earlier row of the list.

    `record` is where we know the person from: one merged into another is shown, the other is meant.
    """

    why: Why
    record: Person | None = None
    earlier: PersonRow | None = None

    @property
    def person(self) -> Person | None:
        return self.record and (self.record.merged_into or self.record)

    @property
    def key(self) -> str:
        """What stands for this candidate in a stored choice."""
        return f"person:{self.person.uuid}" if self.person else f"row:{self.number}"

    @property
    def number(self) -> int:
        return self.earlier.row if self.earlier else 0


@dataclass(frozen=True)
class Question:
    """A row with those it may mean, what is taken for right, and what was chosen."""

    row: PersonRow
    candidates: Sequence[Candidate]
    default: str
    choice: str

    @property
    def answer(self) -> str:
        """The key of a candidate, `ANOTHER`, or nothing as long as nobody has decided."""
        keys = {ANOTHER, *(candidate.key for candidate in self.candidates)}
        return self.choice if self.choice in keys else self.default

    @property
    def meant(self) -> Candidate | None:
        return next((one for one in self.candidates if one.key == self.answer), None)


def questions(
    people: Sequence[PersonRow], within: QuerySet[Person], choices: Mapping[str, str]
) -> dict[int, Question]:
    """A question for each row that may mean somebody of `within`, or an earlier row; by row number.

    `choices` are kept by row number as text. One query for names, two for every 500 addresses.
    """
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row, candidate in candidates(people, within):
        if candidate.key not in {one.key for one in found[row]}:
            found[row].append(candidate)
    by_number = {person.row: person for person in people}
    return {
        row: Question(by_number[row], known, default_of(known), choices.get(str(row), ""))
        for row, known in sorted(found.items())
    }


def default_of(known: Iterable[Candidate]) -> str:
    """The one candidate with the same address and name, persons before rows; else nothing."""
    certain = [one for one in known if one.why == Why.ADDRESS_AND_NAME]
    persons = [one for one in certain if one.person]
    best = persons or certain
    return best[0].key if len(best) == 1 else ""


def candidates(
    people: Sequence[PersonRow], within: QuerySet[Person]
) -> Iterator[tuple[int, Candidate]]:
    """Row number and candidate: by address first, then by name, then rows of the list."""
    loaded = within.select_related("organisation", "area_of_work", "user", "merged_into__user")
    owners = owners_of([person.email for person in people if person.email], loaded)
    namesakes = people_named_like(
        (name for person in people for name in person.names.values()),
        loaded.filter(works_for(people)),
    )
    for person in people:
        keys = keys_of(person.names.values())
        for owner in owners.get(person.email.casefold(), []):
            is_named_so = not keys.isdisjoint(keys_of(owner.names.values()))
            yield (
                person.row,
                Candidate(Why.ADDRESS_AND_NAME if is_named_so else Why.ADDRESS, owner),
            )
        for key in sorted(keys):
            for other in namesakes.get(key, []):
                if agree(person, other):
                    yield person.row, Candidate(Why.NAME, other)
    by_number = {person.row: person for person in people}
    for row, likeness in look_alikes(people).items():
        yield row, Candidate(likeness.why, earlier=by_number[likeness.earlier])


def works_for(people: Iterable[PersonRow]) -> Q:
    """Narrows the search for names to the organisations of the list."""
    codes = {person.organisation for person in people}
    nowhere = Q(organisation=None) if "" in codes else Q(pk__in=[])
    return Q(organisation__code__in=codes - {""}) | nowhere


def agree(row: PersonRow, person: Person) -> bool:
    """Whether sex and organisation of a row and of a person of its name may be the same."""
    code = person.organisation.code if person.organisation else ""
    return row.organisation == code and sexes_agree(row.sex, person.sex)


def owners_of(addresses: Sequence[str], within: QuerySet[Person]) -> dict[str, list[Person]]:
    """Those of `within` whose account has one of `addresses`, by the address in small letters."""
    wanted = sorted({address.casefold() for address in addresses})
    found: dict[str, dict[int, str]] = defaultdict(dict)
    owners: dict[int, Person] = {}
    for batch in batched(wanted, AT_ONCE, strict=False):
        pairs = set(addresses_of_accounts(batch))
        owners |= within.filter(pk__in={person for person, address in pairs}).in_bulk()
        for person, address in sorted(pairs):
            found[address][person] = address
    return {
        address: [owners[person] for person in people if person in owners]
        for address, people in found.items()
    }


def addresses_of_accounts(batch: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Person and address, for each account with one of these, confirmed or not."""
    accounts = User.objects.filter(person__isnull=False).annotate(own=Lower("email"))
    rows = accounts.filter(Q(own__in=batch) | Q(emailaddress__email__in=batch))
    for person, own, given in rows.values_list("person", "own", "emailaddress__email"):
        for address in {own, (given or "").lower()} & set(batch):
            yield person, address
