"""How each person of a list learns that she is enrolled: by letter, on paper, or not from us."""

from collections import Counter
from collections.abc import Sequence
from itertools import batched

from learning.enrolment.enrolling_lists import AT_ONCE, Standing
from learning.imports.models import RosterEntry
from learning.imports.permissions import people_invitable_by
from learning.imports.planning import Plan
from learning.people.models import User
from learning.people.roles import AnyUser

Way = RosterEntry.Way


def ways(plan: Plan, user: AnyUser) -> list[RosterEntry.Way]:
    """One for each of `plan.people`, in their order. Two queries per 500 people we know."""
    known = [one.person.pk for one in plan.people if one.person]
    accounts, invitable = ways_to_accounts(known), invitable_of(known, user)
    found = []
    for one in plan.people:
        key = one.person.pk if one.person else None
        if key in accounts:
            is_news = plan.standing_of(one) != Standing.ALREADY
            found.append(accounts[key] if is_news else Way.NONE)
        elif one.is_new or key in invitable:
            found.append(Way.INVITATION if one.row.email else Way.PAPER)
        else:
            found.append(Way.NONE)
    return found


def ways_to_accounts(people: Sequence[int]) -> dict[int | None, RosterEntry.Way]:
    """For those of `people` who have an account: a letter, if it is open and has an address."""
    return {
        person: Way.ENROLLED if is_active and email else Way.NONE
        for batch in batched(people, AT_ONCE, strict=False)
        for person, is_active, email in User.objects.filter(person__in=batch).values_list(
            "person", "is_active", "email"
        )
    }


def invitable_of(people: Sequence[int], user: AnyUser) -> set[int]:
    """Those of `people` for whom `user` may open an account."""
    return {
        person
        for batch in batched(people, AT_ONCE, strict=False)
        for person in people_invitable_by(user).filter(pk__in=batch).values_list("pk", flat=True)
    }


def counted(found: Sequence[RosterEntry.Way]) -> dict[str, int]:
    """How many letters and slips there will be."""
    counts = Counter(found)
    return {
        "letters": counts[Way.INVITATION] + counts[Way.ENROLLED],
        **{str(way): counts[way] for way in Way},
    }
