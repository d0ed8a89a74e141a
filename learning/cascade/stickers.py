"""Codes on stickers: "07-K". The letter tells a mistyped number, and a sticker of another session.

The code says nothing about the person. It stands on badge, sign-in sheet, tests and plan, so that
what is on paper finds its way back to one participant.

Beside it stands a code for scanners, plain text that any of them types: "CASCADE:1A2B3C4D:07-K"
(session and sticker), on sign-in sheets "CASCADE:1A2B3C4D:U2:P1" (half-day 2, page 1).
"""

import re
from uuid import UUID

# Without I, O and S, which look like digits. There are 23, a prime that divides neither 9 nor 10:
# one wrong digit, or two exchanged ones, always change the letter.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CODE = re.compile(r"0*(\d{1,3})\W*([A-Z])", re.IGNORECASE)
HIGHEST = 999


def sticker_code(number: int, session: UUID) -> str:
    """The code of the participant with this number, from 1, in the session with this id."""
    letter = LETTERS[(number + session.int) % len(LETTERS)]
    return f"{number:02d}-{letter}"


def read_sticker(typed: str, session: UUID) -> int | None:
    """The number that a typed or scanned code stands for; None when it is not of this session."""
    bare = typed.strip().upper().removeprefix(f"{scanned_mark(session)}:")
    match = CODE.fullmatch(bare)
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
