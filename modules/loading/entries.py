"""An entry: one object of the library, in one language where it has one, as plain values.

Files and database are compared entry by entry, by the hashes of their values.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from modules.loading.errors import Place

SOURCE_LANG = "en"
# Of all identities that come from library paths. Never change it.
LIBRARY = uuid.UUID("5d6a3a0e-6f0c-5c37-9a55-0c1b7a3c2f10")


class Name(NamedTuple):
    """What an object is called for ever, wherever its file stands: "question/co-axes"."""

    path: str
    lang: str = ""

    def __str__(self) -> str:
        return f"{self.path}@{self.lang}" if self.lang else self.path


@dataclass(frozen=True)
class Entry:
    """`order` is the place among its sisters in the file; `lines` those of a lesson's blocks."""

    name: Name
    value: dict[str, Any]
    place: Place
    order: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.name.lang

    @property
    def kind(self) -> str:
        return self.name.path.partition("/")[0]


def identity(path: str) -> uuid.UUID:
    """The same on every machine: translation keys and block ids come from paths."""
    return uuid.uuid5(LIBRARY, path)


def course_of(file: str) -> str:
    """The course a file belongs to; "" for what all courses share."""
    return file.partition("/")[0] if "/" in file else ""
