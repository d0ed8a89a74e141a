import pytest
from django.core.exceptions import ValidationError

from learning.people.usernames import normalise, validate_characters, validate_one_script


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Amina.Khan ", "amina.khan"),
        ("AMINA", "amina"),
        ("ｊｏｓé", "josé"),  # full width, and an accent as a character of its own
        ("Straße", "strasse"),
        ("amina۱٢", "amina12"),
        ("ami\u200cna", "amina"),  # an invisible joiner
    ],
)
def test_variants_that_read_the_same_are_one_username(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize("username", ["ភ្នំពេញ", "ລາວ12", "لبنیٰ", "j.o-s_é@example.org"])
def test_words_of_every_script_are_allowed(username):
    validate_characters(username)
    validate_one_script(username)


@pytest.mark.parametrize("username", ["two words", "-dash", "money$", "", "smile☺", "a/b"])
def test_other_characters_are_refused(username):
    with pytest.raises(ValidationError):
        validate_characters(username)


def test_letters_of_two_scripts_are_refused():
    with pytest.raises(ValidationError):
        validate_one_script("аdmin")  # the first letter is Cyrillic
