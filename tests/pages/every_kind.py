"""One practice question of each kind, in English and Urdu, and what is right in the words shown.

The same tables are stored in the site and read by journeys, which answer by what a person reads.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from modules.questions.definitions import from_tables
from modules.questions.kinds import KINDS, kind_of
from modules.questions.shapes import Definition, Shape
from tests.modules.questions.samples import english
from tests.pages.parts_seeding import URDU

LESSON = "every-kind"
LETTERS = "بپتجدرسشکگلمنو"


def key_of(kind: str) -> str:
    return f"every-{kind.replace('_', '-')}"


def tables(kind: str) -> dict[str, dict[str, Any]]:
    """Of both languages, the facts in both."""
    own = english(kind)
    if kind == "short":
        own |= {"accepted": "insurance\nassurance", "method": "list_only"}
    urdu = URDU.get(kind) or _urdu(own, KINDS[kind].SHAPE, count())
    return {"en": own, "ur": {**urdu, "kind": kind}}


def definition_of(kind: str) -> Definition:
    both = tables(kind)
    return from_tables(both["en"], {"ur": both["ur"]})


def _urdu(table: dict[str, Any], shape: Shape, numbers: Any) -> dict[str, Any]:
    """The table with other words for every text, no two the same."""
    found = {}
    for name, value in table.items():
        if name in shape.lists:
            found[name] = [_urdu(row, shape.lists[name], numbers) for row in value]
        else:
            found[name] = _word(next(numbers)) if name in shape.texts else value
    return found


def _word(n: int) -> str:
    turn, place = divmod(n, len(LETTERS))
    return f"بات {LETTERS[place]}ا{LETTERS[turn]}"


def right_words(kind: str, lang: str) -> Any:
    """What is right as it is read: texts instead of keys, in the shape that the kind stores."""
    definition = definition_of(kind)
    right, words = kind_of(definition).right(definition), definition["texts"][lang]
    if isinstance(right, str) and "options" in words and kind != "truefalse":
        return words["options"][right]["text"]
    read = READ.get(kind)
    return read(words, right) if read else right


def _pairs(words: dict[str, Any], right: dict[str, str]) -> dict[str, str]:
    responses = words["responses"]
    return {
        words["premises"][key]["text"]: responses[match]["text"] for key, match in right.items()
    }


def _gaps(words: dict[str, Any], right: dict[str, str]) -> list[str]:
    word = words["gaps"]["word"]["accepted"].splitlines()[0]
    return [words["choices"][right["1"]]["text"], right["2"], word]


READ: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "multiple": lambda words, right: [words["options"][key]["text"] for key in right],
    "multiple_truefalse": lambda words, right: {
        words["statements"][key]["text"]: truth for key, truth in right.items()
    },
    "matching": _pairs,
    "ordering": lambda words, right: [row["text"] for row in words["steps"].values()],
    "cloze": _gaps,
    "short": lambda words, right: words["accepted"].splitlines()[0],
}
