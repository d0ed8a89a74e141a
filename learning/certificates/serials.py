"""Numbers of certificates as people read and type them: PK-CASC-COOR-2026-000123-X.

Issuer, course, year, number, and a check character after ISO 7064, MOD 37,36, which notices every
single mistyped character and nearly every two neighbours changed round.
"""

import re
import unicodedata

from django.utils.functional import Promise, keep_lazy_text

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MODULUS = len(ALPHABET)


def check_character(text: str) -> str:
    """The ISO 7064 MOD 37,36 check character of capital letters and digits.

    Raises `ValueError` for any other character.
    """
    product = MODULUS
    for char in text:
        total = (product + ALPHABET.index(char)) % MODULUS or MODULUS
        product = total * 2 % (MODULUS + 1)
    return ALPHABET[(MODULUS + 1 - product) % MODULUS]


def is_checked(text: str) -> bool:
    """Whether the last character of capital letters and digits is the check of the others."""
    return len(text) > 1 and check_character(text[:-1]) == text[-1]


def course_mark(code: str) -> str:
    """Four letters that tell people which course it is: "ict-data-management" gives ICTD."""
    return re.sub("[^A-Z0-9]", "", code.upper())[:4]


def make_serial(issuer: str, course: str, year: int, number: int) -> str:
    """The number of a certificate, `number` being its place in the register of the year."""
    body = f"{issuer}-{course_mark(course)}-{year}-{number:06d}"
    return f"{body}-{check_character(body.replace('-', ''))}"


def canonical(typed: str) -> str:
    """What a person typed, as capital letters and digits: with any digits, dashes and spaces."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return "".join(str(unicodedata.decimal(char, char)) for char in text if char.isalnum())


def place_in_register(plain: str) -> tuple[int, int]:
    """Year and number that a canonical number names; (0, 0) for what is no number of ours."""
    match = re.fullmatch(r"[A-Z0-9]+(\d{4})(\d{6})[A-Z0-9]", plain)
    return (int(match[1]), int(match[2])) if match and is_checked(plain) else (0, 0)


@keep_lazy_text
def unbroken(text: str | Promise) -> str:
    """`text` with every number in it on one line; two halves would change places in Urdu."""
    numbers = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")
    return numbers.sub(lambda number: number[0].replace("-", "\N{NON-BREAKING HYPHEN}"), str(text))
