"""A number to work out. A response is the text as typed, in any digits, with or without unit."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
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
    fields=(
        *("stem", "answer", "min", "max", "tolerance", "unit", "units"),
        *("feedback_wrong", "feedback"),
    ),
    facts=("answer", "min", "max", "tolerance"),
    may_be_empty=("unit",),
    optional=("min", "max", "tolerance", "units"),
)
TOLERANCE = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
DIGITS = 200  # more than any number that somebody writes, so that nothing is rounded


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    check_range(definition["structure"])


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


def right(definition: Definition) -> str:
    return definition["structure"]["answer"]


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


def check_range(structure: Mapping[str, Any]) -> None:
    """Raises `DefinitionError` unless the answer lies in a range, which is said in one way."""
    answer = plain_number(structure["answer"], "answer")
    if "tolerance" in structure:
        if "min" in structure or "max" in structure:
            raise DefinitionError("tolerance: it stands instead of min and max.")
        if not TOLERANCE.fullmatch(structure["tolerance"]):
            raise DefinitionError('tolerance: write a number such as "0.5", or a share: "1%".')
        return
    for name in ("min", "max"):
        if name not in structure:
            raise DefinitionError(f'{name}: it is missing, and there is no "tolerance".')
    low, high = (plain_number(structure[name], name) for name in ("min", "max"))
    if low > high:
        raise DefinitionError(f"min: {structure['min']} is more than max, {structure['max']}.")
    if not low <= answer <= high:
        raise DefinitionError("answer: it lies outside min and max.")


def bounds(structure: Mapping[str, Any]) -> tuple[str, str]:
    """The smallest and the largest number that are right, as plain numbers: "9.801", "9.999"."""
    if "tolerance" not in structure:
        return structure["min"], structure["max"]
    written = structure["tolerance"]
    with localcontext(prec=DIGITS):
        answer, margin = Decimal(structure["answer"]), Decimal(written.removesuffix("%"))
        if written.endswith("%"):
            margin = abs(answer) * margin / 100
        low, high = ((answer + step).normalize() for step in (-margin, margin))
        return f"{low:f}", f"{high:f}"


def is_within(structure: Mapping[str, Any], number: Fraction) -> bool:
    low, high = bounds(structure)
    return Fraction(low) <= number <= Fraction(high)


def _is_right(definition: Definition, response: Any) -> bool:
    return is_within(definition["structure"], _number(response, units_of(definition)))


def units_of(definition: Definition) -> set[str]:
    """How people of any language may write the unit."""
    texts = definition["texts"].values()
    return {
        unit for words in texts for unit in (words["unit"], *words.get("units", "").splitlines())
    }


def _number(response: Any, units: set[str] | None) -> Fraction:
    if not isinstance(response, str):
        raise ResponseError("A number as text is expected.", "malformed")
    try:
        return read_number(response, units)
    except NumberError as error:
        raise ResponseError(str(error), error.code) from error
