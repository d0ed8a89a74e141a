"""A mark that every change of content renews, for keeping what pages show until then."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MARK = "courses:mark"
KEEP_SECONDS = 24 * 3600
# Where a request carries the mark when its whole answer is going to be kept.
KNOWN = "content_mark"


def mark() -> str:
    """The current mark; a new one where the cache has lost it, so nothing older is shown."""
    return cache.get_or_set(MARK, lambda: uuid.uuid4().hex, timeout=None) or ""


def mark_of(request: HttpRequest) -> str:
    """The mark that was current when `request` came."""
    return getattr(request, KNOWN, "") or mark()


def is_kept_whole(request: HttpRequest) -> bool:
    """Whether the pieces of the answer need not be kept: the next who asks gets all of it."""
    return hasattr(request, KNOWN)


def until_changed[T](name: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept under `name` until anything of the courses changes.

    One question to the cache where it is kept. What `make` reads may change meanwhile: it is kept
    together with the mark from before, so whoever comes after the change makes it anew.
    """
    key = f"content:{settings.RELEASE}:{name}"
    found = cache.get_many([MARK, key])
    current, kept = found.get(MARK) or mark(), found.get(key)
    if kept is not None and kept[0] == current:
        return kept[1]
    made = make()
    cache.set(key, (current, made), KEEP_SECONDS)
    return made


def renew_mark() -> None:
    """Forget what is kept. To be called after content was saved, published or removed."""
    cache.set(MARK, uuid.uuid4().hex, timeout=None)
