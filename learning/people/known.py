"""The organisations and areas that a list of people may name, looked up before it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from learning.people.permissions import areas_visible_to, organisations_visible_to
from learning.people.roles import AnyUser


@dataclass(frozen=True)
class Place:
    """An organisation or an area: its code, and its names by language."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    organisations: Sequence[Place]
    areas: Sequence[Place]
    languages: Sequence[str]
    today: date


def known_to(user: AnyUser) -> Known:
    """What `user` may name: everything of the countries she has to do with. Two queries."""
    return Known(
        [Place(*row) for row in organisations_visible_to(user).values_list("code", "names")],
        [Place(*row) for row in areas_visible_to(user).values_list("code", "names")],
        [code for code, name in settings.LANGUAGES],
        timezone.localdate(),
    )
