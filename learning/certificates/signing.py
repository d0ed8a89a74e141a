"""Signing what a certificate says, so that it can be checked without a network (RFC 8032).

The code on a certificate is its address with, after `#`, the statement and the signature over
`<token>~<statement>`. A statement is one line of fields parted by `~`, in letters that addresses
carry unchanged:

    C1~<key>~<serial>~<hash of the name>~<course>~<version>~<A|T>~<from>~<to>~<issued>

The hash is of token and name, so it tells nothing to whoever has not read the code; nor can a
statement be moved to the address of another certificate.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from learning.certificates.errors import CannotIssue
from learning.certificates.keys import PublicKey, from_text, key_id, public_key_of, to_text
from learning.certificates.models import Grade
from modules.reference.words import fold

FORMAT = "C1"
LETTER = {Grade.ACHIEVEMENT: "A", Grade.ATTENDANCE: "T"}
FIELD = re.compile(r"[A-Za-z0-9._-]+")
NAME_HASH_BYTES = 16
LONGEST_CODE = 400  # bytes of the whole text of a code that a telephone reads from paper


class SigningKeyMissing(CannotIssue):
    """The site runs without a key, but what it issues must be signed."""

    def __str__(self) -> str:
        return (
            "SIGNING_KEY is not set: no certificate can be issued (docs/running-in-production.md)"
        )


@dataclass(frozen=True)
class Statement:
    """What is signed, beside the token."""

    serial: str
    name_hash: str
    course: str
    version: str
    grade: str
    first_day: date
    last_day: date
    issued_on: date

    def write(self, key: str) -> str:
        """The line that is signed. Raises `CannotIssue` for a field that could be misread."""
        days = [f"{day:%Y%m%d}" for day in (self.first_day, self.last_day, self.issued_on)]
        parts = [FORMAT, key, self.serial, self.name_hash, self.course, self.version]
        parts += [LETTER[Grade(self.grade)], *days]
        if not all(map(FIELD.fullmatch, parts)):
            raise CannotIssue(f"This cannot be signed: {parts}")
        return "~".join(parts)


def normal_name(name: str) -> str:
    """One way to write a name: letters that look alike, case, marks and spaces made equal."""
    return " ".join(fold(name).split())


def name_hash(token: str, name: str) -> str:
    digest = hashlib.sha256(f"{token}~{normal_name(name)}".encode()).digest()
    return to_text(digest[:NAME_HASH_BYTES])


def seed() -> bytes:
    """The seed in use. Raises `SigningKeyMissing`."""
    if settings.SIGNING_KEY is None:
        raise SigningKeyMissing
    return settings.SIGNING_KEY


def public_keys() -> list[PublicKey]:
    """The key in use, then those of before; each verifies certificates for ever."""
    current = [public_key_of(settings.SIGNING_KEY)] if settings.SIGNING_KEY else []
    former = [key for key in settings.FORMER_PUBLIC_KEYS if key not in current]
    return [PublicKey(key, key in current) for key in (*current, *former)]


def sign(token: str, statement: Statement) -> tuple[str, str, str]:
    """The line, its signature and the name of the key. Raises `SigningKeyMissing`."""
    private = Ed25519PrivateKey.from_private_bytes(seed())
    name = key_id(private.public_key().public_bytes_raw())
    line = statement.write(name)
    return line, to_text(private.sign(f"{token}~{line}".encode())), name


def is_genuine(token: str, line: str, signature: str) -> bool:
    """Whether one of our keys signed `line` for the certificate with this token."""
    parts = line.split("~")
    if len(parts) < 2 or parts[0] != FORMAT:  # noqa: PLR2004 (format and key)
        return False
    key = next((key.data for key in public_keys() if key.name == parts[1]), None)
    if key is None:
        return False
    try:
        message = f"{token}~{line}".encode()
        Ed25519PublicKey.from_public_bytes(key).verify(from_text(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def code_text(address: str, line: str, signature: str) -> str:
    """What the printed code holds. Raises `CannotIssue` when telephones could not read it."""
    text = f"{address}#{line}~{signature}"
    if len(text.encode()) > LONGEST_CODE:
        raise CannotIssue(f"The code would hold more than {LONGEST_CODE} bytes: shorten SITE_URL")
    return text
