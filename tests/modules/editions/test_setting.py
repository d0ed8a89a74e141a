"""Books on pages: what a reader, a printer and a screen reader find in the file."""

import io
import re
import subprocess
from dataclasses import replace
from functools import cache
from html import unescape

import pikepdf
import pytest
from django.utils import translation
from django.utils.html import strip_tags
from fontTools.ttLib import TTFont

from modules.blocks.markdown import render
from modules.editions.book import Book, Chapter, Indexed
from modules.editions.compiling import write_book
from modules.editions.kinds import BOOKS, Edition
from modules.editions.setting import page_of, set_book, sheet_of, starts_of
from modules.editions.spreading import fillers
from modules.editions.writing import Writer
from modules.printing.rendering import FONTS, laid_out_book
from tests.learning.cascade.test_papers import ink

# A page that is hard to set: long words, small marks above and below, a wide table.
HARD = {
    "en": "Incomprehensibilities of interinstitutional non-contributory counterreformation. ",
    "ur": "پاکستان کے صوبائی سماجی تحفظ کے اداروں کی ذمہ داری ہر مستحق کارکن کا اندراج ہے۔ ",
    "km": "បេឡាជាតិសន្តិសុខសង្គមកម្ពុជាទទួលបន្ទុកគ្រប់គ្រងរបបសន្តិសុខសង្គមសម្រាប់កម្មករនិយោជិត",
    "lo": "ອົງການປະກັນສັງຄົມແຫ່ງຊາດລາວຄຸ້ມຄອງກອງທຶນປະກັນສັງຄົມສຳລັບຜູ້ອອກແຮງງານທຸກຄົນ",
}
BEGIN = '<section class="exercise"'
WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)"')
A4 = (595.28, 841.89)  # points
A6 = (297.64, 419.53)


def silent(stage: str, percent: int) -> None:
    """Nobody listens."""


def words(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def boxes(pdf: bytes) -> list[tuple[float, ...]]:
    """(left, top, right, bottom, width and height of its page) of every word, in points."""
    return [
        (*map(float, box), *map(float, re.findall(r'(?:width|height)="([\d.]+)"', page)[:2]))
        for page in words(pdf, "-bbox").split("<page ")[1:]
        for box in WORD.findall(page)
    ]


def hard_book(lang: str, edition: str) -> Book:
    text = HARD[lang]
    cells = "".join(f"<td>{text}</td>" for _ in range(5))
    html = f"<h2 id='h'>{text}</h2><p>{text * 40}</p><table><tr>{cells}</tr></table>"
    return Book(
        edition=edition,
        lang=lang,
        direction="rtl" if lang == "ur" else "ltr",
        course="hard",
        course_title=text,
        title=text,
        version="1.0",
        sha="0123456789ab",
        chapters=(Chapter("one", "lesson", text * 2, html, "1"),),
        index=(Indexed(text, ("h",)),),
    )


@cache
def hard_pdf(lang: str, edition: str) -> bytes:
    return set_book(hard_book(lang, edition), silent)[0]


@pytest.fixture(scope="module")
def kept() -> dict:
    return {}


@pytest.fixture
def pack(matter, kept) -> bytes:
    """The orientation pack; made once, since every test only looks at it."""
    if "pack" not in kept:
        kept["pack"], kept["pages"] = set_book(write_book(matter, Edition.ORIENTATION_PACK), silent)
    return kept["pack"]


def test_version_and_hash_stand_on_every_page(matter, pack, kept):
    book = write_book(matter, Edition.ORIENTATION_PACK)
    pages = words(pack).split("\f")[:-1]

    assert len(pages) == kept["pages"]
    assert all(book.sha in page for page in pages)
    assert all(book.version in page for page in pages)


def test_contents_say_on_which_page_a_chapter_begins(pack):
    pages = words(pack, "-layout").split("\f")
    number = int(re.search(r"Lesson beta[ .]+(\d+)", pages[1])[1])

    assert re.search(r"^\s*2 Lesson beta", pages[number - 1], re.MULTILINE)


def test_index_gives_the_pages_of_a_term(pack, kept):
    pages = words(pack, "-layout").split("\f")
    index = pages[kept["pages"] - 1]

    numbers = re.search(r"^fund (.+?)\s*$", index, re.MULTILINE)[1]
    assert [re.search(r"\bfund\b", pages[int(n) - 1]) is not None for n in numbers.split(", ")]
    assert re.search(rf"\b{kept['pages']}\s*$", index)


def test_outline_language_and_tags(pack):
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        metadata = pdf.Root.Metadata.read_bytes().decode()
    assert titles[:3] == ["About this book", "Test before you read", "1 Lesson alpha"]
    assert titles[-1] == "Index"
    assert "pdfuaid" in metadata


@pytest.fixture
def pocket(matter, kept) -> tuple[bytes, int]:
    """The pocket book, made once as well; `kept["heard"]` is how far it said that it was."""
    if "pocket" not in kept:
        heard = kept["heard"] = []
        book = write_book(matter, Edition.POCKET_BOOK)
        kept["pocket"] = set_book(book, lambda stage, percent: heard.append(percent))
    return kept["pocket"]


def test_same_book_same_bytes(matter, pocket):
    assert set_book(write_book(matter, Edition.POCKET_BOOK), silent) == pocket


def test_progress_is_told_and_only_grows(pocket, kept):
    heard = kept["heard"]

    assert heard
    assert heard == sorted(heard)


@pytest.mark.parametrize("lang", HARD)
@pytest.mark.parametrize("edition", [Edition.HANDBOOK, Edition.POCKET_BOOK])
def test_no_glyph_leaves_its_page(lang, edition):
    found = boxes(hard_pdf(lang, edition))

    assert len(found) > 20
    for left, top, right, bottom, width, height in found:
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height


def test_a_glyph_outside_would_be_found():
    book = hard_book("en", Edition.HANDBOOK)
    wide = f"<p style='white-space: nowrap'>{HARD['en'] * 3}</p>"
    chapter = Chapter("one", "lesson", "Too wide", wide, "1")
    pdf, _pages = set_book(Book(**{**vars(book), "chapters": (chapter,), "index": ()}), silent)

    assert any(right > width for _left, _top, right, _bottom, width, _height in boxes(pdf))


def test_paper_sizes(matter, pocket):
    book = write_book(matter, Edition.HANDBOOK)
    handbook, _pages = set_book(replace(book, chapters=book.chapters[:1], index=()), silent)

    for pdf, size in ((handbook, A4), (pocket[0], A6)):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            box = [float(n) for n in opened.pages[0].mediabox]
        assert box[2:] == pytest.approx(size, abs=0.1)


def test_right_to_left_books_bind_on_the_right():
    pdf = hard_pdf("ur", Edition.HANDBOOK)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.ViewerPreferences.Direction) == "/R2L"


