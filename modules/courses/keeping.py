"""A mark that every change of content renews, for keeping what pages show until then."""

import uuid

from django.core.cache import cache

MARK = "courses:mark"
KEEP_SECONDS = 24 * 3600


def mark() -> str:
    return cache.get_or_set(MARK, lambda: uuid.uuid4().hex, timeout=None) or ""


def renew_mark() -> None:
    """Forget what is kept. To be called after content was saved, published or removed."""
    cache.set(MARK, uuid.uuid4().hex, timeout=None)
