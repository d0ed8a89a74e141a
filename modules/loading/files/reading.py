"""What reading any library file needs: the folder, the entries found, and what was wrong."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from modules.loading.entries import Entry, Name
from modules.loading.errors import LibraryError, Place
from modules.loading.layouts import LayoutError
from modules.loading.parsing import Document, parse_toml

LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass
class Reader:
    """Collects; what is wrong in one place does not keep the rest from being read."""

    root: Path
    entries: dict[Name, Entry] = field(default_factory=dict)
    errors: list[LibraryError] = field(default_factory=list)

    def add(
        self,
        name: Name,
        value: dict[str, Any],
        place: Place,
        order: int = 0,
        lines: Mapping[str, int] | None = None,
    ) -> None:
        first = self.entries.setdefault(name, Entry(name, value, place, order, lines or {}))
        if first.place is not place:
            where = f"{first.place.file}:{first.place.line}"
            self.errors.append(place.error(f'"{name}" stands already at {where}.'))

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """What does not have its layout inside becomes an error at `place`."""
        try:
            yield
        except LayoutError as error:
            self.errors.append(place.error(str(error)))
        except LibraryError as error:
            self.errors.append(error)

    def text(self, file: str) -> str | None:
        """The text of `file`, None where it is missing or is not UTF-8."""
        try:
            return (self.root / file).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            self.errors.append(LibraryError(file, 1, "this file is not UTF-8 text."))
            return None

    def drawing(self, place: Place, file: str) -> str:
        """The drawing that a lesson or question of the course at `place` names."""
        path = PurePosixPath(file)
        if path.parts[:1] != ("figures",) or path.suffix != ".svg" or ".." in path.parts:
            raise LayoutError(f'"file" must be like "figures/name.svg", not "{file}".')
        drawing = self.text(f"{place.file.partition('/')[0]}/{file}")
        if drawing is None:
            raise LayoutError(f'there is no file "{file}".')
        return drawing

    def toml(self, file: str) -> Document | None:
        """`file` read, None where there is nothing to read. Its head is an entry of its own."""
        text = self.text(file)
        if text is None:
            return None
        with self.at(Place(file, 1)):
            document = parse_toml(file, text)
            if document.head:
                self.add(Name(f"head/{file}"), {"head": document.head}, Place(file, 1))
            return document
        return None

    def tables(self, file: str) -> Iterator[tuple[int, str, dict[str, Any], Place]]:
        """The named tables of `file`: number, name, table and place of each."""
        document = self.toml(file)
        for order, (name, table) in enumerate(document.data.items() if document else ()):
            place = Place(file, document.line(name) if document else 1)
            if isinstance(table, dict):
                yield order, name, table, place
            else:
                self.errors.append(place.error(f'"{name}" stands outside any table.'))
