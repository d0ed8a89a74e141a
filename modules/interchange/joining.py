"""A question that comes in, joined with the one of its key that is there. Pure.

Most formats hold less than the bank: no names of options, no reason beside a pair. What a file
cannot say must not be lost by a journey out and in, so it is taken from the question that is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from modules.interchange.drafts import Draft, Held
from modules.interchange.holding import lists_with_keys, renamed
from modules.interchange.markup import tidy
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


def joined(new: Draft, old: Draft, hold: Callable[[Draft], Held], *, keeps_keys: bool) -> Draft:
    """`new` with all that `old` has and the file could not say.

    What the file says as it was written from `old` was not touched there, so `old` decides. Where
    the kind is another one there is nothing to join.
    """
    new = _case_apart(new, old)
    base = hold(_in_languages(old, new)).draft
    if base is not None:
        base = _case_apart(base, old)
    if base is None or not new.kind == base.kind == old.kind:
        return new
    after, before = new.definition, base.definition
    if not keeps_keys:
        after = renamed(after, _names(after, old.definition))
        before = renamed(before, _names(before, old.definition))
    definition = {
        **after,
        **{
            name: _merged(after[name], before[name], old.definition[name])
            for name in ("method", "max", "structure", "texts")
        },
    }
    facts: dict[str, Any] = {
        name: getattr(old, name) for name in FACTS if getattr(new, name) in EMPTY
    }
    return replace(new, definition=definition, **facts)


def _in_languages(old: Draft, new: Draft) -> Draft:
    texts = old.definition["texts"]
    return old.with_definition(
        texts={lang: texts[lang] for lang in texts if lang in new.definition["texts"]}
    )


def _case_apart(draft: Draft, old: Draft) -> Draft:
    """A choice that tells the case of `old` first is about that case again."""
    if old.kind != "scenario" or draft.kind != "single":
        return draft
    texts = {}
    for lang, words in draft.definition["texts"].items():
        case = old.definition["texts"].get(lang, {}).get("case", "")
        start = f"{tidy(case)}\n\n"
        if not words["stem"].startswith(start):
            return draft
        texts[lang] = {**words, "case": case, "stem": words["stem"].removeprefix(start)}
    return draft.with_definition(kind="scenario", texts=texts)


def _merged(new: Any, base: Any, old: Any) -> Any:
    """What was changed between `base` and `new`, and `old` where nothing was."""
    if new == base:
        return old
    if isinstance(new, dict) and isinstance(base, dict) and isinstance(old, dict):
        kept = {name: old[name] for name in old if name not in base and name not in new}
        return {**{name: _merged(new[name], base.get(name), old.get(name)) for name in new}, **kept}
    if _are_parts(new) and _are_parts(base) and _are_parts(old):
        parts = {row["key"]: row for row in base}, {row["key"]: row for row in old}
        return [_merged(row, *(side.get(row["key"]) for side in parts)) for row in new]
    return new


def _are_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and "key" in row for row in value)


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
