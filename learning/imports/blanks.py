"""The blank list to fill in, as CSV and as XLSX: headings, an example, and what may be written."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from learning.people.known import Known, Place
from learning.people.models import Person, name_in
from learning.people.row_words import COLUMNS, heading, word_for
from learning.people.rows import COMMENT

PLACES_AT_MOST = 200  # of each kind; a longer list helps nobody
# An invented person for each language, with the script that people of it write.
EXAMPLES = {
    "en": ("Nasreen Gul", "نسرین گل"),
    "ur": ("Nasreen Gul", "نسرین گل"),
    "km": ("Chan Sokha", "ចាន់ សុខា"),
    "lo": ("Bounmy Vongsa", "ບຸນມີ ວົງສາ"),
}


def blank_csv(known: Known, language: str) -> bytes:
    """For any spreadsheet; the mark at its beginning tells Excel that it is UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([headings(language), example(known, language)])
    for column, text in explained(known, language):
        writer.writerow([f"{COMMENT}{column}: {text}"])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def blank_workbook(known: Known, language: str) -> bytes:
    """With lists to choose from, and the allowed values on a second sheet."""
    # Importing openpyxl takes half a second, which only those who want a workbook wait.
    from learning.imports.workbooks import write_workbook  # noqa: PLC0415

    choices = {
        COLUMNS.index(column) + 1: words_of(column, language)
        for column in ("sex", "age", "constituency", "language")
    }
    notes = [(_("Column"), _("What to write")), *explained(known, language)]
    return write_workbook(
        _("People"),
        [headings(language), example(known, language)],
        choices,
        (_("Allowed values"), notes),
        right_to_left=get_language_info(language)["bidi"],
    )


def headings(language: str) -> list[str]:
    return [heading(column, language) for column in COLUMNS]


def example(known: Known, language: str) -> list[str]:
    """One row that is passed over when the list is read."""
    name, own_name = EXAMPLES[language]
    remark = _("example: rows that begin with # are passed over")
    values = {
        "name": f"{COMMENT}{name} ({remark})",
        "own_name": own_name,
        "sex": word_for("sex", Person.Sex.FEMALE, language),
        "age": Person.AgeBand.FROM_25,
        "constituency": word_for("constituency", Person.Constituency.GOVERNMENT, language),
        "organisation": next((place.code for place in known.organisations), ""),
        "job_role": _("Inspector"),
        "area": next((place.code for place in known.areas), ""),
        "language": word_for("language", language, language),
        "email": "name@example.org",
    }
    return [str(values[column]) for column in COLUMNS]


def words_of(column: str, language: str) -> list[str]:
    """What may be chosen in a column, as our template writes it."""
    codes: Sequence[str] = {
        "sex": Person.Sex.values,
        "age": Person.AgeBand.values,
        "constituency": Person.Constituency.values,
        "language": list(EXAMPLES),
    }[column]
    return [word_for(column, code, language) for code in codes if code]


def explained(known: Known, language: str) -> list[tuple[str, str]]:
    """For each column its heading and what may stand in it; places by code and name."""
    texts = {
        "name": _("In Latin letters, if it is known"),
        "own_name": _(
            "In Urdu, Khmer or Lao letters, if it is known; one of the two names is enough"
        ),
        "sex": ", ".join(words_of("sex", language)),
        "age": ", ".join(words_of("age", language)) + "; " + _("or an age, or a year of birth"),
        "constituency": ", ".join(words_of("constituency", language)),
        "organisation": _("Code or name; see below"),
        "job_role": _("In your own words"),
        "area": _("Code or name; see below"),
        "language": ", ".join(words_of("language", language)),
        "email": _("For the letter with which people open their account; nobody else sees it"),
    }
    rows = [(heading(column, language), texts[column]) for column in COLUMNS]
    for column, places in (("organisation", known.organisations), ("area", known.areas)):
        rows += [(heading(column, language), told(place, language)) for place in shown(places)]
    return rows


def shown(places: Sequence[Place]) -> Sequence[Place]:
    return places[:PLACES_AT_MOST]


def told(place: Place, language: str) -> str:
    return f"{place.code} = {name_in(dict(place.names), language)}"
