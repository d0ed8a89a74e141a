"""A few sentences that a person marks by a rubric. A response is the text."""

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER, Post, value_of
from modules.questions.presenting import Presented, Remark, words_in
from modules.questions.shapes import Definition, Shape, check_shape, plain_number

KIND = "short"
METHODS: tuple[str, ...] = ("by_hand",)
DEFAULT_METHOD = "by_hand"
SHAPE = Shape(
    fields=("stem", "model", "rubric", "feedback"),
    lists={"rubric": Shape(fields=("mark", "text"), facts=("mark",), bare=True)},
)
LONGEST = 5000  # characters


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    levels = [plain_number(level["mark"], "rubric") for level in definition["structure"]["rubric"]]
    if levels[:1] != [0] or levels[-1:] != [1]:
        raise DefinitionError("rubric: it must begin with the mark 0 and end with 1.")
    if any(lower >= higher for lower, higher in pairwise(levels)):
        raise DefinitionError("rubric: the marks must rise from level to level.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """Has no parts, so `order` says nothing here."""
    shown, words = words_in(definition, lang)
    return Presented(kind=KIND, lang=shown, stem=words["stem"])


def read(post: Post) -> str | None:
    """From "answer", with plain line ends and without control characters."""
    # A NUL among them would be refused by PostgreSQL, and the whole answer with it.
    lines = value_of(post, ANSWER).replace("\r\n", "\n")
    text = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    _check_length(text)
    return text or None


def mark(definition: Definition, response: Any) -> Fraction | None:
    """None: a person must read it. Nothing written is worth 0 and needs no reader."""
    if not response:
        return marking.NOTHING
    if not isinstance(response, str):
        raise ResponseError("Text is expected.", "malformed")
    _check_length(response)
    return None


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    """Nothing by part: the model answer says it."""
    return ()


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise ResponseError(f"The text is longer than {LONGEST} characters.", "too_long")
