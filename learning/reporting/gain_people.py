"""The list behind a number of before and after: who is counted, and what each got."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from learning.attempts.charting import cut
from learning.attempts.results import Result
from learning.people.models import Person
from learning.people.roles import AnyUser
from learning.reporting.gain_filters import title_of_wave
from learning.reporting.listing import link_to, managed_keys
from learning.reporting.pairing import Tried
from learning.reporting.searching import in_order_of_names
from learning.reporting.tables import Cell, Column, Kind, Row, Table, Value

type Entry = tuple[Person, Tried]


def in_order(people: Iterable[Tried]) -> list[Entry]:
    """By name, then by course; one query."""
    listed = list(people)
    found = Person.objects.filter(pk__in={one.line.person for one in listed})
    named = in_order_of_names(found.only("uuid", "names", "is_anonymous"))
    places = {person.pk: (place, person) for place, person in enumerate(named)}
    ordered = sorted(listed, key=lambda one: (places[one.line.person][0], one.line.group.order))
    return [(places[one.line.person][1], one) for one in ordered]


def gainers_table(
    user: AnyUser, entries: Sequence[Entry], about: Sequence[tuple[str, str]], wave: int = 0
) -> Table:
    """One query. With a column for what each got in a wave some months later."""
    linked = managed_keys(user, [person.pk for person, _one in entries])
    return Table(
        name="before-after-people",
        title=_("Who was tested before and after"),
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("cohort", _("Course or session"), Kind.TEXT),
            Column("before", _("Before"), Kind.PERCENT, _("Of the full mark, cut.")),
            Column("after", _("After"), Kind.PERCENT, _("Of the full mark, cut.")),
            Column("change", _("Change"), Kind.POINTS),
            *([_later(wave)] if wave else []),
        ),
        rows=tuple(_row(person, one, linked, wave) for person, one in entries),
        about=tuple(about),
    )


def _later(wave: int) -> Column:
    return Column("later", title_of_wave(wave), Kind.PERCENT, _("Of the full mark, cut."))


def _row(person: Person, one: Tried, linked: Collection[int], wave: int) -> Row:
    return Row(
        (
            Cell(person.name(), link_to(person, linked)),
            Cell(one.line.group.label),
            Cell(_share(one.before)),
            Cell(_share(one.after)),
            Cell(one.pair.change if one.pair else None),
            *([Cell(_share(one.later.get(wave)))] if wave else []),
        )
    )


def _share(result: Result | None) -> Value:
    if result is None:
        return None
    return cut(result.mark.share) if result.mark.is_final else _("to be marked")
