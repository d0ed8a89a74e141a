import pytest

from modules.blocks.languages import language_attributes, language_of_block


@pytest.mark.parametrize(
    ("language", "value", "found"),
    [
        ("km", {"text": "A fund. [E]"}, "en"),
        ("km", {"text": "មូលនិធិ NSSF"}, "km"),
        ("km", {"text": "- A: NSSF", "alt": "គំនូរ"}, "km"),
        ("lo", {"text": "", "materials": "18 cards"}, "en"),
        ("ur", {"text": "12:30"}, "ur"),
        ("km", {"use": "a-question"}, "km"),
        ("en", {"text": "A fund."}, "en"),
        ("fr", {"text": "Un fonds."}, "fr"),
    ],
)
def test_a_block_without_letters_of_its_page_is_english(language, value, found):
    assert language_of_block({"anchor": "name", **value}, language) == found


def test_a_block_names_its_language_and_direction():
    assert language_attributes("ur") == ' lang="ur" dir="rtl"'
    assert language_attributes("en") == ' lang="en" dir="ltr"'
