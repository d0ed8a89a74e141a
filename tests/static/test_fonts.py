"""Each font holds what its stylesheet promises and every letter of the texts we ship."""

import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from modules.templatetags.languages import own_name

FONTS = {"ur": "nastaliq-urdu-400", "km": "khmer-400", "lo": "lao-400"}
BLOCKS = {
    "ur": "\u0600-\u06ff\ufb50-\ufdff",
    "km": "\u1780-\u17ff\u19e0-\u19ff",
    "lo": "\u0e80-\u0eff",
}


def letters_in(font: str) -> set[int]:
    with TTFont(settings.BASE_DIR / f"static/fonts/{font}.woff2") as file:
        return set(file.getBestCmap())


def letters_in_font(language: str) -> set[int]:
    return letters_in(FONTS[language])


def promised_letters(language: str) -> set[int]:
    return set.union(*promised_in(f"script-{language}"))


def promised_in(sheet: str) -> list[set[int]]:
    """The letters of each font that a stylesheet names."""
    css = (settings.BASE_DIR / f"static/css/{sheet}.css").read_text(encoding="utf-8")
    return [letters_of(ranges) for ranges in re.findall(r"unicode-range: ([^;]+);", css)]


def letters_of(ranges: str) -> set[int]:
    pairs = (part.removeprefix("U+").split("-") for part in re.split(r",\s+", ranges))
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


def test_names_of_languages_have_a_font_of_just_their_letters():
    khmer, lao = ({ord(letter) for letter in own_name(code)} for code in ("km", "lo"))
    assert promised_in("site") == [khmer, lao]
    assert letters_in("names-400") == khmer | lao


def test_font_of_names_stays_a_trifle():
    size = (settings.BASE_DIR / "static/fonts/names-400.woff2").stat().st_size
    assert size <= 3_000
