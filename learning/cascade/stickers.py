"""Codes on stickers: "07-K". The letter tells a mistyped number, and a sticker of another session.

The code says nothing about the person. It stands on badge, sign-in sheet, tests and plan, so that
what is on paper finds its way back to one participant.

Beside it stands a code for scanners, plain text that any of them types: "CASCADE:1A2B3C4D:07-K"
(session and sticker), on sign-in sheets "CASCADE:1A2B3C4D:U2:P1" (half-day 2, page 1), on answer
slips "CASCADE:1A2B3C4D:S:PRE:A:07-K:3W" (test, form and sticker, "-" on a spare one; two signs that
tell a text that was read or typed wrongly, or belongs to another session). "R3" is the test three
months after the session.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from modules.papers.models import Purpose
from modules.papers.naming import name_of_test, read_test

# Without I, O and S, which look like digits. There are 23, a prime that divides neither 9 nor 10:
# one wrong digit, or two exchanged ones, always change the letter.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CODE = re.compile(r"0*(\d{1,3})\W*([A-Z])", re.IGNORECASE)
HIGHEST = 999
SLIP = re.compile(r"S:([A-Z][A-Z0-9]{0,7}):([A-Z0-9]{1,8}):(\d{2,3}-[A-Z]|-):([0-9A-Z]{2})")
WAVE = re.compile(r"R(\d{1,2})")
NO_CODE = "-"
# ISO 7064, MOD 1271-36: two signs for a text of digits and letters, by which one wrong sign and two
# exchanged ones are always noticed.
MODULUS, RADIX = 1271, 36
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Slip:
    """An answer slip, by the text of its code: for which test and form, of which sticker.

    `number` is None on a spare slip, whose sticker is put on by hand.
    """

    purpose: str
    label: str
    number: int | None


def sticker_code(number: int, session: UUID) -> str:
    """The code of the participant with this number, from 1, in the session with this id."""
    letter = LETTERS[(number + session.int) % len(LETTERS)]
    return f"{number:02d}-{letter}"


def read_sticker(typed: str, session: UUID) -> int | None:
    """The number that a typed or scanned code stands for, of a sticker or an answer slip.

    None when it is not of this session, and for a slip without a sticker.
    """
    slip = read_slip(typed, session)
    if slip is not None:
        return slip.number
    match = CODE.fullmatch(_bare(typed, session))
    if match is None:
        return None
    number = int(match[1])
    return number if sticker_code(number, session)[-1] == match[2].upper() else None


def scanned_mark(session: UUID) -> str:
    """What a code for scanners begins with: the first eight characters of the session's id."""
    return f"CASCADE:{session.hex[:8].upper()}"


def sticker_text(session: UUID, code: str) -> str:
    """What a scanner reads from the sticker with this code."""
    return f"{scanned_mark(session)}:{code}"


def sheet_text(session: UUID, unit: int, page: int) -> str:
    """What a scanner reads from a page of the sign-in sheet of a half-day."""
    return f"{scanned_mark(session)}:U{unit}:P{page}"


def slip_text(session: UUID, purpose: str, label: str, code: str = NO_CODE) -> str:
    """What a scanner reads from an answer slip; without a code, from a spare one."""
    body = f"{_mark_of(purpose)}:{label.upper()}:{code}"
    return f"{scanned_mark(session)}:S:{body}:{_check_of_slip(session, body)}"


def read_slip(typed: str, session: UUID) -> Slip | None:
    """What the code of an answer slip says; None when it is none, or not of this session."""
    match = SLIP.fullmatch(_bare(typed, session))
    if match is None:
        return None
    purpose, label, code, check = match.groups()
    if check != _check_of_slip(session, f"{purpose}:{label}:{code}"):
        return None
    test = _test_of(purpose)
    if code == NO_CODE:
        return Slip(test, label, None)
    number = int(code[:-2])
    return Slip(test, label, number) if sticker_code(number, session) == code else None


def _mark_of(test: str) -> str:
    """The sign of a test on a slip: "PRE", of one some months later "R3"."""
    _purpose, wave = read_test(test) or (test, 0)
    return f"R{wave}" if wave else test.upper()


def _test_of(mark: str) -> str:
    match = WAVE.fullmatch(mark)
    return name_of_test(Purpose.RETENTION, int(match[1])) if match else mark.lower()


def _bare(typed: str, session: UUID) -> str:
    return typed.strip().upper().removeprefix(f"{scanned_mark(session)}:")


def _check_of_slip(session: UUID, body: str) -> str:
    """Over the whole id of the session, of which the text shows eight signs alone."""
    return check_signs(session.hex + "".join(filter(str.isalnum, body)))


def check_signs(text: str) -> str:
    """The two check signs of ISO 7064, MOD 1271-36, for a text of digits and letters A to Z."""
    missing = (1 - int(text, RADIX) * RADIX**2) % MODULUS
    return SIGNS[missing // RADIX] + SIGNS[missing % RADIX]
