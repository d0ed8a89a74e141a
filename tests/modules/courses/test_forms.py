"""The form of a lesson: what an author is told before anything is saved."""

import json

import pytest

from modules.courses.forms import CodesInput
from modules.courses.models import LessonPage
from modules.reference.models import Outcome
from tests.modules.courses.making import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    course = make_course("trial")
    make_lesson(course, "taken")
    for code, of in (("TR1", "trial"), ("XX1", "other")):
        Outcome.objects.create(
            course_code=of, code=code, level="apply", title="Do it.", locale=course.locale
        )
    return course


def errors(course, cast, lesson=None, **fields):
    lesson = lesson or LessonPage(locale=course.locale)
    form_class = LessonPage.get_edit_handler().get_form_class()
    no_comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    given = {"key": "own", "outcomes": "TR1", "body-count": "0"} | no_comments | fields
    form = form_class(given, instance=lesson, parent_page=course, for_user=cast.author)
    return {name: form.errors[name] for name in ("key", "outcomes") if name in form.errors}


def test_a_key_and_outcomes_of_the_course_are_taken(course, cast):
    assert errors(course, cast) == {}


def test_a_key_of_another_lesson_of_the_course_is_refused(course, cast):
    assert errors(course, cast, key="taken") == {"key": ["This is taken already. Choose another."]}


def test_a_lesson_keeps_its_own_key(course, cast):
    lesson = LessonPage.objects.child_of(course).get(key="taken")

    assert errors(course, cast, lesson, key="taken") == {}


def test_an_outcome_of_another_course_is_refused(course, cast):
    assert errors(course, cast, outcomes="TR1, XX1") == {
        "outcomes": ["This course has no such outcome: XX1."]
    }


@pytest.mark.parametrize("typed", ["TR1, TR2", "TR1 TR2", '["TR1", "TR2"]'])
def test_codes_are_typed_in_one_line(typed):
    stored = CodesInput().value_from_datadict({"outcomes": typed}, {}, "outcomes")

    assert json.loads(stored) == ["TR1", "TR2"]
    assert CodesInput().format_value(stored) == "TR1, TR2"
