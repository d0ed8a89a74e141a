import tomllib

import pytest
from django.conf import settings
from django.utils import translation

from modules.reference.amounts import UNITS, amount, place

FIGURES = tomllib.loads(
    (settings.BASE_DIR / "modules/library/legal.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("value", "unit", "language", "shown"),
    [
        ("22000", "PKR per month", "en", "PKR 22,000 a month"),
        ("2.6", "percent of wages", "en", "2.6% of wages"),
        ("2.6", "percent", "lo", "2,6%"),
        ("1200000", "KHR", "km", "KHR 1,200,000"),
        ("400000", "sheep", "en", "400,000 sheep"),
        ("one third", "percent", "en", "one third%"),
    ],
)
def test_amount_in_words(value, unit, language, shown):
    assert amount(value, unit, language) == shown


def test_every_unit_of_the_library_can_be_translated():
    assert {figure["unit"] for figure in FIGURES.values()} <= UNITS.keys()


def test_every_unit_has_a_place_for_the_value():
    assert [unit for unit, words in UNITS.items() if "{value}" not in str(words)] == []


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("PK-SD", "en", "Sindh"),
        ("LA", "en", "Laos"),
        ("PK", "ur", "پاکستان"),
        ("KH", "km", "កម្ពុជា"),
        ("XX-9", "en", "XX-9"),
    ],
)
def test_place(code, language, name):
    with translation.override(language):
        assert place(code, language) == name


def test_every_place_of_the_library_has_a_name():
    codes = {figure["jurisdiction"] for figure in FIGURES.values()}

    assert [code for code in codes if place(code, "en") == code] == []
