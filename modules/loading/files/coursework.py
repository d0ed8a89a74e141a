"""`coursework.toml` of a course: what its people hand in. The tasks are questions of the bank."""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.loading.entries import Entry, Name
from modules.loading.errors import Place
from modules.loading.files.reading import Reader
from modules.loading.layouts import ASSIGNMENT, COURSEWORK_FILE, fill, thin
from modules.loading.writing import write_toml


def read_coursework(reader: Reader, code: str) -> None:
    """Most courses have none."""
    file = f"{code}/coursework.toml"
    document = reader.toml(file)
    if document is None:
        return
    data: dict[str, Any] = {"assignment": ()}
    with reader.at(Place(file, 1)):
        data = fill(document.data, COURSEWORK_FILE)
    for order, table in enumerate(data["assignment"]):
        place = Place(file, document.line(f"assignment.{order}"))
        with reader.at(place):
            assignment = {"course_code": code, **fill(table, ASSIGNMENT)}
            reader.add(Name(f"assignment/{code}/{assignment['key']}"), assignment, place, order)


def write_coursework(
    code: str, entries: Sequence[Entry], heads: Mapping[str, str]
) -> dict[str, str]:
    own = [
        thin(entry.value, ASSIGNMENT)
        for entry in entries
        if entry.kind == "assignment" and entry.value["course_code"] == code
    ]
    file = f"{code}/coursework.toml"
    return {file: write_toml({"assignment": own}, heads.get(file, ""))} if own else {}
