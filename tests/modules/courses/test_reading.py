"""How a lesson's blocks become its text, and what of it is kept."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils import translation
from wagtail.documents.models import Document
from wagtail.models import Locale

from modules.courses.citing import uses_in
from modules.courses.models import LessonPage
from modules.courses.reading import (
    CITED,
    forget_bodies,
    kept_body,
    key_of,
    make_body,
    render_body,
    revision_of,
)
from modules.courses.weighing import (
    FILES,
    FILES_OF,
    FILES_OF_QUESTIONS,
    FONT_OF_NAMES,
    QUESTION_BYTES,
    compressed,
    weight_of,
)
from modules.reference.models import LegalFigure, Source
from tests.modules.courses.conftest import EVERYTHING
from tests.modules.courses.making import DRAWING, block, make_lesson

pytestmark = pytest.mark.django_db


def text_of(page, language="en", *, facilitator=False) -> str:
    body = render_body(page, language, facilitator=facilitator)
    return "".join(piece.html for piece in body.pieces)


def body_of(page, *, facilitator: bool):
    """As a reader gets it: kept, or made now."""
    language = translation.get_language() or "en"
    return kept(revision_of(page), language, facilitator) or make_body(
        page, facilitator=facilitator
    )


def kept(revision, language, facilitator=False):
    key = key_of(revision, language, facilitator=facilitator)
    return kept_body(cache.get_many([key, CITED]), key)


def kinds_of(page, *, facilitator=False) -> list[str]:
    """The side-heads, with a question in its place."""
    pieces = render_body(page, "en", facilitator=facilitator).pieces
    head = re.compile(r'<div class="side"><?[^>]*>?\s*<(?:h2|p)[^>]*>([^<]+)')
    return [p.question or head.search(p.html.replace("\n", "")).group(1) for p in pieces]


def test_every_block_stands_in_its_place(lesson):
    assert kinds_of(lesson) == [
        *("Part 1 of 2", "a-question", "Figure", "Law box", "Part 2 of 2", "Case", "Key points"),
        *("Pocket card", "Sources"),
    ]
    assert kinds_of(lesson, facilitator=True)[7] == "For trainers"


def test_a_figure_stands_in_the_text_before_it(lesson):
    first = render_body(lesson, "en", facilitator=False).pieces[0].html

    assert first.index("<h2>Start</h2>") < first.index("<figure")
    assert '<div class="drawing" role="img" aria-label="A box."><svg' in first
    assert "<strong>Figure 1.</strong> A map." in first
    assert "<strong>A:</strong> all" in first
    assert "Read the figure as text" in first


def test_law_box_says_value_place_dates_and_source(lesson):
    html = text_of(lesson)

    box = html[html.index('<div class="law">') :]
    for words in (
        '<h3 id="limit-what">Wage limit</h3>',
        "As of June 2022",
        '<p class="amount">PKR 30,000 a month</p>',
        '<dd id="limit-where">Sindh</dd>',
        "<dd>Act of 2016</dd>",
        '<a href="#source-W1">W1</a>',
        "<dd>12 November 2026</dd>",
        "It varies by province: check the current notification.",
    ):
        assert words in box
    assert "Held until" not in box


def test_law_box_of_a_country_without_a_known_date(lesson):
    LegalFigure.objects.update(jurisdiction="KH", valid_from="", valid_to="2024-01")

    html = text_of(lesson)

    assert "Date not known" in html
    assert "<dd>January 2024</dd>" in html
    assert "varies by province" not in html


def test_law_box_says_what_to_mind_of_its_figure(lesson):
    LegalFigure.objects.update(note="Undated page. [W3]")

    html = text_of(lesson)

    assert re.search(r'Undated page\.<sup class="source"><a [^>]*href="#source-W3"', html)
    assert '<li id="source-W3"' in html


def test_law_table_has_a_row_for_each_figure_in_the_order_of_the_author(course):
    margin = LegalFigure.objects.get()
    margin.pk, margin.translation_key = None, uuid.uuid4()
    margin.key, margin.label, margin.valid_from = "pk-sd.margin", "Margin", ""
    margin.save()
    keys = ["pk-sd.margin", "pk-sd.gone", "pk-sd.limit"]
    page = make_lesson(course, "short", block("figures", "t", "## Limits\n\nMind. [E]", keys=keys))

    html = text_of(page)

    assert re.findall(r'<th scope="row">([^<]+)', html) == ["Margin", "Wage limit"]
    assert re.findall(r'"As of">([^<]+)', html) == ["Date not known", "June 2022"]
    assert "<caption><h2>Limits</h2></caption>" in html
    assert re.findall(r'<li id="source-(\w+)"', html) == ["E", "W1"]


def test_law_table_without_its_figures_keeps_its_words(course):
    page = make_lesson(course, "short", block("figures", "t", "## Limits\n\nMind.", keys=["x"]))

    html = text_of(page)

    assert "<h2>Limits</h2>" in html
    assert "<table" not in html


def test_law_box_without_its_figure_keeps_its_words(lesson):
    LegalFigure.objects.all().delete()

    html = text_of(lesson)

    assert "Who earns more is out." in html
    assert 'class="amount"' not in html


def test_sources_are_those_that_readers_see_cited(lesson):
    def tags(**who):
        return re.findall(r'<li id="source-(\w+)"', text_of(lesson, **who))

    assert tags() == ["E", "W2", "W1", "own"]
    assert tags(facilitator=True) == ["E", "W2", "W3", "W1", "own"]


def test_a_source_is_shown_with_all_that_is_known(lesson):
    Source.objects.filter(tag="E").update(url="https://example.org/e", note="Compare.")

    html = text_of(lesson)

    assert '<a href="https://example.org/e">Title of E</a>. ILO, 2021. Compare.</p>' in html
    assert "Read in full. Here for: the start." in html


def test_sources_without_a_block_of_their_own_are_listed_last(course):
    page = make_lesson(course, "short", block("keypoints", "k", "- So. [E]"))

    assert kinds_of(page) == ["Key points", "Sources"]


def test_uses_of_sources():
    text = "- [E] one,\n  two\n- [R] [P] three [L]\n- four\n- [C]\n"

    assert uses_in(text) == {"E": ["one, two"], "R": ["three"], "P": ["three"], "C": []}


@override_settings(WAGTAILDOCS_SERVE_METHOD="direct")
def test_recordings_have_their_words_and_downloads_their_weight(course):
    sound = Document.objects.create(title="s", file=ContentFile(b"x" * 150_000, "talk.mp3"))
    film = Document.objects.create(
        title="f", file=ContentFile(b"x", "film.mp4"), file_size=2_440_000
    )
    form = Document.objects.create(title="d", file=ContentFile(b"x", "form.pdf"), file_size=900)
    page = make_lesson(
        course,
        "media",
        block("media", "m1", title="A talk", file=sound.pk, transcript="Said **words**. [E]"),
        block("media", "m2", title="A film", file=film.pk, transcript="Seen."),
        block("download", "d", title="The form", file=form.pk),
    )

    html = text_of(page)

    assert html.count("<section") == 2  # one for all three, one for the sources
    assert re.search(
        r'<audio controls preload="none" [^>]*src="/media/documents/talk[^"]*\.mp3">', html
    )
    assert "<video controls" in html
    assert "Said <strong>words</strong>." in html
    assert "</a> 150 kB" in html
    assert "</a> 2.4 MB" in html
    assert "PDF · 1 kB" in html


def test_words_around_the_text_follow_its_language(lesson):
    with translation.override("ur"):
        html = text_of(lesson)

    assert 'href="/ur/glossary/#fund"' in html
    assert "As of June 2022" in html


def test_words_around_a_block_left_in_english_are_english(lesson):
    lesson.body = [
        {"type": "text", "value": {"anchor": "a", "text": "## Go on\n\nOne. [E]"}},
        {"type": "figure", "value": {"anchor": "b", "text": "نقشہ", "alt": "خانہ", "drawing": ""}},
        {"type": "text", "value": {"anchor": "c", "text": "## دو\n\nدو۔ [E]"}},
    ]

    body = render_body(lesson, "ur", facilitator=False)
    english, urdu = (piece.html for piece in body.pieces[:2])

    assert body.in_part
    assert 'lang="en" dir="ltr">' in english
    assert "Part 1 of 2" in english
    assert '<figure class="sheet" id="b" lang="ur" dir="rtl">' in english
    assert "Read the figure" not in english
    assert "lang=" not in urdu
    assert "Part 2" not in urdu


def test_insets_that_follow_no_text_stand_in_their_own_language(lesson):
    figure = {"anchor": "map", "text": "A map.", "alt": "A box.", "drawing": ""}
    card = {"anchor": "card", "text": "1. قاعدہ۔"}
    lesson.body = [{"type": "figure", "value": figure}, {"type": "pocket", "value": card}]

    html = render_body(lesson, "ur", facilitator=False).pieces[0].html

    assert '<section class="row" lang="en" dir="ltr">' in html
    assert '<div class="side"><p>Figure</p></div>' in html
    assert '<figure class="sheet" id="map">' in html


def test_what_only_trainers_read_does_not_make_a_lesson_partial(lesson):
    lesson.body = [
        {"type": "pocket", "value": {"anchor": "card", "text": "1. قاعدہ۔"}},
        {"type": "activity", "value": {"anchor": "play", "text": "## Play", "minutes": 5}},
    ]

    assert not render_body(lesson, "ur", facilitator=False).in_part
    assert render_body(lesson, "ur", facilitator=True).in_part


def test_hostile_fields_are_only_words(course):
    bad = '"><script>alert(1)</script>'
    page = make_lesson(
        course,
        "bad",
        block("figure", "f", f"{bad}\n\n- A: {bad}", file=bad, alt=bad, drawing=DRAWING),
        block("activity", "a", bad, minutes=5, materials=bad),
        block("case", "c", bad, minutes=5, invented=True),
        block("law", "l", bad, figure=bad),
        block("sources", "s", f"- [E] {bad}"),
    )

    assert "<script" not in text_of(page, facilitator=True)


# --- keeping --------------------------------------------------------------------------------------


def test_second_reader_gets_the_kept_text(lesson, django_assert_num_queries):
    first = body_of(lesson, facilitator=False)

    with django_assert_num_queries(0):
        assert body_of(lesson, facilitator=False) == first
    assert body_of(lesson, facilitator=True) != first


def test_alias_is_kept_under_the_revision_of_its_source(lesson):
    alias = LessonPage.objects.get(alias_of=lesson, locale__language_code="ur")
    with translation.override("ur"):
        body = body_of(alias, facilitator=False)

    assert kept(lesson.live_revision_id, "ur") == body
    assert kept(lesson.live_revision_id, "en") is None


def test_alias_that_lags_behind_its_source_is_not_kept_under_the_new_revision(lesson):
    alias = LessonPage.objects.select_related("alias_of").get(
        alias_of=lesson, locale=Locale.objects.get(language_code="ur")
    )
    LessonPage.objects.filter(pk=lesson.pk).update(live_revision=None)

    with translation.override("ur"):
        body_of(alias, facilitator=False)

    assert kept(lesson.live_revision_id, "ur") is None


def test_page_without_a_revision_is_not_kept(lesson):
    lesson.live_revision_id = None

    body_of(lesson, facilitator=False)

    assert kept(None, "en") is None


def test_changed_references_are_seen_after_forgetting(lesson):
    body_of(lesson, facilitator=True)
    LegalFigure.objects.update(value="31000")

    forget_bodies()

    html = "".join(piece.html for piece in body_of(lesson, facilitator=True).pieces)
    assert "PKR 31,000 a month" in html


def test_text_is_out_of_date_when_the_cache_lost_the_mark(lesson):
    body_of(lesson, facilitator=False)
    cache.delete(CITED)
    LegalFigure.objects.update(value="31000")

    assert kept(lesson.live_revision_id, "en") is None


def test_figure_that_changes_while_a_text_is_made_is_seen_next_time(lesson, monkeypatch):
    def render(*args, **kwargs):
        body = render_body(*args, **kwargs)
        forget_bodies()
        return body

    monkeypatch.setattr("modules.courses.reading.render_body", render)
    make_body(lesson, facilitator=False)

    assert kept(lesson.live_revision_id, "en") is None


# --- weight ---------------------------------------------------------------------------------------


def test_what_is_said_of_the_weight_is_true(client, course):
    """Within a kilobyte, for the page and the files that it names."""
    page = make_lesson(course, "plain", *[b for b in EVERYTHING if b["type"] != "question"])
    response = client.get(page.url, headers={"accept-encoding": "gzip"})

    files = sum(map(compressed, (*FILES, FONT_OF_NAMES)))
    assert abs(response.context["body"].weight - (len(response.content) + files)) < 1_000


def test_questions_weigh_too():
    with_two = weight_of("", questions=2) - weight_of("")

    assert with_two == 2 * QUESTION_BYTES + sum(map(compressed, FILES_OF_QUESTIONS))


@pytest.mark.parametrize(
    ("language", "budget"), [("en", 30_000), ("km", 60_000), ("lo", 60_000), ("ur", 140_000)]
)
def test_first_visit_leaves_room_for_the_text(language, budget):
    """Bytes; the whole visit may take 50 kB in English, 80 in Khmer and Lao, 160 in Urdu."""
    with translation.override(language):
        assert weight_of("", questions=10) < budget


def test_files_that_are_weighed_are_those_that_a_lesson_loads(client, lesson):
    page = client.get("/ur/courses/trial/middle/").content.decode()

    linked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    assert linked - set(FILES_OF_QUESTIONS) == {*FILES, FILES_OF["ur"][0]}
