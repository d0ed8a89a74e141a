"""A whole library folder: read into entries, and written from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from modules.loading.entries import Entry, Name, course_of
from modules.loading.errors import LibraryError, LibraryErrors
from modules.loading.files.courses import languages_of, read_course, write_course
from modules.loading.files.coursework import read_coursework, write_coursework
from modules.loading.files.lessons import read_lessons, write_lessons
from modules.loading.files.questions import read_questions, write_questions
from modules.loading.files.reading import Reader
from modules.loading.files.shared import read_shared, write_shared
from modules.loading.files.tests import read_tests, write_tests


@dataclass(frozen=True)
class Library:
    """What was read of a folder. With `errors`, some entries are missing."""

    root: Path
    entries: Mapping[Name, Entry]
    courses: tuple[str, ...]
    errors: tuple[LibraryError, ...] = ()

    def of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.kind == kind]


def courses_in(root: Path) -> list[str]:
    """The codes of the courses in a library folder."""
    return sorted(path.parent.name for path in root.glob("*/course.toml"))


def read_library(root: Path, languages: Sequence[str], courses: Collection[str] = ()) -> Library:
    """Everything that `root` says in `languages`, English first; of `courses`, or of all.

    Raises `LibraryErrors` for a course that is not there.
    """
    known = courses_in(root)
    if unknown := [code for code in courses if code not in known]:
        raise LibraryErrors(
            [LibraryError(f"{code}/course.toml", 1, "there is no such course.") for code in unknown]
        )
    chosen = tuple(code for code in known if not courses or code in courses)
    reader = Reader(root)
    read_shared(reader)
    for code in chosen:
        read_course(reader, code)
        for lang in languages_of(reader, code):
            read_questions(reader, code, lang)
            read_lessons(reader, code, lang)
        read_tests(reader, code)
        read_coursework(reader, code)
    wanted = {n: entry for n, entry in reader.entries.items() if n.lang in ("", *languages)}
    return Library(root, wanted, chosen, tuple(reader.errors))


def files_of(entries: Sequence[Entry], course: str, languages: Sequence[str]) -> dict[str, str]:
    """The texts of the files that say `entries`: the shared ones and those of `course`.

    `entries` in the order of the files and of `languages`. Raises `LibraryError` for what no
    file can say.
    """
    heads = {e.place.file: e.value["head"] for e in entries if e.kind == "head"}
    by_name = {entry.name: entry for entry in entries}
    questions = [
        entry
        for entry in entries
        if entry.kind == "question" and course_of(entry.place.file) == course
    ]
    lessons = write_lessons(course, entries)
    return {
        **write_shared(entries, heads),
        **write_course(course, by_name, languages, heads),
        **lessons,
        **write_questions(questions, heads, lessons),
        **write_tests(course, entries, heads),
        **write_coursework(course, entries, heads),
    }
