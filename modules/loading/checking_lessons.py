"""What is wrong inside lessons, and with the marks in any text."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

from modules.blocks.lesson import law_keys_in
from modules.blocks.markdown import SEE, SOURCE_TAG, TERM, sources_in, terms_in
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError, Place
from modules.loading.files.lessons import SIMPLE, line_of
from modules.loading.library import Library
from modules.loading.partial import left_in_english, with_words
from modules.questions.models import Question
from modules.reference.drawings import check_drawing, check_picture, letters_in

type RawBlock = dict[str, Any]


def lesson_outcomes(library: Library) -> Iterator[LibraryError]:
    outcomes = {entry.value["code"] for entry in library.of_kind("outcome")}
    for lesson in library.of_kind("lesson"):
        for code in lesson.value["outcomes"]:
            if code not in outcomes and lesson.lang == SOURCE_LANG:
                yield lesson.place.error(f'there is no outcome "{code}".')


def block_references(library: Library) -> Iterator[LibraryError]:
    """Of English lessons; translations have their facts from there."""
    for place, raw in blocks(library, SOURCE_LANG):
        value = raw["value"]
        yield from _law_keys(library, place, raw)
        if raw["type"] == "question":
            question = library.entries.get(Name(f"question/{value['use']}", SOURCE_LANG))
            if question is None:
                yield place.error(f'there is no question "{value["use"]}".')
            elif question.value["use"] != Question.Use.PRACTICE:
                yield place.error(f'"{value["use"]}" is not for practice.')


def _law_keys(library: Library, place: Place, raw: RawBlock) -> Iterator[LibraryError]:
    keys = law_keys_in(raw["value"])
    if raw["type"] == "figures" and not 0 < len(keys) == len(set(keys)):
        yield place.error('"keys" must name one figure of legal.toml or more, each once.')
    for key in keys:
        if Name(f"figure/{key}", SOURCE_LANG) not in library.entries:
            yield place.error(f'there is no figure "{key}" in legal.toml.')


def figures(library: Library) -> Iterator[LibraryError]:
    """Each figure needs words for who cannot see it, and a legend for all its letters."""
    for place, raw in blocks(library):
        if raw["type"] != "figure":
            continue
        value = raw["value"]
        if not value["alt"].strip():
            yield place.error('"alt" must say what the drawing shows.')
        for letter in letters_in(value["drawing"]):
            if f"- {letter}:" not in value["text"]:
                yield place.error(f'the legend does not explain the letter "{letter}".')


def drawings(library: Library) -> Iterator[LibraryError]:
    for place, raw in blocks(library, SOURCE_LANG):
        if raw["type"] == "figure":
            try:
                check_drawing(raw["value"]["drawing"])
            except ValidationError as error:
                yield place.error(f"{raw['value']['file']}: {' '.join(error.messages)}")
    for entry in library.of_kind("question"):
        if (svg := entry.value["table"].get("picture")) is not None:
            try:
                check_picture(svg)
            except ValidationError as error:
                yield entry.place.error(f"{entry.value['key']}: {' '.join(error.messages)}")


def case_sets(library: Library) -> Iterator[LibraryError]:
    """Questions of one set tell the same case, in each language."""
    firsts: dict[tuple[str, str], Entry] = {}
    for entry in library.of_kind("question"):
        english = library.entries[Name(entry.name.path, SOURCE_LANG)].value["table"]
        if not english.get("set"):
            continue
        first = firsts.setdefault((english["set"], entry.lang), entry)
        if first.value["table"].get("case") != entry.value["table"].get("case"):
            yield entry.place.error(
                f'{entry.value["key"]}: its case is not that of "{first.value["key"]}", which is in'
                f' the set "{english["set"]}" too.'
            )


def translated_in_part(library: Library) -> Iterator[str]:
    """A line for each lesson that is: its file, and how much of it is translated."""
    for lesson in library.of_kind("lesson"):
        left = left_in_english(lesson, library.entries[Name(lesson.name.path, SOURCE_LANG)])
        if left:
            total = len(with_words(lesson))
            yield (
                f"{lesson.place.file}: translated in part, {total - len(left)} of {total} blocks."
            )


def meanings_in_english(library: Library) -> Iterator[str]:
    """A line for each language of a course whose lessons use terms that it does not explain."""
    used: dict[tuple[str, str], set[str]] = {}
    for place, text in _texts(library):
        course, _slash, rest = place.file.partition("/")
        lang = rest.partition("/")[0]
        if lang not in ("", SOURCE_LANG):
            used.setdefault((course, lang), set()).update(terms_in(text))
    for (course, lang), keys in used.items():
        own = (library.entries.get(Name(f"term/{key}", lang)) for key in keys)
        count = len(keys) - sum(1 for entry in own if entry and entry.value["definition"])
        if count:
            yield f"{course}/{lang}: {count} of {len(keys)} terms have their meaning in English."


def terms(library: Library) -> Iterator[LibraryError]:
    for place, text in _texts(library):
        for here, match in _matches(TERM, place, text):
            key = match.group(1).strip()
            if Name(f"term/{key}", SOURCE_LANG) not in library.entries:
                yield here.error(f'there is no term "{key}" in terms.toml.')
        for here, match in _matches(r"\[\[(?!term:|see:)[^\]]*\]\]", place, text):
            yield here.error(f'"{match.group()}" is no mark of ours.')


def see_marks(library: Library) -> Iterator[LibraryError]:
    """What a text points to is another lesson of its course, or a block of it."""
    for lesson in library.of_kind("lesson"):
        course = lesson.value["course"]
        for place, raw in blocks_of(lesson):
            first = Place(place.file, place.line + 1)
            text = raw["value"].get("text", "")
            for here, match in _matches(r"\[\[see:[^\]]*\]\]", first, text):
                if (said := _what_it_misses(library, course, match.group())) is not None:
                    yield here.error(said)


def _what_it_misses(library: Library, course: str, mark: str) -> str | None:
    match = re.fullmatch(SEE, mark)
    if match is None:
        return f'"{mark}" must be like "[[see:lesson#block|words]]".'
    key, block, _words = match.groups()
    target = library.entries.get(Name(f"lesson/{course}/{key}", SOURCE_LANG))
    if target is None:
        return f'there is no lesson "{key}" in this course.'
    anchors = {raw["value"]["anchor"] for raw in target.value["blocks"]}
    return None if block is None or block in anchors else f'"{key}" has no block "{block}".'


def sources(library: Library) -> Iterator[LibraryError]:
    for place, text in _texts(library):
        for here, match in _matches(SOURCE_TAG, place, text):
            if Name(f"source/{match.group(1)}") not in library.entries:
                yield here.error(f'there is no source "{match.group(1)}" in sources.toml.')


def listed_sources(library: Library) -> Iterator[LibraryError]:
    """What a lesson or one of its questions cites stands in the lesson's list of sources."""
    for lesson in library.of_kind("lesson"):
        listed: set[str] = set()
        cited: dict[str, Place] = {}
        for place, tag, is_list in _citations(library, lesson):
            if is_list:
                listed.add(tag)
            else:
                cited.setdefault(tag, place)
        for tag, place in cited.items():
            if tag not in listed:
                yield place.error(f"[{tag}] is missing in the lesson's list of sources.")


