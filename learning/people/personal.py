"""Which tables hold personal data, what of it a person gets to see, and how it is erased.

Every model with a link to a person or an account is declared here or, for models of the packages
above, beside the model. `manage.py check` fails for one that is not: nobody adds a table of
personal data without deciding how it leaves again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from learning.people.merging import all_records_of
from learning.people.models import Person, User


class OnErase(StrEnum):
    DELETE = "delete"  # the rows go, files with them
    BLANK = "blank"  # the rows stay, the fields in `blank` get these values
    KEEP = "keep"  # the rows stay as they are; `why` says on which ground


@dataclass(frozen=True)
class Holding:
    """How one model holds data of a person.

    `path` leads from the model to the person ("person", "user__person"); empty when rows name an
    account only as the one who did something (`actors`). Actors are foreign keys that the database
    sets to null, or keeps as a bare number, when the account goes.
    """

    label: str
    path: str
    on_erase: OnErase
    why: str
    export: tuple[str, ...] = ()
    blank: dict[str, Any] = field(default_factory=dict)
    actors: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    def rows_of(self, person: Person) -> models.QuerySet:
        """The rows about the person, by all records; none for a model that names only actors."""
        manager = self.model._default_manager
        if not self.path:
            return manager.none()
        return manager.filter(**{f"{self.path}__in": all_records_of(person).values("pk")})


HOLDINGS: dict[str, Holding] = {}


def holds(
    label: str,
    path: str,
    on_erase: OnErase,
    why: str,
    *,
    export: Iterable[str] = (),
    blank: dict[str, Any] | None = None,
    actors: Iterable[str] = (),
) -> None:
    """Declare what the model `label` ("app.Model") holds. Raises `ValueError` when said twice."""
    if label in HOLDINGS:
        raise ValueError(f"{label} is declared twice")
    HOLDINGS[label] = Holding(label, path, on_erase, why, tuple(export), blank or {}, tuple(actors))


def links_to_people(model: type[models.Model]) -> set[str]:
    """Names of the fields of `model` that point to a person or an account."""
    return {
        f.name
        for f in model._meta.local_fields
        if isinstance(f, models.ForeignKey) and f.related_model in {Person, User}
    }


def undeclared_links(model: type[models.Model]) -> set[str]:
    """Fields of `model` that point to people and that no declaration speaks of."""
    holding = HOLDINGS.get(model._meta.label)
    if holding is None:
        return links_to_people(model)
    return links_to_people(model) - {holding.path.split("__")[0], *holding.actors}


def concrete_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if not m._meta.proxy]


@register
def check_personal_data(
    app_configs: object,
    find_models: Callable[[], list[type[models.Model]]] = concrete_models,
    **kwargs: object,
) -> list[CheckMessage]:
    """people.E001: a model points to people and `personal.holds` was not told of it."""
    return [
        Error(
            f"{model._meta.label} points to people ({', '.join(sorted(fields))}) and is not"
            " declared as personal data.",
            hint="Call learning.people.personal.holds: what is exported, how is it erased?",
            obj=model,
            id="people.E001",
        )
        for model in find_models()
        if (fields := undeclared_links(model))
    ]
