"""`course.toml` of a course, and its texts in each language."""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError, Place
from modules.loading.files.reading import LANGUAGE, Reader
from modules.loading.layouts import (
    COURSE,
    COURSE_FILE,
    COURSE_PAGE,
    COURSE_PAGE_ABROAD,
    OUTCOME,
    OUTCOME_TITLES,
    LayoutError,
    fill,
    thin,
)
from modules.loading.parsing import Document
from modules.loading.writing import write_toml


def read_course(reader: Reader, code: str) -> None:
    """The facts of the course: row, outcomes in English, order of the lessons."""
    file = f"{code}/course.toml"
    document = reader.toml(file)
    if document is None:
        return
    place = Place(file, 1)
    outcomes: list[Any] | None = None
    with reader.at(place):
        value = fill(document.data, COURSE_FILE)
        lessons, outcomes = value.pop("lessons"), value.pop("outcome")
        if value["code"] != code:
            raise LayoutError(f'"code" must be the name of the folder, "{code}".')
        if not all(isinstance(key, str) for key in lessons):
            raise LayoutError('"lessons" must be a list of lesson keys.')
        reader.add(Name(f"course/{code}"), value, place)
        reader.add(Name(f"order/{code}"), {"lessons": lessons}, place)
    if outcomes is None:
        return
    levels: dict[str, str] = {}
    for number, table in enumerate(outcomes):
        with reader.at(Place(file, document.line(f"outcome.{number}"))):
            outcome = fill(table, OUTCOME)
            levels[outcome["code"]] = outcome["level"]
    for lang in languages_of(reader, code):
        _read_texts(reader, code, lang, levels)


def languages_of(reader: Reader, code: str) -> list[str]:
    """The languages in which a course has files, English first."""
    folders = (reader.root / code).iterdir()
    found = [path.name for path in folders if LANGUAGE.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=lambda lang: (lang != SOURCE_LANG, lang))


def _read_texts(reader: Reader, code: str, lang: str, levels: Mapping[str, str]) -> None:
    file = f"{code}/{lang}/course.toml"
    document = reader.toml(file)
    if document is None:
        return
    place = Place(file, 1)
    with reader.at(place):
        layout = COURSE_PAGE if lang == SOURCE_LANG else COURSE_PAGE_ABROAD
        texts = fill(document.data, {**layout, **OUTCOME_TITLES})
        titles = texts.pop("outcomes")
        if lang != SOURCE_LANG:
            texts = _with_english(reader, code, place, texts)
        value = {"course": code, "slug": code, "live": True, **texts}
        reader.add(Name(f"page/{code}", lang), value, place)
        _read_outcomes(reader, code, lang, levels, (document, titles))


def _with_english(reader: Reader, code: str, place: Place, texts: dict) -> dict[str, Any]:
    english = reader.entries.get(Name(f"page/{code}", SOURCE_LANG))
    if english is None:
        raise place.error("this course has no English texts to be a translation of.")
    return {name: text or english.value[name] for name, text in texts.items()}


def _read_outcomes(
    reader: Reader,
    code: str,
    lang: str,
    levels: Mapping[str, str],
    titles: tuple[Document, Mapping[str, Any]],
) -> None:
    document, table = titles
    place = Place(document.file, document.line("outcomes"))
    unknown = [name for name in table if name not in levels]
    missing = [name for name in levels if name not in table and lang == SOURCE_LANG]
    reader.errors += [place.error(f'outcome "{name}" is not in course.toml.') for name in unknown]
    reader.errors += [place.error(f'outcome "{name}" has no title.') for name in missing]
    for order, (name, level) in enumerate(levels.items()):
        title = table.get(name)
        if isinstance(title, str):
            value = {"course_code": code, "code": name, "level": level, "title": title}
            reader.add(Name(f"outcome/{name}", lang), value, place, order)
        elif title is not None:
            reader.errors.append(LibraryError(*place, f'"{name}" must be text in quotes.'))


def write_course(
    code: str, entries: Mapping[Name, Entry], languages: Sequence[str], heads: Mapping[str, str]
) -> dict[str, str]:
    """The text of course.toml and of the texts in each language that has its own."""
    course = entries[Name(f"course/{code}")].value
    outcomes = [
        entry
        for entry in entries.values()
        if entry.kind == "outcome" and entry.value["course_code"] == code
    ]
    order = entries.get(Name(f"order/{code}"))
    english = [entry for entry in outcomes if entry.lang == SOURCE_LANG]
    facts = thin(course, COURSE) | {
        "lessons": order.value["lessons"] if order else [],
        "outcome": [thin(entry.value, OUTCOME) for entry in english],
    }
    files = {f"{code}/course.toml": facts}
    for lang in languages:
        page = entries.get(Name(f"page/{code}", lang))
        if page is not None:
            titles = {e.value["code"]: e.value["title"] for e in outcomes if e.lang == lang}
            more = {"outcomes": titles} if titles else {}
            files[f"{code}/{lang}/course.toml"] = _texts(page, entries) | more
    return {file: write_toml(data, heads.get(file, "")) for file, data in files.items()}


def _texts(page: Entry, entries: Mapping[Name, Entry]) -> dict[str, Any]:
    if page.lang == SOURCE_LANG:
        return thin(page.value, COURSE_PAGE)
    english = entries[Name(page.name.path, SOURCE_LANG)].value
    own = {
        name: "" if name in ("audience", "purpose") and text == english[name] else text
        for name, text in page.value.items()
    }
    return thin(own, COURSE_PAGE_ABROAD)
