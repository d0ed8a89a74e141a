"""HTML of chapters becomes XML that holds nothing which acts, and whose links lead somewhere."""

import pytest
from defusedxml import ElementTree

from modules.editions.xhtml import has_drawing, ids_of, link, parsed, written
from tests.modules.courses.making import DRAWING


def tidied(html: str) -> str:
    return written(parsed(html))


@pytest.mark.parametrize(
    ("html", "xml"),
    [
        ("a<br>b<hr>", "a<br />b<hr />"),
        ("<p>one<p>two &nbsp;&amp; &lt;", "<p>one</p><p>two \xa0&amp; &lt;</p>"),
        ("<td>lost", "lost"),
        ("a\x0b\x1bb", "ab"),
        ("a<!-- c -->b", "ab"),
        ('<p onclick="x()" data-label="y">z</p>', '<p data-label="y">z</p>'),
        ('<span lang="en">x</span>', '<span lang="en" xml:lang="en">x</span>'),
    ],
)
def test_html_becomes_well_formed(html, xml):
    assert tidied(html) == xml
    ElementTree.fromstring(f"<body>{xml}</body>")


@pytest.mark.parametrize(
    ("html", "xml"),
    [
        ("a<script>x</script>b<style>y</style>c", "abc"),
        ("<p>a</p><input value=1>b", "<p>a</p>b"),
        ('<form method="post" id="f">a<button>go</button></form>', '<div id="f">a</div>'),
        ("<label><input type=radio> One</label>", "<span> One</span>"),
        ("<details open><summary>s</summary>t</details>", "<div><p>s</p>t</div>"),
        ("<p hidden>x</p>y", "y"),
        ('<img src="/media/x.png" alt="x">y', "y"),
        ('<video src="/x.mp4"></video><audio></audio>y', "y"),
    ],
)
def test_what_acts_or_fetches_goes_and_the_text_around_it_stays(html, xml):
    assert tidied(html) == xml


def test_picture_in_the_text_itself_stays():
    html = '<img src="data:image/png;base64,AA==" alt="x" />'

    assert tidied(html) == html


def test_drawing_keeps_its_namespace_and_the_case_of_its_attributes():
    body = parsed(f"<div>{DRAWING}</div>")

    assert has_drawing(body)
    xml = written(body)
    svg = ElementTree.fromstring(xml).find("{http://www.w3.org/2000/svg}svg")
    assert svg is not None
    assert svg.get("viewBox") == "0 0 9 9"
    assert [e.tag.partition("}")[2] for e in svg] == ["rect", "text"]
    assert not has_drawing(parsed("<p>svg</p>"))


def test_each_id_stays_once_and_references_to_none_go():
    body = parsed(
        '<p id="a">1</p><p id="a">2</p><p aria-labelledby="a b">3</p><p aria-labelledby="a">4</p>'
    )

    assert ids_of(body) == ["a"]
    assert written(body) == ('<p id="a">1</p><p>2</p><p>3</p><p aria-labelledby="a">4</p>')


def test_caption_is_the_last_of_its_figure():
    html = "<figure><p>1</p><figcaption>2</figcaption><div>3</div></figure>"

    assert tidied(html) == "<figure><p>1</p><figcaption>2<div>3</div></figcaption></figure>"


def test_links_lead_somewhere_or_are_text():
    body = parsed(
        '<a href="#here" title="t">1</a><a href="#gone" class="c" title="t">2</a>'
        '<a href="/glossary/">3</a><a href="https://ilo.org/">4</a><a href="javascript:x">5</a>'
    )

    link(body, {"here": "other.xhtml#here"}.get)

    assert written(body) == (
        '<a href="other.xhtml#here" title="t">1</a><span class="c">2</span>'
        '<span>3</span><a href="https://ilo.org/">4</a><span>5</span>'
    )
