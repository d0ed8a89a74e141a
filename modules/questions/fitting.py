"""Whether answers to one version of a question can be marked by another version of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from modules.questions.kinds import kind_of
from modules.questions.shapes import Definition, Shape

type Name = tuple[str, ...]


def fits(old: Definition, new: Definition) -> bool:
    """Whether both are of one kind and name the same parts, so that an answer means the same.

    What is right, how it is marked and all words may differ. Gaps are answered by their place in
    the text: theirs must be the same, each to be chosen or to be written as before.
    """
    return old["kind"] == new["kind"] and _names(old) == _names(new) and _gaps(old) == _gaps(new)


def _names(definition: Definition) -> set[Name]:
    return set(_names_in(definition["structure"], kind_of(definition).SHAPE, ()))


def _names_in(structure: Mapping[str, Any], shape: Shape, at: Name) -> Iterator[Name]:
    for name, part in shape.lists.items():
        for row in structure.get(name, ()):
            own = (*at, name, row[part.fields[0]])
            yield own
            yield from _names_in(row, part, own)


def _gaps(definition: Definition) -> list[tuple[str, bool]]:
    return [(gap["key"], "match" in gap) for gap in definition["structure"].get("gaps", ())]
