"""Tables as CSV that a spreadsheet opens: text stays text, and comes back as it was.

A spreadsheet takes a cell that begins like a formula for one, and may run it. Such a text gets an
apostrophe in front; `restored` takes it away again. Source: OWASP ASVS 1.2.10, CSV injection.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SIGN = "'"
HUNDRED = 100
MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8

type Cell = str | int | Decimal | None


def neutralised(text: str) -> str:
    """`text` as a cell that no spreadsheet computes."""
    return SIGN + text if text.lstrip(SIGN).startswith(FORMULA) else text


def restored(cell: str) -> str:
    """The text that `neutralised` made this cell of."""
    is_ours = cell.startswith(SIGN) and cell.lstrip(SIGN).startswith(FORMULA)
    return cell[len(SIGN) :] if is_ours else cell


def exact(value: Fraction) -> Cell:
    """A number that loses nothing: 11.5, or "11 1/3" where no decimals end it.

    Spreadsheets read the latter as a number too; "1/3" alone they would read as a date.
    """
    if value.denominator == 1:
        return int(value)
    if HUNDRED % value.denominator == 0:
        return (Decimal(int(value * HUNDRED)) / HUNDRED).normalize()
    whole = int(value)
    rest = abs(value - whole)
    sign = "-" if value < 0 and not whole else ""
    return f"{sign}{whole} {rest.numerator}/{rest.denominator}"


def to_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as text for a file in UTF-8: comma, quotes where needed, one line end everywhere.

    Numbers are written as they are, None as nothing.
    """
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(neutralised(cell) if isinstance(cell, str) else cell for cell in row)
    return out.getvalue()


def from_csv(text: str) -> list[list[str]]:
    """The rows of such a file as they were before, every cell as text."""
    lines = io.StringIO(text.removeprefix(MARK), newline="")
    return [[restored(cell) for cell in row] for row in csv.reader(lines)]
