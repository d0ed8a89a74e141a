"""Tags and filters of the pages that people read."""

import pytest
from django.template import Context
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from modules.reference.dates import duration
from modules.reference.marks import lang_of
from modules.templatetags.reading import course_icon, figure_text, numbers_kept, titled, weight


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "5 min"), (60, "1 h"), (330, "5 h 30 min"), (0, "0 min")]
)
def test_duration(minutes, words):
    assert duration(minutes) == words


@pytest.mark.parametrize(
    ("octets", "language", "words"),
    [
        (900, "en", "1 kB"),
        (146_500, "en", "146 kB"),
        (2_440_000, "en", "2.4 MB"),
        (None, "en", ""),
    ],
)
def test_weight(octets, language, words):
    with translation.override(language):
        assert weight(octets) == words


def test_decimals_follow_the_language():
    with translation.override("lo"):
        assert "2,4" in weight(2_440_000)


@pytest.mark.parametrize(
    ("language", "text", "attributes"),
    [
        ("en", "Mapping", ""),
        ("ur", "Mapping: 3 steps", ' lang="en" dir="ltr"'),
        ("ur", "نقشہ Mapping", ' dir="rtl"'),
        ("ur", "SIMPLIFY: نقشہ", ' dir="rtl"'),
        ("ur", "نقشہ", ""),
        ("km", "SIMPLIFY: ផែនទី", ""),
        ("km", "ផែនទី", ""),
        ("lo", "12:30", ""),
    ],
)
def test_what_is_still_english_says_so(language, text, attributes):
    with translation.override(language):
        assert lang_of(text) == attributes


def test_unknown_course_has_a_book():
    assert course_icon("coordination") != course_icon("no-such-course")
    assert "svg" in course_icon("../../etc/passwd")


def test_legend_begins_at_its_first_letter():
    words = figure_text(Context(), "A map. [E]\n\n- A: one\n- B: two", 3)

    assert words.caption.startswith("<p><strong>Figure 3.</strong> A map.")
    assert "<li><strong>A:</strong> one</li>" in words.legend
    assert "one" not in words.caption


def test_figure_without_legend_or_number():
    words = figure_text(Context(), "A map.", None)

    assert (words.caption, words.legend) == ("<p>A map.</p>", "")


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("## A\n\n### B", "<h2>A</h2>", "\n<h3>B</h3>"),
        ("A\n\n## B", "", "<p>A</p>\n<h2>B</h2>"),
        ("", "", ""),
    ],
)
def test_title_stands_apart(text, title, rest):
    words = titled(Context(), text)

    assert (words.title, words.text) == (title, rest)


def test_html_stays_html_where_numbers_are_kept():
    html = mark_safe('سال 2014-15 <abbr title="2014-15">(اپنا)</abbr>')

    with translation.override("ur"):
        shown = conditional_escape(numbers_kept(html))
        typed = conditional_escape(numbers_kept("<b>2014-15</b>"))

    assert '<abbr title="2014-15">(اپنا)</abbr>' in shown
    assert shown.startswith("سال \u2066")
    assert typed.startswith("&lt;b&gt;\u2066")
    assert numbers_kept(html) == html
