"""The blank list of results to fill in: one row per participant, as CSV and as XLSX."""

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from learning.cascade.entering import ANOTHER_TEST, USUAL_FORM, papers_of, rows_of, usual_full
from learning.cascade.models import Event
from learning.imports.answer_rows import COLUMNS
from modules.papers.models import Purpose
from modules.reference.cells import to_csv

# How answers stand in the list: a column for each question, a line in one cell, or totals only.
WAYS = ("questions", "line", "total")


def blank_rows(event: Event, purpose: str, way: str) -> list[list[str]]:
    """Headings, then sticker, name and form of everybody in order of stickers."""
    papers = papers_of(event)
    usual = USUAL_FORM[Purpose(purpose)]
    label = usual if usual in papers else next(iter(papers), ANOTHER_TEST)
    longest = max(map(len, papers.values()), default=0)
    cells = {
        "questions": [str(n) for n in range(1, longest + 1)],
        "line": [str(COLUMNS["answers"])],
        "total": [str(COLUMNS["total"]), str(COLUMNS["full"])],
    }[way]
    full = str(usual_full(event, purpose, papers) or "")
    filled = ["", full] if way == "total" else [""] * len(cells)
    headings = [str(COLUMNS[name]) for name in ("sticker", "name", "form")]
    people = [
        [row.enrolment.code, str(row.enrolment.person), row.form, *filled]
        for row in rows_of(event, purpose, label)
    ]
    return [[*headings, *cells], *people]


def blank_csv(event: Event, purpose: str, way: str) -> bytes:
    """For any spreadsheet; a name that begins like a formula stays text."""
    return to_csv(blank_rows(event, purpose, way)).encode()


def blank_workbook(event: Event, purpose: str, way: str) -> bytes:
    """With the forms to choose from, and what may be written on a second sheet."""
    # Importing openpyxl takes half a second, which only those who want a workbook wait.
    from learning.imports.workbooks import write_workbook  # noqa: PLC0415

    notes = [(_("Column"), _("What to write")), *explained()]
    return write_workbook(
        _("Results"),
        blank_rows(event, purpose, way),
        {3: list(papers_of(event))},
        (_("Allowed values"), notes),
        right_to_left=get_language_info(get_language() or "en")["bidi"],
    )


def explained() -> list[tuple[str, str]]:
    return [
        (str(COLUMNS["sticker"]), _("As on the slip, such as 07-K")),
        (str(COLUMNS["name"]), _("To find your way; it is not read")),
        (str(COLUMNS["form"]), _("The form on the slip, such as A")),
        ("1, 2, 3 …", _("The letter that was chosen; several letters, such as AC, where allowed")),
        ("1, 2, 3 …", _("Of a question marked on the paper: 1 right, 5 half, 0 wrong")),
        ("1, 2, 3 …", _("Nothing, or a hyphen, for a question left open")),
        (str(COLUMNS["answers"]), _("The whole line, such as ABCDD (AC)1B-5")),
        (str(COLUMNS["total"]), _("The marks, such as 11 or 11.5, of people without answers")),
        (str(COLUMNS["full"]), _("Of the total: how many marks the test has")),
    ]
