"""Books for devices: what EPUBCheck says of them, and what it cannot know."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zipfile import ZIP_STORED, ZipFile

import pytest
from defusedxml import ElementTree

from modules.courses.models import LessonPage
from modules.courses.reading import render_body
from modules.editions.book import Book, Chapter, Heading, Indexed
from modules.editions.epub import fonts_of, write
from tests.modules.courses.conftest import EVERYTHING, references  # noqa: F401 (a fixture)
from tests.modules.editions.shelf import messages, messages_of

WORDS = {
    "en": "Social protection",
    "ur": "سماجی تحفظ",
    "km": "ការគាំពារសង្គម",
    "lo": "ການປົກປ້ອງສັງຄົມ",
}
DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
PRACTICE = (
    "<section id=practice hidden>not shown</section>"
    "<form method=post><fieldset><legend>Which?</legend>"
    "<label><input type=radio name=a checked> One<br></label></fieldset>"
    "<p><button>Check</button></p></form>"
)


def a_book(lang: str = "en", **changes) -> Book:
    words = WORDS[lang]
    lesson = Chapter(
        anchor="lesson-1",
        kind="lesson",
        title=words,
        html=f'<h2 id="why">{words}</h2><p>See <a href="#rules">the rules</a>.</p>',
        number="1.1",
        headings=(Heading("why", words),),
    )
    rules = Chapter(anchor="rules", kind="pocket", title=words, html="<ol><li>One.</li></ol>")
    book = Book(
        edition="handbook",
        lang=lang,
        direction="rtl" if lang == "ur" else "ltr",
        course="trial",
        course_title=f"{words} & more",
        title=words,
        version="0.2",
        sha="0123456789ab",
        notice="draft",
        chapters=(lesson, rules),
        index=(Indexed(words, ("why", "lesson-1", "rules")),),
    )
    return replace(book, **changes)


def with_everything(lang: str) -> Book:
    """A lesson with each block there is, as its page shows it, and a question as a form."""
    lesson = LessonPage(body=json.dumps(EVERYTHING))
    pieces = render_body(lesson, lang, facilitator=True).pieces
    html = "".join(piece.html for piece in pieces) + PRACTICE
    book = a_book(lang)
    everything = Chapter("all", "lesson", WORDS[lang], html, "1.2")
    return replace(book, chapters=(*book.chapters, everything))


def text_of(book: bytes, name: str) -> str:
    return ZipFile(io.BytesIO(book)).read(f"EPUB/{name}").decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("references")
def test_epubcheck_finds_nothing_in_four_languages_and_the_faults_of_a_broken_book(tmp_path):
    books = {lang: write(with_everything(lang), DAY) for lang in WORDS}
    broken = io.BytesIO(write(a_book(), DAY).replace(b"chapter-02.xhtml", b"chapter-99.xhtml"))
    with ZipFile(broken, "a") as archive:
        archive.writestr("EPUB/left-out.xhtml", "<p>")

    found = messages_of({**books, "broken": broken.getvalue()}, tmp_path / "shelf.epub")

    codes = {message.split()[0] for message in found.pop("broken")}
    assert "RSC-001" in codes  # a file of the manifest is missing
    assert found == {name: [] for name in ("", *WORDS)}


def test_epubcheck_finds_nothing_in_a_book_as_it_is_handed_out(tmp_path):
    path = tmp_path / "handbook.ur.epub"
    path.write_bytes(write(a_book("ur", notice="", index=()), None))

    assert messages(path) == []


@pytest.mark.parametrize("lang", WORDS)
def test_same_input_gives_the_same_bytes_and_a_change_another_name(lang):
    elsewhere = DAY.astimezone(timezone(timedelta(hours=5)))
    one, again = write(a_book(lang), DAY), write(a_book(lang), elsewhere)
    other = write(a_book(lang, sha="ba9876543210"), DAY)

    assert one == again
    assert identifier(one) != identifier(other)


def identifier(book: bytes) -> str:
    return ElementTree.fromstring(text_of(book, "package.opf")).findtext(
        ".//dc:identifier", "", OPF
    )


def test_urdu_turns_its_pages_from_right_to_left():
    book = write(a_book("ur"), DAY)

    package, chapter = text_of(book, "package.opf"), text_of(book, "chapter-01.xhtml")
    spine = ElementTree.fromstring(package).find("opf:spine", OPF)
    assert spine.get("page-progression-direction") == "rtl"
    assert 'lang="ur" xml:lang="ur" dir="rtl"' in chapter


@pytest.mark.parametrize("lang", WORDS)
def test_fonts_of_its_script_come_along(lang):
    book = write(a_book(lang), DAY)

    names = set(ZipFile(io.BytesIO(book)).namelist())
    sheet = text_of(book, "book.css")
    assert len(fonts_of(lang)) == (2 if lang == "en" else 3)
    for font in fonts_of(lang):
        assert f"EPUB/{font}" in names
        assert f"url({font})" in sheet


def test_media_type_comes_first_and_bare():
    first = ZipFile(io.BytesIO(write(a_book(), DAY))).infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


def test_title_page_tells_version_fingerprint_notice_and_day():
    title = text_of(write(a_book(), DAY), "title.xhtml")
    undated = text_of(write(a_book(version="not released", notice=""), None), "title.xhtml")

    for words in ("Social protection &amp; more", "0.2", "0123456789ab", "draft", "2026-11-02"):
        assert words in title
    assert "not released" in undated
    assert "Date" not in undated
    assert "notice" not in undated


def test_dates_are_those_of_the_release_in_utc():
    at_dawn = datetime(2026, 11, 2, 3, tzinfo=timezone(timedelta(hours=5)))

    package = text_of(write(a_book(), at_dawn), "package.opf")

    assert "<dc:date>2026-11-01</dc:date>" in package
    assert '"dcterms:modified">2026-11-01T22:00:00Z<' in package


def test_links_lead_to_the_file_of_the_chapter():
    book = write(a_book(), DAY)

    assert '<a href="chapter-02.xhtml#rules">the rules</a>' in text_of(book, "chapter-01.xhtml")
    assert '<a href="chapter-01.xhtml#why">' in text_of(book, "nav.xhtml")


def test_anchor_of_several_chapters_is_looked_for_in_the_own_one_first():
    html = '<p><a href="#source-E">E</a></p><p id="source-E">Book E</p>'
    chapters = tuple(Chapter(f"c{n}", "lesson", f"C {n}", html) for n in (1, 2))

    book = write(a_book(chapters=chapters, index=()), DAY)

    for name in ("chapter-01.xhtml", "chapter-02.xhtml"):
        assert '<a href="#source-E">' in text_of(book, name)


def test_index_names_each_chapter_once_by_number_or_title():
    index = text_of(write(a_book(), DAY), "index.xhtml")

    assert '<a href="chapter-01.xhtml#why"><bdi>1.1</bdi></a>' in index
    assert '<a href="chapter-02.xhtml#rules"><bdi>Social protection</bdi></a>' in index
    assert index.count("<a ") == 2


def test_book_without_terms_has_no_index():
    book = write(a_book(index=()), DAY)

    assert "EPUB/index.xhtml" not in ZipFile(io.BytesIO(book)).namelist()
    assert "index" not in text_of(book, "nav.xhtml") + text_of(book, "package.opf")


@pytest.mark.parametrize(
    "changes",
    [
        {"index": (Indexed("fund", ("nowhere",)),)},
        {"chapters": (Chapter("a", "lesson", "A", "", headings=(Heading("nowhere", "B"),)),)},
    ],
)
def test_heading_or_term_that_is_nowhere_in_the_book_is_told(changes):
    with pytest.raises(ValueError, match="has the anchor “nowhere”"):
        write(a_book(**({"index": ()} | changes)), DAY)


def test_words_around_the_text_are_in_the_language_of_the_book():
    contents = {lang: text_of(write(a_book(lang), DAY), "nav.xhtml") for lang in WORDS}

    heads = {ElementTree.fromstring(text).findtext(".//{*}title") for text in contents.values()}
    assert len(heads) == len(WORDS)


def test_pages_to_write_on_stay_on_paper():
    notes = Chapter("notes", "notes", "Blank pages", '<div class="lines"></div>')
    book = write(a_book(chapters=(*a_book().chapters, notes)), DAY)

    assert "Blank pages" not in text_of(book, "nav.xhtml")
    assert "EPUB/chapter-03.xhtml" not in ZipFile(io.BytesIO(book)).namelist()


def test_book_of_nothing_is_refused():
    with pytest.raises(ValueError, match="without chapters"):
        write(a_book(chapters=()), DAY)


def test_what_is_not_translated_yet_is_marked_as_english():
    book = write(a_book("ur", course_title="Compliance", index=()), DAY)

    assert '<h1 lang="en" dir="ltr">Compliance</h1>' in text_of(book, "title.xhtml")
    assert f"<bdi>{WORDS['ur']}</bdi>" in text_of(book, "nav.xhtml")
