"""Sheets to fold: paper is cut and folded here in thought, and must read on."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.editions.imposing import Sheet, Side, impose, order
from modules.printing.rendering import render

WORD = re.compile(r'xMin="(\S+)" yMin="(\S+)".*>(.+)</word')
A6 = "@page { size: A6; margin: 12mm } h1 { font: 700 20pt 'Cascade Sans'; break-after: page }"


def a_book(pages: int, lang: str = "en", sheet: str = A6) -> bytes:
    direction = "rtl" if lang == "ur" else "ltr"
    text = "".join(f"<h1>Leaf{number}</h1>" for number in range(1, pages)) + f"<p>Leaf{pages}</p>"
    html = f"<html lang={lang} dir={direction}><title>Pocket book</title>{text}</html>"
    return render(html, sheet)


def test_eight_pages_fill_one_sheet():
    assert order(8) == [
        Sheet(front=Side(top=(8, 1), bottom=(6, 3)), back=Side(top=(2, 7), bottom=(4, 5)))
    ]


def test_from_right_to_left_the_cover_lies_on_the_left():
    assert order(8, rtl=True) == [
        Sheet(front=Side(top=(1, 8), bottom=(3, 6)), back=Side(top=(7, 2), bottom=(5, 4)))
    ]


def test_upper_halves_go_around_the_lower_ones():
    outer, inner = order(16)

    assert (outer.front.top, inner.front.top) == ((16, 1), (14, 3))
    assert (outer.front.bottom, inner.front.bottom) == ((12, 5), (10, 7))


def test_what_is_missing_to_eight_is_blank_at_the_end():
    assert order(0) == []
    assert order(1) == [Sheet(Side((None, 1), (None, None)), Side((None, None), (None, None)))]
    assert len(order(9)) == 2


def folded(sheets: list[Sheet], *, rtl: bool) -> list[int | None]:
    """The pages in the order in which a reader of the booklet turns to them."""
    upper = [(sheet.front.top, sheet.back.top) for sheet in sheets]
    lower = [(sheet.front.bottom, sheet.back.bottom) for sheet in sheets]
    pile = upper + lower  # the upper half lies on the lower
    near, far = (0, 1) if rtl else (1, 0)  # of the fold: the half of a strip with the cover
    first = [page for outside, inside in pile for page in (outside[near], inside[far])]
    second = [page for outside, inside in pile[::-1] for page in (inside[near], outside[far])]
    return first + second


@given(pages=st.integers(0, 400), rtl=st.booleans())
def test_folded_booklet_has_every_page_once_and_in_order(pages, rtl):
    sheets = order(pages, rtl=rtl)

    read = folded(sheets, rtl=rtl)

    assert read == [*range(1, pages + 1), *[None] * (len(sheets) * 8 - pages)]


@given(pages=st.integers(1, 400), rtl=st.booleans())
def test_odd_pages_lie_where_a_right_hand_page_does(pages, rtl):
    pairs = [
        pair
        for sheet in order(pages, rtl=rtl)
        for side in (sheet.front, sheet.back)
        for pair in (side.top, side.bottom)
    ]

    left, right = ([pair[place] for pair in pairs if pair[place]] for place in (0, 1))
    odd, even = (left, right) if rtl else (right, left)
    assert all(page % 2 for page in odd)
    assert not any(page % 2 for page in even)


def words_of(pdf: bytes, path: Path) -> list[list[tuple[float, float, str]]]:
    """The words of each page with their distance from the left and from the top, in points."""
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox", path, "-"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        [(float(x), float(y), word) for x, y, word in WORD.findall(page)]
        for page in run.stdout.split("<page ")[1:]
    ]


def places(pdf: bytes, path: Path) -> dict[str, tuple[int, str, str]]:
    """Leaf -> the side it is printed on and the quarter of that side."""
    rows, columns = ("top", "bottom"), ("left", "right")
    return {
        word: (side, rows[y > 421], columns[x > 297])
        for side, words in enumerate(words_of(pdf, path), 1)
        for x, y, word in words
        if word.startswith("Leaf")
    }


def test_pages_are_printed_where_the_order_says(tmp_path):
    found = places(impose(a_book(9)), tmp_path / "sheets.pdf")

    assert len(found) == 9
    assert found["Leaf1"] == (1, "top", "right")
    assert found["Leaf2"] == (2, "top", "left")
    assert found["Leaf8"] == (4, "bottom", "left")
    assert found["Leaf9"] == (4, "bottom", "right")


def test_sheets_are_a4_and_keep_fonts_language_and_title():
    book = a_book(3, "ur")

    with pikepdf.open(io.BytesIO(impose(book, rtl=True))) as sheets:
        sizes = {(round(page.mediabox[2]), round(page.mediabox[3])) for page in sheets.pages}
        things = [o for o in sheets.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [str(thing.FontName) for thing in things if "/FontFile2" in thing]
        assert (len(sheets.pages), sizes) == (2, {(595, 842)})
        assert (str(sheets.Root.Lang), str(sheets.docinfo.Title)) == ("ur", "Pocket book")
        assert any("Cascade-Sans" in font for font in fonts)


def test_pages_keep_their_size():
    with pikepdf.open(io.BytesIO(impose(a_book(1)))) as sheets:
        drawn = b"".join(part.read_bytes() for part in sheets.pages[0].Contents)

    scales = re.findall(rb"([\d.]+) 0 0 ([\d.]+) \S+ \S+ cm", drawn)
    assert len(scales) == 2
    assert {round(float(scale), 2) for pair in scales for scale in pair} == {1.0}


@pytest.mark.parametrize("lang", ["en", "ur", "km", "lo"])
def test_first_side_says_what_to_do_on_one_line(lang, tmp_path):
    sheets = impose(a_book(1, lang), rtl=lang == "ur")

    front, back = words_of(sheets, tmp_path / "sheets.pdf")

    heights = [y for _x, y, word in front if word != "Leaf1"]
    assert len(heights) > 1
    assert max(heights) < 17
    assert back == []


def test_same_book_gives_the_same_sheets():
    book = a_book(5)

    assert impose(book) == impose(book)
    assert impose(book) != impose(a_book(6))


def test_page_of_another_size_is_named():
    wrong = a_book(2, sheet="@page { size: A6 } p { page: wide } @page wide { size: A5 }")

    with pytest.raises(ValueError, match=r"^Page 2 is 148 × 210 mm, not A6\.$"):
        impose(wrong)
