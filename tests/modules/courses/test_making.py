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


# What two lessons beside each other have each for itself.
OWN = {"pk", "path", "slug", "key", "url_path", "translation_key", "comments"} | {
    *("first_published_at", "last_published_at", "latest_revision_created_at"),
    *("latest_revision", "live_revision"),
}


def shared(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in OWN}


def test_a_lesson_is_the_one_that_wagtail_makes():
    course = make_course()
    made = make_lesson(course, "lesson", block("text", "a", "Words"))
    copied = ("title", "purpose", "outcomes", "minutes", "body", "locale")
    expected = LessonPage(
        slug="other", key="other", **{name: getattr(made, name) for name in copied}
    )
    course.add_child(instance=expected)
    expected.save_revision().publish()

    made, expected = (LessonPage.objects.get(pk=page.pk) for page in (made, expected))

    assert shared(facts(made)) == shared(facts(expected))
    assert shared(made.latest_revision.content) == shared(expected.latest_revision.content)
    for page in (made, expected):
        assert page.live_revision == page.latest_revision
        assert page.latest_revision_created_at == page.latest_revision.created_at


def test_an_alias_is_the_one_that_wagtail_makes():
    course = make_course()
    make_lesson(course, "before")
    lesson = make_lesson(course, "lesson", block("text", "a", "Words"))
    made = lesson.aliases.get().specific
    place = made.get_parent()

    made.delete()
    lesson.refresh_from_db()  # PostgreSQL orders the parts of a block
    (expected,) = fill_trees(lesson, making.ALIASES)

    assert facts(made) == facts(expected.specific)
    assert (place.numchild, place.get_children().count()) == (2, 2)
    assert not any(Page.find_problems())
