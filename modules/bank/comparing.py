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
    marking: dict[Path, Any] = {(name,): definition[name] for name in MARKING}
    return marking | dict(_facts_in(definition["structure"], kind_of(definition).SHAPE))


def _facts_in(
    structure: Mapping[str, Any], shape: Shape, at: Path = ()
) -> Iterator[tuple[Path, Any]]:
    for name in shape.facts:
        if name in structure:
            yield (*at, name), structure[name]
    for name, part in shape.lists.items():
        key, rows = part.fields[0], structure.get(name, ())
        if name in structure:
            yield (*at, name), tuple(row[key] for row in rows)
        for row in rows:
            beside = {fact: value for fact, value in row.items() if fact != key}
            yield from _facts_in(beside, part, (*at, name, row[key]))


def _words(definition: Definition, lang: str) -> dict[Path, str]:
    return dict(_words_in(definition["texts"][lang], kind_of(definition).SHAPE))


def _words_in(words: Any, shape: Shape, at: Path = ()) -> Iterator[tuple[Path, str]]:
    if shape.bare:
        yield (*at, shape.texts[0]), words
        return
    for name in shape.texts:
        if name in words:
            yield (*at, name), words[name]
    for name, part in shape.lists.items():
        for key, said in words.get(name, {}).items():
            yield from _words_in(said, part, (*at, name, key))
