import pytest

from modules.printing.scripts import is_in, language_of, with_room


@pytest.mark.parametrize(
    ("text", "language"),
    [("NSSF: មូលនិធិ", "km"), ("ກອງທຶນ", "lo"), ("فنڈ 3", "ur"), ("Fund", "en"), ("", "en")],
)
def test_letters_tell_the_language(text, language):
    assert language_of(text) == language


def test_any_text_may_be_in_a_language_without_letters_of_its_own():
    assert [is_in("km", "Fonds"), is_in("fr", "Fonds"), is_in("fr", "")] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    ["Life events:{}بیماری", "24{}بیانات", "<strong>A:</strong>{}پیدائش", "<b>SI1</b>{}پہچانیں"],
)
def test_urdu_has_room_after_latin_letters_and_numbers(text):
    assert with_room(text.format(" ")) == text.format("\u00a0 ")


@pytest.mark.parametrize("text", ["کی بیماری", "5 ماہ", "<b>2.1</b> پنجاب", "A B"])
def test_other_spaces_stay_as_they_are(text):
    assert with_room(text) == text
