"""Where figures and terms are used, and what editors are told of it."""

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.urls import reverse

from modules.courses.models import LessonPage
from modules.courses.using import uses_of, uses_of_figure, uses_of_term
from modules.loading.loading import load_library
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome
from tests.cast import sign_in
from tests.modules.loading.mini import change, write_mini

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def with_card(made_once, tmp_path_factory):
    """Lesson one also has a pocket card, in which the term stands; so does a question."""
    root = write_mini(tmp_path_factory.mktemp("library"))
    card = "::: pocket {#card}\n1. A [[term:mini term]].\n:::\n\n::: sources"
    change(root, "mini/en/01-one.md", "::: sources", card)
    change(root, "mini/en/01-one.questions.toml", "One is one.", "A [[term:mini term]] is one.")
    load_library(root)


@pytest.fixture
def mini(db, with_card):
    pass


def said(uses):
    return [(use.language, use.lesson, use.what, use.in_pocket_book) for use in uses]


def test_a_figure_stands_in_law_boxes_of_every_language(mini):
    uses = uses_of_figure("kh.mini-limit")

    assert said(uses) == [
        ("en", "Lesson one", "Law box", True),
        ("ur", "سبق ایک", "Law box", True),
    ]
    assert [use.url for use in uses] == ["/courses/mini/one/#limit", "/ur/courses/mini/one/#limit"]
    page = LessonPage.objects.get(key="one", locale__language_code="en")
    assert uses[0].edit_url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert uses[0].course == "Mini"


def test_a_figure_stands_in_law_tables_too(mini):
    page = LessonPage.objects.get(key="two", locale__language_code="en")
    table = {"anchor": "t", "keys": ["kh.other", "kh.mini-limit"], "text": "## T"}
    page.body = [{"type": "figures", "value": table}]
    page.save_revision().publish()

    assert ("en", "Lesson two", "Law table", False) in said(uses_of_figure("kh.mini-limit"))


def test_a_term_stands_in_texts_cards_and_questions(mini):
    assert said(uses_of_term("mini term")) == [
        ("en", "Lesson one", "Text", False),
        ("en", "Lesson one", "Pocket card", True),
        ("en", "practice", "mi-one", False),
        ("ur", "سبق ایک", "Pocket card", True),  # left in English there
    ]


def test_a_part_of_a_key_is_no_use(mini):
    assert uses_of_figure("kh.mini") == []
    assert uses_of_term("mini") == []


def test_what_readers_do_not_see_is_not_used(mini):
    LessonPage.objects.get(key="one", locale__language_code="en").unpublish()

    assert [use.language for use in uses_of_figure("kh.mini-limit")] == ["ur"]


def test_other_things_are_used_nowhere(mini):
    assert uses_of(Outcome.objects.first()) == []


def test_the_number_of_queries_is_fixed(mini, django_assert_num_queries):
    uses_of_figure("kh.mini-limit")

    with django_assert_num_queries(2):
        uses_of_figure("kh.mini-limit")
    with django_assert_num_queries(3):
        uses_of_term("mini term")


def test_the_command_prints_each_place(mini, capsys):
    call_command("where_used", "kh.mini-limit")

    first, _second, last = capsys.readouterr().out.splitlines()
    assert first == "en  Mini  Lesson one  Law box  /courses/mini/one/#limit  pocket book"
    assert last == "kh.mini-limit: 2 places."


def test_the_command_says_what_it_does_not_know(mini):
    with pytest.raises(CommandError, match=r'There is no legal figure and no term "kh\.x"'):
        call_command("where_used", "kh.x")


def edit_url(row):
    return reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])


def post(client, row, **changed):
    fields = [f.name for f in row._meta.fields if f.name not in {"id", "translation_key", "locale"}]
    data = {name: getattr(row, name) for name in fields}
    response = client.post(edit_url(row), {**data, **changed})
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_form_of_a_figure_shows_where_it_is_used(client, mini, cast):
    figure = LegalFigure.objects.get(locale__language_code="en")

    page = sign_in(client, cast.author).get(edit_url(figure)).content.decode()

    assert "Where it is used" in page
    assert '<a href="/courses/mini/one/#limit">Law box</a> (also in the pocket book)' in page


def test_a_changed_value_is_answered_with_the_places(client, mini, cast):
    figure = LegalFigure.objects.get(locale__language_code="en")

    warning, _success = post(sign_in(client, cast.author), figure, value="120")

    assert warning.startswith("Read the 2 places that show it: do they still fit?")
    assert "<li>English · Mini · Lesson one · Law box (pocket book)</li>" in warning


def test_a_changed_term_is_answered_with_the_places(client, mini, cast):
    term = GlossaryTerm.objects.get(locale__language_code="en")

    warning, _success = post(sign_in(client, cast.author), term, term="mini word")

    assert "English · Mini · Lesson one · Pocket card (pocket book)" in warning


def test_nothing_is_said_where_nothing_readers_see_changed(client, mini, cast):
    figure = LegalFigure.objects.get(locale__language_code="en")

    assert len(post(sign_in(client, cast.author), figure, checked_on="2026-12-01")) == 1


def test_released_versions_can_be_looked_at_and_not_changed(client, mini, cast):
    client = sign_in(client, cast.author)
    listing = client.get("/admin/snippets/modules/courseversion/").content.decode()

    assert "mini 1.0" in listing
    version = listing.partition("/courseversion/inspect/")[2].partition("/")[0]
    assert (
        client.get(f"/admin/snippets/modules/courseversion/inspect/{version}/").status_code == 200
    )
    for address in ("add/", f"edit/{version}/", f"delete/{version}/"):
        response = client.get(f"/admin/snippets/modules/courseversion/{address}")
        assert response.status_code in {302, 403, 404}
