"""Whether each outcome of an open course is served, practised, and tested in both forms."""

from collections import Counter
from collections.abc import Callable, Iterator

from modules.loading.checking_lessons import blocks_of
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError, Place
from modules.loading.library import Library

FORMS = ("A", "B")
# A course with five outcomes follows the blueprint of 15 questions a form.
OUTCOMES_OF_BLUEPRINT, QUESTIONS_OF_BLUEPRINT = 5, 3


def outcomes_of(library: Library, code: str) -> list[Entry]:
    """The outcomes of a course in English, in order."""
    return [
        entry
        for entry in library.of_kind("outcome")
        if entry.value["course_code"] == code and entry.lang == SOURCE_LANG
    ]


def lessons_of(library: Library, code: str) -> list[Entry]:
    """The English lessons of a course, in order; those that are missing are told elsewhere."""
    order = library.entries[Name(f"order/{code}")]
    names = (Name(f"lesson/{code}/{key}", SOURCE_LANG) for key in order.value["lessons"])
    return [library.entries[name] for name in names if name in library.entries]


def outcomes_served(library: Library, code: str) -> Counter[str]:
    """How many lessons serve each outcome."""
    lessons = lessons_of(library, code)
    return Counter(outcome for lesson in lessons for outcome in lesson.value["outcomes"])


def outcomes_practised(library: Library, code: str) -> Counter[str]:
    """How many questions in lessons practise each outcome."""
    return _outcomes_asked(library, practised(library, code))


def practised(library: Library, code: str) -> list[str]:
    """The keys of the questions in the lessons of a course, each once."""
    keys = (
        raw["value"]["use"]
        for lesson in lessons_of(library, code)
        for _, raw in blocks_of(lesson)
        if raw["type"] == "question"
    )
    return list(dict.fromkeys(keys))


def outcomes_tested(library: Library, code: str, label: str) -> Counter[str]:
    """How many questions of a form test each outcome."""
    form = library.entries.get(Name(f"form/{code}/{label}"))
    return _outcomes_asked(library, form.value["questions"] if form else [])


def _outcomes_asked(library: Library, keys: list[str]) -> Counter[str]:
    entries = (library.entries.get(Name(f"question/{key}", SOURCE_LANG)) for key in keys)
    return Counter(entry.value["outcome"] for entry in entries if entry is not None)


def outcomes_reached(library: Library) -> Iterator[LibraryError]:
    for course in library.of_kind("course"):
        code = course.value["code"]
        if course.value["status"] != "open":
            continue
        outcomes = outcomes_of(library, code)
        served, drilled = outcomes_served(library, code), outcomes_practised(library, code)
        for outcome in outcomes:
            name = outcome.value["code"]
            if not served[name]:
                yield course.place.error(f"no lesson serves {name}.")
            if not drilled[name]:
                yield course.place.error(f"no question in a lesson practises {name}.")
        yield from _untested(library, code, outcomes)


def _untested(library: Library, code: str, outcomes: list[Entry]) -> Iterator[LibraryError]:
    for label in FORMS:
        form = library.entries.get(Name(f"form/{code}/{label}"))
        place = form.place if form else Place(f"{code}/tests.toml", 1)
        tested = outcomes_tested(library, code, label)
        for outcome in outcomes:
            name = outcome.value["code"]
            count, wanted = tested[name], QUESTIONS_OF_BLUEPRINT
            if len(outcomes) == OUTCOMES_OF_BLUEPRINT and count != wanted:
                yield place.error(
                    f"form {label} tests {name} with {count} questions, not {wanted}."
                )
            elif not count:
                yield place.error(f"form {label} does not test {name}.")


OUTCOME_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (outcomes_reached,)
