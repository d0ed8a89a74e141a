"""A number to work out. A response is the text as typed, in any digits, with or without unit."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions.digits import NumberError, read_number
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER, Post, value_of
from modules.questions.presenting import Presented, Remark, state_of, words_in
from modules.questions.shapes import Definition, Shape, check_shape, plain_number

KIND = "numeric"
METHODS: tuple[str, ...] = ("in_range",)
DEFAULT_METHOD = "in_range"
SHAPE = Shape(
    fields=("stem", "answer", "min", "max", "unit", "feedback_wrong", "feedback"),
    facts=("answer", "min", "max"),
    may_be_empty=("unit",),
)


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    structure = definition["structure"]
    low, answer, high = (plain_number(structure[name], name) for name in ("min", "answer", "max"))
    if low > high:
        raise DefinitionError(f"min: {structure['min']} is more than max, {structure['max']}.")
    if not low <= answer <= high:
        raise DefinitionError("answer: it lies outside min and max.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """Has no parts, so `order` says nothing here."""
    shown, words = words_in(definition, lang)
    return Presented(kind=KIND, lang=shown, stem=words["stem"], unit=words["unit"])


def read(post: Post) -> str | None:
    """From "answer"; raises `ResponseError` for what is no number or could be two."""
    value = value_of(post, ANSWER)
    if not value:
        return None
    _number(value, None)
    return value


def mark(definition: Definition, response: Any) -> Fraction:
    """1 from min to max, both included, else 0. A unit that is not the question's is refused."""
    return Fraction(bool(response) and _is_right(definition, response))


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    right = bool(response) and _is_right(definition, response)
    return (
        Remark(
            key=ANSWER,
            chosen=response or "",
            state=state_of(response, right=right),
            text="" if right else words["feedback_wrong"],
            answer=definition["structure"]["answer"],
        ),
    )


def _is_right(definition: Definition, response: Any) -> bool:
    units = {words["unit"] for words in definition["texts"].values()}
    number = _number(response, units)
    structure = definition["structure"]
    return Fraction(structure["min"]) <= number <= Fraction(structure["max"])


def _number(response: Any, units: set[str] | None) -> Fraction:
    if not isinstance(response, str):
        raise ResponseError("A number as text is expected.", "malformed")
    try:
        return read_number(response, units)
    except NumberError as error:
        raise ResponseError(str(error), error.code) from error
