"""One right option among several. A response is the key of the option chosen: "b"."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking, options
from modules.questions.inputs import ANSWER, Post, as_key, value_of
from modules.questions.presenting import Presented, Remark
from modules.questions.shapes import OPTION, Definition, Shape, check_shape

KIND = "single"
METHODS: tuple[str, ...] = ("right_or_wrong", "penalised")
DEFAULT_METHOD = "right_or_wrong"
SHAPE = Shape(fields=("stem", "options", "feedback"), lists={"options": OPTION}, shuffled="options")


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    options.check_one_correct(definition)


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    return options.present(definition, order, lang)


def read(post: Post) -> str | None:
    """From "answer", which holds the key of the option chosen."""
    value = value_of(post, ANSWER)
    return as_key(value) if value else None


def mark(definition: Definition, response: Any) -> Fraction:
    """1 or 0; "penalised" takes 1/(options - 1) for a wrong choice, nothing for none."""
    if not response:
        return marking.NOTHING
    right = options.chosen_keys(definition, [response]) <= options.correct_keys(definition)
    if definition["method"] == "penalised":
        return marking.penalised(right=right, options=len(options.keys_of(definition)))
    return Fraction(right)


def right(definition: Definition) -> str:
    return min(options.correct_keys(definition))


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    chosen = options.chosen_keys(definition, [response] if response else [])
    return options.remarks(definition, chosen, words)
