"""What every shelf does, and the shelves of plain rows."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import TranslatableMixin

from modules.loading.entries import Entry, Name, identity
from modules.loading.layouts import Layout, Value, lean
from modules.loading.memory import Memory
from modules.questions.freezing import plain_lines


class Shelf(ABC):
    """The objects of one kind. `values` first: `write` needs the rows it found."""

    kind: ClassVar[str]
    title: ClassVar[str]  # for people, in the plural
    beside: ClassVar[tuple[str, ...]] = ()  # fields of the value that no row holds

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.rows: dict[Name, Any] = {}

    def values(self, *, drafts: bool) -> dict[Name, Value]:
        """What the database says of each object.

        With `drafts`, as its authors left it; without, as readers see it, and only what they see.
        """
        found: dict[Name, Value] = {}
        for name, row, value in self.found(drafts=drafts):
            self.rows[name] = row
            found[name] = plain_lines(value)
        return found

    @abstractmethod
    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        """Every object of the kind with its row and what its file would say."""

    @abstractmethod
    def write(self, entry: Entry) -> None:
        """Make or change the object; raises `LibraryError` for what the database cannot hold."""


class RowShelf(Shelf):
    """A model whose rows are plain: no drafts, no tree. The fields of a value are its fields."""

    model: ClassVar[type[models.Model]]
    fields: ClassVar[tuple[str, ...]]
    later: ClassVar[Layout] = {}  # fields that values have only where they say something
    path: ClassVar[str]  # filled with the fields: "term/{key}"

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        for row in self.query():
            value = self.value_of(row)
            yield self.name_of(row, value), row, value

    def query(self) -> models.QuerySet:
        rows = self.model._default_manager.order_by("pk")
        return rows.select_related("locale") if self.is_translatable else rows

    @property
    def is_translatable(self) -> bool:
        return issubclass(self.model, TranslatableMixin)

    def name_of(self, row: Any, value: Value) -> Name:
        natural = self.path.format(**value)
        if not self.is_translatable:
            return Name(natural)
        path = self.memory.path_of(row.translation_key, natural)
        return Name(path, row.locale.language_code)

    def value_of(self, row: Any) -> Value:
        value = {name: as_plain_value(getattr(row, name)) for name in self.fields}
        return lean(value, self.later)

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        """The fields of a row that say `entry`."""
        return {**self.later, **entry.value}

    def write(self, entry: Entry) -> None:
        row = self.rows.get(entry.name) or self.new(entry)
        for name, value in self.fields_of(entry).items():
            setattr(row, name, value)
        with said_at(entry):
            row.clean_fields()
        self.save(row, entry)

    def new(self, entry: Entry) -> Any:
        if not self.is_translatable:
            return self.model()
        return self.model(
            translation_key=identity(entry.name.path),
            locale=self.memory.locales[entry.lang],
        )

    def save(self, row: Any, entry: Entry) -> None:
        row.save()


@contextmanager
def said_at(entry: Entry) -> Iterator[None]:
    """What Django refuses becomes a `LibraryError` at the place of the entry."""
    try:
        yield
    except ValidationError as error:
        raise entry.place.error(in_one_line(error)) from error


def in_one_line(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())


def as_plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
