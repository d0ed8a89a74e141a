"""Exercises on the same pages in every language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.editions.spreading import fillers


def placed(starts, filling):
    """Where the exercises begin once the pages of notes are there."""
    added, places = 0, []
    for name, page in starts:
        added += filling.get(name, 0)
        places.append((name, page + added))
    return places


def test_the_shorter_book_gets_pages_before_the_exercise():
    starts = {"en": [("a", 6), ("b", 10)], "ur": [("a", 8), ("b", 14)]}

    assert fillers(starts, "en") == {"a": 2, "b": 2}
    assert fillers(starts, "ur") == {}


def test_other_exercises_are_refused():
    with pytest.raises(ValueError, match="same exercises"):
        fillers({"en": [("a", 6)], "ur": [("b", 6)]}, "en")


stretches = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12)


@given(stretches)
def test_all_exercises_of_two_books_begin_together(lengths):
    books = {"en": [], "ur": []}
    for n, pair in enumerate(lengths):
        for lang, length in zip(books, pair, strict=True):
            before = books[lang][-1][1] if books[lang] else 0
            books[lang].append((str(n), before + 2 * length))

    english, urdu = (placed(books[lang], fillers(books, lang)) for lang in books)
    assert english == urdu
    assert all(page % 2 == 0 for _name, page in english)
