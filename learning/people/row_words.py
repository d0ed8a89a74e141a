"""The words that lists of people use for columns and values, in four languages (row_words.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from learning.people.naming import plain

WORDS = Path(__file__).with_name("row_words.toml")

# In the order of our template, and of a list without headings.
COLUMNS = (
    *("name", "own_name", "sex", "age", "constituency"),
    *("organisation", "job_role", "area", "language", "email"),
)


@cache
def words() -> dict[str, Any]:
    with WORDS.open("rb") as file:
        return tomllib.load(file)


def by_spelling(entries: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    """The key of each entry by every spelling of it, `plain`, and by itself."""
    spelt = {
        plain(text): key
        for key, languages in entries.items()
        for texts in languages.values()
        for text in texts
    }
    return {plain(key): key for key in entries} | spelt


@cache
def columns() -> dict[str, str]:
    """The column that a heading names, by its `plain` form."""
    return by_spelling(words()["columns"])


@cache
def columns_left_out() -> dict[str, str]:
    """The same for columns that we read past."""
    return by_spelling(words()["left_out"])


@cache
def values(column: str) -> dict[str, str]:
    """The stored code of a value of `column`, by its `plain` form."""
    return by_spelling(words()["values"][column])


@cache
def words_for_nothing() -> frozenset[str]:
    """What people write where nothing is stated."""
    return frozenset(plain(text) for texts in words()["not_stated"].values() for text in texts)


def heading(column: str, language: str) -> str:
    """What our template calls `column`."""
    return words()["columns"][column][language][0]


def word_for(column: str, code: str, language: str) -> str:
    """What our template calls a value; bands of age have no words but "65+"."""
    texts = words()["values"].get(column, {}).get(code)
    return texts[language][0] if texts else code
