"""Whether tests can be drawn as they say, and whether forms ask what their blueprint wants."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError
from modules.loading.library import Library
from modules.loading.syllabus import outcomes_of
from modules.papers.choosing import choose
from modules.papers.models import COMPARED, EVERY_ANSWER, Counts, Drawing, FeedbackWhen, Purpose
from modules.papers.pool import Candidate, Place, ShortPoolError
from modules.papers.waves import TOLERANCE, USUAL_MONTHS, problem_with
from modules.questions.models import Question
from modules.reference.models import Outcome

type Errors = Iterator[LibraryError]

CHOICES: dict[str, Any] = {
    "purpose": Purpose, "counts": Counts, "feedback_when": FeedbackWhen, "drawing": Drawing,
}  # fmt: skip


def test_settings(library: Library) -> Errors:
    for entry in library.of_kind("test"):
        value = {"drawing": Drawing.FORMS, **entry.value}
        for name, choices in CHOICES.items():
            if value[name] not in choices.values:
                known = ", ".join(choices.values)
                yield of_test(entry, f'"{name}" is "{value[name]}"; it must be one of {known}.')
        if value["minutes"] is not None and value["minutes"] < 1:
            yield of_test(entry, '"minutes" must be 1 or more; leave it out for no limit.')
        if value["attempts"] < 1 or value["wait_days"] < 0:
            yield of_test(entry, '"attempts" must be 1 or more, "wait_days" 0 or more.')
        is_practice = value["purpose"] == Purpose.PRACTICE
        if value["feedback_when"] == FeedbackWhen.AT_ONCE and not is_practice:
            yield of_test(entry, '"feedback_when": only a practice test tells at once.')
        yield from _second_marker(entry, is_practice=is_practice)
        yield from _waves(entry)
        if "" < value.get("closes_at", "") <= value.get("opens_at", ""):
            yield of_test(entry, '"closes_at" must be after "opens_at".')


WRONG_WAVES = {
    "months": '"waves" are whole months from 1 to 60 in rising order, six at most.',
    "tolerance": '"tolerance_days" is from 0 to 90.',
    "early": '"tolerance_days": the first wave would open before the course is over.',
    "overlap": '"tolerance_days": two waves would be open on one day.',
}


def _waves(entry: Entry) -> Errors:
    """Of the test some months after the course: its months, and that it gives nothing away."""
    value = entry.value
    waves, tolerance = value.get("waves", []), value.get("tolerance_days", TOLERANCE)
    if value["purpose"] != Purpose.RETENTION:
        if waves or tolerance != TOLERANCE:
            yield of_test(entry, '"waves" and "tolerance_days" belong to "retention" alone.')
        return
    if problem := problem_with(tuple(waves) or USUAL_MONTHS, tolerance):
        yield of_test(entry, WRONG_WAVES[problem])
    if value["attempts"] != 1:
        yield of_test(entry, '"attempts" must be 1: it is taken once in each wave.')
    if value["feedback_when"] == FeedbackWhen.HANDED_IN:
        yield of_test(entry, '"feedback_when": the same questions come again.')


def _second_marker(entry: Entry, *, is_practice: bool) -> Errors:
    percent = entry.value.get("second_marker", 0)
    if not 0 <= percent <= EVERY_ANSWER:
        yield of_test(entry, '"second_marker" is a percentage, from 0 to 100.')
    elif percent and is_practice:
        yield of_test(entry, '"second_marker": nobody marks practice by hand.')


def pre_test_tells_nothing(library: Library) -> Errors:
    """The post-test asks for the same."""
    for code in library.courses:
        pre, post = (_test(library, code, purpose) for purpose in (Purpose.PRE, Purpose.POST))
        if pre and post and pre.value["feedback_when"] == FeedbackWhen.HANDED_IN:
            yield of_test(pre, '"feedback_when": a pre-test may not tell when it is handed in.')


def same_marking(library: Library) -> Errors:
    """Tests before and after that are marked differently cannot be compared."""
    for code in library.courses:
        found = [one for purpose in COMPARED if (one := _test(library, code, purpose))]
        for test in found[1:]:
            if _negative(test) != _negative(found[0]):
                first = "pre-test" if found[0].value["purpose"] == Purpose.PRE else "post-test"
                yield of_test(test, f'"negative_marking" must be as in the {first}.')


def _negative(test: Entry) -> bool:
    return bool(test.value.get("negative_marking"))


def _test(library: Library, code: str, purpose: str) -> Entry | None:
    return library.entries.get(Name(f"test/{code}/{purpose}"))


def test_drawings(library: Library) -> Errors:
    """Each test has what it draws on, and nothing that it does not."""
    for entry in library.of_kind("test"):
        code, drawing = entry.value["course_code"], entry.value.get("drawing", Drawing.FORMS)
        form, blueprint = entry.value.get("form", ""), entry.value.get("blueprint", "")
        if drawing == Drawing.FIXED and not form:
            yield of_test(entry, '"drawing" is "fixed", and no "form" is named.')
        if drawing == Drawing.POOL and not blueprint:
            yield of_test(entry, '"drawing" is "pool", and no "blueprint" is named.')
        if drawing != Drawing.FIXED and form:
            yield of_test(entry, f'"form" does not belong to a drawing by "{drawing}".')
        labels = ("A", "B") if drawing == Drawing.FORMS else filter(None, [form])
        for label in labels:
            if Name(f"form/{code}/{label}") not in library.entries:
                yield of_test(entry, f'there is no form "{label}".')
        if blueprint and Name(f"blueprint/{code}/{blueprint}") not in library.entries:
            yield of_test(entry, f'there is no blueprint "{blueprint}".')


def blueprint_cells(library: Library) -> Errors:
    for entry in library.of_kind("blueprint"):
        outcomes = {one.value["code"] for one in outcomes_of(library, entry.value["course_code"])}
        cells = entry.value["cells"]
        for place, n in Counter(_place(cell) for cell in cells).items():
            if place.outcome not in outcomes:
                yield of_blueprint(entry, f'the course has no outcome "{place.outcome}".')
            if place.level not in Outcome.Level.values:
                yield of_blueprint(entry, f'there is no level "{place.level}".')
            if n > 1:
                yield of_blueprint(entry, f"the cell {_said(place)} stands twice.")
        for place in (_place(cell) for cell in cells if cell["count"] < 1):
            yield of_blueprint(entry, f'"count" of {_said(place)} must be 1 or more.')


def blueprint_forms(library: Library) -> Errors:
    for entry in library.of_kind("blueprint"):
        if not entry.value["cells"]:
            yield of_blueprint(entry, "it has no cells.")
        for label in entry.value["forms"]:
            if Name(f"form/{entry.value['course_code']}/{label}") not in library.entries:
                yield of_blueprint(entry, f'there is no form "{label}".')


def blueprint_pools(library: Library) -> Errors:
    for entry in library.of_kind("blueprint"):
        pool = Counter(entry.value["pool"])
        for key, n in pool.items():
            question = _question(library, key)
            if question is None:
                yield of_blueprint(entry, f'there is no question "{key}".')
            elif question.value.get("retired"):
                yield of_blueprint(entry, f'"{key}" is retired.')
            if n > 1:
                yield of_blueprint(entry, f'"{key}" stands twice in the pool.')
        for key in entry.value["anchors"]:
            if key not in pool:
                yield of_blueprint(entry, f'the anchor "{key}" is not in the pool.')


def pools_of_tests(library: Library) -> Errors:
    """What a test draws from is enough, and was not practised before."""
    for test in library.of_kind("test"):
        blueprint = _blueprint_of(library, test)
        if test.value.get("drawing") != Drawing.POOL or blueprint is None:
            continue
        questions = [one for key in blueprint.value["pool"] if (one := _question(library, key))]
        if test.value["purpose"] != Purpose.PRACTICE:
            for one in questions:
                if one.value["use"] != Question.Use.TEST:
                    yield of_blueprint(blueprint, f'"{one.value["key"]}" is not for tests.')
        try:
            choose(_wanted(blueprint), _candidates(blueprint, questions), seed=0)
        except ShortPoolError as error:
            yield of_blueprint(blueprint, f"its pool is not enough: {error}.")


def practice_gives_nothing_away(library: Library) -> Errors:
    """Practice tells what is right: it asks nothing that another test of the course asks."""
    for code in library.courses:
        practice = _test(library, code, Purpose.PRACTICE)
        if practice is None:
            continue
        others = [_test(library, code, purpose) for purpose in COMPARED]
        asked = {key for test in others if test for key in _asked_by(library, test)}
        if both := sorted(_asked_by(library, practice) & asked):
            yield of_test(practice, f"it gives away what tests ask: {', '.join(both)}.")


def _asked_by(library: Library, test: Entry) -> set[str]:
    code, drawing = test.value["course_code"], test.value.get("drawing", Drawing.FORMS)
    if drawing == Drawing.POOL:
        blueprint = _blueprint_of(library, test)
        return set(blueprint.value["pool"]) if blueprint else set()
    labels = ("A", "B") if drawing == Drawing.FORMS else (test.value.get("form", ""),)
    forms = [library.entries.get(Name(f"form/{code}/{label}")) for label in labels]
    return {key for form in forms if form for key in form.value["questions"]}


def forms_as_blueprints_say(library: Library) -> Errors:
    for entry in library.of_kind("blueprint"):
        wanted = _wanted(entry)
        for label in entry.value["forms"]:
            form = library.entries.get(Name(f"form/{entry.value['course_code']}/{label}"))
            keys = form.value["questions"] if form else []
            asked = Counter(
                Place(one.value["outcome"], one.value["level"])
                for key in keys
                if (one := _question(library, key))
            )
            for place in sorted({*wanted, *asked}):
                if wanted.get(place, 0) != asked[place]:
                    yield of_blueprint(
                        entry,
                        f"form {label} asks {asked[place]} of {_said(place)}, not"
                        f" {wanted.get(place, 0)}.",
                    )


def idle_questions(library: Library) -> Errors:
    """What stands in a pool and in no cell is never drawn."""
    for entry in library.of_kind("blueprint"):
        wanted = _wanted(entry)
        for key in entry.value["pool"]:
            one = _question(library, key)
            place = Place(one.value["outcome"], one.value["level"]) if one else None
            if place and place not in wanted:
                yield of_blueprint(entry, f'"{key}" is drawn by no cell: {_said(place)}.')


def whole_sets(library: Library) -> Errors:
    """A set that stands in the pool in part would be asked in part."""
    for entry in library.of_kind("blueprint"):
        pool = set(entry.value["pool"])
        inside = {_set_of(one) for key in pool if (one := _question(library, key))} - {""}
        for question in library.of_kind("question"):
            is_asked = question.lang == SOURCE_LANG and not question.value.get("retired")
            key, name = question.value["key"], _set_of(question)
            if is_asked and name in inside and key not in pool:
                yield of_blueprint(entry, f'"{key}" of the set "{name}" is not in the pool.')


def _question(library: Library, key: str) -> Entry | None:
    return library.entries.get(Name(f"question/{key}", SOURCE_LANG))


def _blueprint_of(library: Library, test: Entry) -> Entry | None:
    key = test.value.get("blueprint", "")
    return library.entries.get(Name(f"blueprint/{test.value['course_code']}/{key}"))


def _place(cell: dict[str, Any]) -> Place:
    return Place(cell["outcome"], cell["level"])


def _said(place: Place) -> str:
    return f"{place.outcome} {place.level}"


def _wanted(blueprint: Entry) -> dict[Place, int]:
    return {_place(cell): cell["count"] for cell in blueprint.value["cells"]}


def _set_of(question: Entry) -> str:
    return str(question.value["table"].get("set", ""))


def _candidates(blueprint: Entry, questions: list[Entry]) -> list[Candidate]:
    return [
        Candidate(
            one.value["key"],
            one.value["outcome"],
            one.value["level"],
            one.value.get("expected"),
            _set_of(one),
            one.value["key"] in blueprint.value["anchors"],
        )
        for one in questions
    ]


def of_test(entry: Entry, message: str) -> LibraryError:
    return entry.place.error(f'test "{entry.value["purpose"]}": {message}')


def of_blueprint(entry: Entry, message: str) -> LibraryError:
    return entry.place.error(f'blueprint "{entry.value["key"]}": {message}')


type Check = Callable[[Library], Iterator[LibraryError]]

BREAKING_TESTS: tuple[Check, ...] = (
    *(
        test_settings,
        same_marking,
        pre_test_tells_nothing,
        test_drawings,
        blueprint_cells,
        blueprint_forms,
    ),
    *(blueprint_pools, pools_of_tests, practice_gives_nothing_away, pre_test_tells_nothing),
)
TEST_CHECKS: tuple[Check, ...] = (forms_as_blueprints_say, idle_questions, whole_sets)
