"""Authors in Wagtail's editor."""

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.blocks.fields import MarkdownTextarea
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


def test_author_opens_a_lesson_with_toolbar_and_preview(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    lesson = make_lesson(
        make_course(), "a-lesson", block("text", "part", "## Part\n\nWords. (own)")
    )
    sign_in(client, cast.author)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    assert "js/markdown-editor.js" in html
    assert "/admin/lesson-text/preview/" in html


def test_every_file_of_the_text_field_exists():
    media = MarkdownTextarea.Media
    files = [*media.js, *media.css["all"]]

    assert [name for name in files if finders.find(name) is None] == []


def test_preview_shows_what_readers_see_and_nothing_that_acts(client, cast):
    sign_in(client, cast.author)

    html = client.post("/admin/lesson-text/preview/", {"text": "**A** <script>b()</script> (own)"})

    assert "<strong>A</strong>" in html.content.decode()
    assert "<script" not in html.content.decode()


def test_learner_gets_no_preview(client, cast):
    sign_in(client, cast.learner)

    assert client.post("/admin/lesson-text/preview/", {"text": "x"}).status_code == 403


@pytest.mark.parametrize("model", ["question", "glossaryterm", "legalfigure", "outcome", "source"])
def test_author_reaches_what_lessons_refer_to(client, cast, model):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)

    assert client.get(reverse(f"wagtailsnippets_modules_{model}:list")).status_code == 200
    assert client.get(reverse(f"wagtailsnippets_modules_{model}:add")).status_code == 200


def test_courses_are_opened_by_system_administrators_alone(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)

    assert client.get(reverse("wagtailsnippets_modules_course:list")).status_code == 302