def test_exercises_begin_on_left_pages_which_is_worked_out_once(matter, monkeypatch):
    book = write_book(matter, Edition.HANDBOOK)
    starts = starts_of(book)

    assert len(starts) == 4
    assert all(page % 2 == 0 for _name, page in starts)
    monkeypatch.setattr("modules.printing.rendering.laid_out_book", None)
    assert starts_of(book) == starts


def test_what_is_left_empty_between_exercises_is_ruled_for_notes(matter):
    """The back of a card that is cut out stays as it is."""
    alpha = matter.lessons[0]
    book = write_book(replace(matter, lessons=(alpha,)), Edition.HANDBOOK)
    two = "".join(
        Writer(matter).part("exercise", anchor=name, number="1", html="<p>Do.", lines=False)
        for name in ("x", "y")
    )
    cards = next(one for one in book.chapters if one.anchor == "cards")
    chapters = (Chapter("one", "lesson", "One", two, "1"), cards, Chapter("end", "terms", "E", "E"))

    pdf, _pages = set_book(replace(book, chapters=chapters, index=()), silent)

    pages = words(pdf).split("\f")
    assert ["Exercise" in page for page in pages[3:6]] == [True, False, True]
    assert ["A rule." in page for page in pages[6:8]] == [True, False]
    middle = (30, 60, 180, 200)  # mm
    assert ink(pdf, middle, page=5)
    assert not ink(pdf, middle, page=8)


def test_nothing_is_printed_behind_the_cards(matter):
    alpha = matter.lessons[0]
    seven = tuple(replace(alpha, key=f"lesson-{n}", number=n) for n in range(1, 8))
    book = write_book(replace(matter, lessons=seven), Edition.HANDBOOK)
    only = tuple(one for one in book.chapters if one.anchor in {"cards", "terms"})

    pdf, _pages = set_book(replace(book, chapters=only, index=()), silent)

    pages = words(pdf).split("\f")
    first = next(n for n, page in enumerate(pages) if "A rule." in page and n > 1)
    assert first % 2 == 0  # a right page
    assert [page.count("A rule.") for page in pages[first : first + 4]] == [4, 0, 3, 0]
    assert "Glossary" not in "".join(pages[first : first + 4])
    assert "Glossary" in pages[first + 4]


def test_a_drawing_stays_beside_its_legend_when_it_goes_to_the_next_page(matter):
    figure = write_book(matter, Edition.ORIENTATION_PACK).chapters[2].html
    figure = figure[figure.index("<figure") : figure.index("</figure>")] + "</figure>"
    text = "<p>word</p>" * 39 + figure
    book = replace(hard_book("en", Edition.ORIENTATION_PACK), index=())

    html = page_of(replace(book, chapters=(Chapter("one", "lesson", "One", text, "1"),)))

    page = laid_out_book(html, sheet_of(Edition.ORIENTATION_PACK)).pages[-1]._page_box
    found = {
        type(box).__name__: box for box in page.descendants() if "Replaced" in type(box).__name__
    }
    drawing = found["InlineReplacedBox"]
    words_beside = [box for box in page.descendants() if type(box).__name__ == "TextBox"]
    legend = next(box for box in words_beside if "Figure" in box.text)
    assert abs(drawing.position_y - legend.position_y) < legend.height


