"""An uploaded file until it is taken over or given up: for who uploaded it, in the cache.

It names no person and may be lost, since whoever uploaded it has it still.
"""

import secrets
from typing import Any

from django.core.cache import cache

from modules.interchange.planning import Upload

KEPT_FOR = 24 * 60 * 60  # seconds


def keep(upload: Upload, user: Any) -> str:
    """Returns the name under which `kept` gives it back."""
    token = secrets.token_urlsafe(12)
    cache.set(_name(token, user), vars(upload), KEPT_FOR)
    return token


def kept(token: str, user: Any) -> Upload | None:
    found = cache.get(_name(token, user))
    return Upload(**found) if found else None


def give_up(token: str, user: Any) -> None:
    cache.delete(_name(token, user))


def _name(token: str, user: Any) -> str:
    return f"questions-in:{user.pk}:{token}"
