"""What differs between two versions of a question. Definitions in, plain values out.

Where something stands is a path: ("stem",), or ("options", "a", "text") for a part of a list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modules.courses.differing import Spans, spans
from modules.questions.kinds import kind_of
from modules.questions.shapes import Definition, Shape

type Path = tuple[str, ...]
# Of the whole question: what decides its mark beside the structure.
MARKING = ("kind", "method", "max")


@dataclass(frozen=True)
class WordsChange:
    lang: str
    path: Path
    spans: Spans


@dataclass(frozen=True)
class FactChange:
    """`old` or `new` is None where there was or is none; an order of parts is a tuple of keys."""

    path: Path
    old: Any
    new: Any


@dataclass(frozen=True)
class Difference:
    """`came` and `went` are languages; the words of those are not compared."""

    facts: tuple[FactChange, ...]
    words: tuple[WordsChange, ...]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def difference(old: Definition, new: Definition) -> Difference:
    """Kind, marking, key and order of parts first, then words language by language."""
    texts = old["texts"], new["texts"]
    return Difference(
        tuple(_changed(_facts(old), _facts(new))),
        tuple(
            WordsChange(lang, fact.path, spans(fact.old or "", fact.new or ""))
            for lang in texts[1]
            if lang in texts[0]
            for fact in _changed(_words(old, lang), _words(new, lang))
        ),
        came=tuple(lang for lang in texts[1] if lang not in texts[0]),
        went=tuple(lang for lang in texts[0] if lang not in texts[1]),
    )


def _changed(old: Mapping[Path, Any], new: Mapping[Path, Any]) -> Iterator[FactChange]:
    for path in dict.fromkeys([*new, *old]):
        if old.get(path) != new.get(path):
            yield FactChange(path, old.get(path), new.get(path))


def _facts(definition: Definition) -> dict[Path, Any]:
    shape, structure = kind_of(definition).SHAPE, definition["structure"]
    facts: dict[Path, Any] = {(name,): definition[name] for name in MARKING}
    facts |= {(name,): structure[name] for name in shape.facts if name in structure}
    for name, part in shape.lists.items():
        key = part.fields[0]
        facts[(name,)] = tuple(row[key] for row in structure[name])
        for row in structure[name]:
            facts |= {(name, row[key], fact): row[fact] for fact in row if fact != key}
    return facts


def _words(definition: Definition, lang: str) -> dict[Path, str]:
    shape, words = kind_of(definition).SHAPE, definition["texts"][lang]
    found: dict[Path, str] = {(name,): words[name] for name in shape.texts}
    for name, part in shape.lists.items():
        for key, said in words[name].items():
            found |= {(name, key, text): value for text, value in _texts(part, said)}
    return found


def _texts(part: Shape, said: Any) -> Iterator[tuple[str, str]]:
    if part.bare:
        yield part.texts[0], said
    else:
        yield from said.items()
