"""Definitions of questions: to and from the tables of library files, their hashes, their feedback.

What a definition looks like stands in `shapes.py`. What a file says beside the question itself
(outcome, level, use, review) is left to whoever reads the file.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from modules.questions.errors import DefinitionError
from modules.questions.kinds import KINDS, kind_of
from modules.questions.presenting import Feedback, words_in
from modules.questions.shapes import SOURCE, Definition, Shape, check_names, check_shape

type Table = Mapping[str, Any]

BESIDE = ("outcome", "level", "use", "review", "expected", "tags", "author", "retired")
# In a file the full mark has a name of its own, because "max" ends the range of a numeric answer.
MARKING = ("method", "full_mark")
USUAL_FULL_MARK = "1"
# Texts that decide a mark: each is a list with a line for everything that is right.
DECIDING = ("accepted", "units")


def from_tables(english: Table, translations: Mapping[str, Table]) -> Definition:
    """The definition of the question that `english` and its `translations` by language write.

    Kind, marking, order and correctness are read from English alone; the others give texts under
    the same keys. Raises `DefinitionError` naming what is missing or does not belong. Whether the
    question makes sense is for its kind's `check`.
    """
    kind = kind_of(english)
    shape = kind.SHAPE
    tables = {SOURCE: english, **translations}
    definition = {
        "kind": kind.KIND,
        "method": english.get("method", kind.DEFAULT_METHOD),
        "max": english.get("full_mark", USUAL_FULL_MARK),
        "structure": _structure(english, shape),
        "texts": {lang: _texts(table, shape, lang) for lang, table in tables.items()},
    }
    check_shape(definition, shape, kind.METHODS)
    return definition


def to_table(definition: Definition, lang: str) -> dict[str, Any]:
    """The table that a file in `lang` holds, its fields in the order in which files write them.

    English has the kind, the facts, and method and full mark where they are not the usual ones;
    other languages have texts only.
    """
    kind = kind_of(definition)
    row = _row(kind.SHAPE, definition["structure"], definition["texts"][lang], lang)
    if lang != SOURCE:
        return row
    marking = {"method": definition["method"], "full_mark": definition["max"]}
    return {"kind": kind.KIND, **without_usual_marking(kind.KIND, marking), **row}


def without_usual_marking(kind: str, table: Table) -> dict[str, Any]:
    """`table` without the method and the full mark that a question of this kind has anyway."""
    usual = {"method": KINDS[kind].DEFAULT_METHOD, "full_mark": USUAL_FULL_MARK}
    return {name: value for name, value in table.items() if usual.get(name) != value}


def sha_of(definition: Definition) -> str:
    """The SHA-256 of the whole definition as canonical JSON, in hexadecimal."""
    text = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def structure_sha_of(definition: Definition) -> str:
    """The same of all that decides a mark.

    Texts and notes may differ, but for lists of what is right.
    """
    structure = dict(definition["structure"])
    for name, part in kind_of(definition).SHAPE.lists.items():
        if part.notes and name in structure:
            structure[name] = [
                {fact: value for fact, value in row.items() if fact not in part.notes}
                for row in structure[name]
            ]
    deciding = {name: value for name, value in definition.items() if name != "texts"}
    lists = list(_lists_of_words(definition["texts"]))
    return sha_of({**deciding, "structure": structure, **({"lists": lists} if lists else {})})


def _lists_of_words(texts: Mapping[str, Any], where: str = "") -> Iterator[list[str]]:
    for name, value in sorted(texts.items()):
        if isinstance(value, Mapping):
            yield from _lists_of_words(value, f"{where}/{name}")
        elif name in DECIDING:
            yield [f"{where}/{name}", value]


def keys_to_order(definition: Definition) -> list[str]:
    """The keys that a paper shuffles into an order for `present`, sorted; [] where none is."""
    name = kind_of(definition).SHAPE.shuffled
    return sorted(part["key"] for part in definition["structure"].get(name, ()))


def feedback(definition: Definition, response: Any, lang: str) -> Feedback:
    """What to say after `response`: it shows the key. Raises `ResponseError` when it does not fit.

    In `lang`, or in English where the question lacks it.
    """
    shown, words = words_in(definition, lang)
    return Feedback(
        lang=shown,
        parts=kind_of(definition).explain(definition, response, words),
        general=words["feedback"],
        model=words.get("model", ""),
    )


def _rows(table: Table, name: str, part: Shape, where: str) -> Iterator[tuple[str, Table]]:
    """The parts of one list with their keys; a key that stands twice would hide a part."""
    rows = table.get(name)
    if not isinstance(rows, list):
        raise DefinitionError(f'{where}: the list "{name}" is missing.')
    seen = set()
    for row in rows:
        key = row.get(part.fields[0]) if isinstance(row, dict) else None
        if not isinstance(key, str):
            raise DefinitionError(f'{where}, {name}: each part needs a "{part.fields[0]}".')
        if key in seen:
            raise DefinitionError(f'{where}, {name}: the key "{key}" is used twice.')
        seen.add(key)
        yield key, row


def _structure(english: Table, shape: Shape) -> dict[str, Any]:
    facts: dict[str, Any] = {name: english[name] for name in shape.facts if name in english}
    for name, part in shape.lists.items():
        if name in english or name not in shape.optional:
            facts[name] = [_structure(row, part) for _, row in _rows(english, name, part, SOURCE)]
    return facts


def _texts(table: Table, shape: Shape, lang: str) -> dict[str, Any]:
    """What is neither fact nor beside the question; each list of parts as a dictionary by key."""
    not_texts = {"kind", *BESIDE, *MARKING, *shape.facts}
    words = {name: value for name, value in table.items() if name not in not_texts}
    for name in shape.may_be_empty:
        words.setdefault(name, "")
    return words | _words_of_lists(table, shape, lang)


def _words_of_lists(table: Table, shape: Shape, where: str) -> dict[str, Any]:
    return {
        name: {
            key: _words_of_part(row, part, f'{where}, {name}, "{key}"')
            for key, row in _rows(table, name, part, where)
        }
        for name, part in shape.lists.items()
        if name in table or name not in shape.optional
    }


def _words_of_part(row: Table, part: Shape, where: str) -> Any:
    words = {name: value for name, value in row.items() if name not in part.facts}
    words |= _words_of_lists(row, part, where)
    check_names(words, [*part.texts, *part.lists], where, part.optional)
    return words[part.texts[0]] if part.bare else words


def _row(shape: Shape, facts: Mapping[str, Any], words: Any, lang: str) -> dict[str, Any]:
    """One table, or one part of a list, in the order of the shape's fields."""
    if shape.bare:
        words = {shape.texts[0]: words}
    row: dict[str, Any] = {}
    for place, name in enumerate(shape.fields):
        if name not in facts and name not in words:
            continue
        if name in shape.lists:
            part = shape.lists[name]
            row[name] = [
                _row(part, one, words[name][one[part.fields[0]]], lang) for one in facts[name]
            ]
        elif name in shape.facts:
            if name in facts and (lang == SOURCE or place == 0):
                row[name] = facts[name]
        elif words[name] or name not in shape.may_be_empty:
            row[name] = words[name]
    return row
