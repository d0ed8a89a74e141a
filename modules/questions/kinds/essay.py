"""A longer text that a person marks by a rubric of criteria and levels. A response is the text.

Handed in as coursework, it has a short `title`; and an `example`, a piece of work with the level it
has in each criterion and why, so that those who mark begin with the same measure.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER, Post, typed, value_of
from modules.questions.presenting import Presented, Remark, words_in
from modules.questions.rubrics import EXEMPLIFIED, check_criteria, check_example
from modules.questions.shapes import Definition, Shape, check_shape

KIND = "essay"
METHODS: tuple[str, ...] = ("by_rubric",)
DEFAULT_METHOD = "by_rubric"
SHAPE = Shape(
    fields=(
        *("title", "stem", "fewest_words", "most_words", "model", "example", "criteria"),
        "feedback",
    ),
    facts=("fewest_words", "most_words"),
    lists={"criteria": EXEMPLIFIED},
    optional=("title", "fewest_words", "most_words", "model", "example"),
)
LONGEST = 20_000  # characters
WORDS = re.compile(r"[1-9][0-9]{0,3}")
# Scripts that put no space between words.
UNSPACED = re.compile(r"[\u0e80-\u0eff\u1780-\u17ff]")


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    check_criteria(definition)
    check_example(definition)
    limits = [definition["structure"].get(name) for name in ("fewest_words", "most_words")]
    if any(limit is not None and not WORDS.fullmatch(limit) for limit in limits):
        raise DefinitionError('words: write a whole number in quotes, such as "150".')
    if all(limits) and int(limits[0]) > int(limits[1]):
        raise DefinitionError("fewest_words: it is more than most_words.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """Has no parts, so `order` says nothing here. The rubric stays with those who mark."""
    shown, words = words_in(definition, lang)
    structure = definition["structure"]
    return Presented(
        kind=KIND,
        lang=shown,
        stem=words["stem"],
        fewest_words=structure.get("fewest_words", ""),
        most_words=structure.get("most_words", ""),
    )


def read(post: Post) -> str | None:
    """From "answer"; how many words it has is for people to judge."""
    text = typed(value_of(post, ANSWER))
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


def right(definition: Definition) -> None:
    """Only a person can say."""


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    """Nothing by part: the rubric says it."""
    return ()


def word_count(text: str) -> int | None:
    """How many words a text has; None in a script that does not part them."""
    return None if UNSPACED.search(text) else len(text.split())


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise ResponseError(f"The text is longer than {LONGEST} characters.", "too_long")
