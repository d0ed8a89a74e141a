from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from learning.people.known import Known, Place
from learning.people.models import Person
from learning.people.row_words import COLUMNS, heading, word_for
from learning.people.rows import (
    Likeness,
    PersonRow,
    Reading,
    Why,
    look_alikes,
    read_people,
)

KNOWN = Known(
    organisations=[
        Place("pessi", {"en": "Punjab Employees Social Security", "ur": "پنجاب سوشل سیکیورٹی"}),
        Place("sessi", {"en": "Sindh Employees Social Security"}),
        Place("nssf", {"en": "National Fund", "km": "បេឡាជាតិ"}),
        Place("lsso", {"en": "National Fund", "lo": "ອົງການປະກັນສັງຄົມ"}),
    ],
    areas=[Place("PK-PB", {"en": "Punjab", "ur": "پنجاب"}), Place("LA-BK", {"en": "Bokèo"})],
    languages=["en", "ur", "km", "lo"],
    today=date(2026, 11, 21),
)
ROW = ("Ali Khan", "علی خان", "male", "25-34", "government", "pessi", "Auditor", "PK-PB", "ur")
ALI = PersonRow(
    row=1,
    names={"Latn": "Ali Khan", "Arab": "علی خان"},
    sex="male",
    age_band="25-34",
    constituency="government",
    organisation="pessi",
    job_role="Auditor",
    area="PK-PB",
    language="ur",
    email="ali@example.org",
)


def read(*rows) -> Reading:
    return read_people(rows, KNOWN)


def one(heading_text: str, cell: str) -> Reading:
    """A list of one person with one more cell."""
    return read(("Name", heading_text), ("Ali Khan", cell))


def value(heading_text: str, cell: str) -> PersonRow:
    reading = one(heading_text, cell)
    assert reading.problems == []
    return reading.people[0]


def message(heading_text: str, cell: str) -> str:
    reading = one(heading_text, cell)
    assert [(p.row, reading.people) for p in reading.problems] == [(2, [])]
    return reading.problems[0].message


# --- columns and rows ----------------------------------------------------------------------------


def test_without_headings_the_standard_order_holds():
    assert read((*ROW, "ali@example.org")) == Reading([ALI], [], [])


@pytest.mark.parametrize("language", ["en", "ur", "km", "lo"])
def test_headings_and_values_are_read_in_four_languages(language):
    cells = {
        "name": "Ali Khan",
        "sex": word_for("sex", "male", language),
        "constituency": word_for("constituency", "worker", language),
        "language": word_for("language", "km", language),
    }
    headings = [heading(column, language).upper() for column in cells]

    reading = read(headings, list(cells.values()))

    assert reading.problems == []
    person = reading.people[0]
    assert (person.sex, person.constituency, person.language) == ("male", "worker", "km")


def test_columns_may_stand_in_any_order_and_be_missing():
    reading = read(("e-mail", "GENDER", " full_name "), ("a@example.org", "F", "Sana Bibi"))

    assert reading.people == [
        PersonRow(2, {"Latn": "Sana Bibi"}, sex="female", email="a@example.org")
    ]


def test_columns_that_are_not_kept_are_told():
    reading = read(("No.", "Name", "Phone", "Shoe size"), ("1", "Ali Khan", "0300", "42", "x"))

    assert reading.left_out == ["No.", "Phone", "Shoe size", "Column 5, which has no heading"]
    assert reading.people == [PersonRow(2, {"Latn": "Ali Khan"})]


def test_a_list_without_headings_tells_of_cells_past_its_columns():
    assert read((*ROW, "", "left over")).left_out == ["Column 11, which has no heading"]


def test_blank_rows_and_remarks_are_passed_over_and_rows_keep_their_numbers():
    reading = read((), ("Name", "Sex"), ("", " "), ("# Example", "female"), ("Ali Khan", "x y"))

    assert [(p.row, p.column, p.heading) for p in reading.problems] == [(5, "sex", "Sex")]


def test_two_columns_of_one_kind_are_refused():
    reading = read(("Name", "Sex", "Gender"), ("Ali Khan", "male", "male"))

    assert reading.people == []
    assert [p.message for p in reading.problems] == [
        "Two columns are headed “Gender”. Keep one of them."
    ]


