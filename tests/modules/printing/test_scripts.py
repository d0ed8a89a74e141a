import pytest

from modules.printing.scripts import is_in, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [("NSSF: មូលនិធិ", "km"), ("ກອງທຶນ", "lo"), ("فنڈ 3", "ur"), ("Fund", "en"), ("", "en")],
)
def test_letters_tell_the_language(text, language):
    assert language_of(text) == language


def test_any_text_may_be_in_a_language_without_letters_of_its_own():
    assert [is_in("km", "Fonds"), is_in("fr", "Fonds"), is_in("fr", "")] == [False, True, False]
