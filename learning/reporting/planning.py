"""Targets beside what was reached: how much of the plan, and whether it is on its way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.cascade.targets import PER_CENT, Target
from learning.people.models import Programme
from learning.reporting.periods import Period
from learning.reporting.periods import period as year_of

FAR_BEHIND = Fraction(1, 2)  # of what was due


class Progress(StrEnum):
    MET = "met"
    ON_THE_WAY = "on_the_way"
    FAR_BEHIND = "far_behind"


WORDS: dict[Progress, str | Promise] = {
    Progress.MET: _("Met"),
    Progress.ON_THE_WAY: _("On the way"),
    Progress.FAR_BEHIND: _("Far behind"),
}


@dataclass(frozen=True)
class Plan:
    """The targets of a programme for one year, by unit and code of area.

    `whole` is the area that the plan as a whole is for.
    """

    year: int
    whole: str
    values: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, unit: str, area: str) -> int | None:
        return self.values.get((unit, area))

    def in_all(self, unit: str) -> int | None:
        """The target of the whole, else the sum of its parts; shares do not add up."""
        if (unit, self.whole) in self.values:
            return self.values[unit, self.whole]
        parts = [value for (known, _area), value in self.values.items() if known == unit]
        if unit in PER_CENT:
            return parts[0] if len(parts) == 1 else None
        return sum(parts) or None

    @property
    def areas(self) -> set[str]:
        """The parts that something is planned for."""
        return {area for _unit, area in self.values} - {self.whole}


def plan_of(programme: Programme, year: int, paths: Iterable[str]) -> Plan:
    """The plan of the parts of `programme` below `paths`; one query."""
    rows = Target.objects.filter(programme=programme, year=year)
    found = {
        (unit, code): value
        for unit, code, path, value in rows.values_list("unit", "area__code", "area__path", "value")
        if any(path.startswith(prefix) for prefix in paths)
    }
    return Plan(year, programme.area.code, found)


def due_share(within: Period, today: date) -> Fraction:
    """The share of the year's plan that was due in the period until `today`, by days."""
    year = year_of(str(within.year))
    last = min(within.last, today)
    days = max((last - within.first).days + 1, 0)
    return Fraction(days, (year.last - year.first).days + 1)


def progress(actual: int, target: int | None, due: Fraction) -> Progress | None:
    """None without a target."""
    if target is None:
        return None
    if actual >= target:
        return Progress.MET
    return Progress.FAR_BEHIND if actual < target * due * FAR_BEHIND else Progress.ON_THE_WAY
