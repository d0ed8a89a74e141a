"""What stands where in one course of a library that was read. What is missing is told elsewhere."""

from collections import Counter
from collections.abc import Iterable

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.library import Library

FORMS = ("A", "B")


def outcomes_of(library: Library, code: str) -> list[Entry]:
    """The outcomes of a course in English, in order."""
    return [
        entry
        for entry in library.of_kind("outcome")
        if entry.value["course_code"] == code and entry.lang == SOURCE_LANG
    ]


def lessons_of(library: Library, code: str) -> list[Entry]:
    """The English lessons of a course, in order."""
    order = library.entries.get(Name(f"order/{code}"))
    keys = order.value["lessons"] if order else []
    return _english(library, (f"lesson/{code}/{key}" for key in keys))


def practice_of(library: Library, lessons: Iterable[Entry]) -> list[Entry]:
    """The questions in lessons, each once; readers no longer get the retired ones."""
    keys = dict.fromkeys(
        raw["value"]["use"]
        for lesson in lessons
        for raw in lesson.value["blocks"]
        if raw["type"] == "question"
    )
    asked = _english(library, (f"question/{key}" for key in keys))
    return [question for question in asked if not question.value.get("retired")]


def questions_of_form(library: Library, code: str, label: str) -> list[Entry]:
    """The questions of a form of a course, in order."""
    form = library.entries.get(Name(f"form/{code}/{label}"))
    keys = form.value["questions"] if form else []
    return _english(library, (f"question/{key}" for key in keys))


def tally(questions: Iterable[Entry], field: str) -> Counter[str]:
    """How many questions have which outcome, kind …"""
    return Counter(question.value[field] for question in questions)


def outcomes_served(lessons: Iterable[Entry]) -> Counter[str]:
    """How many lessons serve each outcome."""
    return Counter(outcome for lesson in lessons for outcome in lesson.value["outcomes"])


def _english(library: Library, paths: Iterable[str]) -> list[Entry]:
    names = (Name(path, SOURCE_LANG) for path in paths)
    return [library.entries[name] for name in names if name in library.entries]
