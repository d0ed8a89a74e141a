"""Noticing that somebody else saved meanwhile what a page still shows as it was."""

from hashlib import sha256

from learning.cascade.errors import Refused


class Stale(Refused):
    """What was to be replaced is not what the person saw. A page may show what is there now."""


def stamp(*values: object) -> str:
    """A short text that differs when any of these plain values does."""
    return sha256(repr(values).encode()).hexdigest()[:16]
