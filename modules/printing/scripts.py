"""Which script a text is in, and what its lines need to be set.

Pango finds no place where Khmer and Lao may break.
"""

import re

from icu4py.breakers import LineBreaker

RIGHT_TO_LEFT = "ur"
# The first letter of a script and the last; a text with one of them is in that language.
LETTERS = {"ur": ("\u0600", "\u08ff"), "km": ("\u1780", "\u17ff"), "lo": ("\u0e80", "\u0eff")}
# The space between Latin letters, a number or a colon, even bold, and either letter of Urdu.
BEFORE = ("[A-Za-z0-9:]", "[A-Za-z0-9:]</strong>", "[A-Z][0-9]</b>")
TIGHT = re.compile("|".join(f"(?<={before}) (?=[بپ])" for before in BEFORE))


def language_of(text: str) -> str:
    """The language whose letters `text` is in; English, where it has none of the others."""
    return next((language for language in LETTERS if is_in(language, text)), "en")


def is_in(language: str, text: str) -> bool:
    """Whether `text` has a letter of `language`; all have, of one without letters of its own."""
    first, last = LETTERS.get(language, ("", "\U0010ffff"))
    return any(first <= char <= last for char in text)


def with_breaks(text: str) -> str:
    """`text` with a zero-width space at each place where Khmer and Lao may break."""
    language = language_of(text)
    if language not in {"km", "lo"}:
        return text
    return "\u200b".join(LineBreaker(text, language)).replace(" \u200b", " ")


def with_room(html: str) -> str:
    """Two spaces where Nastaliq leaves no room for one: it moves ب and پ to what is before them."""
    return TIGHT.sub("\u00a0 ", html)
