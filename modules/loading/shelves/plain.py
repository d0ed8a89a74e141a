"""The shelves of plain rows: reference and courses; and the comments at the head of files."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from modules.courses.models import Course
from modules.loading.entries import Entry, Name
from modules.loading.layouts import LATER_OF_SOURCES, LATER_OF_TERMS, Value
from modules.loading.memory import name_of
from modules.loading.shelves.base import RowShelf, Shelf
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome, Source


class Heads(Shelf):
    """The comment lines at the head of a file; only the loader remembers them."""

    kind, title = "head", "Comments of files"
    beside: ClassVar = ("head",)

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        for path, row in self.memory.rows.items():
            if path.startswith("head/"):
                yield name_of(path), row, row.beside

    def write(self, entry: Entry) -> None:
        """Nothing to do: it is remembered."""


class Sources(RowShelf):
    kind, title = "source", "Sources"
    model, path = Source, "source/{tag}"
    fields: ClassVar = ("tag", "title", "publisher", "year", "confidence", "kind", "url", "note")
    later = LATER_OF_SOURCES


class Terms(RowShelf):
    kind, title = "term", "Glossary terms"
    model, path = GlossaryTerm, "term/{key}"
    fields: ClassVar = (
        *("key", "term", "abbreviation", "definition", "source", "note", "confidence"),
        "review",
    )
    later = LATER_OF_TERMS


class Figures(RowShelf):
    kind, title = "figure", "Legal figures"
    model, path = LegalFigure, "figure/{key}"
    fields: ClassVar = (
        *("key", "label", "jurisdiction", "value", "unit", "valid_from", "valid_to"),
        *("basis", "source", "checked_on", "note"),
    )


class Outcomes(RowShelf):
    kind, title = "outcome", "Outcomes"
    model, path = Outcome, "outcome/{code}"
    fields: ClassVar = ("course_code", "code", "level", "title")


class Courses(RowShelf):
    kind, title = "course", "Courses"
    model, path = Course, "course/{code}"
    fields: ClassVar = ("code", "prefix", "number", "status", "country")
    beside: ClassVar = ("version", "programme")

    def value_of(self, row: Course) -> Value:
        beside = self.memory.beside(Name(f"course/{row.code}"))
        usual = {"version": "0.1", "programme": ""}  # of a course made in the admin
        return {**super().value_of(row), "minutes_total": row.minutes, **usual, **beside}

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        facts = {name: entry.value[name] for name in self.fields}
        return {**facts, "minutes": entry.value["minutes_total"]}
