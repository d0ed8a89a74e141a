"""Areas and organisations by their keys, read once for a report."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from learning.people.models import Area, Organisation
from learning.people.permissions import areas_visible_to, organisations_visible_to
from learning.people.roles import AnyUser

ELSEWHERE = "elsewhere"  # in a country that the reader has nothing to do with


@dataclass(frozen=True)
class Places:
    """What may be named to somebody; of everything else is only told that it is elsewhere."""

    areas: dict[int, Area]
    organisations: dict[int, Organisation]

    def province(self, area: int | None) -> str:
        """The code of the first-level part of a country that an area lies in; empty without one.

        Somebody placed no nearer than a country has the code of the country.
        """
        if area is None:
            return ""
        if area not in self.areas:
            return ELSEWHERE
        country, province = [*self.areas[area].path.split("/"), ""][:2]
        return province or country

    def organisation(self, pk: int | None) -> str:
        """The code of an organisation; empty without one."""
        if pk is None:
            return ""
        return self.organisations[pk].code if pk in self.organisations else ELSEWHERE

    def name(self, code: str) -> str:
        """What an area or an organisation is called, by its code."""
        return self._names.get(code, _("Elsewhere") if code == ELSEWHERE else code)

    def stated(self, code: str) -> str:
        """The same; in words where none is stated."""
        return self.name(code) or _("Not stated")

    @cached_property
    def _names(self) -> dict[str, str]:
        known: list[Area | Organisation] = [*self.areas.values(), *self.organisations.values()]
        return {one.code: str(one) for one in known}


def places_for(user: AnyUser) -> Places:
    """Two queries."""
    areas = {area.pk: area for area in areas_visible_to(user)}
    return Places(areas, {body.pk: body for body in organisations_visible_to(user)})
