"""Words in the order of the dictionary. That of Unicode puts the letters of Urdu that Arabic does
not have, پ ٹ چ ڈ ڑ گ, behind all others.
"""

from unicodedata import combining, normalize

URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے"
PLACES = {ord(letter): chr(0x600 + place) for place, letter in enumerate(URDU)}
# What keyboards put in place of letters of Urdu, and what is left of ئ without its hamza.
SAME = str.maketrans("يىكه", "ییکہ")


def dictionary_order(word: str) -> str:
    """The key to sort by; marks over letters do not count, nor does it whether one is a capital."""
    letters = "".join(char for char in normalize("NFD", word.casefold()) if not combining(char))
    return letters.translate(SAME).translate(PLACES)
