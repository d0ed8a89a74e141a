"""What is wrong with a library file."""

from collections.abc import Iterable
from typing import NamedTuple


class LibraryError(Exception):
    """One thing to mend, with its place. `file` is relative to the library, lines begin at 1."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message = file, line, message


class LibraryErrors(Exception):
    """Everything found wrong, in the order of files and lines."""

    def __init__(self, errors: Iterable[LibraryError]) -> None:
        self.errors = sorted(errors, key=lambda error: (error.file, error.line))
        super().__init__("\n".join(str(error) for error in self.errors))


class Place(NamedTuple):
    """Where something stands: what a `LibraryError` begins with."""

    file: str
    line: int

    def error(self, message: str) -> LibraryError:
        return LibraryError(self.file, self.line, message)
