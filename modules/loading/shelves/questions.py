"""The shelf of the question bank."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from modules.loading.entries import SOURCE_LANG, Entry, Name, identity
from modules.loading.files.questions import without_blanks, words_only
from modules.loading.layouts import LATER_OF_QUESTIONS, Value, lean
from modules.loading.shelves.base import Shelf, said_at
from modules.questions.definitions import MARKING
from modules.questions.freezing import plain_lines
from modules.questions.kinds import KINDS
from modules.questions.models import Question
from modules.questions.shapes import Shape

type Table = Mapping[str, Any]


class Questions(Shelf):
    kind, title = "question", "Questions"
    fields: ClassVar = (
        *("key", "outcome", "level", "use", "review", "live"),
        *("expected", "author", "retired"),
    )

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        for row in Question.objects.select_related("locale").order_by("pk"):
            if drafts or row.live:
                path = self.memory.path_of(row.translation_key, f"question/{row.key}")
                lang = row.locale.language_code
                newest = drafts and row.has_unpublished_changes
                said = row.get_latest_revision_as_object() if newest else row
                yield Name(path, lang), row, value_of(said, lang)

    def write(self, entry: Entry) -> None:
        row = self.rows.get(entry.name) or Question(
            translation_key=identity(entry.name.path),
            locale=self.memory.locales[entry.lang],
        )
        value = {**LATER_OF_QUESTIONS, **entry.value}
        for name in self.fields:
            setattr(row, name, value[name])
        row.tags = ", ".join(value["tags"])
        row.definition = [raw_definition(entry, self.facts_for(entry))]
        if plain_lines(value_of(row, entry.lang)) != entry.value:
            raise entry.place.error("the bank has no place for a field of this question.")
        with said_at(entry):
            row.clean_fields()
        if row.pk is None:
            row.save()
        row.save_revision().publish()

    def facts_for(self, entry: Entry) -> Table:
        """Of a translation: the table of the English question, whose facts its editor shows."""
        if entry.lang == SOURCE_LANG:
            return {}
        english = Question.objects.filter(locale__language_code=SOURCE_LANG)
        return english.get(translation_key=identity(entry.name.path)).table


def value_of(row: Question, lang: str) -> Value:
    value: Value = {name: getattr(row, name) for name in Questions.fields}
    value = lean({**value, "tags": row.tag_list}, LATER_OF_QUESTIONS)
    table = dict(row.table) if row.definition else {}
    value["kind"] = table.pop("kind", "")
    if lang != SOURCE_LANG and value["kind"]:
        table = words_only(table, KINDS[value["kind"]].SHAPE)
    return {**value, "table": without_blanks(table)}


def raw_definition(entry: Entry, english: Table) -> dict[str, Any]:
    """The one block of a definition as Wagtail stores it, its ids from the library path."""
    return raw_of(entry.name.path, entry.value["kind"], entry.value["table"], english)


def raw_of(path: str, kind: str, table: Table, english: Table) -> dict[str, Any]:
    """The same of a table that stands in no file; `english` as in `facts_for`."""
    marking = {name: english[name] for name in MARKING if name in english}
    value = marking | _raw(table, english, KINDS[kind].SHAPE, f"{path}#")
    return {"type": kind, "value": value, "id": _id(f"{path}#")}


def _raw(said: Table, english: Table, shape: Shape, path: str) -> dict[str, Any]:
    """What a table or a part says, with the facts of the English one."""
    facts = {name: english[name] for name in shape.facts if name in english}
    parts = {
        name: _raw_parts(said[name], english.get(name, ()), shape.lists[name], path + name)
        for name in shape.lists
        if name in said
    }
    return {**facts, **said, **parts}


def _raw_parts(
    parts: Iterable[Table], english: Iterable[Table], shape: Shape, path: str
) -> list[dict[str, Any]]:
    key = shape.fields[0]
    facts = {row[key]: row for row in english}
    return [
        {
            "type": "item",
            "value": _raw(part, facts.get(part[key], {}), shape, f"{path}/{part[key]}/"),
            "id": _id(f"{path}/{part[key]}"),
        }
        for part in parts
    ]


def _id(path: str) -> str:
    return str(identity(path))
