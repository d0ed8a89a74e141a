"""Lessons: one Markdown file each, and the drawings they show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modules.blocks.lesson import PrintedAs
from modules.blocks.simple import has_simple_words
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError, Place
from modules.loading.files.reading import Reader
from modules.loading.layouts import (
    ACTIVITY_AUDIENCE,
    BLOCKS,
    LESSON,
    LESSON_ABROAD,
    WORDS,
    LayoutError,
    fill,
    only,
    thin,
)
from modules.loading.parsing import Block, LessonFile, parse_lesson
from modules.loading.partial import own_blocks
from modules.loading.writing import write_lesson

STEM = re.compile(r"\d\d-(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)")
SWITCH = {"yes": True, "no": False}
# An activity says for whom it is; there is only one answer.
AUDIENCE = {"activity": ACTIVITY_AUDIENCE}
# Not a block of its own: the simple version of the text that has the same name.
SIMPLE = "simple"

type RawBlock = dict[str, Any]


def read_lessons(reader: Reader, code: str, lang: str) -> None:
    for path in sorted((reader.root / code / lang).glob("*.md")):
        file = f"{code}/{lang}/{path.name}"
        place = Place(file, 1)
        text = reader.text(file)
        if text is not None:
            with reader.at(place):
                lesson = parse_lesson(file, text)
                value = _front(reader, code, lang, lesson, path.stem)
                value["blocks"] = list(_raw_blocks(reader, place, lesson, value).values())
                lines = {line_of(b.kind, b.anchor): b.line for b in lesson.blocks}
                name = Name(f"lesson/{code}/{value['key']}", lang)
                reader.add(name, {**value, "course": code}, place, lines=lines)


def line_of(kind: str, anchor: str) -> str:
    """Under which name the line of a block is kept."""
    return f"{SIMPLE} {anchor}" if kind == SIMPLE else anchor


def _front(reader: Reader, code: str, lang: str, lesson: LessonFile, stem: str) -> dict[str, Any]:
    value = fill(lesson.front, LESSON if lang == SOURCE_LANG else LESSON_ABROAD)
    if not value.get("legal_caution"):
        value.pop("legal_caution", None)  # what lessons without one were loaded as stays the same
    match = STEM.fullmatch(stem)
    if match is None or match["key"] != value["key"]:
        raise LayoutError(f'the file must be called "NN-{value["key"]}.md".')
    if lang != SOURCE_LANG:
        english = reader.entries.get(Name(f"lesson/{code}/{value['key']}", SOURCE_LANG))
        if english is None:
            raise LayoutError("there is no English lesson with this key.")
        value = {**english.value, **value}
    return {**value, "slug": value["key"], "stem": stem, "live": True}


def _raw_blocks(
    reader: Reader, place: Place, lesson: LessonFile, value: Mapping[str, Any]
) -> dict[str, RawBlock]:
    """The blocks by anchor, as Wagtail stores them, without ids.

    A translation keeps the English facts and order, and the English blocks that it leaves out.
    """
    english = {raw["value"]["anchor"]: raw for raw in value.get("blocks", ())}
    own: dict[str, RawBlock] = {}
    for block in lesson.blocks:
        here = Place(place.file, block.line)
        with reader.at(here):
            if block.kind == SIMPLE:
                _add_simple(own, block, english)
            elif block.anchor in own:
                raise LayoutError(f'two blocks are called "{block.anchor}".')
            elif english:
                own[block.anchor] = _translated(block, english.get(block.anchor))
            else:
                own[block.anchor] = _with_drawing(reader, here, _own(block))
    return {**english, **own}


def _add_simple(own: Mapping[str, RawBlock], block: Block, english: Mapping[str, RawBlock]) -> None:
    """Put a simple version into its text, which stands before it."""
    full = own.get(block.anchor)
    if full is None or full["type"] != "text":
        raise LayoutError(f'no text called "{block.anchor}" stands before its simple version.')
    if has_simple_words(full["value"]):
        raise LayoutError(f'the text "{block.anchor}" has two simple versions.')
    if block.attributes or not block.text.strip():
        raise LayoutError("a simple version has a text and no attributes.")
    if english and not has_simple_words(english[block.anchor]["value"]):
        raise LayoutError(f'the English text "{block.anchor}" has no simple version.')
    full["value"]["simple"] = block.text


def _own(block: Block) -> RawBlock:
    if block.kind not in BLOCKS:
        raise LayoutError(f'"{block.kind}" is no kind of block: {", ".join(BLOCKS)}.')
    given = {name: _typed(name, text) for name, text in block.attributes.items()}
    if block.kind in AUDIENCE and given.pop("audience", None) != AUDIENCE[block.kind]:
        raise LayoutError(f'"audience" must be {AUDIENCE[block.kind]}.')
    facts = fill(given, BLOCKS[block.kind])
    if facts.get("print") and facts["print"] not in PrintedAs.values:
        raise LayoutError(f'"print" must be one of {", ".join(PrintedAs.values)}.')
    value = {"anchor": block.anchor, **facts}
    if block.kind != "question":
        value["text"] = block.text
    elif block.text:
        raise LayoutError("a question block has no text of its own.")
    return {"type": block.kind, "value": value}


def _typed(name: str, text: str) -> Any:
    if name == "minutes" and text.isdecimal():
        return int(text)
    if name == "keys":
        return text.split()
    return SWITCH.get(text, text) if name == "invented" else text


def _translated(block: Block, english: RawBlock | None) -> RawBlock:
    if english is None or english["type"] != block.kind:
        raise LayoutError(f'the English lesson has no {block.kind} called "{block.anchor}".')
    words = fill(block.attributes, only(BLOCKS[block.kind], WORDS))
    value = {**english["value"], **words}
    value.pop(SIMPLE, None)
    if "text" in value:
        value["text"] = block.text
    return {"type": block.kind, "value": value}


def _with_drawing(reader: Reader, place: Place, raw: RawBlock) -> RawBlock:
    if raw["type"] == "figure":
        raw["value"]["drawing"] = reader.drawing(place, raw["value"]["file"])
    return raw


def write_lessons(code: str, entries: Sequence[Entry]) -> dict[str, str]:
    """The text of each lesson of a course, and of each drawing that the English ones show."""
    files: dict[str, str] = {}
    lessons = {e.name: e for e in entries if e.kind == "lesson" and e.value["course"] == code}
    for entry in lessons.values():
        file = f"{code}/{entry.lang}/{entry.value['stem']}.md"
        english = lessons.get(Name(entry.name.path, SOURCE_LANG))
        files[file] = _lesson_text(file, entry, own_blocks(entry, english))
        if entry.lang == SOURCE_LANG:
            for raw in entry.value["blocks"]:
                if raw["type"] == "figure":
                    files[f"{code}/{raw['value']['file']}"] = raw["value"]["drawing"]
    return files


def _lesson_text(file: str, entry: Entry, raw_blocks: Sequence[RawBlock]) -> str:
    """Raises `LibraryError` when the lesson has what no file can say."""
    value = {"legal_caution": "", **entry.value}
    front = thin(value, LESSON if entry.lang == SOURCE_LANG else LESSON_ABROAD)
    blocks = tuple(block for raw in raw_blocks for block in _blocks(file, raw, entry.lang))
    text = write_lesson(LessonFile(front, blocks))
    read_again = [(b.kind, b.anchor, b.attributes, b.text) for b in parse_lesson(file, text).blocks]
    if read_again != [(b.kind, b.anchor, b.attributes, b.text) for b in blocks]:
        raise LibraryError(file, 1, "this lesson cannot be written as a file.")
    return text


def _blocks(file: str, raw: RawBlock, lang: str) -> Iterator[Block]:
    """A block as files have it, and its simple version after it."""
    kind, value = raw["type"], raw["value"]
    if kind not in BLOCKS:
        raise LibraryError(file, 1, f'a file cannot hold the {kind} block "{value["anchor"]}".')
    abroad = lang != SOURCE_LANG
    facts = thin(value, only(BLOCKS[kind], WORDS) if abroad else BLOCKS[kind])
    attributes = {name: _as_text(fact) for name, fact in facts.items()}
    if kind in AUDIENCE and not abroad:
        attributes = {"audience": AUDIENCE[kind], **attributes}
    yield Block(kind, value["anchor"], attributes, value.get("text", ""))
    if has_simple_words(value):
        yield Block(SIMPLE, value["anchor"], {}, value["simple"])


def _as_text(fact: Any) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return " ".join(fact) if isinstance(fact, list) else str(fact)
