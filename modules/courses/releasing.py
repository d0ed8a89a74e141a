"""Releasing: a course as it stands today, under a number, so that it can be shown for ever."""

import operator
from collections.abc import Collection, Mapping
from functools import reduce
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone
from wagtail.models import Revision

from modules.blocks.lesson import law_keys_in
from modules.courses.models import Course, CoursePage, CourseVersion, LessonPage
from modules.coursework.models import Assignment
from modules.papers.choosing import choose
from modules.papers.contents import BlueprintCell, Form, PoolQuestion
from modules.papers.models import Drawing, Purpose, Test
from modules.papers.pool import ShortPoolError
from modules.papers.pooling import pool_of
from modules.questions.definitions import sha_of
from modules.questions.errors import DefinitionError
from modules.questions.freezing import freeze_all, plain_lines
from modules.questions.models import Question
from modules.questions.shapes import SOURCE
from modules.reference.models import LegalFigure, Outcome

FIGURE_FACTS = (
    *("value", "unit", "jurisdiction", "valid_from", "valid_to", "basis", "source", "checked_on"),
)
TEST_FACTS = ("minutes", "attempts", "wait_days", "counts", "feedback_when")
# In a manifest only where they say something: what was released before they existed keeps its
# hash. When a test is open is no part of a version: the same course runs at many dates.
LATER_TEST_FACTS: Mapping[str, Any] = {
    "negative_marking": False,
    "second_marker": 0,
    "drawn": Drawing.FORMS.value,
    "form": "",
    "blueprint": "",
}

ASSIGNMENT_FACTS = (
    *("question_key", "handed_in_as", "file_types", "most_mb", "reviews", "days_to_review"),
)

type Manifest = dict[str, Any]


class ReleaseError(Exception):
    """The number stands for other content, a question cannot be frozen, or a test not drawn."""


@transaction.atomic
def release(course: Course, number: str) -> CourseVersion:
    """The version `number` of `course`, made now if it is new; its questions are frozen.

    Raises `ReleaseError` when that number was released with other content, when a question that
    the course uses is not live or cannot be marked, or when a pool is not enough for its test.
    """
    try:
        manifest = manifest_of(course)
    except (Question.DoesNotExist, DefinitionError) as error:
        raise ReleaseError(f"version {number} cannot be released: {error}") from error
    version, made = CourseVersion.objects.get_or_create(
        course=course,
        number=number,
        defaults={
            "released_at": timezone.now(),
            "manifest": manifest,
            "sha256": content_sha(manifest),
        },
    )
    if made:
        check_pools(course, number)
    if version.sha256 != content_sha(manifest):
        raise ReleaseError(
            f"version {number} was released with other content; raise the version number."
        )
    return version


def content_sha(manifest: Manifest) -> str:
    """The SHA-256 of a manifest without the numbers that this database gave.

    Revision ids and version numbers of questions differ between databases that hold the same
    course; the hashes of their contents, under "sha256", do not.
    """
    # The minutes stand in the contents of the pages already.
    beside = ("pages", "questions", "minutes")
    return sha_of({k: part for k, part in manifest.items() if k not in beside})


def manifest_of(course: Course) -> Manifest:
    """What the course is now, as readers see it: live pages, live questions, figures, tests."""
    manifest = content_of(course)
    versions = freeze_all(sorted(_asked(manifest)))
    manifest["questions"] = {key: version.n for key, version in versions.items()}
    shas = {key: version.sha for key, version in versions.items()}
    return {**manifest, "sha256": {**manifest["sha256"], "questions": shas}}


def content_of(course: Course) -> Manifest:
    """The same with the mere keys of the questions, so that nothing has to be frozen."""
    lessons = _live_lessons(course)
    english = [lesson for lesson in lessons if lesson.locale.language_code == "en"]
    own = {"course_code": course.code}
    # What is asked some months later earns nothing, and may be set when the course runs already.
    tests = list(
        Test.objects.filter(**own)
        .exclude(purpose=Purpose.RETENTION)
        .select_related("fixed_form", "blueprint")
    )
    rows = list(Form.objects.filter(**own).prefetch_related("questions"))
    forms = {form.label: form.question_keys for form in rows}
    blueprints = _blueprints(tests, rows)
    blocks = [raw for lesson in english for raw in lesson.body.raw_data]
    in_lessons = [raw["value"]["use"] for raw in blocks if raw["type"] == "question"]
    in_forms = [key for keys in forms.values() for key in keys]
    in_pools = [key for one in blueprints.values() for key in one.get("pool", ())]
    coursework = {one.key: _assignment(one) for one in Assignment.objects.filter(**own)}
    in_coursework = [one["question_key"] for one in coursework.values()]
    pages: dict[str, dict[str, int]] = {}
    shas: dict[str, dict[str, str]] = {}
    for lesson in lessons:
        lang = lesson.locale.language_code
        pages.setdefault(lang, {})[lesson.key] = lesson.live_revision_id
        shas.setdefault(lang, {})[lesson.key] = sha_of(_content(lesson))
    return {
        "pages": pages,
        "questions": sorted({*in_lessons, *in_forms, *in_pools, *in_coursework}),
        "sha256": {"pages": shas},
        "lessons": [lesson.key for lesson in english],
        "minutes": {lesson.key: lesson.minutes for lesson in english},
        "titles": _titles(course),
        "figures": _figures([key for raw in blocks for key in law_keys_in(raw["value"])]),
        "outcomes": _outcomes(course),
        "tests": {test.purpose: _test(test) for test in tests},
        "forms": forms,
        **({"blueprints": blueprints} if blueprints else {}),
        **({"coursework": coursework} if coursework else {}),
    }


