"""The newest figures of the law side by side: a row for each kind, a column for each province.

The key of a figure says its place and kind: "pk-sd.wage-limit-upper.2022".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from modules.reference.amounts import amount
from modules.reference.dates import in_words
from modules.reference.models import LegalFigure

COUNTRY = "PK"
PROVINCES = ("PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS")
OPEN_END = "9999"


@dataclass(frozen=True)
class Kind:
    """A row. Where a province says the same by another rule, its figure has another name."""

    label: str | Promise
    names: tuple[str, ...]


KINDS = (
    Kind(_("Contribution rate"), ("contribution-rate",)),
    Kind(_("Monthly wage limit"), ("wage-limit", "wage-limit-upper")),
    Kind(_("Minimum wage"), ("minimum-wage", "wage-limit-lower")),
    Kind(_("When to pay"), ("payment-day", "payment-period")),
    Kind(_("Sickness: days of contribution"), ("sickness-contribution-days",)),
    Kind(_("Sickness: rate"), ("sickness-rate",)),
    Kind(_("Sickness: longest time"), ("sickness-days",)),
    Kind(_("Maternity: days of contribution"), ("maternity-contribution-days",)),
    Kind(_("Maternity: rate"), ("maternity-rate",)),
    Kind(_("Maternity: time in all"), ("maternity-weeks",)),
    Kind(_("Injury: rate"), ("injury-rate",)),
    Kind(_("Injury: longest time"), ("injury-days",)),
    Kind(_("Death grant: multiple"), ("death-grant-days",)),
    Kind(_("Death grant: lowest amount"), ("death-grant-minimum",)),
    Kind(_("Death grant: highest amount"), ("death-grant-maximum",)),
    Kind(_("Iddat: rate"), ("iddat-rate",)),
    Kind(_("Time to claim"), ("claim-days",)),
)


@dataclass(frozen=True)
class Cell:
    """What our sources say for one place, in the active language; `figure` is None for nothing."""

    place: str
    figure: LegalFigure | None

    @property
    def words(self) -> str:
        if self.figure is None:
            return gettext("not stated in our sources")
        return amount(self.figure.value, self.figure.unit, get_language() or "en")

    @property
    def date(self) -> str:
        """Since when the value holds, and until when if it has ended; "" without a figure."""
        if self.figure is None:
            return ""
        start = self.figure.as_of
        end = in_words(self.figure.valid_to, get_language() or "en")
        if start and end:
            return gettext("{start} to {end}").format(start=start, end=end)
        if end:
            return gettext("until {date}").format(date=end)
        return gettext("as of {date}").format(date=start) if start else gettext("date not known")


@dataclass(frozen=True)
class Row:
    label: str | Promise
    cells: tuple[Cell, ...]


def table_by_place(
    figures: Iterable[LegalFigure],
    kinds: Sequence[Kind] = KINDS,
    places: Sequence[str] = PROVINCES,
) -> list[Row]:
    """A row for each of `kinds` of which any of `places` has a figure, a cell for each place."""
    by_kind: dict[tuple[str, str], list[LegalFigure]] = {}
    for figure in figures:
        by_kind.setdefault(place_and_kind(figure.key), []).append(figure)
    newest = {place: max(found, key=standing) for place, found in by_kind.items()}
    rows = (Row(kind.label, _cells(kind, newest, places)) for kind in kinds)
    return [row for row in rows if any(cell.figure for cell in row.cells)]


def _cells(
    kind: Kind, newest: dict[tuple[str, str], LegalFigure], places: Sequence[str]
) -> tuple[Cell, ...]:
    found = {
        place: [newest[place, name] for name in kind.names if (place, name) in newest]
        for place in places
    }
    return tuple(Cell(place, next(iter(found[place]), None)) for place in places)


def place_and_kind(key: str) -> tuple[str, str]:
    """ "pk-sd.wage-limit-upper.2022" as "PK-SD" and "wage-limit-upper"."""
    place, _dot, rest = key.partition(".")
    return place.upper(), rest.partition(".")[0]


def standing(figure: LegalFigure) -> tuple[str, str]:
    """Larger for the newer: what still holds, then what began later; an unknown start is first."""
    return figure.valid_to or OPEN_END, figure.valid_from
