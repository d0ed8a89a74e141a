"""Several languages in one text, as Moodle's filter writes them: {mlang en}…{mlang}. Pure."""

import re
from collections.abc import Iterator
from typing import Any

from modules.interchange.drafts import Notes, Refusal
from modules.interchange.markup import words_of
from modules.questions.shapes import SOURCE

MLANG = re.compile(r"\{mlang\s+([a-z_,\s]+?)\s*\}(.*?)\{mlang\s*\}", re.DOTALL | re.IGNORECASE)
ELSE = "other"


class Html(str):
    """A text that is HTML, in one language or in several."""

    __slots__ = ()


def languages_in(table: Any) -> list[str]:
    """The languages of a table, English first; raises `Refusal` where English is not among them."""
    found = dict.fromkeys(
        lang for text in _texts(table) for codes, _said in _parts(text) for lang in codes
    )
    if not found:
        return [SOURCE]
    if SOURCE not in found and ELSE not in found:
        raise Refusal("no_english", languages=", ".join(found))
    return [SOURCE, *(lang for lang in found if lang not in (SOURCE, ELSE))]


def localised(table: Any, lang: str, notes: Notes) -> Any:
    """The table with plain words in `lang`; raises `Refusal` for what words cannot say."""
    if isinstance(table, Html):
        words = words_of(_in_language(table, lang))
        if words.unsayable:
            raise Refusal("unsayable", what=words.unsayable)
        if words.dressed:
            notes.changed("undressed")
        return words.text
    if isinstance(table, dict):
        return {name: localised(value, lang, notes) for name, value in table.items()}
    if isinstance(table, list):
        return [localised(value, lang, notes) for value in table]
    return table


def _texts(table: Any) -> Iterator[Html]:
    if isinstance(table, Html):
        yield table
    elif isinstance(table, dict | list):
        for value in table.values() if isinstance(table, dict) else table:
            yield from _texts(value)


def _parts(text: str) -> Iterator[tuple[list[str], str]]:
    for match in MLANG.finditer(text):
        codes = [code.strip().lower() for code in match[1].split(",")]
        yield codes, match[2]


def _in_language(text: str, lang: str) -> str:
    """What stands in `lang`, else in English, with what belongs to all of them around it."""
    said = [codes for codes, _part in _parts(text)]
    has = {code for codes in said for code in codes}
    wanted = next((code for code in (lang, SOURCE, ELSE) if code in has), "")

    def choose(match: re.Match[str]) -> str:
        codes = [code.strip().lower() for code in match[1].split(",")]
        return match[2] if wanted in codes else ""

    return MLANG.sub(choose, text)
