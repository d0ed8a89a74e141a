"""What is wrong with a library that could be read, found in its files alone.

`broken` is what must not reach the database; `problems` also what authors have to mend before
others read it.
"""

from collections.abc import Callable, Iterator
from itertools import chain, zip_longest

from modules.loading.checking_coursework import BREAKING_COURSEWORK, COURSEWORK_CHECKS
from modules.loading.checking_law import LAW_CHECKS
from modules.loading.checking_lessons import LESSON_CHECKS, block_references, lesson_outcomes
from modules.loading.checking_outcomes import OUTCOME_CHECKS
from modules.loading.checking_prose import PROSE_CHECKS
from modules.loading.checking_simple import SIMPLE_CHECKS
from modules.loading.checking_tests import BREAKING_TESTS, TEST_CHECKS
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError
from modules.loading.library import Library
from modules.questions.definitions import from_tables
from modules.questions.errors import DefinitionError
from modules.questions.kinds import kind_of
from modules.questions.models import Question
from modules.reference.models import Outcome

MOST = 100  # per cent

type Check = Callable[[Library], Iterator[LibraryError]]


def broken(library: Library) -> list[LibraryError]:
    return found(library, BREAKING)


def problems(library: Library) -> list[LibraryError]:
    return found(library, (*BREAKING, *EDITORIAL))


def found(library: Library, checks: tuple[Check, ...]) -> list[LibraryError]:
    return list(chain.from_iterable(check(library) for check in checks))


def course_texts(library: Library) -> Iterator[LibraryError]:
    """What everything hangs on: the catalogue and each course in English, and all its lessons."""
    if Name("catalogue", SOURCE_LANG) not in library.entries:
        yield LibraryError("catalogue.toml", 1, "the English texts are missing.")
    for code in library.courses:
        if Name(f"page/{code}", SOURCE_LANG) not in library.entries:
            yield LibraryError(f"{code}/course.toml", 1, "the English texts are missing.")


def lesson_lists(library: Library) -> Iterator[LibraryError]:
    """The list in course.toml and the English lesson files name the same lessons in one order."""
    for order in library.of_kind("order"):
        keys = order.value["lessons"]
        course = order.name.path.removeprefix("order/")
        files = _english_lessons(library, course)
        for key in keys:
            if key not in files:
                yield order.place.error(f'there is no English file of the lesson "{key}".')
        for key, entry in files.items():
            if key not in keys:
                yield entry.place.error("this lesson is not in the list of course.toml.")
            elif not entry.value["stem"].startswith(f"{keys.index(key) + 1:02d}-"):
                yield entry.place.error(f"in course.toml this is lesson {keys.index(key) + 1}.")


def _english_lessons(library: Library, course: str) -> dict[str, Entry]:
    return {
        entry.value["key"]: entry
        for entry in library.of_kind("lesson")
        if entry.value["course"] == course and entry.lang == SOURCE_LANG
    }


def question_facts(library: Library) -> Iterator[LibraryError]:
    outcomes = {entry.value["code"] for entry in library.of_kind("outcome")}
    prefixes = {e.value["code"]: e.value["prefix"].lower() for e in library.of_kind("course")}
    for entry in library.of_kind("question"):
        value = entry.value
        prefix = prefixes.get(entry.place.file.partition("/")[0], "")
        if not value["key"].startswith(f"{prefix}-"):
            yield told(entry, f'the key must begin with "{prefix}-".')
        if value["outcome"] not in outcomes:
            yield told(entry, f'there is no outcome "{value["outcome"]}".')
        if value["level"] not in Outcome.Level.values:
            yield told(entry, f'there is no level "{value["level"]}".')
        if value["use"] not in Question.Use.values:
            yield told(entry, '"use" must be practice or test.')
        if not 0 <= (value.get("expected") or 0) <= MOST:
            yield told(entry, f'"expected" is a share in per cent, from 0 to {MOST}.')