def test_headings_without_names_are_refused():
    assert [p.message for p in read(("Sex", "Age"), ("male", "30")).problems] == [
        "No column holds the names of the people. Head one of them “Name”."
    ]


def test_nothing_is_nothing():
    assert read() == read((), ("", "")) == Reading([], [], [])


def test_a_row_with_several_problems_names_each():
    reading = read(("Name", "Sex", "Age"), ("Ali2 Khan", "??", "old"))

    assert [p.column for p in reading.problems] == ["name", "sex", "age"]


def test_messages_are_in_the_active_language():
    with translation.override("ur"):
        assert one("Sex", "zzz").problems[0].heading == "جنس"


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["", "-", "—", "n/a", "Not stated", "درج نہیں", "ບໍ່ລະບຸ"])
def test_nothing_stated_is_an_empty_value(cell):
    assert value("Sex", cell).sex == ""


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("25-34", "25-34"),
        ("25 – 34", "25-34"),
        ("۲۵ تا ۳۴", "25-34"),
        ("២៥-៣៤", "25-34"),
        ("໒໕-໓໔", "25-34"),
        ("34", "25-34"),
        ("35.", "35-44"),
        ("15", "15-24"),
        ("64", "55-64"),
        ("65", "65+"),
        ("65+", "65+"),
        ("65 and over", "65+"),
        ("1992", "25-34"),
        ("1991", "35-44"),
        ("1992-03-04", "25-34"),
        ("4.3.1992", "25-34"),
        ("1992-03-04 00:00:00", "25-34"),
    ],
)
def test_ages_bands_and_years_become_bands(cell, band):
    assert value("Age", cell).age_band == band


@pytest.mark.parametrize("cell", ["old", "25-35", "1800", "2030", "3", "14", "999"])
def test_ages_that_cannot_be_are_problems(cell):
    assert message("Age", cell)


def test_young_people_are_told_apart_from_nonsense():
    assert message("Age", "14") == "People under 15 cannot be entered."
    assert message("Age", "old") == (
        "“old” is no age. Write a band such as 25-34, an age or a year of birth."
    )


@pytest.mark.parametrize(
    "cell", ["PESSI", "punjab employees’ social-security", "پنجاب سوشل سيكيورٹی"]
)
def test_organisations_are_found_by_code_or_name(cell):
    assert value("Organisation", cell).organisation == "pessi"


def test_areas_are_found_without_accents():
    assert value("Province", "bokeo").area == "LA-BK"


def test_an_unknown_organisation_is_named_with_its_near_misses():
    assert message("Organisation", "Punjab Employees Social Securty") == (
        "“Punjab Employees Social Securty” is not known here. Do you mean"
        " “Punjab Employees Social Security”, “Sindh Employees Social Security”?"
    )
    assert message("Organisation", "Quite another") == (
        "“Quite another” is not known here. Write the name as the list of organisations or areas "
        "has it, or leave the cell empty."
    )


def test_a_name_of_two_organisations_needs_the_code():
    assert message("Organisation", "National Fund") == (
        "Several are called “National Fund”. Write the code: lsso, nssf."
    )


def test_near_misses_are_looked_for_a_few_times_only(asked_for):
    rows = [("Name", "Organisation"), *(("Ali Khan", f"body {n % 60}") for n in range(600))]

    assert len(read(*rows).problems) == 600
    assert len(asked_for) == 40


@pytest.fixture
def asked_for(monkeypatch) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(
        "learning.people.cells.get_close_matches",
        lambda word, *args, **kwargs: asked.append(word) or [],
    )
    return asked


@pytest.mark.parametrize("cell", ["=1+1", "+92", "@SUM(A1)", "-2+3", "#REF!", "#N/A"])
@pytest.mark.parametrize("column", ["Job role", "Organisation", "Age", "E-mail"])
def test_formulas_and_their_errors_are_refused(column, cell):
    assert message(column, cell) == (
        f"“{cell}” looks like a formula or the error of one. Put its value there."
    )


def test_long_texts_are_refused():
    assert value("Job role", "x" * 120).job_role == "x" * 120
    assert message("Job role", "x" * 121) == "Longer than 120 characters."


def test_addresses_are_checked():
    assert value("E-mail", " Ali@Example.org ").email == "Ali@Example.org"
    assert message("E-mail", "ali at example") == "“ali at example” is no e-mail address."


