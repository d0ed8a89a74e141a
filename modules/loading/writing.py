"""Plain data to the text of library files, always in the same form.

Reading what is written here gives the data back, and every shipped file is written exactly as it
stands. What can be read, and is written differently, is legal but not canonical.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from modules.loading.parsing import CLOSE, FENCE, LessonFile

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
BARE_VALUE = re.compile(r"yes|no|[0-9]+|facilitator")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')

type Table = Mapping[str, Any]


def write_toml(data: Table, head: str = "", *, quoted: bool = False) -> str:
    """`data` in its own order; `head` are comment lines; `quoted` names of tables are in quotes."""
    parts = [head] if head else []
    plain = [
        line for name, value in data.items() if _is_plain(value) for line in _pair(name, value)
    ]
    if plain:
        parts.append("\n".join(plain))
    for name, value in data.items():
        title = _text(name) if quoted else _key(name)
        if isinstance(value, Mapping):
            parts.append(_table(f"[{title}]", value))
        elif not _is_plain(value):
            parts += [_table(f"[[{title}]]", row) for row in value]
    return "\n\n".join(parts) + "\n"


def write_lesson(lesson: LessonFile) -> str:
    front = "\n".join(f"{name} = {_inline(value)}" for name, value in lesson.front.items())
    parts = [f"{FENCE}\n{front}\n{FENCE}"]
    for block in lesson.blocks:
        names = "".join(f" {name}={_value(text)}" for name, text in block.attributes.items())
        text = f"{block.text}\n" if block.text else ""
        parts.append(f"::: {block.kind} {{#{block.anchor}{names}}}\n{text}{CLOSE}")
    return "\n\n".join(parts) + "\n"


def _is_plain(value: Any) -> bool:
    """Whether `value` stands on the right of an equals sign, and is no table of its own."""
    if isinstance(value, Mapping):
        return False
    return not (isinstance(value, list) and value and isinstance(value[0], Mapping))


def _table(title: str, table: Table) -> str:
    return "\n".join([title, *(line for pair in table.items() for line in _pair(*pair))])


def _pair(name: str, value: Any) -> Iterator[str]:
    """One line; a list has a line for each of its parts."""
    if not isinstance(value, list) or not value:
        yield f"{_key(name)} = {_inline(value)}"
        return
    yield f"{_key(name)} = ["
    for part in value:
        yield f"  {_inline(part)},"
    yield "]"


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}={_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(part) for part in value) + "]"
    return _text(value)


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return '"' + TO_ESCAPE.sub(_escape, value) + '"'


def _escape(match: re.Match[str]) -> str:
    return ESCAPES.get(match.group(), f"\\u{ord(match.group()):04x}")


def _value(text: str) -> str:
    """Of an attribute: words, keys and file names are quoted, numbers and switches are not."""
    if BARE_VALUE.fullmatch(text):
        return text
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
