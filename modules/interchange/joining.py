"""A question that comes in, joined with the one of its key that is there. Pure.

Most formats hold less than the bank: no names of options, no reason beside a pair. What a file
cannot say must not be lost by a journey out and in, so it is taken from the question that is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from modules.interchange.drafts import MISSING, Draft, Held
from modules.interchange.holding import lists_with_keys, renamed
from modules.questions.shapes import SOURCE, Definition

EMPTY: tuple[Any, ...] = ("", (), None)
FACTS = ("outcome", "level", "use", "tags", "expected")


def is_same(new: Draft, old: Draft, hold: Callable[[Draft], Held]) -> bool:
    """Whether a file says of a question what it would say had it been written from `old`."""
    languages = new.definition["texts"]
    texts = {lang: old.definition["texts"].get(lang) for lang in languages}
    if not all(texts.values()):
        return False
    held = hold(old.with_definition(texts=texts)).draft
    return held is not None and held.definition == new.definition and not _other_facts(new, old)


def _other_facts(new: Draft, old: Draft) -> bool:
    """What a file leaves open is no difference."""
    said = ((getattr(new, name), getattr(old, name)) for name in FACTS)
    return any(there not in EMPTY and there != before for there, before in said)


def joined(new: Draft, old: Draft, *, keeps_keys: bool) -> Draft:
    """`new` with the names of parts, the texts and the facts that it lacks, from `old`.

    Where the kind is another one there is nothing to join.
    """
    if new.kind != old.kind:
        return new
    definition = new.definition
    if not keeps_keys:
        definition = renamed(definition, _names(definition, old.definition))
    texts = {
        lang: _filled(words, old.definition["texts"].get(lang, {}))
        for lang, words in definition["texts"].items()
    }
    return replace(
        new,
        definition={**definition, "texts": texts},
        **{
            name: getattr(new, name) if getattr(new, name) not in EMPTY else getattr(old, name)
            for name in FACTS
        },
    )


def _names(new: Definition, old: Definition) -> dict[str, dict[str, str]]:
    """For each list the old keys by the new ones: of parts that say the same, then by place.

    A part that is new gets a name that no old one has.
    """
    names = {}
    for name in lists_with_keys(new):
        if name not in old["structure"]:
            continue
        there = {row["key"]: _said(old, name, row["key"]) for row in old["structure"][name]}
        names[name] = _paired(
            {row["key"]: _said(new, name, row["key"]) for row in new["structure"][name]}, there
        )
    return names


def _said(definition: Definition, name: str, key: str) -> str:
    words = definition["texts"][SOURCE][name][key]
    return words.get("text", "") if isinstance(words, Mapping) else str(words)


def _paired(new: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    free = dict(old)
    for key, said in new.items():
        same = next((name for name, text in free.items() if text == said), None) if said else None
        if same:
            pairs[key] = same
            del free[same]
    places = list(old)
    for place, key in enumerate(new):
        if key not in pairs and place < len(places) and places[place] in free:
            pairs[key] = places[place]
            del free[places[place]]
    taken = {*old, *pairs.values()}
    for key in new:
        if key not in pairs:
            pairs[key] = _unused(key, taken)
            taken.add(pairs[key])
    return pairs


def _unused(key: str, taken: set[str]) -> str:
    name, n = key, 1
    while name in taken:
        n += 1
        name = f"{key}-{n}"
    return name


def _filled(new: Any, old: Any) -> Any:
    """`new` with `old` where it says nothing."""
    if isinstance(new, Mapping):
        there = old if isinstance(old, Mapping) else {}
        return {name: _filled(value, there.get(name)) for name, value in new.items()}
    return old if new == MISSING and isinstance(old, str) else new