def _citations(library: Library, lesson: Entry) -> Iterator[tuple[Place, str, bool]]:
    """Where which source is named, and whether that is the lesson's list of sources."""
    for place, raw, text in prose_of(lesson):
        for here, match in _matches(SOURCE_TAG, place, text):
            yield here, match.group(1), raw["type"] == "sources"
    for _, raw in blocks_of(lesson):
        question = library.entries.get(Name(f"question/{raw['value'].get('use')}", lesson.lang))
        if question is not None:
            for text in strings(question):
                for tag in sources_in(text):
                    yield question.place, tag, False


def blocks(library: Library, lang: str = "") -> Iterator[tuple[Place, RawBlock]]:
    """The blocks that files hold, of all lessons or of those in `lang`, with their places."""
    for lesson in library.of_kind("lesson"):
        if lang in ("", lesson.lang):
            own = (raw for raw in blocks_of(lesson) if raw[1]["value"]["anchor"] in lesson.lines)
            yield from own


def blocks_of(lesson: Entry) -> Iterator[tuple[Place, RawBlock]]:
    for raw in lesson.value["blocks"]:
        line = lesson.lines.get(raw["value"]["anchor"], 1)
        yield Place(lesson.place.file, line), raw


def prose_of(lesson: Entry) -> Iterator[tuple[Place, RawBlock, str]]:
    """The texts of a lesson, simple versions too: place of the first line, block and text."""
    for place, raw in blocks_of(lesson):
        value = raw["value"]
        yield Place(place.file, place.line + 1), raw, value.get("text", "")
        if SIMPLE in value:
            line = lesson.lines.get(line_of(SIMPLE, value["anchor"]), place.line)
            yield Place(place.file, line + 1), raw, value[SIMPLE]


def own_prose_of(lesson: Entry) -> Iterator[tuple[Place, RawBlock, str]]:
    """The texts that its file holds itself; what it leaves in English is told of English."""
    for place, raw, text in prose_of(lesson):
        if raw["value"]["anchor"] in lesson.lines:
            yield place, raw, text


def _texts(library: Library) -> Iterator[tuple[Place, str]]:
    """Every text in which marks may stand, with the place of its first line."""
    for lesson in library.of_kind("lesson"):
        yield from ((place, text) for place, _raw, text in own_prose_of(lesson))
    for entry in library.entries.values():
        if entry.kind in ("question", "term", "figure"):
            yield from ((entry.place, text) for text in strings(entry))


def strings(entry: Entry) -> Iterator[str]:
    parts: list[Any] = [entry.value]
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            parts += part
        elif isinstance(part, dict):
            parts += part.values()


def _matches(pattern: str, place: Place, text: str) -> Iterator[tuple[Place, re.Match[str]]]:
    """Matches with their own lines; a table of a question has its texts in one line each."""
    for match in re.finditer(pattern, text):
        yield Place(place.file, place.line + text.count("\n", 0, match.start())), match


LESSON_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (
    *(figures, drawings, case_sets, terms, see_marks, sources, listed_sources),
)
