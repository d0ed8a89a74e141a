"""Text copied or saved from a spreadsheet, as rows of cells."""

import csv
import io

DELIMITERS = "\t;,"
QUOTES = '" \t;,\ufeff'


def split_rows(text: str) -> list[list[str]]:
    """The rows of `text`, with cells parted by tabs, semicolons or commas, and quoted or not.

    A first line "sep=;", which Excel writes, says which and is left out. Raises `ValueError` for a
    cell of more than 128 kB.
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={sign}" for sign in DELIMITERS}:
        return parse(rest, first.strip()[-1])
    return parse(text, delimiter_of(text))


def delimiter_of(text: str) -> str:
    """The sign that stands most often in the first line that says something; a tab for none."""
    lines = (line for line in text.splitlines() if line.strip(QUOTES) and not is_comment(line))
    first = next(lines, text)
    return max(DELIMITERS, key=first.count)


def is_comment(line: str) -> bool:
    return line.lstrip(QUOTES).startswith("#")


def parse(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ValueError(str(error)) from None
