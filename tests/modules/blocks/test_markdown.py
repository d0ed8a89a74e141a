"""Lesson Markdown: our own marks, and nothing that acts."""

from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from modules.blocks.markdown import (
    ALLOWED_TAGS,
    Glossary,
    devices_in,
    paragraphs,
    plain,
    readable,
    render,
    sources_in,
    terms_in,
    with_paragraphs,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='https://evil.example/'></iframe>",
    "<style>body{display:none}</style>",
    "<form action=https://evil.example><input name=password></form>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.gif)",
    "![x](x 'y\" onload=\"alert(1)')",
    '[x](https://a.example "t\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    '[[term:"><script>alert(1)</script>]]',
    "[[term:x|<img src=x onerror=alert(1)>]]",
    '[[term:x" onclick="alert(1)|y]]',
    '| <script>a</script> | b |\n|---|---|\n| 1 | " onclick="alert(1) |',
    "<a href=x style=position:fixed onclick=alert(1)>y</a>",
    "<!--<img src='--><img src=x onerror=alert(1)>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
]
ACTS = {"script", "img", "svg", "iframe", "style", "form", "input", "object", "link", "math"}


class Seen(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_acts_survives(text):
    seen = Seen(render(text))

    assert ACTS.isdisjoint(seen.tags)
    names = {name for name, _value in seen.attributes}
    assert names <= {"href", "class", "title", "aria-label", "scope", "data-label", "start"}
    schemes = {value.partition(":")[0] for name, value in seen.attributes if name == "href"}
    assert schemes.isdisjoint({"javascript", "data", "vbscript"})


@given(st.text(alphabet="<>\"'&/=[]()|:;!#`*_-\\ \nascriptonloadx", max_size=80))
def test_only_allowed_tags_ever_come_out(text):
    assert set(Seen(render(text)).tags) <= ALLOWED_TAGS


def test_term_links_to_the_glossary_and_carries_its_meaning():
    glossary = Glossary("/ur/glossary/", {"social protection": 'Care & "cash".'})

    assert render("[[term:social protection|Protection]] is all.", glossary) == (
        '<p><a class="term" href="/ur/glossary/#social-protection"'
        ' title="Care &amp; &quot;cash&quot;.">Protection</a> is all.</p>'
    )


def test_term_without_a_known_meaning_is_a_plain_link():
    assert render("[[term:sheep]]") == ('<p><a class="term" href="/glossary/#sheep">sheep</a></p>')


def test_source_stays_on_the_line_of_the_last_word():
    assert render("So it is.\n[W12] Really.") == (
        '<p>So it is.<sup class="source"><a aria-label="Source W12" href="#source-W12">W12</a>'
        "</sup> Really.</p>"
    )


def test_own_words_are_marked_as_such():
    assert render("We think so. (own)") == (
        '<p>We think so.<sup class="device"><a href="#source-own">own</a></sup></p>'
    )


def test_what_only_looks_like_a_mark_stays():
    assert render("[X1] (owner) [e]") == "<p>[X1] (owner) [e]</p>"


def test_cells_know_their_column_and_row():
    html = render("| Body | Rate |\n|---|---:|\n| SESSI [E] | 6 |")

    assert '<table class="stack">' in html
    assert '<th scope="col">Body</th>' in html
    assert '<th scope="row">SESSI<sup' in html
    assert '<td class="num" data-label="Rate">6</td>' in html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A", [2]),
        ("#### A\n\n## B\n\n#### C\n\n###### D", [2, 2, 3, 4]),
        ("### A\n\n### B", [2, 3]),
    ],
)
def test_headings_leave_no_level_out(text, levels):
    tags = Seen(render(text)).tags

    assert [int(tag[1]) for tag in tags if tag[0] == "h"] == levels


def test_words_that_are_added_follow_the_language():
    with translation.override("ur"):
        assert "#source-E" in render("[E]")


TEXT = "## Head\n\nA [[term:fund|Fund]] pays **6%**. [E][W20b] (calc)\n\n- one (own)\n- two [E]\n"


def test_what_a_text_refers_to():
    assert terms_in(TEXT) == {"fund"}
    assert sources_in(TEXT) == ["E", "W20b"]
    assert devices_in(TEXT) == ["own", "calc"]


def test_plain_words_for_search():
    assert plain(TEXT) == "Head A Fund pays 6%. one two"


def test_a_table_leaves_its_words():
    assert plain("| Body | Rate |\n|---|---|\n| SESSI | 6 |") == "Body Rate SESSI 6"


def test_paragraphs_for_translators():
    assert paragraphs("\n## A\n\nB\nb\n \n- c\n- d\n\n") == ["## A", "B\nb", "- c\n- d"]


def test_readable_parts_keep_sources_and_lose_layout():
    text = (
        "## Start\n\nA [[term:fund|Fund]] **pays**\nmore. [E] (own)\n\n1. First\n   goes on\n"
        "2. Last\n\n| Body | Rate |\n|---|---:|\n| SESSI | 6 |\n\n> Said."
    )

    assert readable(text) == [
        *("Start", "A Fund pays more. [E] (own)", "First goes on", "Last"),
        *("Body | Rate", "SESSI | 6", "Said."),
    ]


def test_another_lesson_is_pointed_to_by_its_name():
    html = render("See [[see:scope#four-doors|the four doors]] and [[see:scope|lesson S]].")

    assert '<a class="see" href="../scope/#four-doors">the four doors</a>' in html
    assert '<a class="see" href="../scope/">lesson S</a>' in html
    assert plain("See [[see:scope#four-doors|the four doors]].") == "See the four doors."


def test_paragraphs_are_replaced_and_gaps_kept():
    text = "\n## One\n\n\n- one\n- one\n \nOne\n"

    assert with_paragraphs(text, ["## A", "- b\n- c", "D"]) == "\n## A\n\n\n- b\n- c\n \nD\n"
    with pytest.raises(ValueError, match="zip"):
        with_paragraphs(text, ["A"])


def test_numbers_in_urdu_run_from_left_to_right_and_links_stay():
    text = "سال 2014-15: [دیکھیں](https://example.org/2014-15/) [[term:fund|60–70]]"

    with translation.override("ur"):
        html = render(text, Glossary(definitions={"fund": "2014-15 کا"}))

    assert "سال \u20662014-\u206015\u2069" in html
    assert 'href="https://example.org/2014-15/"' in html
    assert ">\u206660–\u206070\u2069</a>" in html
    assert 'title="\u20662014-\u206015\u2069 کا"' in html