def question_definitions(library: Library) -> Iterator[LibraryError]:
    """Each question must be markable; a translation must fit its English question."""
    for entry in library.of_kind("question"):
        english = library.entries[Name(entry.name.path, SOURCE_LANG)].value
        table = {"kind": english["kind"], **english["table"]}
        others = {} if entry.lang == SOURCE_LANG else {entry.lang: entry.value["table"]}
        try:
            definition = from_tables(table, others)
            kind_of(definition).check(definition)
        except DefinitionError as error:
            yield told(entry, str(error))


def form_references(library: Library) -> Iterator[LibraryError]:
    for form in library.of_kind("form"):
        keys = form.value["questions"]
        for position, key in enumerate(keys, 1):
            question = library.entries.get(Name(f"question/{key}", SOURCE_LANG))
            where = f"form {form.value['label']}, position {position}"
            if question is None:
                yield form.place.error(f'{where}: there is no question "{key}".')
            elif question.value["use"] != Question.Use.TEST:
                yield form.place.error(f'{where}: "{key}" is not for tests.')
            elif question.value.get("retired"):
                yield form.place.error(f'{where}: "{key}" is retired.')
            elif key in keys[: position - 1]:
                yield form.place.error(f'{where}: "{key}" stands twice.')


def parallel_forms(library: Library) -> Iterator[LibraryError]:
    """At each position, all forms of a course ask for the same outcome, level and kind."""
    firsts: dict[str, Entry] = {}
    for form in library.of_kind("form"):
        first = firsts.setdefault(form.value["course_code"], form)
        pairs = zip_longest(first.value["questions"], form.value["questions"])
        for position, (one, other) in enumerate(pairs, 1):
            if _asks(library, one) != _asks(library, other):
                label = form.value["label"]
                yield form.place.error(
                    f"forms {first.value['label']} and {label} are not parallel at position"
                    f" {position}: {_asks(library, one)} and {_asks(library, other)}."
                )


def _asks(library: Library, key: str | None) -> str:
    entry = library.entries.get(Name(f"question/{key}", SOURCE_LANG))
    if entry is None:
        return "nothing"
    return f"{entry.value['outcome']} {entry.value['level']} {entry.value['kind']}"


def unused_questions(library: Library) -> Iterator[LibraryError]:
    used = {key for form in library.of_kind("form") for key in form.value["questions"]}
    used |= {key for one in library.of_kind("blueprint") for key in one.value["pool"]}
    used |= {one.value["question"] for one in library.of_kind("assignment")}
    for lesson in library.of_kind("lesson"):
        for raw in lesson.value["blocks"]:
            if raw["type"] == "question":
                used.add(raw["value"]["use"])
    for entry in library.of_kind("question"):
        is_asked = entry.lang == SOURCE_LANG and not entry.value.get("retired")
        if is_asked and entry.value["key"] not in used:
            yield told(entry, "this question is never used.")


def unused_drawings(library: Library) -> Iterator[LibraryError]:
    shown = {
        f"{lesson.value['course']}/{raw['value']['file']}"
        for lesson in library.of_kind("lesson")
        for raw in lesson.value["blocks"]
        if raw["type"] == "figure"
    }
    for entry in library.of_kind("question"):
        shown.add(f"{entry.place.file.partition('/')[0]}/{entry.value['table'].get('file')}")
    for code in library.courses:
        for path in sorted((library.root / code / "figures").glob("*")):
            file = f"{code}/figures/{path.name}"
            if file not in shown:
                yield LibraryError(file, 1, "no lesson shows this drawing.")


def told(entry: Entry, message: str) -> LibraryError:
    return entry.place.error(f"{entry.value['key']}: {message}")


BREAKING: tuple[Check, ...] = (
    *(course_texts, lesson_lists, lesson_outcomes, block_references),
    *(question_facts, question_definitions, form_references),
    *BREAKING_TESTS,
    *BREAKING_COURSEWORK,
)
EDITORIAL: tuple[Check, ...] = (
    *(parallel_forms, unused_questions, unused_drawings),
    *(*OUTCOME_CHECKS, *TEST_CHECKS, *COURSEWORK_CHECKS, *LESSON_CHECKS, *LAW_CHECKS),
    *(*PROSE_CHECKS, *SIMPLE_CHECKS),
)
