"""`tests.toml` of a course: its tests, their blueprints, and the forms they draw on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from modules.loading.entries import Entry, Name
from modules.loading.errors import Place
from modules.loading.files.reading import Reader
from modules.loading.layouts import (
    BLUEPRINT,
    CELL,
    LATER_OF_TESTS,
    TEST,
    TESTS_FILE,
    LayoutError,
    Value,
    fill,
    lean,
    thin,
)
from modules.loading.writing import write_toml

MOMENTS = ("opens_at", "closes_at")


def read_tests(reader: Reader, code: str) -> None:
    """A course that is only announced has none."""
    file = f"{code}/tests.toml"
    document = reader.toml(file)
    if document is None:
        return
    data: dict[str, Any] = {"test": (), "blueprint": (), "forms": {}}
    with reader.at(Place(file, 1)):
        data = fill(document.data, TESTS_FILE)
    for order, table in enumerate(data["test"]):
        place = Place(file, document.line(f"test.{order}"))
        with reader.at(place):
            test = {"course_code": code, **_test(table)}
            reader.add(Name(f"test/{code}/{test['purpose']}"), test, place, order)
    for order, table in enumerate(data["blueprint"]):
        place = Place(file, document.line(f"blueprint.{order}"))
        with reader.at(place):
            blueprint = {"course_code": code, **_blueprint(table)}
            reader.add(Name(f"blueprint/{code}/{blueprint['key']}"), blueprint, place, order)
    place = Place(file, document.line("forms"))
    for order, (label, keys) in enumerate(data["forms"].items()):
        with reader.at(place):
            if not _is_list_of_texts(keys):
                raise LayoutError(f'form "{label}" must be a list of question keys.')
            form = {"course_code": code, "label": label, "questions": keys}
            reader.add(Name(f"form/{code}/{label}"), form, place, order)


def _test(table: Mapping[str, Any]) -> Value:
    test = fill(table, TEST)
    if not isinstance(test["waves"], list) or not all(type(n) is int for n in test["waves"]):
        raise LayoutError('"waves" must be a list of months, such as [3, 6].')
    moments = {name: _in_utc(name, test[name]) for name in MOMENTS}
    return lean({**test, **moments}, LATER_OF_TESTS)


def _in_utc(name: str, text: str) -> str:
    """As the database says it: another zone is another way to write the same moment."""
    if not text:
        return ""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise LayoutError(
            f'"{name}" must be a moment with its zone, such as "2027-01-31T08:00+05:00".'
        )
    return moment.astimezone(dt.UTC).isoformat()


def _blueprint(table: Mapping[str, Any]) -> Value:
    """Its lists in one order, whatever the order of the file: none of them means anything."""
    value = fill(table, BLUEPRINT)
    for name in ("pool", "anchors", "forms"):
        if not _is_list_of_texts(value[name]):
            raise LayoutError(f'"{name}" of blueprint "{value["key"]}" must be a list of texts.')
    cells = [fill(cell, CELL) for cell in value["cells"]]
    return {
        **value,
        "cells": sorted(cells, key=lambda cell: (cell["outcome"], cell["level"])),
        **{name: sorted(value[name]) for name in ("pool", "anchors", "forms")},
    }


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def write_tests(code: str, entries: Sequence[Entry], heads: Mapping[str, str]) -> dict[str, str]:
    own = [entry for entry in entries if entry.value.get("course_code") == code]
    tests = [thin(entry.value, TEST) for entry in own if entry.kind == "test"]
    blueprints = [thin(entry.value, BLUEPRINT) for entry in own if entry.kind == "blueprint"]
    forms = {e.value["label"]: e.value["questions"] for e in own if e.kind == "form"}
    data = {"test": tests, "blueprint": blueprints, "forms": forms}
    said = {name: value for name, value in data.items() if value}
    file = f"{code}/tests.toml"
    return {file: write_toml(said, heads.get(file, ""))} if said else {}
