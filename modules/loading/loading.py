"""Library files into the database, without overwriting what was edited in the admin."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction

from modules.courses.models import Course, HomePage
from modules.courses.releasing import ReleaseError, release
from modules.courses.trees import plant_site
from modules.loading.checking import broken
from modules.loading.entries import SOURCE_LANG, Entry, Name, course_of
from modules.loading.errors import LibraryError, LibraryErrors
from modules.loading.indexing import indexed_once
from modules.loading.layouts import Value
from modules.loading.library import Library, read_library
from modules.loading.memory import Memory, name_of
from modules.loading.ordering import complete_trees, follow_english_order
from modules.loading.shelves.base import Shelf
from modules.loading.shelves.coursework import Assignments
from modules.loading.shelves.pages import Catalogue, CoursePages, Lessons, Orders, PageShelf
from modules.loading.shelves.plain import (
    Courses,
    Figures,
    Heads,
    Outcomes,
    Sources,
    Terms,
)
from modules.loading.shelves.questions import Questions
from modules.loading.shelves.tests import Blueprints, Forms, Tests
from modules.questions.definitions import sha_of

LIBRARY = settings.BASE_DIR / "modules/library"
# In the order of writing: what others refer to comes first.
SHELVES: tuple[type[Shelf], ...] = (
    *(Heads, Sources, Terms, Figures, Courses, Outcomes, Questions, Forms, Blueprints, Tests),
    *(Assignments, Catalogue, CoursePages, Lessons, Orders),
)


class Verdict(StrEnum):
    """What becomes of an object."""

    MADE = "made"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "in conflict"


@dataclass
class Report:
    """What a load did: counts by the title of a shelf, and lines for people."""

    counts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def load_library(root: Path = LIBRARY, courses: Collection[str] = (), lang: str = "") -> Report:
    """Load `courses` (all, when none is named) and what they share; with `lang`, its texts only.

    All or nothing: raises `LibraryErrors`, and then nothing has changed.
    """
    library = read_library(root, languages(), courses)
    if errors := library.errors or broken(library):
        raise LibraryErrors(errors)
    with transaction.atomic():
        if HomePage.objects.filter(depth=2).count() < len(languages()):
            plant_site()
        with indexed_once():
            return Loader(library, lang).run()


class Loader:
    """One load of a library that was read without errors."""

    def __init__(self, library: Library, lang: str) -> None:
        self.library, self.lang = library, lang
        self.memory = Memory()
        self.report = Report()
        self.errors: list[LibraryError] = []
        self.refused: set[str] = set()

    def run(self) -> Report:
        shelves = [shelf(self.memory) for shelf in SHELVES]
        # All values before any writing: a lesson added now must not look like an edit of the order.
        values = [shelf.values(drafts=True) for shelf in shelves]
        for shelf, present in zip(shelves, values, strict=True):
            self.bring_up_to_date(shelf, present)
            if isinstance(shelf, PageShelf):
                self.stop_on_errors()
                complete_trees()  # pages below need a parent in every language
        self.stop_on_errors()
        follow_english_order()
        self.report_vanished()
        self.memory.save()
        for code in self.library.courses:
            self.release(code)
        return self.report

    def stop_on_errors(self) -> None:
        if self.errors:
            raise LibraryErrors(self.errors)

    def bring_up_to_date(self, shelf: Shelf, present: Mapping[Name, Value]) -> None:
        """Write each entry of this kind that may be written; count what became of all."""
        count = self.report.counts.setdefault(shelf.title, Counter())
        for entry in self.library.of_kind(shelf.kind):
            if self.lang and entry.lang != self.lang:
                continue
            verdict = judge(entry, present.get(entry.name), self.memory.sha(entry.name))
            count[verdict] += 1
            if verdict is Verdict.CONFLICT:
                self.say(f"conflict: {told(entry)} was changed in the admin; left alone")
                continue
            if verdict is Verdict.MADE and self.lacks_english(entry, present):
                self.errors.append(entry.place.error("load the English texts first."))
            elif verdict is not Verdict.UNCHANGED:
                self.write(shelf, entry)
            self.memory.learn(entry, {name: entry.value[name] for name in shelf.beside})

    def lacks_english(self, entry: Entry, present: Mapping[Name, Value]) -> bool:
        """Whether a translation alone is loaded, and what it translates is not there."""
        alone = self.lang not in ("", SOURCE_LANG)
        return alone and Name(entry.name.path, SOURCE_LANG) not in present

    def write(self, shelf: Shelf, entry: Entry) -> None:
        try:
            if entry.name.path not in self.refused:
                shelf.write(entry)
        except LibraryError as error:
            self.errors.append(error)
            self.refused.add(entry.name.path)  # and with it its translations

    def report_vanished(self) -> None:
        """Say what was loaded once and stands in no file now. Comments alone are forgotten."""
        for path, row in self.memory.rows.items():
            name = name_of(path)
            in_scope = course_of(row.file) in ("", *self.library.courses)
            if name in self.library.entries or name.lang not in ("", *languages()) or not in_scope:
                continue
            if path.startswith("head/"):
                row.delete()
            elif not self.lang or self.lang == name.lang:
                self.say(f"vanished: {path} is no longer in {row.file}; nothing was deleted")

    def release(self, code: str) -> None:
        version = self.library.entries[Name(f"course/{code}")].value["version"]
        course = Course.objects.get(code=code)
        if course.status != Course.Status.OPEN:
            return
        known = course.versions.filter(number=version).exists()
        try:
            release(course, version)
        except ReleaseError as error:
            self.say(f"{code}/course.toml: {error}")
        else:
            if not known:
                self.say(f"released: {code}, version {version}")

    def say(self, line: str) -> None:
        self.report.lines.append(line)


def judge(entry: Entry, present: Value | None, loaded: str) -> Verdict:
    """What becomes of an object: `present` is what the database says, `loaded` its hash then.

    Whoever wants a page gone unpublishes it, which counts as an edit; what was deleted is made
    again, because other things refer to it.
    """
    if present is None:
        return Verdict.MADE
    now = sha_of(present)
    if now == sha_of(entry.value):
        return Verdict.UNCHANGED
    return Verdict.UPDATED if now == loaded else Verdict.CONFLICT


def told(entry: Entry) -> str:
    """An object as people look for it: its file, and its key where a file holds many."""
    if entry.kind in ("lesson", "page", "order"):
        return entry.place.file
    return f"{entry.name} ({entry.place.file})"
