"""Lists of results as spreadsheets have them: rows of text become typed rows, or messages.

Nothing is looked up here: whose sticker it is and which options a question has, `answer_planning`
asks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.attempts.keying import NOT_ANSWERED, plain
from learning.people import naming
from learning.people.rows import is_passed_over
from modules.reference.cells import restored

COLUMNS: dict[str, Promise | str] = {
    "sticker": gettext_lazy("Sticker"),
    "name": gettext_lazy("Name"),
    "form": gettext_lazy("Form"),
    "answers": gettext_lazy("Answers"),
    "total": gettext_lazy("Total"),
    "full": gettext_lazy("Marks of the whole test"),
}
ALSO = {
    "sticker": ("code", "sticker code"),
    "answers": ("line", "responses"),
    "total": ("marks", "score"),
    "full": ("of", "full marks"),
}
QUESTION = re.compile(r"(?:q|question)?\s*(\d{1,3})")
HALVES = frozenset({"½", "0.5", "0,5", "0٫5", ".5", ",5"})
BETWEEN = str.maketrans("", "", "(),،;/&+ ")
FORMULA = "="
MOST_QUESTIONS = 60
LONGEST_STICKER = 40  # characters, those of a scanned code among them


@dataclass(frozen=True)
class AnswerRow:
    """One slip as a list tells of it: its answers in one cell or by question, or a total.

    The row is that of the file, from 1; an empty text is something not stated.
    """

    row: int
    sticker: str
    name: str = ""
    form: str = ""
    answers: str = ""
    signs: tuple[str, ...] = ()
    total: str = ""
    full: str = ""

    @property
    def is_total(self) -> bool:
        return bool(self.total)

    def line_of(self, questions: int) -> str:
        """Its answers as one line, to a form of so many questions.

        Columns after the last question are left out where they are empty, as in a list of two
        forms of which one is longer.
        """
        if not self.signs:
            return self.answers
        signs = list(self.signs)
        while len(signs) > questions and signs[-1] == NOT_ANSWERED[0]:
            signs.pop()
        return "".join(sign if len(sign) == 1 else f"({sign})" for sign in signs)


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken, for people."""

    row: int
    sticker: str
    message: str


@dataclass
class Reading:
    """`rows` say something and have no problem; `empty` rows name a sticker and nothing more."""

    rows: list[AnswerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    empty: int = 0


@dataclass
class Layout:
    """Which column stands where (from 0), the questions by number, and what is not read."""

    row: int
    places: dict[str, int] = field(default_factory=dict)
    questions: dict[int, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_answers(rows: Sequence[Sequence[str]]) -> Reading:
    """Read `rows` of text below a row of headings, in any language of the site and any order.

    Blank rows and rows that begin with "# " are passed over. Messages are in the active language.
    """
    spoken = [(n, row) for n, row in enumerate(rows, 1) if not is_passed_over(row)]
    number, first = spoken[0] if spoken else (0, ())
    layout = layout_by(number, first)
    reading = Reading(left_out=layout.left_out)
    reading.problems += [Problem(number, "", message) for message in layout.problems]
    if layout.problems:
        return reading
    for n, row in spoken[1:]:
        _take(reading, layout, n, [restored(cell.strip()) for cell in row])
    return reading


# --- headings ------------------------------------------------------------------------------------


def layout_by(number: int, row: Sequence[str]) -> Layout:
    layout = Layout(number)
    spelt = spellings()
    for place, cell in enumerate(row):
        heading = naming.plain(cell)
        question = QUESTION.fullmatch(heading)
        if question:
            _place(layout, layout.questions, int(question[1]), place, cell)
        elif heading in spelt:
            _place(layout, layout.places, spelt[heading], place, cell)
        elif heading:
            layout.left_out.append(cell.strip())
    layout.problems += _missing(layout)
    return layout


def _place[K](layout: Layout, places: dict[K, int], key: K, place: int, cell: str) -> None:
    if key in places:
        words = _("Two columns are headed “{heading}”. Keep one of them.")
        layout.problems.append(words.format(heading=cell.strip()))
    places[key] = place


def _missing(layout: Layout) -> Iterable[str]:
    if "sticker" not in layout.places:
        words = _("No column is headed “{heading}”. Use the blank list of this page.")
        yield words.format(heading=COLUMNS["sticker"])
    last = max(layout.questions, default=0)
    if not layout.questions and not layout.places.keys() & {"answers", "total"}:
        yield _("No column holds answers or totals. Use the blank list of this page.")
    if last > MOST_QUESTIONS or len(layout.questions) < last:
        gaps = set(range(1, min(last, MOST_QUESTIONS + 1))) - set(layout.questions)
        words = _("The columns of the questions are to run from 1 on; number {n} does not fit.")
        yield words.format(n=min(gaps, default=last))


def spellings() -> dict[str, str]:
    """The column that a heading names, by its plain form, in every language of the site."""
    found = {naming.plain(word): key for key, words in ALSO.items() for word in words}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {naming.plain(str(text)): key for key, text in COLUMNS.items()}
    return {naming.plain(key): key for key in COLUMNS} | found


# --- rows ----------------------------------------------------------------------------------------


def _take(reading: Reading, layout: Layout, number: int, row: Sequence[str]) -> None:
    cells = {key: row[place] if place < len(row) else "" for key, place in layout.places.items()}
    by_question = [
        row[place] if place < len(row) else "" for _n, place in sorted(layout.questions.items())
    ]
    cells["sticker"] = sticker = cells.get("sticker", "")[:LONGEST_STICKER]
    given = [by_question if any(by_question) else "", cells.get("answers"), cells.get("total")]
    if not any(given):
        reading.empty += 1
        return
    read = [text for key, text in cells.items() if key != "name"]
    message = _refusal(sticker, [*read, *by_question], sum(map(bool, given)))
    if message:
        reading.problems.append(Problem(number, sticker, message))
        return
    signs = tuple(sign_of(cell) for cell in by_question) if any(by_question) else ()
    reading.rows.append(AnswerRow(number, signs=signs, **cells))


def _refusal(sticker: str, cells: Sequence[str], ways: int) -> str:
    """Why a row cannot be read at all; nothing for one that can."""
    formula = next((cell for cell in cells if cell.startswith(FORMULA)), "")
    if formula:
        words = _("“{text}” looks like a formula or the error of one. Put its value there.")
        return words.format(text=formula[:40])
    if not sticker:
        return _("This row has no sticker.")
    if ways > 1:
        return _(
            "This row has the answers twice, or answers and a total. Keep one of them: a total is"
            " for people whose answers are not known."
        )
    return ""


def sign_of(cell: str) -> str:
    """What one cell says of a question, as a line would: "B", "AC", "5" for half, "-" for none."""
    bare = plain(cell)
    if bare in HALVES:
        return "5"
    return bare.translate(BETWEEN) or NOT_ANSWERED[0]
