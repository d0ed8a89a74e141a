"""Text as search sees it: one spelling per letter, and words where none are written apart.

Khmer and Lao write no spaces between words, and the databases' indexes take their vowel signs for
spaces. So each syllable of these scripts is spelled in Latin consonants, which every index leaves
as they are, and the syllables of a word are joined by commas, which every index reads as "one after
the other". A text and a query that pass through here meet.
"""

import re
import unicodedata
from typing import Any

from icu4py.breakers import CharacterBreaker, WordBreaker
from wagtail.search import index

# Letters that look the same and are typed for one another, and marks that are mostly left out.
SAME_LETTER = {
    **str.maketrans("يىكهةأإ’", "ییکہۃاا'"),
    **dict.fromkeys([*range(0x64B, 0x660), 0x670, 0x640, *range(0x200B, 0x2010), 0xAD, 0xFEFF]),
}
# After NFKC. Lao: "am" typed as two signs round a tone mark, "ae" as "e" twice. Khmer: the signs
# below the line for "da" and "ta" are drawn alike.
SAME_SPELLING = [
    (re.compile("\u0ecd([\u0ec8-\u0ecb])\u0eb2"), "\\1\u0ecd\u0eb2"),
    (re.compile("\u0ec0\u0ec0"), "\u0ec1"),
    (re.compile("\u17d2\u178a"), "\u17d2\u178f"),
]
WITHOUT_SPACES = re.compile("[\u0e80-\u0eff\u1780-\u17ff\u19e0-\u19ff]")
# For hexadecimal digits; neither vowels nor "s", so that no index cuts an ending off.
CONSONANTS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrtv")
PLURAL = [
    (re.compile(r"(?<![ae])ies$"), "y"),
    (re.compile(r"(?:(?<=ss)|(?<=x)|(?<=[cs]h))es$"), ""),
    (re.compile(r"(?<![us])s$"), ""),
]


def fold(text: str) -> str:
    """`text` with one spelling, one set of digits and no marks that only steer the layout."""
    text = unicodedata.normalize("NFKC", text).translate(SAME_LETTER).casefold()
    for written, meant in SAME_SPELLING:
        text = written.sub(meant, text)
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def cut(text: str) -> str:
    """The words of `text` for the index or for a query, parted by spaces."""
    words = (word for word in WordBreaker(fold(text), "km") if any(map(str.isalnum, word)))
    return " ".join(map(_spell, words))


def _spell(word: str) -> str:
    if WITHOUT_SPACES.search(word):
        return ",".join(_in_consonants(part) for part in CharacterBreaker(word, "km"))
    if word.isascii() and len(word) > 3:  # noqa: PLR2004 ("gas" is no plural)
        for ending, instead in PLURAL:
            word = ending.sub(instead, word)
    return word


def _in_consonants(syllable: str) -> str:
    return "".join(f"{ord(char):x}" for char in syllable).translate(CONSONANTS)


class WordsField(index.SearchField):
    """A field of the search index that holds the words of a text as `cut` parts them."""

    def get_value(self, obj: Any) -> str:
        return cut(str(super().get_value(obj) or ""))
