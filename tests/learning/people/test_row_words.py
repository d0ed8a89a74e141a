import pytest
from django.utils import translation

from learning.people.models import Person
from learning.people.naming import plain
from learning.people.row_words import (
    COLUMNS,
    columns,
    columns_left_out,
    heading,
    values,
    word_for,
    words,
    words_for_nothing,
)

LANGUAGES = ("en", "ur", "km", "lo")
CHOICES = {
    "sex": Person.Sex,
    "age": Person.AgeBand,
    "constituency": Person.Constituency,
}


def spellings(entries) -> list[tuple[str, str]]:
    return [
        (plain(text), key)
        for key, languages in entries.items()
        for texts in languages.values()
        for text in texts
    ]


def test_no_spelling_is_empty_or_means_two_things():
    headings = spellings(words()["columns"]) + spellings(words()["left_out"])
    for found in (headings, *(spellings(entries) for entries in words()["values"].values())):
        meanings = dict(found)
        assert "" not in meanings
        assert [pair for pair in found if meanings[pair[0]] != pair[1]] == []


def test_every_column_and_value_has_words_in_every_language():
    tables = [words()["columns"], *words()["values"].values()]

    assert tuple(words()["columns"]) == COLUMNS
    for table in tables:
        assert all(tuple(languages) == LANGUAGES for languages in table.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_the_template_are_read(language):
    assert [columns()[plain(heading(column, language))] for column in COLUMNS] == list(COLUMNS)
    assert columns_left_out()[plain("WhatsApp")] == "phone"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("column", ["sex", "constituency"])
def test_values_of_the_template_are_read(column, language):
    codes = [code for code in CHOICES[column].values if code]

    assert [values(column)[plain(word_for(column, code, language))] for code in codes] == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_our_own_forms_are_read(language):
    """Whoever copies what a form of the site says is understood."""
    with translation.override(language):
        for column in ("sex", "constituency"):
            for choice in CHOICES[column]:
                key = plain(str(choice.label))
                assert values(column).get(key, "") == choice.value
        assert plain(str(Person.Sex.NOT_STATED.label)) in words_for_nothing()
        assert values("age")[plain(str(Person.AgeBand.FROM_65.label))] == "65+"
