"""One cell of a list of people: text becomes the value we store, or a sentence on why not."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from learning.people.known import Known, Place
from learning.people.models import Person
from learning.people.naming import plain, script_of, scripts_in, tidy
from learning.people.row_words import values, words_for_nothing
from learning.people.usernames import ascii_digits
from modules.reference.lists import listed

LONGEST = {"name": 150, "own_name": 150, "job_role": 120, "email": 254}  # characters
LONGEST_OTHER = 150
FORMULA_SIGNS = ("=", "+", "-", "@", "#")
DASHES = "-–—.…"
NAME_PUNCTUATION = " .,'’‘ʼ`-‐–()/\u200c"
BANDS = [band for band in Person.AgeBand.values if band]
YOUNGEST, OLDEST = 15, 120  # years
NEAR_MISSES_AT_MOST = 40  # different unknown words for which near misses are looked for


class Unreadable(Exception):
    """Why a cell cannot be taken as it is; the words are for the person who made the list."""


class Cells:
    """Reads the cells of one list. Each unknown word is looked up once, however often it stands."""

    def __init__(self, known: Known) -> None:
        self.languages = known.languages
        self.year = known.today.year
        self.places = {"organisation": Index(known.organisations), "area": Index(known.areas)}
        self.readers: dict[str, Callable[[str], str]] = {
            "name": read_name,
            "own_name": read_name,
            "sex": lambda text: read_choice("sex", text),
            "age": self.read_age,
            "constituency": lambda text: read_choice("constituency", text),
            "organisation": self.places["organisation"].read,
            "job_role": tidy,
            "area": self.places["area"].read,
            "language": self.read_language,
            "email": read_email,
        }

    def read(self, column: str, text: str) -> str:
        """The value of a cell of `column`, empty for nothing stated. Raises `Unreadable`."""
        text = tidy(text)
        if not text.strip(DASHES):
            return ""
        if text.startswith(FORMULA_SIGNS):
            raise Unreadable(
                _("“{text}” looks like a formula or the error of one. Put its value there.").format(
                    text=text[:40]
                )
            )
        if plain(text) in words_for_nothing():
            return ""
        longest = LONGEST.get(column, LONGEST_OTHER)
        if len(text) > longest:
            raise Unreadable(_("Longer than {n} characters.").format(n=longest))
        return self.readers[column](text)

    def read_language(self, text: str) -> str:
        code = read_choice("language", text)
        if code not in self.languages:
            raise Unreadable(_("This site has no letters in “{text}”.").format(text=text))
        return code

    def read_age(self, text: str) -> str:
        """A band, an age, a year or a date of birth, as a band. A year alone may be one off."""
        age = age_told(ascii_digits(text), self.year)
        if isinstance(age, str):
            return age
        if age is None or age > OLDEST:
            raise Unreadable(
                _(
                    "“{text}” is no age. Write a band such as 25-34, an age or a year of birth."
                ).format(text=text)
            )
        if age < YOUNGEST:
            raise Unreadable(_("People under {n} cannot be entered.").format(n=YOUNGEST))
        return band_of(age)


# --- names ---------------------------------------------------------------------------------------


def read_name(text: str) -> str:
    """A name in one script. Raises `Unreadable` for digits, strange signs and mixed scripts."""
    strange = [
        char
        for char in text
        if unicodedata.category(char)[0] not in "LM" and char not in NAME_PUNCTUATION
    ]
    if strange:
        words = _("“{sign}” does not belong in a name.")
        raise Unreadable(words.format(sign="".join(dict.fromkeys(strange))[:5]))
    scripts = scripts_in(text)
    if None in scripts:
        raise Unreadable(_("Names are kept in Latin, Urdu, Khmer or Lao letters."))
    if len(scripts) > 1:
        raise Unreadable(_("This name mixes two scripts. Put each name in a column of its own."))
    if sum(char.isalpha() for char in text) < 2:  # noqa: PLR2004 (one letter is an initial)
        raise Unreadable(_("A name has at least two letters."))
    return text


def names_by_script(name: str, own_name: str) -> dict[str, str]:
    """The names of a row by their script. Raises `Unreadable` for none, or two in one script."""
    names = [text for text in (name, own_name) if text]
    if not names:
        raise Unreadable(_("This row has no name."))
    found: dict[str, str] = {script_of(text): text for text in names}
    if len(found) < len(names) and name != own_name:
        raise Unreadable(_("Both names are in the same script. Keep one of them."))
    return found


# --- choices, ages, addresses --------------------------------------------------------------------


def read_choice(column: str, text: str) -> str:
    try:
        return values(column)[plain(text)]
    except KeyError:
        raise Unreadable(unknown(text, ())) from None


def age_told(text: str, year: int) -> str | int | None:
    """The band that `text` names, else the age it tells, else None. Digits are 0-9."""
    if code := values("age").get(plain(text)):
        return code
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 2:  # noqa: PLR2004 (from, to)
        band = f"{numbers[0]}-{numbers[1]}"
        return band if band in BANDS else None
    years = [number for number in numbers if year - OLDEST <= number <= year]
    if years:
        return year - years[0]
    return numbers[0] if len(numbers) == 1 else None


def band_of(age: int) -> str:
    """The band of an age of at least `YOUNGEST` years."""
    return next(band for band in reversed(BANDS) if int(re.split(r"\D", band)[0]) <= age)


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable(_("“{text}” is no e-mail address.").format(text=text)) from None
    return text


# --- organisations and areas ---------------------------------------------------------------------


class Index:
    """Finds a place by its code or by its name in any language."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.codes: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.refusals: dict[str, str] = {}
        for place in places:
            for text in (place.code, *place.names.values()):
                spelt = self.codes.setdefault(plain(text), [])
                if place.code not in spelt:
                    spelt.append(place.code)
            self.labels.update((plain(name), name) for name in place.names.values())

    def read(self, text: str) -> str:
        """The code of the place that `text` names. Raises `Unreadable` with the near misses."""
        key = plain(text)
        found = self.codes.get(key, [])
        if len(found) == 1:
            return found[0]
        if key not in self.refusals:
            self.refusals[key] = self.refusal(text, found)
        raise Unreadable(self.refusals[key])

    def refusal(self, text: str, found: Iterable[str]) -> str:
        if codes := sorted(found):
            words = _("Several are called “{text}”. Write the code: {codes}.")
            return words.format(text=text, codes=listed(codes))
        if len(self.refusals) >= NEAR_MISSES_AT_MOST:
            return unknown(text, ())
        near = get_close_matches(plain(text), self.labels, n=3, cutoff=0.7)
        if not near:
            return _(
                "“{text}” is not known here. Write the name as the list of organisations or areas "
                "has it, or leave the cell empty."
            ).format(text=text)
        return unknown(text, [self.labels[key] for key in near])


def unknown(text: str, near: Sequence[str]) -> str:
    if not near:
        return _("“{text}” is not known here.").format(text=text)
    quoted = listed(f"“{name}”" for name in near)
    return _("“{text}” is not known here. Do you mean {names}?").format(text=text, names=quoted)
