"""The database into library files: what readers see now, in the form that files have."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from modules.courses.models import Course
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import Place
from modules.loading.files.questions import ENDING
from modules.loading.layouts import Value
from modules.loading.library import files_of
from modules.loading.loading import SHELVES, languages
from modules.loading.memory import Memory

LAST = 1_000_000  # the place of what was made in the admin: after all that came from files


def dump_library(course: str, folder: Path) -> list[str]:
    """Write the files of `course` and the shared ones into `folder`; returns their names.

    Drafts and unpublished pages are not written. Raises `Course.DoesNotExist`, and `LibraryError`
    for what no file can say; nothing is written then.
    """
    Course.objects.get(code=course)
    files = files_of(entries_now(), course, languages())
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sorted(files)


def entries_now() -> list[Entry]:
    """Everything that the database holds, in the order of the files and the languages."""
    memory = Memory()
    order = {lang: place for place, lang in enumerate(["", *languages()])}
    entries = [
        remembered(memory, name, value)
        for shelf in SHELVES
        for name, value in shelf(memory).values(drafts=False).items()
        if name.lang in order
    ]
    with_stems(entries)
    homes = Homes(entries)
    entries = [e if e.place.file else replace(e, place=homes.place_of(e)) for e in entries]
    return sorted(entries, key=lambda e: (e.kind, e.order, e.name.path, order[e.lang]))


def remembered(memory: Memory, name: Name, value: Value) -> Entry:
    """The entry with the file and place it came from; a translation stands like its English."""
    english = Name(name.path, SOURCE_LANG if name.lang else "")
    row = memory.rows.get(str(name)) or memory.rows.get(str(english))
    if row is None:
        return Entry(name, value, Place("", 1), LAST)
    file = row.file.replace(f"/{SOURCE_LANG}/", f"/{name.lang}/")
    return Entry(name, value, Place(file, 1), row.place)


def with_stems(entries: Sequence[Entry]) -> None:
    """Give lessons that were made in the admin the name that their file will have."""
    orders = {e.name.path.removeprefix("order/"): e for e in entries if e.kind == "order"}
    for entry in entries:
        if entry.kind == "lesson" and not entry.value["stem"]:
            key = entry.value["key"]
            place = orders[entry.value["course"]].value["lessons"].index(key) + 1
            entry.value["stem"] = f"{place:02d}-{key}"


class Homes:
    """In which file a question goes that never stood in one: beside the lesson that uses it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.courses = {
            e.value["code"]: e.value["course_code"] for e in entries if e.kind == "outcome"
        }
        self.stems = {
            raw["value"]["use"]: lesson.value["stem"]
            for lesson in entries
            if lesson.kind == "lesson" and lesson.lang == SOURCE_LANG
            for raw in lesson.value["blocks"]
            if raw["type"] == "question"
        }

    def place_of(self, entry: Entry) -> Place:
        if entry.kind != "question":
            return entry.place
        course = self.courses.get(entry.value["outcome"], "")
        stem = self.stems.get(entry.value["key"], "unused")
        stem = "tests" if entry.value["use"] == "test" else stem
        return Place(f"{course}/{entry.lang}/{stem}{ENDING}", 1)
