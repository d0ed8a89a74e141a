"""Pages of A6 on sheets of A4: printed on both sides, cut once across, folded and stapled.

A sheet carries two strips, one above the other, and each strip two pages on each side. Cut through
the whole pile, lay the upper half on the lower, fold all of it in the middle: that is the booklet.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from pikepdf import Dictionary, Name, Page, Pdf, Rectangle

from modules.printing.rendering import render
from modules.printing.scripts import with_breaks

POINTS = 72 / 25.4  # of a millimetre
A4 = (210 * POINTS, 297 * POINTS)
A6 = (105 * POINTS, 148 * POINTS)
WHOLE = Rectangle(0, 0, *A4)
TOLERANCE = 1 * POINTS
PAGES_OF_SHEET = 8
AS_IT_IS = {"invert_transformations": True, "allow_shrink": False, "allow_expand": False}

HOW_TO = gettext_noop(
    "Print on both sides at full size, flip on the long edge. Cut across, upper half on top, fold."
)

# A page by its number from 1; None is blank.
type Leaf = int | None
type Pair = tuple[Leaf, Leaf]  # left and right


@dataclass(frozen=True)
class Side:
    """What lies on one side of a sheet that stands upright."""

    top: Pair
    bottom: Pair


@dataclass(frozen=True)
class Sheet:
    """Turn it over its long edge to see the back."""

    front: Side
    back: Side


def order(pages: int, *, rtl: bool = False) -> list[Sheet]:
    """Where each of so many pages lies, the first sheet being the outermost.

    Right to left, every pair of pages changes places. The last pages are blank where the number is
    no multiple of eight; no pages need no sheet.
    """
    sheets = -(-pages // PAGES_OF_SHEET)
    places = sheets * PAGES_OF_SHEET
    strips = [_strip(around, pages, places, rtl=rtl) for around in range(2 * sheets)]
    return [
        Sheet(Side(upper[0], lower[0]), Side(upper[1], lower[1]))
        for upper, lower in zip(strips[:sheets], strips[sheets:], strict=True)
    ]


def _strip(around: int, pages: int, places: int, *, rtl: bool) -> tuple[Pair, Pair]:
    """The pairs outside and inside of the strip that has so many strips `around` it."""
    first, last = 2 * around + 1, places - 2 * around
    return _pair(last, first, pages, rtl=rtl), _pair(first + 1, last - 1, pages, rtl=rtl)


def _pair(left: int, right: int, pages: int, *, rtl: bool) -> Pair:
    if rtl:
        left, right = right, left
    return left if left <= pages else None, right if right <= pages else None


def impose(pdf: bytes, *, rtl: bool = False) -> bytes:
    """The A6 pages of `pdf` on A4, with what to do in the language of `pdf`.

    For paper only: marks for screen readers stay behind. The same input gives the same bytes.
    Raises `ValueError` when a page is not A6.
    """
    with (
        Pdf.open(io.BytesIO(pdf)) as book,
        Pdf.open(io.BytesIO(_marks(_language(book), rtl=rtl))) as drawn,
        Pdf.new() as sheets,
    ):
        _check(book)
        how, marks = drawn.pages
        for number, sheet in enumerate(order(len(book.pages), rtl=rtl)):
            for side in (sheet.front, sheet.back):
                is_first = number == 0 and side is sheet.front
                parts = [*_placed(side, book), (how if is_first else marks, WHOLE)]
                _draw(sheets.add_blank_page(page_size=A4), parts, sheets)
        _describe(sheets, book)
        file = io.BytesIO()
        sheets.save(file, deterministic_id=True)
    return file.getvalue()


def _check(book: Pdf) -> None:
    for number, page in enumerate(book.pages, 1):
        box = Rectangle(page.trimbox)
        off = max(abs(box.width - A6[0]), abs(box.height - A6[1]))
        if off > TOLERANCE:
            size = f"{box.width / POINTS:.0f} × {box.height / POINTS:.0f} mm"
            raise ValueError(f"Page {number} is {size}, not A6.")


def _placed(side: Side, book: Pdf) -> Iterator[tuple[Page, Rectangle]]:
    """The pages of a side and where on the sheet they lie."""
    for row, pair in enumerate((side.bottom, side.top)):
        for column, number in enumerate(pair):
            if number is not None:
                x, y = column * A4[0] / 2, row * A4[1] / 2 + (A4[1] / 2 - A6[1]) / 2
                yield book.pages[number - 1], Rectangle(x, y, x + A6[0], y + A6[1])


def _draw(page: Page, parts: Iterable[tuple[Page, Rectangle]], sheets: Pdf) -> None:
    """Each part as a form under a name of our own: pikepdf's overlays have random names."""
    page.Resources = Dictionary()
    for number, (part, place) in enumerate(parts):
        form = sheets.copy_foreign(part.as_form_xobject())
        name = page.add_resource(form, Name.XObject, Name(f"/Part{number}"))
        page.contents_add(page.calc_form_xobject_placement(form, name, place, **AS_IT_IS))


def _language(book: Pdf) -> str:
    return str(book.Root.get("/Lang", settings.LANGUAGE_CODE))


def _marks(language: str, *, rtl: bool) -> bytes:
    """Two pages: marks with the line that says what to do, and marks alone."""
    folder = settings.BASE_DIR / "templates/editions"
    with translation.override(language):
        html = render_to_string(
            "editions/folding.html",
            {
                "language": language,
                "direction": "rtl" if rtl else "ltr",
                "line": with_breaks(gettext(HOW_TO)),
            },
        )
    return render(html, (folder / "folding.css").read_text(encoding="utf-8"))


def _describe(sheets: Pdf, book: Pdf) -> None:
    sheets.Root.Lang = pikepdf.String(_language(book))
    if "/Title" in book.docinfo:
        sheets.docinfo["/Title"] = str(book.docinfo["/Title"])
