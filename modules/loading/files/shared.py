"""The files that all courses share: sources, glossary, legal figures, texts of the catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import Place
from modules.loading.files.reading import LANGUAGE, Reader
from modules.loading.layouts import (
    CATALOGUE,
    FIGURE,
    FIGURE_ABROAD,
    LATER_OF_SOURCES,
    LATER_OF_TERMS,
    SOURCE,
    TERM,
    TERM_ABROAD,
    Layout,
    fill,
    lean,
    thin,
)
from modules.loading.writing import write_toml

SOURCES, TERMS, FIGURES, CATALOGUE_FILE = (
    "sources.toml",
    "terms.toml",
    "legal.toml",
    "catalogue.toml",
)
CATALOGUE_SLUG = "courses"


def read_shared(reader: Reader) -> None:
    for order, tag, table, place in reader.tables(SOURCES):
        with reader.at(place):
            value = lean({"tag": tag, **fill(table, SOURCE)}, LATER_OF_SOURCES)
            reader.add(Name(f"source/{tag}"), value, place, order)
    for order, key, table, place in reader.tables(TERMS):
        with reader.at(place):
            _read_term(reader, order, key, table, place)
    for order, key, table, place in reader.tables(FIGURES):
        with reader.at(place):
            _read_figure(reader, order, key, table, place)
    for _, lang, table, place in reader.tables(CATALOGUE_FILE):
        with reader.at(place):
            value = {"slug": CATALOGUE_SLUG, "live": True, **fill(table, CATALOGUE)}
            reader.add(Name("catalogue", lang), value, place)


def _read_term(reader: Reader, order: int, key: str, table: dict, place: Place) -> None:
    english, others = _by_language(table, TERM)
    value = {"key": key, **english, "term": english["term"] or key}
    reader.add(Name(f"term/{key}", SOURCE_LANG), lean(value, LATER_OF_TERMS), place, order)
    for lang, words in others.items():
        value = lean({"key": key, **fill(words, TERM_ABROAD)}, LATER_OF_TERMS)
        reader.add(Name(f"term/{key}", lang), value, place, order)


def _read_figure(reader: Reader, order: int, key: str, table: dict, place: Place) -> None:
    english, others = _by_language(table, FIGURE)
    reader.add(Name(f"figure/{key}", SOURCE_LANG), {"key": key, **english}, place, order)
    for lang, words in others.items():
        value = {"key": key, **english, **fill(words, FIGURE_ABROAD)}
        reader.add(Name(f"figure/{key}", lang), value, place, order)


def _by_language(table: dict[str, Any], layout: Layout) -> tuple[dict, dict[str, dict]]:
    """The English fields, and the inline tables of the other languages: `ur = {…}`."""
    others = {
        name: words
        for name, words in table.items()
        if isinstance(words, dict) and LANGUAGE.fullmatch(name)
    }
    english = {name: words for name, words in table.items() if name not in others}
    return fill(english, layout), others


def write_shared(entries: Sequence[Entry], heads: Mapping[str, str]) -> dict[str, str]:
    """The text of each shared file. `entries` in the order of the files and of the languages."""
    sources = {e.value["tag"]: thin(e.value, SOURCE) for e in _of_kind(entries, "source")}
    terms = {
        english.value["key"]: _term_table(english)
        | {e.lang: thin(e.value, TERM_ABROAD) for e in others}
        for english, others in _objects(entries, "term")
    }
    figures = {
        english.value["key"]: thin(english.value, FIGURE)
        | {e.lang: thin(e.value, FIGURE_ABROAD) for e in others}
        for english, others in _objects(entries, "figure")
    }
    catalogue = {e.lang: thin(e.value, CATALOGUE) for e in _of_kind(entries, "catalogue")}
    tables = {SOURCES: sources, TERMS: terms, FIGURES: figures}
    texts = {
        file: write_toml(data, heads.get(file, ""), quoted=True) for file, data in tables.items()
    }
    return texts | {CATALOGUE_FILE: write_toml(catalogue, heads.get(CATALOGUE_FILE, ""))}


def _term_table(english: Entry) -> dict[str, Any]:
    term = "" if english.value["term"] == english.value["key"] else english.value["term"]
    return thin({**english.value, "term": term}, TERM)


def _of_kind(entries: Sequence[Entry], kind: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind == kind)


def _objects(entries: Sequence[Entry], kind: str) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each object in English and its other languages; what has no English is not written."""
    for _, group in groupby(_of_kind(entries, kind), lambda entry: entry.name.path):
        first, *others = group
        if first.lang == SOURCE_LANG:
            yield first, others
