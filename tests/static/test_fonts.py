"""Each font holds what its stylesheet promises and every letter of the texts we ship."""

import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = {"ur": "nastaliq-urdu-400", "km": "khmer-400", "lo": "lao-400"}
BLOCKS = {
    "ur": "\u0600-\u06ff\ufb50-\ufdff",
    "km": "\u1780-\u17ff\u19e0-\u19ff",
    "lo": "\u0e80-\u0eff",
}


def letters_in_font(language: str) -> set[int]:
    path = settings.BASE_DIR / f"static/fonts/{FONTS[language]}.woff2"
    with TTFont(path) as font:
        return set(font.getBestCmap())


def promised_letters(language: str) -> set[int]:
    sheet = (settings.BASE_DIR / f"static/css/script-{language}.css").read_text()
    ranges = re.split(r",\s+", re.search(r"unicode-range: ([^;]+);", sheet)[1])
    pairs = (part.removeprefix("U+").split("-") for part in ranges)
    return {n for pair in pairs for n in range(int(pair[0], 16), int(pair[-1], 16) + 1)}


def texts(language: str) -> str:
    """The library, which holds this language's letters in many files, and its catalogue."""
    library = (settings.BASE_DIR / "modules/library").rglob("*")
    catalogue = (settings.BASE_DIR / "locale" / language).rglob("*.po")
    files = [path for path in (*library, *catalogue) if path.suffix in {".toml", ".md", ".po"}]
    return "".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("language", FONTS)
def test_font_has_every_letter_of_our_texts(language):
    used = {ord(letter) for letter in re.findall(f"[{BLOCKS[language]}]", texts(language))}
    assert used
    assert {chr(n) for n in used - letters_in_font(language)} == set()
    assert {chr(n) for n in used - promised_letters(language)} == set()


def test_urdu_sheet_promises_only_letters_of_the_subset():
    missing = promised_letters("ur") - letters_in_font("ur")
    assert {chr(n) for n in missing} == set()


def test_urdu_font_stays_near_100_kb():
    size = (settings.BASE_DIR / "static/fonts/nastaliq-urdu-400.woff2").stat().st_size
    assert size <= 110_000
