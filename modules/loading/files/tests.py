"""`tests.toml` of a course: its tests and the forms they draw on."""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.loading.entries import Entry, Name
from modules.loading.errors import Place
from modules.loading.files.reading import Reader
from modules.loading.layouts import TEST, TESTS_FILE, LayoutError, fill, thin
from modules.loading.writing import write_toml


def read_tests(reader: Reader, code: str) -> None:
    """A course that is only announced has none."""
    file = f"{code}/tests.toml"
    document = reader.toml(file)
    if document is None:
        return
    data: dict[str, Any] = {"test": (), "forms": {}}
    with reader.at(Place(file, 1)):
        data = fill(document.data, TESTS_FILE)
    for order, table in enumerate(data["test"]):
        place = Place(file, document.line(f"test.{order}"))
        with reader.at(place):
            test = {"course_code": code, **fill(table, TEST)}
            reader.add(Name(f"test/{code}/{test['purpose']}"), test, place, order)
    place = Place(file, document.line("forms"))
    for order, (label, keys) in enumerate(data["forms"].items()):
        with reader.at(place):
            if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
                raise LayoutError(f'form "{label}" must be a list of question keys.')
            form = {"course_code": code, "label": label, "questions": keys}
            reader.add(Name(f"form/{code}/{label}"), form, place, order)


def write_tests(code: str, entries: Sequence[Entry], heads: Mapping[str, str]) -> dict[str, str]:
    own = [entry for entry in entries if entry.value.get("course_code") == code]
    tests = [thin(entry.value, TEST) for entry in own if entry.kind == "test"]
    forms = {e.value["label"]: e.value["questions"] for e in own if e.kind == "form"}
    if not tests and not forms:
        return {}
    data = ({"test": tests} if tests else {}) | ({"forms": forms} if forms else {})
    file = f"{code}/tests.toml"
    return {file: write_toml(data, heads.get(file, ""))}
