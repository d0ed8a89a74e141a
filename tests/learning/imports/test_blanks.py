from datetime import date

import openpyxl
import pytest
from django.utils import translation

from learning.imports.blanks import blank_csv, blank_workbook
from learning.imports.errors import BadFile
from learning.imports.reading import read_table
from learning.people.delimited import split_rows
from learning.people.known import Known, Place
from learning.people.row_words import COLUMNS
from learning.people.rows import find_layout, read_people

KNOWN = Known(
    [Place("pessi", {"en": "Punjab Social Security"})],
    [Place("PK-PB", {"en": "Punjab", "ur": "پنجاب"})],
    ["en", "ur", "km", "lo"],
    date(2026, 11, 21),
)


@pytest.mark.parametrize("language", ["en", "ur", "km", "lo"])
@pytest.mark.parametrize("make", [blank_csv, blank_workbook])
def test_the_blank_list_is_headed_and_names_nobody(make, language):
    with translation.override(language):
        blank = make(KNOWN, language)

    with pytest.raises(BadFile, match="headings but no people"):
        read_table(blank)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "are passed over"),
        ("ur", "نہیں پڑھی جاتیں"),
        ("km", "ត្រូវបានរំលង"),
        ("lo", "ຈະຖືກຂ້າມໄປ"),
    ],
)
def test_the_example_says_in_the_language_of_the_list_that_it_is_one(language, says):
    with translation.override(language):
        example = split_rows(blank_csv(KNOWN, language).decode("utf-8-sig"))[1]

    assert says in example[0]


@pytest.mark.parametrize("language", ["en", "ur", "km", "lo"])
def test_the_example_is_read_when_its_sign_is_taken_away(language):
    lines = split_rows(blank_csv(KNOWN, language).decode("utf-8-sig"))[:2]
    lines[1][0] = "Nasreen Gul"

    reading = read_people(lines, KNOWN)

    assert find_layout(lines).places == {column: n for n, column in enumerate(COLUMNS)}
    assert reading.problems == []
    person = reading.people[0]
    assert (person.organisation, person.area, person.language) == ("pessi", "PK-PB", language)


def test_the_workbook_offers_choices_and_explains(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(blank_workbook(KNOWN, "ur"))

    book = openpyxl.load_workbook(path)
    people, allowed = book.worksheets

    offered = {rule.formula1 for rule in people.data_validations.dataValidation}
    assert '"خاتون,مرد,کوئی اور"' in offered
    assert len(offered) == 4
    assert people.sheet_view.rightToLeft
    assert ("علاقہ", "PK-PB = پنجاب") in [
        (a.removeprefix("کام کا "), b) for a, b in allowed.iter_rows(values_only=True)
    ]
