"""People who are only counted, by sex and constituency. Never joined with people who have names."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from learning.cascade.errors import Refused
from learning.cascade.models import Event, Headcount
from learning.cascade.planning import lock_open
from learning.cascade.stamping import Stale, stamp
from learning.people.models import Person, User

type Counts = Mapping[tuple[str, str], int]

COUNTED = "cascade.headcount"
# Every cell of the table: sex and constituency, "" for what was not stated.
CELLS = [(str(sex), str(part)) for part in Person.Constituency for sex in Person.Sex]


def counts_of(event: Event) -> dict[tuple[str, str], int]:
    """How many people of each sex and constituency were counted, without empty cells; one query."""
    return {(row.sex, row.constituency): row.n for row in event.headcounts.all()}


def stamp_of_counts(counts: Counts) -> str:
    """What changes with any of the numbers."""
    return stamp(sorted(counts.items()))


@transaction.atomic
def set_headcounts(event: Event, counts: Counts, by: User | None, *, seen: str = "") -> None:
    """Put these numbers in the place of those before: all of them, or none. Zeros are not kept.

    Raises `Refused` for a session of named people, one that was sent for verification, and a cell
    that does not exist. `seen`: the stamp of the numbers that the person had before her; raises
    `Stale` when others were saved since.
    """
    locked = lock_open(event)
    if not locked.is_headcount:
        raise Refused(_("In this session people are registered, so they are not counted here."))
    if any(n < 0 or cell not in CELLS for cell, n in counts.items()):
        raise Refused(_("These are no numbers of people. Nothing was saved."))
    wanted = {cell: n for cell, n in counts.items() if n}
    known = counts_of(locked)
    if wanted == known:
        return
    if seen and seen != stamp_of_counts(known):
        raise Stale(_("Somebody else saved other numbers meanwhile. Yours were not saved yet."))
    locked.headcounts.all().delete()
    Headcount.objects.bulk_create(
        Headcount(event=locked, sex=sex, constituency=part, n=n)
        for (sex, part), n in sorted(wanted.items())
    )
    log(locked, COUNTED, user=by, data={"total": sum(wanted.values())})


class CountedFormatter(LogFormatter):
    """What the history says of a count."""

    label = gettext_lazy("Count people")

    def format_message(self, log_entry: Any) -> str:
        total = log_entry.data["total"]
        return ngettext("{n} person counted", "{n} people counted", total).format(n=total)


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(COUNTED)(CountedFormatter)