def places(pdf: bytes) -> dict[str, int]:
    """Name of each exercise in the file -> its page, from 1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: n for n, page in enumerate(opened.pages, 1)}
        names = list(opened.Root.Names.Dests.Names)
        pairs = zip(names[::2], names[1::2], strict=True)
        found = {str(name): numbers[place[0].objgen] for name, place in pairs}
    return {name: page for name, page in found.items() if name.startswith("exercise-")}


def test_exercises_stand_on_the_same_pages_in_english_and_urdu(matter):
    whole = write_book(matter, Edition.HANDBOOK)
    with_exercises = tuple(one for one in whole.chapters if BEGIN in one.html)
    english = replace(whole, chapters=with_exercises, index=())
    longer = f"<p>{HARD['ur'] * 40}</p>"
    chapters = [
        replace(one, html=one.html.replace(BEGIN, longer + BEGIN, 1)) for one in english.chapters
    ]
    urdu = replace(english, lang="ur", direction="rtl", chapters=tuple(chapters))
    assert starts_of(english) != starts_of(urdu)

    one, _pages = set_book(english, silent, [urdu])
    other, _pages = set_book(urdu, silent, [english])
    assert len(places(one)) == 4
    assert places(one) == places(other)
    assert all(page % 2 == 0 for page in places(one).values())
    filled = fillers({"en": starts_of(english), "ur": starts_of(urdu)}, "en")
    assert words(one).count("\nNotes\n") == sum(filled.values()) > 0


def test_an_exercise_with_little_room_has_fewer_lines_but_no_more_pages(matter):
    """The page that faces it is full of lines: a page for the last three would be wasted."""
    writer = Writer(matter)
    numbers = set()
    for times in (1, 45):
        html = writer.part(
            "exercise", anchor="exercise-x", number="1", html=f"<p>{HARD['en'] * times}", lines=True
        )
        book = replace(
            hard_book("en", Edition.HANDBOOK), chapters=(Chapter("one", "lesson", "One", html),)
        )
        numbers.add(set_book(book, silent)[1])

    assert len(numbers) == 1


# An English name, a range, hours, a sum and a list on one Urdu page.
MIXED = """سال 2014-15 میں ILO (International Labour Organization) نے 60–70 فیصد کارکن گنے۔ [E]

صبح 09:30–12:45 تک، فرق −2.5 تھا، اور EOBI کے 20,000 × 6% = 1,200 روپے بنے۔

1. پہلا قدم: PESSI
2. دوسرا قدم

| مہینہ | رقم |
|---|--:|
| جنوری 2015-16 | 22,000 |
"""


def test_names_and_numbers_stand_in_order_on_an_urdu_page():
    with translation.override("ur"):
        html = render(MIXED)
    chapter = Chapter("one", "lesson", "باب 2017–18 (NADRA)", html, "1.2")
    book = replace(hard_book("ur", Edition.HANDBOOK), chapters=(chapter,), index=())

    places = placed(set_book(book, silent)[0])

    assert {"2014-15", "60–70", "09:30–12:45", "−2.5", "2015-16", "2017–18"} <= places.keys()
    # From the left: the sum, each part after the one before it.
    total = [places[part] for part in ("20,000", "×", "6%", "=", "1,200")]
    assert total == sorted(total)
    name = [places[part] for part in ("International", "Labour", "Organization")]
    assert name == sorted(name)
    # From the right: the year, then the name with what it means; the mark of an item, its words.
    assert places["2014-15"] > places["International"] > places["ILO"]
    assert places[".1"] > places["PESSI"]
    assert places["2015-16"] > places["22,000"]


@pytest.mark.parametrize(("lang", "words"), [("km", "ឆ្នាំ {} គត់"), ("lo", "ປີ {} ພໍດີ")])
def test_numbers_and_list_marks_stand_in_order_on_khmer_and_lao_pages(lang, words):
    with translation.override(lang):
        html = render(f"1. {words.format('2014-15')}\n2. {words.format('60–70% (ILO)')}")
    chapter = Chapter("one", "lesson", "NSSF", html, "1")
    book = replace(hard_book(lang, Edition.HANDBOOK), chapters=(chapter,), index=())

    places = placed(set_book(book, silent)[0])

    assert {"2014-15", "60–70%", "ILO", "1.", "2."} <= places.keys()
    assert places["1."] < places["2014-15"]
    assert places["60–70%"] < places["ILO"]


def placed(pdf: bytes) -> dict[str, float]:
    """Each word as it stands on paper, read from the left, and its left edge."""
    found = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]+)</word>', words(pdf, "-bbox"))
    return {word.strip("()"): float(left) for left, word in found}


@pytest.mark.parametrize("edition", BOOKS)
def test_every_sign_is_in_our_own_fonts(matter, edition):
    """One that is not would be drawn in whatever font the machine has, or as an empty box."""
    letters = TTFont(FONTS / "sans-400.woff2").getBestCmap()
    page = page_of(write_book(matter, edition))

    assert set(unescape(strip_tags(page))) - set(map(chr, letters)) <= {"\n"}
