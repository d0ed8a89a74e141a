"""Whether coursework names a question that can be handed in and marked."""

from collections.abc import Callable, Iterator

from modules.coursework.asking import can_be_handed_in
from modules.coursework.models import (
    MOST_DAYS,
    MOST_MB,
    MOST_REVIEWS,
    FileType,
    HandedInAs,
)
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError
from modules.loading.library import Library

type Check = Callable[[Library], Iterator[LibraryError]]

RANGES = {"most_mb": (1, MOST_MB), "reviews": (0, MOST_REVIEWS), "days_to_review": (1, MOST_DAYS)}


def assignment_settings(library: Library) -> Iterator[LibraryError]:
    for entry in library.of_kind("assignment"):
        value = entry.value
        if value["handed_in_as"] not in HandedInAs.values:
            known = ", ".join(HandedInAs.values)
            yield told(entry, f'"handed_in_as" must be one of {known}.')
        for name, (least, most) in RANGES.items():
            if not least <= value[name] <= most:
                yield told(entry, f'"{name}" must be from {least} to {most}.')
        types = value["file_types"]
        if any(one not in FileType.values for one in types) or len(types) != len(
            {*map(str, types)}
        ):
            yield told(entry, f'"file_types" may name each of {", ".join(FileType.values)} once.')
        if not types and value["handed_in_as"] != HandedInAs.TEXT:
            yield told(entry, '"file_types" must name at least one type.')


def assignment_questions(library: Library) -> Iterator[LibraryError]:
    for entry in library.of_kind("assignment"):
        key = entry.value["question"]
        question = library.entries.get(Name(f"question/{key}", SOURCE_LANG))
        if question is None:
            yield told(entry, f'there is no question "{key}".')
        elif question.value.get("retired"):
            yield told(entry, f'"{key}" is retired.')
        elif not can_be_handed_in(question.value["kind"], question.value["use"]):
            yield told(entry, f'"{key}" must be an essay for tests.')


def coursework_examples(library: Library) -> Iterator[LibraryError]:
    """Who marks others begins with an example."""
    for entry in library.of_kind("assignment"):
        question = library.entries.get(Name(f"question/{entry.value['question']}", SOURCE_LANG))
        if question and entry.value["reviews"] and "example" not in question.value["table"]:
            yield told(entry, "its question has no example that reviewers rate first.")


def told(entry: Entry, message: str) -> LibraryError:
    return entry.place.error(f'coursework "{entry.value["key"]}": {message}')


BREAKING_COURSEWORK: tuple[Check, ...] = (assignment_settings, assignment_questions)
COURSEWORK_CHECKS: tuple[Check, ...] = (coursework_examples,)