def keep_released(instance: Revision, origin: Any = None, **kwargs: Any) -> None:
    """Before a revision is deleted. Raises `ProtectedError` for one that a released version names.

    `purge_revisions` passes over it. Who deletes a page may: then nothing can be shown of it.
    """
    begun_with = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(begun_with, Revision) and instance.pk in released_revisions():
        raise ProtectedError("A released version of a course shows this revision.", {instance})


def released_revisions() -> set[int]:
    """What all released versions together show of pages; one query."""
    pages = CourseVersion.objects.values_list("manifest__pages", flat=True)
    by_language = [by_key for one in pages for by_key in (one or {}).values()]
    return {pk for by_key in by_language for pk in by_key.values()}


def _live_lessons(course: Course) -> list[LessonPage]:
    """The pages of all languages in their order; aliases say nothing of their own."""
    paths = CoursePage.objects.filter(course=course).values_list("path", flat=True)
    below = reduce(operator.or_, (Q(path__startswith=path) for path in paths), Q(pk=None))
    lessons = LessonPage.objects.filter(below, live=True, alias_of__isnull=True)
    return list(lessons.select_related("locale").order_by("path"))


def _asked(manifest: Manifest) -> set[str]:
    """Lessons pass over a retired question; a test or coursework that names one does not."""
    keys = manifest["questions"]
    in_tests = {key for form in manifest["forms"].values() for key in form}
    in_tests |= {one["question_key"] for one in manifest.get("coursework", {}).values()}
    in_tests |= {k for one in manifest.get("blueprints", {}).values() for k in one.get("pool", ())}
    retired = Question.objects.filter(key__in=keys, retired=True, locale__language_code=SOURCE)
    return set(keys).difference(set(retired.values_list("key", flat=True)) - in_tests)


def _content(lesson: LessonPage) -> dict[str, Any]:
    """What readers can see of a lesson, without the ids of its blocks."""
    fields = {name: getattr(lesson, name) for name in ("title", "purpose", "minutes", "outcomes")}
    blocks = [{"type": raw["type"], "value": raw["value"]} for raw in lesson.body.raw_data]
    return plain_lines({**fields, "blocks": blocks})


def _titles(course: Course) -> dict[str, str]:
    pages = CoursePage.objects.filter(course=course, live=True, alias_of__isnull=True)
    return dict(pages.values_list("locale__language_code", "title"))


def _figures(keys: list[str]) -> dict[str, dict[str, str]]:
    figures = LegalFigure.objects.filter(key__in=keys, locale__language_code="en")
    return {
        figure.key: {name: str(getattr(figure, name)) for name in FIGURE_FACTS}
        for figure in figures.order_by("key")
    }


def _outcomes(course: Course) -> dict[str, Any]:
    outcomes: dict[str, Any] = {}
    rows = Outcome.objects.filter(course_code=course.code).select_related("locale")
    for row in rows.order_by("code", "locale"):
        outcome = outcomes.setdefault(row.code, {"level": row.level, "titles": {}})
        outcome["titles"][row.locale.language_code] = row.title
    return outcomes


def _test(test: Test) -> dict[str, Any]:
    later = {
        "negative_marking": test.negative_marking,
        "second_marker": test.second_marker,
        "drawn": test.drawing,
        "form": test.fixed_form.label if test.fixed_form else "",
        "blueprint": test.blueprint.key if test.blueprint else "",
    }
    said = {name: value for name, value in later.items() if value != LATER_TEST_FACTS[name]}
    return {name: getattr(test, name) for name in TEST_FACTS} | said


def _assignment(assignment: Assignment) -> dict[str, Any]:
    return {name: getattr(assignment, name) for name in ASSIGNMENT_FACTS}


def _blueprints(tests: Collection[Test], forms: Collection[Form]) -> dict[str, Any]:
    """Those that a test or a form follows; with their pool where a test draws from it."""
    followed = {test.blueprint_id for test in tests} | {form.blueprint_id for form in forms}
    followed -= {None}
    if not followed:
        return {}
    found: dict[str, Any] = {}
    cells = BlueprintCell.objects.filter(blueprint__in=followed).select_related("blueprint")
    for cell in cells:
        blueprint = found.setdefault(cell.blueprint.key, {"cells": {}})
        blueprint["cells"].setdefault(cell.outcome, {})[cell.level] = cell.count
    drawn = {test.blueprint_id for test in tests if test.drawing == Drawing.POOL}
    pool = PoolQuestion.objects.filter(blueprint__in=drawn).select_related("blueprint")
    for one in pool:
        blueprint = found.setdefault(one.blueprint.key, {"cells": {}})
        blueprint.setdefault("pool", []).append(one.question_key)
        anchors = blueprint.setdefault("anchors", [])
        anchors += [one.question_key] if one.is_anchor else []
    return found


def check_pools(course: Course, number: str) -> None:
    """Raises `ReleaseError` for the first test whose pool is not enough."""
    tests = Test.objects.filter(course_code=course.code, drawing=Drawing.POOL)
    for test in tests.select_related("blueprint"):
        blueprint = test.blueprint
        if blueprint is None:
            continue  # the database forbids it
        pool = pool_of(blueprint)
        try:
            choose(pool.wanted, pool.candidates, seed=0)
        except ShortPoolError as error:
            raise ReleaseError(
                f"version {number} cannot be released: the pool of blueprint {blueprint.key} is"
                f" not enough for the test {test.purpose}: {error}."
            ) from error
