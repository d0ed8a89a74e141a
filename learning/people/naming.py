"""Names of people as text: their script, their tidy form, and which ones may mean the same person.

Who is the same person is never decided here: equal keys are a reason to ask.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from learning.people.models import Person, Script
from learning.people.usernames import ascii_digits

SCRIPT_NAMES = {
    "LATIN": Script.LATIN,
    "ARABIC": Script.ARABIC,
    "KHMER": Script.KHMER,
    "LAO": Script.LAO,
}
# Letters that keyboards of one script offer in several shapes.
PARTING = "-‐–.,/"
SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ"})
# Accents of Latin and vowel signs of Arabic letters; without them a name is still read as the same.
ACCENTS = (("\u0300", "\u036f"), ("\u064b", "\u0655"), ("\u0670", "\u0670"), ("\u0640", "\u0640"))
TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof", "engr", "haji", "hajji", "lok", "neak", "thao"),
        *("nang", "جناب", "محترمہ", "ڈاکٹر", "حاجی", "លោក", "លោកស្រី", "ທ່ານ", "ທ້າວ", "ນາງ"),
    )
)
SAME_WORDS = dict.fromkeys(("mohammad", "mohammed", "muhammed", "mohd", "muhd", "md"), "muhammad")


def scripts_in(text: str) -> list[Script | None]:
    """The scripts of the letters of `text` in their order, each once; None for one we know not."""
    words = [unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()]
    return [SCRIPT_NAMES.get(word) for word in dict.fromkeys(words)]


def script_of(name: str) -> Script:
    """The script of the first letter of `name`; Latin for every other."""
    return next(iter(scripts_in(name)), None) or Script.LATIN


def tidy(text: str) -> str:
    """Composed letters, one space between words and none around them, nothing invisible inside.

    The zero-width non-joiner stays: Urdu writes with it.
    """
    visible = (char for char in text if char == "\u200c" or unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFC", " ".join("".join(visible).split()))


def folded(text: str) -> str:
    """`text` in the one spelling of all that read the same.

    Case, width, accents, invisible signs, shapes of Arabic letters and digits of other scripts make
    no difference.
    """
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (char for char in parts if unicodedata.category(char) != "Cf" and not is_accent(char))
    return ascii_digits(" ".join("".join(kept).translate(SAME_LETTERS).split()))


def is_accent(char: str) -> bool:
    return any(first <= char <= last for first, last in ACCENTS)


def plain(text: str) -> str:
    """`folded` without spaces and punctuation: for headings, codes and names of places."""
    return "".join(char for char in folded(text) if unicodedata.category(char)[0] in "LMN")


def comparable(name: str) -> str:
    """A key that is equal for names that may be the same: folded, without titles, words sorted."""
    parted = "".join(" " if char in PARTING else char for char in folded(name))
    words = [SAME_WORDS.get(word, word) for word in map(plain, parted.split()) if word]
    return " ".join(sorted(word for word in words if word not in TITLES) or sorted(words))


def keys_of(names: Iterable[str]) -> set[str]:
    """The comparable forms of the names of one person; none for no name."""
    return {key for key in map(comparable, names) if key}


def people_named_like(names: Iterable[str], within: QuerySet[Person]) -> dict[str, list[Person]]:
    """Those people of `within` who have one of `names`, by its comparable form. One query.

    Every name of `within` is read and compared here: narrow it to the scope of who asks.
    """
    wanted = keys_of(names)
    found: dict[str, list[Person]] = defaultdict(list)
    if wanted:
        for person in within.exclude(names={}).iterator(chunk_size=2000):
            for key in keys_of(person.names.values()) & wanted:
                found[key].append(person)
    return dict(found)
