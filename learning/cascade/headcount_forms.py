"""How many people of each sex and constituency were there: one whole number for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learning.cascade.headcounting import CELLS, Counts
from learning.people.models import Person

MOST = 9999  # people in one cell


@dataclass(frozen=True)
class Cell:
    """One number; `saved` is the one that others saved meanwhile, where it differs."""

    sex: str
    field: BoundField
    saved: int | None


@dataclass(frozen=True)
class Row:
    """The numbers of one constituency, and what they add up to in the record."""

    label: str
    cells: list[Cell]
    total: int


class Total(NamedTuple):
    label: str
    n: int


class HeadcountForm(forms.Form):
    """A table of numbers; an empty cell is none. `counts` are those in the record."""

    def __init__(self, data: Any, counts: Counts) -> None:
        super().__init__(data)
        self.counts = counts
        for sex, part in CELLS:
            self.fields[_name(sex, part)] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST,
                initial=counts.get((sex, part)),
                label=f"{capfirst(Person.Constituency(part).label)}, {Person.Sex(sex).label}",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": _("Write a whole number.")},
            )

    @property
    def chosen(self) -> dict[tuple[str, str], int]:
        """The numbers of a valid form by sex and constituency."""
        return {cell: self.cleaned_data[_name(*cell)] or 0 for cell in CELLS}

    @property
    def sexes(self) -> list[str]:
        return [str(capfirst(sex.label)) for sex in Person.Sex]

    def rows(self) -> Iterator[Row]:
        for part in Person.Constituency:
            cells = [self._cell(sex, part) for sex in Person.Sex]
            total = sum(n for (_sex, own), n in self.counts.items() if own == part)
            yield Row(str(capfirst(part.label)), cells, total)

    def _cell(self, sex: Person.Sex, part: Person.Constituency) -> Cell:
        field, saved = self[_name(sex, part)], self.counts.get((sex, part), 0)
        typed = str(field.value() or 0)
        return Cell(str(capfirst(sex.label)), field, saved if typed != str(saved) else None)

    @property
    def totals(self) -> list[Total]:
        """What the record has of each sex."""
        return [
            Total(
                str(capfirst(sex.label)),
                sum(n for (own, _), n in self.counts.items() if own == sex),
            )
            for sex in Person.Sex
        ]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _name(sex: str, part: str) -> str:
    """Names of fields: "female-government"; what was not stated is called so."""
    return f"{sex or 'unstated'}-{part or 'unstated'}"
