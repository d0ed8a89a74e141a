import pytest
from django.core.exceptions import ValidationError

from modules.reference.dates import in_words, validate_partial_date


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("2026-11-21", "en", "21 November 2026"),
        ("2026-11-21", "ur", "21 نومبر، 2026"),
        ("2026-11-21", "km", "21 វិច្ឆិកា 2026"),
        ("2026-11-21", "lo", "21 ພະຈິກ 2026"),
        ("2022", "en", "2022"),
        ("2022-06", "en", "June 2022"),
        ("2022-06", "ur", "جون 2022"),
        ("2022-06", "lo", "ມິຖຸນາ 2022"),
        ("", "en", ""),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(value, language, words):
    assert in_words(value, language) == words


@pytest.mark.parametrize(
    "value", ["2022-13", "2022-02-30", "22", "June 2022", "2022-6", "2022-06-"]
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValidationError):
        validate_partial_date(value)
