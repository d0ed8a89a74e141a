"""The keys of certificates as texts: a seed of 32 bytes signs, its public key lets anybody check.

Imports nothing of Django's: the settings read their values with it.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32


def to_text(data: bytes) -> str:
    """Base 64 for addresses, without the padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Raises `ValueError` for what `to_text` could not have written."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to_text(data) != text:
        raise ValueError("not the one way to write these bytes")
    return data


def parse_key(raw: str) -> bytes:
    """32 bytes in base 64, of either alphabet. Raises `ValueError`."""
    key = from_text(raw.strip().rstrip("=").translate(str.maketrans("+/", "-_")))
    if len(key) != KEY_BYTES:
        raise ValueError("expected 32 bytes")
    return key


def parse_seed(raw: str) -> bytes | None:
    return parse_key(raw) if raw else None


def parse_public_keys(raw: str) -> list[bytes]:
    """Public keys in base 64, separated by commas. Raises `ValueError`."""
    return [parse_key(part) for part in raw.split(",") if part.strip()]


def seed_of(secret: str) -> bytes:
    """The seed that a made-up secret of any length stands for."""
    return hashlib.sha256(secret.encode()).digest()


def public_key_of(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(public_key: bytes) -> str:
    """The short name of a key: 48 bits of its SHA-256."""
    return to_text(hashlib.sha256(public_key).digest()[:6])


@dataclass(frozen=True)
class PublicKey:
    data: bytes
    current: bool

    @property
    def name(self) -> str:
        return key_id(self.data)
