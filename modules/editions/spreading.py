"""Exercises on the same pages in every language: how many pages of notes stand before each.

A trainer with a mixed group says "page 24", and everybody is there.
"""

from collections.abc import Mapping
from itertools import pairwise

# Exercises in the order of the book, each with the page it begins on when nothing is filled in.
type Starts = list[tuple[str, int]]


def fillers(starts: Mapping[str, Starts], lang: str) -> dict[str, int]:
    """Exercise -> pages to put before it in the book of `lang`; only where there are some.

    Each stretch between two exercises becomes as long as it is in the language that needs most.
    Raises `ValueError` unless all books have the same exercises in the same order.
    """
    orders = {tuple(name for name, _page in one) for one in starts.values()}
    if len(orders) != 1:
        raise ValueError("The books do not have the same exercises.")
    needed = [max(stretches) for stretches in zip(*map(_stretches, starts.values()), strict=True)]
    own = _stretches(starts[lang])
    missing = (most - length for most, length in zip(needed, own, strict=True))
    names = (name for name, _page in starts[lang])
    return {name: pages for name, pages in zip(names, missing, strict=True) if pages}


def _stretches(starts: Starts) -> list[int]:
    """The pages from one exercise to the next, and first from the beginning of the book."""
    return [later - earlier for earlier, later in pairwise([0, *(page for _name, page in starts)])]
