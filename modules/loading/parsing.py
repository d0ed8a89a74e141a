"""The text of library files to plain data. Nothing here knows what the data means."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from modules.loading.errors import LibraryError

FENCE = "+++"
CLOSE = ":::"
OPEN = re.compile(r"::: (?P<kind>[a-z]+) \{#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<rest>.*)\}")
ATTRIBUTE = re.compile(r' ([a-z_]+)=(?:"((?:[^"\\]|\\["\\])*)"|([A-Za-z0-9_.-]+))')
TABLE = re.compile(r"(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?")
LINE_OF_ERROR = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class Document:
    """A TOML file: its data, the comment lines at its head, and the line of each table."""

    file: str
    data: Mapping[str, Any]
    head: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, table: str) -> int:
        return self.lines.get(table, 1)


@dataclass(frozen=True)
class Block:
    """One block of a lesson; attributes and text exactly as written."""

    kind: str
    anchor: str
    attributes: Mapping[str, str]
    text: str
    line: int = 0


@dataclass(frozen=True)
class LessonFile:
    """A lesson: the table at its head and its blocks in order."""

    front: Mapping[str, Any]
    blocks: tuple[Block, ...]


def parse_toml(file: str, text: str, first_line: int = 1) -> Document:
    """Raises `LibraryError`, also for a table or key that stands twice."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = LINE_OF_ERROR.search(str(error))
        line = int(place.group(1) or 0) if place else 0
        line = line or len(text.splitlines())
        message = LINE_OF_ERROR.sub("", str(error))
        raise LibraryError(file, first_line - 1 + line, f"not TOML: {message}.") from error
    head = "\n".join(takewhile(lambda line: line.startswith("#"), text.split("\n")))
    return Document(file, data, head, dict(_table_lines(text)))


def _table_lines(text: str) -> Iterator[tuple[str, int]]:
    """`[co-axes]` stands under "co-axes"; the second `[[outcome]]` under "outcome.1"."""
    count: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := TABLE.fullmatch(line):
            bracket, name = match.group(1), match.group(2).strip('"')
            if bracket == "[[":
                count[name] = count.get(name, -1) + 1
                name = f"{name}.{count[name]}"
            yield name, number


def parse_lesson(file: str, text: str) -> LessonFile:
    """Raises `LibraryError` at the first thing that is not a lesson's form."""
    lines = text.split("\n")
    if lines[0] != FENCE:
        raise LibraryError(file, 1, f'a lesson begins with a line "{FENCE}".')
    if FENCE not in lines[1:]:
        raise LibraryError(file, 1, f'the front matter is not closed by a line "{FENCE}".')
    end = lines.index(FENCE, 1)
    front = parse_toml(file, "\n".join(lines[1:end]), first_line=2)
    return LessonFile(front.data, tuple(_blocks(file, lines, end + 1)))


def _blocks(file: str, lines: list[str], start: int) -> Iterator[Block]:
    number = start
    while number < len(lines):
        if not lines[number].strip():
            number += 1
            continue
        kind, anchor, attributes = _opening(file, number + 1, lines[number])
        end = next((n for n in range(number + 1, len(lines)) if lines[n].startswith(CLOSE)), None)
        if end is None or lines[end] != CLOSE:
            raise LibraryError(
                file, number + 1, f'the block "{anchor}" is not closed by "{CLOSE}".'
            )
        body = "\n".join(lines[number + 1 : end])
        yield Block(kind, anchor, attributes, body, number + 1)
        number = end + 1


def _opening(file: str, line: int, text: str) -> tuple[str, str, dict[str, str]]:
    match = OPEN.fullmatch(text)
    if match is None:
        raise LibraryError(
            file, line, f'expected a block such as "::: text {{#name minutes=9}}", not "{text}".'
        )
    attributes: dict[str, str] = {}
    rest, at = match["rest"], 0
    while at < len(rest):
        pair = ATTRIBUTE.match(rest, at)
        if pair is None:
            raise LibraryError(file, line, f'attributes are written name="value": "{rest[at:]}".')
        name, quoted, bare = pair.groups()
        if name in attributes:
            raise LibraryError(file, line, f'the attribute "{name}" stands twice.')
        attributes[name] = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at = pair.end()
    return match["kind"], match["anchor"], attributes
