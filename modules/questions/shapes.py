"""The shape of a kind's definition, and the checks that every kind shares.

A definition is a plain dictionary that survives JSON:

    {"kind": "single", "method": "right_or_wrong", "max": "1",
     "structure": facts that are the same in every language, lists of parts in English order,
     "texts": {"en": {"stem": "…", "options": {"a": {"text": "…", "feedback": "…"}}}, "ur": {…}}}
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from modules.questions.errors import DefinitionError

type Definition = dict[str, Any]

SOURCE = "en"
PARTS_OF_A_DEFINITION = ("kind", "method", "max", "structure", "texts")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Shape:
    """Which fields a question of a kind, or a part of one, has.

    `fields` in the order in which a file writes them; the first field of a part is its key. `facts`
    are the same in every language, `lists` are lists of parts, all others are texts. A part may
    have lists of its own. What is `optional` may be left out, and then leaves no trace.
    """

    fields: tuple[str, ...]
    facts: tuple[str, ...] = ()
    lists: Mapping[str, "Shape"] = field(default_factory=dict)
    may_be_empty: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # those of the optional facts that decide no mark
    shuffled: str = ""  # the list whose order a paper may choose
    bare: bool = False  # the only text of a part stands alone: {"0": "…"}

    @property
    def texts(self) -> list[str]:
        return [name for name in self.fields if name not in {*self.facts, *self.lists}]


# What somebody believes who chooses a wrong option, as a short key: "only-the-poor".
MISCONCEPTION = "misconception"
OPTION = Shape(
    fields=("key", "correct", MISCONCEPTION, "text", "feedback"),
    facts=("key", "correct", MISCONCEPTION),
    optional=(MISCONCEPTION,),
    notes=(MISCONCEPTION,),
)


def plain_number(text: Any, where: str) -> Fraction:
    """`text` such as "73.3" as a fraction; raises `DefinitionError`."""
    if not isinstance(text, str) or not PLAIN_NUMBER.fullmatch(text):
        raise DefinitionError(f'{where}: write a plain number in quotes, such as "73.3".')
    return Fraction(text)


def check_names(
    table: Any, names: Collection[str], where: str, optional: Collection[str] = ()
) -> None:
    """Raises `DefinitionError` unless `table` has exactly the keys `names`, but for `optional`."""
    if not isinstance(table, dict):
        raise DefinitionError(f"{where}: fields with names are expected.")
    for name in names:
        if name not in table and name not in optional:
            raise DefinitionError(f'{where}: "{name}" is missing.')
    for name in table:
        if name not in names:
            raise DefinitionError(f'{where}: "{name}" does not belong here.')


def check_shape(definition: Definition, shape: Shape, methods: Collection[str]) -> None:
    """What every kind demands: a known method, unique keys, and every text in every language."""
    check_names(definition, PARTS_OF_A_DEFINITION, "question")
    if definition["method"] not in methods:
        choices = ", ".join(methods)
        raise DefinitionError(f'method: "{definition["method"]}" is not one of {choices}.')
    if plain_number(definition["max"], "full mark") <= 0:
        raise DefinitionError("full mark: it must be more than 0.")
    structure, texts = definition["structure"], definition["texts"]
    _check_structure(structure, shape, "structure")
    if not isinstance(texts, dict) or SOURCE not in texts:
        raise DefinitionError("texts: English is missing.")
    for lang, words in texts.items():
        _check_words(words, structure, shape, lang)
    _check_optional(texts, shape)


def _check_structure(structure: Any, shape: Shape, where: str) -> None:
    check_names(structure, [*shape.facts, *shape.lists], where, shape.optional)
    _check_facts(structure, shape, where)
    for name, part in shape.lists.items():
        if name in structure:
            inner = name if where == "structure" else f"{where}, {name}"
            _check_parts(structure[name], part, inner)


def _check_parts(parts: Any, shape: Shape, where: str) -> None:
    if not isinstance(parts, list):
        raise DefinitionError(f"{where}: a list is expected.")
    seen = set()
    for number, part in enumerate(parts, 1):
        _check_structure(part, shape, f"{where}, number {number}")
        key = part[shape.fields[0]]
        if key in seen:
            raise DefinitionError(f'{where}: the key "{key}" is used twice.')
        seen.add(key)


def _check_facts(table: dict[str, Any], shape: Shape, where: str) -> None:
    for name in [fact for fact in shape.facts if fact in table]:
        wanted: type = bool if name == "correct" else str
        if not isinstance(table[name], wanted):
            words = "true or false" if wanted is bool else "text in quotes"
            raise DefinitionError(f'{where}: "{name}" must be {words}.')
    for name in ({"key", *shape.notes} & set(shape.facts)) & table.keys():
        if not KEY.fullmatch(table[name]):
            raise DefinitionError(
                f'{where}: the {name} "{table[name]}" may hold small letters, digits and hyphens'
                " only."
            )


def _check_words(words: Any, structure: dict[str, Any], shape: Shape, where: str) -> None:
    lists = {name: part for name, part in shape.lists.items() if name in structure}
    check_names(words, [*shape.texts, *lists], where, shape.optional)
    _check_texts(words, shape, where)
    for name, part in lists.items():
        keys = [row[part.fields[0]] for row in structure[name]]
        check_names(words[name], keys, f"{where}, {name}")
        for key, row in zip(keys, structure[name], strict=True):
            inner = {part.texts[0]: words[name][key]} if part.bare else words[name][key]
            _check_words(inner, row, part, f'{where}, {name}, "{key}"')


def _check_texts(words: dict[str, Any], shape: Shape, where: str) -> None:
    for name in [text for text in shape.texts if text in words]:
        if not isinstance(words[name], str):
            raise DefinitionError(f'{where}: "{name}" must be text in quotes.')
        if not words[name].strip() and name not in shape.may_be_empty:
            raise DefinitionError(f'{where}: "{name}" is empty.')


def _check_optional(texts: dict[str, Any], shape: Shape) -> None:
    """A language may leave empty only what English leaves empty."""
    for lang, words in texts.items():
        for name in shape.may_be_empty:
            if texts[SOURCE][name].strip() and not words[name].strip():
                raise DefinitionError(f'{lang}: "{name}" is empty.')
