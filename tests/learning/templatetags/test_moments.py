import datetime as dt

import pytest
from django.utils import translation

from learning.templatetags.moments import moment

NOON = dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC)  # in Karachi


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "21 November 2026, 12:00"),
        ("ur", "21 نومبر، 2026 12:00"),
        ("km", "21 វិច្ឆិកា 2026, 12:00"),
        ("lo", "21 ພະຈິກ 2026, 12:00"),
    ],
)
def test_day_and_time_stand_as_the_language_has_them(language, words):
    with translation.override(language):
        assert moment(NOON) == words
