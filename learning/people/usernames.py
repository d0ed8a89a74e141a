"""Usernames: which are allowed, and which count as the same."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PUNCTUATION = "@.+-_"
DIGITS = "0123456789"
RULE = _(
    "At least 3 letters, digits or @ . + - _ in one script, without spaces. "
    "Capital and small letters count as the same."
)


def ascii_digits(text: str) -> str:
    """`text` with the digits of every script written 0-9."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def normalise(username: str) -> str:
    """One spelling for all variants that read the same: case, width, accents, digits, ligatures."""
    visible = [char for char in username.strip() if unicodedata.category(char) != "Cf"]
    folded = unicodedata.normalize("NFKC", "".join(visible)).casefold()
    return ascii_digits(unicodedata.normalize("NFKC", folded))


def validate_characters(username: str) -> None:
    """Letters of any script with their marks, digits and `PUNCTUATION`; a letter or digit first.

    Django's own validator knows no combining marks and so refuses every Khmer or Lao word.
    """
    strange = [
        char
        for char in username
        if unicodedata.category(char)[0] not in "LM" and char not in DIGITS + PUNCTUATION
    ]
    if strange or not username[:1].isalnum():
        raise ValidationError(RULE, code="username_characters")


def validate_one_script(username: str) -> None:
    """Refuses letters of two scripts: they let one name look like another."""
    scripts = {
        unicodedata.name(char, "").partition(" ")[0]
        for char in username
        if unicodedata.category(char)[0] == "L"
    }
    if len(scripts) > 1:
        raise ValidationError(
            _("Use letters of one script only, for example only Latin or only Urdu letters."),
            code="username_scripts",
        )


VALIDATORS = [validate_characters, validate_one_script]
