"""What the English text was when each part of a library was translated.

The stamps of a language stand beside its files, in `<course>/<lang>/english.toml`: a hash of the
English words for each lesson's title, block and question. Nothing of them goes into the database.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from modules.loading.entries import SOURCE_LANG, Entry, Name, course_of
from modules.loading.errors import LibraryError
from modules.loading.files.questions import words_only
from modules.loading.layouts import WORDS
from modules.loading.library import Library
from modules.loading.writing import write_toml
from modules.questions.definitions import sha_of
from modules.questions.kinds import KINDS

FILE = "english.toml"
HEAD = "# The English text behind each translation, as hashes. Written by stamp_translation."
LENGTH = 12  # characters of a hash
HEAD_WORDS = ("title", "purpose")

type Stamps = dict[str, str]


def stamps_of(library: Library, code: str, lang: str, only: str = "") -> Stamps:
    """The hash of the English words behind each part that `lang` has translated.

    With `only`, such as "01-one", those of one lesson. What is left in English has none.
    """
    return {
        part: stamp
        for entry in _translated(library, code, lang)
        if not only or only in entry.place.file
        for part, stamp in _stamps(library.entries[Name(entry.name.path, SOURCE_LANG)], entry)
    }


def _translated(library: Library, code: str, lang: str) -> Iterator[Entry]:
    for entry in library.entries.values():
        if entry.lang == lang and entry.kind in READERS and course_of(entry.place.file) == code:
            yield entry


def _stamps(english: Entry, own: Entry) -> Iterator[tuple[str, str]]:
    said, translated = READERS[english.kind](english), READERS[own.kind](own)
    for part, words in said.items():
        if translated.get(part, words) != words:
            yield part, sha_of(words)[:LENGTH]


def _words_of_lesson(lesson: Entry) -> dict[str, Any]:
    """By "lesson/key" what stands at its head, by "lesson/key#anchor" the words of each block."""
    key = f"lesson/{lesson.value['key']}"
    found = {key: {name: lesson.value[name] for name in HEAD_WORDS}}
    for raw in lesson.value["blocks"]:
        words = {n: raw["value"][n] for n in (*WORDS, "text") if raw["value"].get(n)}
        if words:
            found[f"{key}#{raw['value']['anchor']}"] = words
    return found


def _words_of_question(question: Entry) -> dict[str, Any]:
    shape = KINDS[question.value["kind"]].SHAPE
    return {question.name.path: words_only(question.value["table"], shape)}


READERS = {"lesson": _words_of_lesson, "question": _words_of_question}


def read_stamps(library: Library, code: str, lang: str) -> Stamps:
    """The stamps of a language; none, where nobody has stamped it. Raises `LibraryError`."""
    path = library.root / code / lang / FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise LibraryError(f"{code}/{lang}/{FILE}", 1, f"not TOML: {error}.")


def changed_since(library: Library) -> Iterator[str]:
    """A line for each file whose English text has changed since it was translated."""
    languages = {(course_of(e.place.file), e.lang) for e in library.of_kind("lesson")}
    for code, lang in sorted(languages):
        old, new = read_stamps(library, code, lang), stamps_of(library, code, lang)
        changed = {part for part, stamp in new.items() if old.get(part, stamp) != stamp}
        for file, parts in sorted(_by_file(library, lang, changed).items()):
            yield f"{file}: English changed since it was translated: {', '.join(parts)}."


def _by_file(library: Library, lang: str, parts: set[str]) -> Mapping[str, list[str]]:
    """Of each file the `parts` in it, as people look for them: a block by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in library.entries.values():
        if entry.lang == lang and entry.kind in READERS:
            for part in READERS[entry.kind](entry):
                if part in parts:
                    found[entry.place.file].append(_told(entry, part))
    return found


def _told(entry: Entry, part: str) -> str:
    if entry.kind == "question":
        return str(entry.value["key"])
    return part.partition("#")[2] or "title and purpose"


def stamp(library: Library, code: str, lang: str, only: str = "") -> int:
    """Write that what `lang` says now follows the English text, in one lesson's files or in all.

    Returns the number of stamps written. Parts that are gone or not translated lose theirs.
    Raises `LibraryError` where nothing is translated.
    """
    everything, new = stamps_of(library, code, lang), stamps_of(library, code, lang, only)
    if not new:
        raise LibraryError(f"{code}/{lang}/{only or FILE}", 1, "nothing is translated here.")
    old = read_stamps(library, code, lang)
    kept = {part: stamp for part, stamp in old.items() if part in everything}
    path = library.root / code / lang / FILE
    path.write_text(write_toml(dict(sorted({**kept, **new}.items())), HEAD), encoding="utf-8")
    return len(new)
