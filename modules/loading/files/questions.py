"""Questions: one table each, in `<lesson>.questions.toml` and `tests.questions.toml`."""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import Place
from modules.loading.files.reading import Reader
from modules.loading.layouts import (
    LATER_OF_QUESTIONS,
    QUESTION,
    QUESTION_ABROAD,
    LayoutError,
    fill,
    lean,
    thin,
)
from modules.loading.writing import write_toml
from modules.questions.definitions import MARKING, without_usual_marking
from modules.questions.kinds import KINDS
from modules.questions.shapes import Shape

ENDING = ".questions.toml"


def read_questions(reader: Reader, code: str, lang: str) -> None:
    for path in sorted((reader.root / code / lang).glob(f"*{ENDING}")):
        for order, key, table, place in reader.tables(f"{code}/{lang}/{path.name}"):
            with reader.at(place):
                if lang == SOURCE_LANG:
                    value = _english(table)
                    _with_picture(reader, place, value["table"])
                else:
                    value = _abroad(reader, key, table)
                value |= {"key": key, "live": True}
                reader.add(Name(f"question/{key}", lang), value, place, order)


def _english(table: dict[str, Any]) -> dict[str, Any]:
    beside, rest = _apart(table, QUESTION)
    value = lean(fill(beside, QUESTION), LATER_OF_QUESTIONS)
    if value["kind"] not in KINDS:
        raise LayoutError(f'kind: "{value["kind"]}" is not one of {", ".join(KINDS)}.')
    return value | {"table": without_usual_marking(value["kind"], without_blanks(rest))}


def _with_picture(reader: Reader, place: Place, table: dict[str, Any]) -> None:
    """A picture stands in the table itself, or in a file that the table names."""
    if "file" in table:
        if "picture" in table:
            raise LayoutError('"file" and "picture" exclude each other.')
        table["picture"] = reader.drawing(place, str(table["file"]))


def _abroad(reader: Reader, key: str, table: dict[str, Any]) -> dict[str, Any]:
    english = reader.entries.get(Name(f"question/{key}", SOURCE_LANG))
    if english is None:
        raise LayoutError("there is no English question with this key.")
    beside, rest = _apart(table, QUESTION_ABROAD)
    if words_only(rest, KINDS[english.value["kind"]].SHAPE) != rest:
        raise LayoutError("a translation holds texts under their keys, nothing else.")
    return {**english.value, **fill(beside, QUESTION_ABROAD), "table": without_blanks(rest)}


def _apart(table: dict[str, Any], names: Mapping[str, Any]) -> tuple[dict, dict]:
    beside = {name: value for name, value in table.items() if name in names}
    return beside, {name: value for name, value in table.items() if name not in names}


def words_only(table: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """What a translation says of its own: texts under their keys. All else is read in English."""
    words = {name: table[name] for name in table if name in shape.texts}
    for name, part in shape.lists.items():
        if name in table:
            key = part.fields[0]
            words[name] = [
                {n: row[n] for n in row if n == key} | words_only(row, part) for row in table[name]
            ]
    return words


def without_blanks(value: Any) -> Any:
    """A text left empty is a text left out."""
    if isinstance(value, dict):
        return {name: without_blanks(part) for name, part in value.items() if part != ""}
    if isinstance(value, list):
        return [without_blanks(part) for part in value]
    return value


def write_questions(
    entries: Sequence[Entry], heads: Mapping[str, str], lessons: Mapping[str, str]
) -> dict[str, str]:
    """The text of each file that `entries` name as theirs, and of the drawings they show.

    A picture that is not the drawing that `lessons`, or another question, have in the file of its
    name stays in the table: theirs would be lost.
    """
    files: dict[str, dict[str, Any]] = {}
    pictures: dict[str, str] = {}
    for entry in entries:
        table = _table(entry)
        if "file" in table:
            name = f"{entry.place.file.partition('/')[0]}/{table['file']}"
            kept = pictures.setdefault(name, lessons.get(name, table["picture"]))
            del table["picture" if kept == table["picture"] else "file"]
        files.setdefault(entry.place.file, {})[entry.value["key"]] = table
    return pictures | {file: write_toml(data, heads.get(file, "")) for file, data in files.items()}


def _table(entry: Entry) -> dict[str, Any]:
    layout = QUESTION if entry.lang == SOURCE_LANG else QUESTION_ABROAD
    shape = KINDS[entry.value["kind"]].SHAPE
    table = entry.value["table"]
    marking = {name: table[name] for name in MARKING if name in table}
    return thin(entry.value, layout) | marking | _ordered(table, shape)


def _ordered(table: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """`table` in the order of its shape."""
    row = {name: table[name] for name in shape.fields if name in table}
    for name, part in shape.lists.items():
        if name in row:
            row[name] = [_ordered(one, part) for one in row[name]]
    return row
