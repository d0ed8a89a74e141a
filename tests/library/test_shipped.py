"""The library we ship, as it is loaded and dumped."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import TaskState

from modules.blocks.markdown import terms_in
from modules.courses.models import Course, CoursePage, CourseVersion, LessonPage
from modules.loading.dumping import dump_library
from modules.loading.loading import LIBRARY, load_library
from modules.loading.stamping import FILE as STAMPS
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def test_it_is_loaded_dumped_and_quick_to_load_again(tmp_path):
    for course in Course.objects.values_list("code", flat=True):
        dump_library(course, tmp_path)
    beside = {"home.toml", STAMPS}
    files = [path for path in LIBRARY.rglob("*.*") if path.is_file() and path.name not in beside]
    for path in files:
        assert (tmp_path / path.relative_to(LIBRARY)).read_bytes() == path.read_bytes(), path
    assert len([p for p in tmp_path.rglob("*.*") if p.is_file()]) == len(files)

    started = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        report = load_library()
    assert time.process_time() - started < 2
    assert len(queries) < 120
    assert {str(v) for count in report.counts.values() for v in count} == {"unchanged"}
    assert report.lines == []


def test_an_edit_in_the_admin_changes_one_file_of_the_real_course(tmp_path):
    page = LessonPage.objects.get(key="mapping", locale__language_code="en")
    page.title = "Edited"
    page.save_revision().publish()

    dump_library("coordination", tmp_path)

    written = [path for path in tmp_path.rglob("*.*") if path.is_file()]
    differing = [
        path.name
        for path in written
        if path.read_bytes() != (LIBRARY / path.relative_to(tmp_path)).read_bytes()
    ]
    assert (len(written) > 30, differing) == (True, ["03-mapping.md"])


def test_every_language_has_every_page():
    for lang in ("en", "ur", "km", "lo"):
        pages = CoursePage.objects.filter(locale__language_code=lang, alias_of=None, live=True)
        lessons = LessonPage.objects.filter(locale__language_code=lang, live=True)
        assert (lang, pages.count(), lessons.count() >= 7) == (lang, 4, True)


def test_what_authors_see_passes_the_checks_of_the_editor():
    for page in LessonPage.objects.filter(alias_of=None):
        page.body.stream_block.clean(page.body)
    for question in Question.objects.select_related("locale"):
        question.definition.stream_block.clean(question.definition)
        question.clean()


def test_open_courses_are_released_and_announced_ones_have_no_lessons():
    announced = Course.objects.filter(status=Course.Status.ANNOUNCED)
    opened = Course.objects.exclude(pk__in=announced).order_by("number")
    versions = CourseVersion.objects.order_by("course__number")

    codes = list(versions.values_list("course__code", flat=True))
    assert codes == list(opened.values_list("code", flat=True))
    assert codes == ["coordination", "ict-data-management", "compliance", "simplify"]
    for page in CoursePage.objects.filter(course__in=announced):
        assert (page.live, page.get_children().count()) == (True, 0)


def test_a_course_that_is_complete_in_urdu_explains_its_terms_in_urdu():
    used: set[str] = set()
    for page in LessonPage.objects.filter(
        locale__language_code="ur", alias_of=None, slug__in=_keys_of("simplify")
    ):
        used |= terms_in(" ".join(str(block.value) for block in page.body))

    own = GlossaryTerm.objects.filter(key__in=used, locale__language_code="ur")
    assert len(used) == 31
    assert {term.key for term in own if term.definition} == used
    assert {term.review for term in own} == {"draft"}


def _keys_of(course: str) -> list[str]:
    page = CoursePage.objects.get(course__code=course, locale__language_code="en")
    return [lesson.slug for lesson in page.get_children()]


def test_a_nearest_form_is_noted():
    term = GlossaryTerm.objects.get(key="disablement", locale__language_code="ur")

    assert term.note == "Nearest form: it means “disability”."


def test_it_is_published_without_the_reviews():
    english = LessonPage.objects.filter(locale__language_code="en")

    assert (english.count(), english.filter(live=True).count()) == (29, 29)
    assert not TaskState.objects.exists()
