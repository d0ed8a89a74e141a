"""Pages made by hand are those that Wagtail would make."""

from typing import Any

import pytest
from wagtail.models import Page

from modules.courses.models import LessonPage
from modules.courses.trees import fill_trees
from tests.modules.courses import making
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


def facts(page: LessonPage) -> dict[str, Any]:
    """All that stands in its row, but for the key."""
    fields = [field for field in page._meta.concrete_fields if field.name not in {"id", "page_ptr"}]
    return {field.name: field.value_to_string(page) for field in fields}


def test_an_alias_is_the_one_that_wagtail_makes():
    course = make_course()
    make_lesson(course, "before")
    lesson = make_lesson(course, "lesson", block("text", "a", "Words"))
    made = lesson.aliases.get().specific
    place = made.get_parent()

    made.delete()
    (expected,) = fill_trees(lesson, making.ALIASES)

    assert facts(made) == facts(expected.specific)
    assert (place.numchild, place.get_children().count()) == (2, 2)
    assert not any(Page.find_problems())
