"""Which script a text is in, and where Khmer and Lao may break: Pango finds no such place."""

from icu4py.breakers import LineBreaker

RIGHT_TO_LEFT = "ur"
# The first letter of a script and the last; a text with one of them is in that language.
LETTERS = {"ur": ("\u0600", "\u08ff"), "km": ("\u1780", "\u17ff"), "lo": ("\u0e80", "\u0eff")}


def language_of(text: str) -> str:
    """The language whose letters `text` is in; English, where it has none of the others."""
    for language, (first, last) in LETTERS.items():
        if any(first <= char <= last for char in text):
            return language
    return "en"


def with_breaks(text: str) -> str:
    """`text` with a zero-width space at each place where Khmer and Lao may break."""
    language = language_of(text)
    if language not in {"km", "lo"}:
        return text
    return "\u200b".join(LineBreaker(text, language)).replace(" \u200b", " ")
