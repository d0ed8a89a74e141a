"""The areas we ship: countries and their first-level parts, from `areas.toml`."""

import tomllib
from pathlib import Path
from typing import Any

AREAS = Path(__file__).with_name("areas.toml")


def load_areas(area_model: Any) -> int:
    """Make or update every area of `areas.toml`; returns how many there are.

    `area_model` is `Area`, or its historical form inside a migration, whose `save` knows no path.
    """
    with AREAS.open("rb") as file:
        table = tomllib.load(file)
    fields = {"listed_on": table["listed_on"]}
    countries = {
        code: area_model.objects.update_or_create(
            code=code,
            defaults=fields | {"names": names, "kind": "country", "path": f"{code}/"},
        )[0]
        for code, names in table["countries"].items()
    }
    for code, names in table["parts"].items():
        country = countries[code.partition("-")[0]]
        area_model.objects.update_or_create(
            code=code,
            defaults=fields
            | {
                "names": names,
                "kind": "province",
                "parent": country,
                "path": f"{country.path}{code}/",
            },
        )
    return len(table["countries"]) + len(table["parts"])
