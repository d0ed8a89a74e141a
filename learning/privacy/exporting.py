"""What we hold about a person, as plain data."""

from typing import Any

from django.db import models

from learning.people.models import Person
from learning.people.personal import HOLDINGS, Holding


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every declared row about `person` by model label; models without rows are left out.

    The values are those of `django.core.serializers.json.DjangoJSONEncoder`'s kinds; a row of
    another table (an organisation, an area) is given by its name.
    """
    found = {label: _rows(holding, person) for label, holding in sorted(HOLDINGS.items())}
    return {label: rows for label, rows in found.items() if rows}


def _rows(holding: Holding, person: Person) -> list[dict[str, Any]]:
    if not holding.export:
        return []
    return [
        {name: _plain(getattr(row, name)) for name in holding.export}
        for row in holding.rows_of(person)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
