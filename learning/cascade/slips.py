"""Answer slips: what each question of a form needs on A5, and how it is drawn.

A slip shows no question and no key: numbers, circles with the letters of the options, boxes and
lines. What a person marks by hand has a grey part for the trainer: right, half right, wrong. Pure:
questions in, drawings out; the drawing is the same for everybody who has the form.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from learning.attempts.keying import LETTERS, options_of
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.questions.kinds import CHOOSING

# Columns of a side, and rows of one of them: the first side has the head, the others only the code.
COLUMNS = 2
FIRST_ROWS, MORE_ROWS = 20, 26
# Millimetres of the drawing.
ROW, COLUMN, GUTTER = 5.8, 59.5, 3.0
WIDTH = 2 * COLUMN + GUTTER
NUMBER = 8.0  # before the first circle
RADIUS = 2.3
PITCH = 6.2  # from circle to circle
BOX, BOX_PITCH = 5.0, 8.0
TRAINER = 19.5  # the grey part at the end of a row
CIRCLES_A_ROW = int((COLUMN - NUMBER) / PITCH)
BOXES_A_ROW = int((COLUMN - NUMBER - TRAINER) / BOX_PITCH)
JUDGED_A_ROW = 2
SHORT_LINES = 3
SHARES = ("1", "½", "0")
TRUTHS = LETTERS[:2]  # true and false, as the sheet of questions says
THIN = 0.25
FOOT = 0.9  # from a line to write on down to the next row
FONT = settings.BASE_DIR / "static/fonts/sans-400.woff2"
DOTS_PER_INCH = 360
INK, PALE, GREY, PAPER = 0, 120, 226, 255  # shades of grey


@dataclass(frozen=True)
class Answer:
    """The room for one answer. Of the fields one is used, none where nothing is written."""

    position: int
    circles: str = ""  # letters
    is_several: bool = False  # any number of the circles may be filled
    boxes: Sequence[str] = ()  # what stands before each box
    judged: int = 0  # statements, each with the circles of true and false
    gaps: int = 0  # a numbered line each
    lines: int = 0
    by_hand: bool = False

    @property
    def rows(self) -> int:
        """How high it is."""
        needed = (
            _full_rows(len(self.circles), CIRCLES_A_ROW),
            _full_rows(len(self.boxes), BOXES_A_ROW),
            _full_rows(self.judged, JUDGED_A_ROW),
            self.gaps,
            self.lines,
        )
        return min(max(1, *needed), FIRST_ROWS)


def _full_rows(many: int, a_row: int) -> int:
    return -(-many // a_row)


def answer_to(question: PaperQuestion) -> Answer:
    """The room that a question needs, in the order and with the letters of the printed sheet."""
    position, kind = question.item.position, question.kind
    structure = question.definition["structure"]
    if kind in CHOOSING:
        circles = LETTERS[: len(options_of(question))]
        return Answer(position, circles=circles, is_several=kind == "multiple")
    if kind == "matching":
        boxes = [str(n) for n, _row in enumerate(structure["premises"], 1)]
        return Answer(position, boxes=boxes, by_hand=True)
    if kind == "ordering":
        boxes = list(LETTERS[: len(structure["steps"])])
        return Answer(position, boxes=boxes, by_hand=True)
    if kind == "multiple_truefalse":
        return Answer(position, judged=len(structure["statements"]), by_hand=True)
    if kind == "cloze":
        return Answer(position, gaps=len(structure["gaps"]), by_hand=True)
    return Answer(position, lines=_lines_for(kind), by_hand=True)


def _lines_for(kind: str) -> int:
    """An essay has a whole column; what is shown to a trainer is not written at all."""
    if kind in OBSERVED:
        return 0
    return {"essay": FIRST_ROWS, "short": SHORT_LINES}.get(kind, 1)


type Column = list[Answer]
type Side = list[Column]


def sides_of(questions: Sequence[PaperQuestion]) -> list[Side]:
    """The sides of a slip, each with two columns at most; no answer is broken over columns."""
    columns: list[Column] = [[]]
    for answer in map(answer_to, questions):
        if columns[-1] and _height(columns[-1]) + answer.rows > _room_in(len(columns)):
            columns.append([])
        columns[-1].append(answer)
    return [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]


def _height(column: Column) -> int:
    return sum(answer.rows for answer in column)


def _room_in(nth_column: int) -> int:
    return FIRST_ROWS if nth_column <= COLUMNS else MORE_ROWS


# --- drawing -------------------------------------------------------------------------------------


class Pen:
    """Draws in millimetres; from right to left where the language runs so.

    Dots, not curves: a page has the same drawing a hundred times, and dots are put into the file
    once, where curves and letters would be drawn anew for every slip.
    """

    def __init__(self, width: float, height: float, *, rtl: bool) -> None:
        self.width, self.rtl = width, rtl
        self.paper = Image.new("L", (_dots(width), _dots(height)), PAPER)
        self.draw = ImageDraw.Draw(self.paper)

    def _x(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def words(self, x: float, y: float, text: str, size: float, *, fill: int = INK) -> None:
        """Around this point."""
        where = (_dots(self._x(x)), _dots(y))
        self.draw.text(where, text, fill=fill, font=_font(_dots(size)), anchor="mm")

    def circle(self, x: float, y: float, letter: str, *, filled: bool = False) -> None:
        """With its letter in a lighter ink, so that a filled one is plain to see."""
        fill = INK if filled else PAPER
        where = (_dots(self._x(x)), _dots(y))
        self.draw.circle(where, _dots(RADIUS), fill=fill, outline=INK, width=_dots(THIN))
        if not filled:
            self.words(x, y, letter, 2.7, fill=PALE)

    def box(self, x: float, y: float, width: float, height: float, round_: float = 0) -> None:
        area = self._area(x, y, width, height)
        self.draw.rounded_rectangle(area, _dots(round_), outline=INK, width=_dots(THIN))

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        self.draw.rectangle(self._area(x, y, width, height), fill=GREY)

    def _area(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        left = self._x(x + width) if self.rtl else x
        return _dots(left), _dots(y), _dots(left + width), _dots(y + height)

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        ends = (_dots(self._x(x)), _dots(y)), (_dots(self._x(to_x)), _dots(to_y))
        self.draw.line(ends, fill=INK, width=_dots(THIN))

    def png(self) -> bytes:
        file = io.BytesIO()
        self.paper.save(file, "PNG", optimize=True)
        return file.getvalue()


def _dots(millimetres: float) -> int:
    return round(millimetres * DOTS_PER_INCH / 25.4)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def drawing_of(side: Side, *, rtl: bool) -> bytes:
    """One side of a slip as PNG, as high as its longer column."""
    pen = Pen(WIDTH, ROW * max(map(_height, side)), rtl=rtl)
    for n, column in enumerate(side):
        x, y = n * (COLUMN + GUTTER), 0.0
        for answer in column:
            _draw(pen, answer, x, y)
            y += ROW * answer.rows
    return pen.png()


def _draw(pen: Pen, answer: Answer, x: float, y: float) -> None:
    """One answer in the column that begins at `x`, from `y` down."""
    if answer.by_hand:
        _draw_for_trainer(pen, x + COLUMN - TRAINER, y)
    pen.words(x + 3.2, y + ROW / 2, str(answer.position), 3.4)
    if answer.is_several:
        _draw_frames(pen, answer, x + NUMBER, y)
    _draw_small(pen, answer, x + NUMBER, y)
    for n in range(answer.gaps):
        foot = y + ROW * (n + 1) - FOOT
        pen.words(x + NUMBER + 0.9, foot - 1.4, str(n + 1), 2.5)
        pen.line(x + NUMBER + 2.6, foot, x + COLUMN - TRAINER - 1, foot)
    for n in range(answer.lines):
        foot = y + ROW * (n + 1) - FOOT
        start, end = (NUMBER, COLUMN - TRAINER - 1) if n == 0 else (1.5, COLUMN)
        pen.line(x + start, foot, x + end, foot)


def _draw_frames(pen: Pen, answer: Answer, x: float, y: float) -> None:
    """Around circles of which several may be filled."""
    for row in range(answer.rows):
        own = len(answer.circles[row * CIRCLES_A_ROW :][:CIRCLES_A_ROW])
        pen.box(x - 0.4, y + ROW * row + 0.1, own * PITCH, ROW - 0.2, 2.8)


def _draw_small(pen: Pen, answer: Answer, x: float, y: float) -> None:
    """What stands side by side: circles, boxes, statements."""
    for n, letter in enumerate(answer.circles):
        row, place = divmod(n, CIRCLES_A_ROW)
        pen.circle(x + PITCH * place + RADIUS + 0.4, y + ROW * (row + 0.5), letter)
    for n, label in enumerate(answer.boxes):
        row, place = divmod(n, BOXES_A_ROW)
        left = x + BOX_PITCH * place
        pen.words(left + 0.9, y + ROW * (row + 0.5), label, 2.5)
        pen.box(left + 2.3, y + ROW * row + (ROW - BOX) / 2, BOX, BOX)
    for n in range(answer.judged):
        row, place = divmod(n, JUDGED_A_ROW)
        left = x + 2 * BOX_PITCH * place
        pen.words(left + 0.9, y + ROW * (row + 0.5), str(n + 1), 2.5)
        for at, letter in enumerate(TRUTHS):
            pen.circle(left + 4.6 + 5.4 * at, y + ROW * (row + 0.5), letter)


def _draw_for_trainer(pen: Pen, x: float, y: float) -> None:
    pen.shade(x, y + 0.15, TRAINER, ROW - 0.3)
    for n, share in enumerate(SHARES):
        pen.circle(x + 3.6 + PITCH * n, y + ROW / 2, share)


def example_drawing(*, rtl: bool) -> bytes:
    """How it is done: one circle filled, and one crossed out with another filled instead."""
    pen = Pen(66.0, ROW, rtl=rtl)
    _draw(pen, Answer(0, circles=LETTERS[:4]), 0, 0)
    pen.circle(NUMBER + PITCH + RADIUS + 0.4, ROW / 2, "B", filled=True)
    _draw(pen, Answer(0, circles=LETTERS[:4]), 34, 0)
    crossed = 34 + NUMBER + RADIUS + 0.4
    pen.circle(crossed, ROW / 2, "A", filled=True)
    for turn in (1, -1):
        pen.line(crossed - 2.9, ROW / 2 - 2.7 * turn, crossed + 2.9, ROW / 2 + 2.7 * turn)
    pen.circle(34 + NUMBER + 2 * PITCH + RADIUS + 0.4, ROW / 2, "C", filled=True)
    return pen.png()


def corner_mark() -> bytes:
    """A black square, by which the corners of a slip are found on a picture of it."""
    file = io.BytesIO()
    Image.new("L", (8, 8), INK).save(file, "PNG")
    return file.getvalue()


def imposed[T](slips: Sequence[Sequence[T]]) -> list[tuple[T | None, T | None]]:
    """Pairs of sides for sheets that are cut in two: two slips a sheet, side by side.

    Backs change places, so that a sheet turned over its short edge has them behind their fronts.
    """
    sheets: list[tuple[T | None, T | None]] = []
    for at in range(0, len(slips), 2):
        first, second = slips[at], slips[at + 1] if at + 1 < len(slips) else ()
        for n, side in enumerate(first):
            other = second[n] if n < len(second) else None
            sheets.append((side, other) if n % 2 == 0 else (other, side))
    return sheets
