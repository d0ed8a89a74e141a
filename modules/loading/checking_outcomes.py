"""Whether each outcome of an open course is served, practised, and tested in both forms."""

from collections.abc import Callable, Iterator

from modules.loading.entries import Name
from modules.loading.errors import LibraryError, Place
from modules.loading.library import Library
from modules.loading.syllabus import (
    FORMS,
    lessons_of,
    outcomes_of,
    outcomes_served,
    practice_of,
    questions_of_form,
    tally,
)

# A course with five outcomes follows the blueprint of 15 questions a form.
OUTCOMES_OF_BLUEPRINT, QUESTIONS_OF_BLUEPRINT = 5, 3


def outcomes_reached(library: Library) -> Iterator[LibraryError]:
    for course in library.of_kind("course"):
        code = course.value["code"]
        if course.value["status"] != "open":
            continue
        lessons = lessons_of(library, code)
        served, practised = (
            outcomes_served(lessons),
            tally(practice_of(library, lessons), "outcome"),
        )
        names = [outcome.value["code"] for outcome in outcomes_of(library, code)]
        for name in names:
            if not served[name]:
                yield course.place.error(f"no lesson serves {name}.")
            if not practised[name]:
                yield course.place.error(f"no question in a lesson practises {name}.")
        yield from _untested(library, code, names)


def _untested(library: Library, code: str, names: list[str]) -> Iterator[LibraryError]:
    for label in FORMS:
        form = library.entries.get(Name(f"form/{code}/{label}"))
        place = form.place if form else Place(f"{code}/tests.toml", 1)
        tested = tally(questions_of_form(library, code, label), "outcome")
        for name in names:
            count, wanted = tested[name], QUESTIONS_OF_BLUEPRINT
            if len(names) == OUTCOMES_OF_BLUEPRINT and count != wanted:
                yield place.error(
                    f"form {label} tests {name} with {count} questions, not {wanted}."
                )
            elif not count:
                yield place.error(f"form {label} does not test {name}.")


OUTCOME_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (outcomes_reached,)