def test_a_language_the_site_does_not_speak_is_refused():
    known = Known([], [], ["en"], date(2026, 1, 1))
    reading = read_people([("Name", "Language"), ("Ali Khan", "Urdu")], known)

    assert reading.problems[0].message == "This site has no letters in “Urdu”."


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("  Ali\u200b  Khan ", {"Latn": "Ali Khan"}),
        ("D’Souza-O'Brien, M. (Jr.)", {"Latn": "D’Souza-O'Brien, M. (Jr.)"}),
        ("نسرین گل", {"Arab": "نسرین گل"}),
        ("ចាន់ សុខា", {"Khmr": "ចាន់ សុខា"}),
        ("ບຸນມີ ວົງສາ", {"Laoo": "ບຸນມີ ວົງສາ"}),
    ],
)
def test_names_are_kept_by_their_script_whatever_the_column(name, names):
    assert read((name,)).people[0].names == names


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Ali 2", "“2” does not belong in a name."),
        ("Ali <b>", "“<>” does not belong in a name."),
        ("Ali علی", "This name mixes two scripts. Put each name in a column of its own."),
        ("Алёна", "Names are kept in Latin, Urdu, Khmer or Lao letters."),
        ("A.", "A name has at least two letters."),
        ("x" * 151, "Longer than 150 characters."),
        ("=Ali", "“=Ali” looks like a formula or the error of one. Put its value there."),
    ],
)
def test_what_is_no_name_is_refused(name, message):
    assert [p.message for p in read(("Name",), (name,)).problems] == [message]


def test_a_row_without_a_name_is_a_problem():
    assert [(p.row, p.column, p.message) for p in read(("Name", "Sex"), ("", "male")).problems] == [
        (2, "name", "This row has no name.")
    ]


def test_two_names_in_one_script_are_a_problem():
    reading = read(("Name", "Name in own script"), ("Ali Khan", "Alee Khan"))

    assert reading.problems[0].message == ("Both names are in the same script. Keep one of them.")


# --- the same person twice -----------------------------------------------------------------------


def person(row: int, name: str, **facts) -> PersonRow:
    return PersonRow(row, {"Latn": name}, **facts)


def test_look_alikes_share_address_or_name_sex_and_organisation():
    people = [
        person(2, "Ali Khan", sex="male", organisation="pessi", email="ali@example.org"),
        person(3, "Khan, Ali", sex="male", organisation="pessi"),
        person(4, "Khan Ali", email="ALI@example.org"),
        person(5, "Sana Bibi", email="ali@example.org"),
        person(6, "Ali Khan", sex="female", organisation="pessi"),
        person(7, "Ali Khan", sex="male", organisation="sessi"),
        person(8, "Ali Khan", organisation="pessi"),
    ]

    assert look_alikes(people) == {
        3: Likeness(2, Why.NAME),
        4: Likeness(2, Why.ADDRESS_AND_NAME),
        5: Likeness(2, Why.ADDRESS),
        8: Likeness(2, Why.NAME),
    }


CELLS = st.text(max_size=30) | st.sampled_from(
    [
        "Ali Khan",
        "male",
        "25-34",
        "pessi",
        "PK-PB",
        "ur",
        "a@example.org",
        "=1",
        "# x",
        "Name",
        "Sex",
    ]
)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=12))
def test_every_row_is_read_passed_over_or_has_its_problem(rows):
    reading = read_people(rows, KNOWN)

    read_rows = {p.row for p in reading.people}
    assert read_rows.isdisjoint(p.row for p in reading.problems)
    assert all(1 <= p.row <= len(rows) and p.message for p in reading.problems)
    for row in reading.people:
        assert row.names
        assert all(len(name) <= 150 for name in row.names.values())
        assert row.sex in Person.Sex.values
        assert row.age_band in Person.AgeBand.values
        assert row.constituency in Person.Constituency.values
        assert row.organisation in {"", "pessi", "sessi", "nssf", "lsso"}


@given(st.permutations(COLUMNS))
def test_the_order_of_columns_makes_no_difference(order):
    cells = dict(zip(COLUMNS, (*ROW, "ali@example.org"), strict=True))
    headings = [heading(column, "km") for column in order]

    reading = read_people([headings, [cells[column] for column in order]], KNOWN)

    assert reading.people[0].names == ALI.names
    assert reading.people[0].email == ALI.email
