"""Several right options. A response lists the keys chosen, sorted: ["a", "c"]."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking, options
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER, Post, as_key, values_of
from modules.questions.presenting import Presented, Remark
from modules.questions.shapes import OPTION, Definition, Shape, check_shape

KIND = "multiple"
# Rules that count decisions: each option is rightly or wrongly chosen or left.
BY_DECISION = {
    "all_or_nothing": marking.all_or_nothing,
    "per_decision": marking.share,
    "half_if_most": marking.half_if_most,
}
METHODS: tuple[str, ...] = ("plus_minus", *BY_DECISION)
DEFAULT_METHOD = "plus_minus"
SHAPE = Shape(fields=("stem", "options", "feedback"), lists={"options": OPTION}, shuffled="options")


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    options.check_some_correct(definition)
    if options.correct_keys(definition) == set(options.keys_of(definition)):
        raise DefinitionError("options: all are correct, so choosing everything is always right.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    return options.present(definition, order, lang)


def read(post: Post) -> list[str] | None:
    """From "answer", sent once for each option chosen."""
    return sorted(as_key(value) for value in values_of(post, ANSWER)) or None


def mark(definition: Definition, response: Any) -> Fraction:
    """By the rule of the definition; choosing nothing counts as omitted under every rule."""
    chosen = _chosen(definition, response)
    if not chosen:
        return marking.NOTHING
    correct = options.correct_keys(definition)
    if definition["method"] == "plus_minus":
        return marking.plus_minus(len(chosen & correct), len(chosen - correct), len(correct))
    total = len(options.keys_of(definition))
    return BY_DECISION[definition["method"]](total - len(chosen ^ correct), total)


def right(definition: Definition) -> list[str]:
    return sorted(options.correct_keys(definition))


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    return options.remarks(definition, _chosen(definition, response), words)


def _chosen(definition: Definition, response: Any) -> set[str]:
    if not isinstance(response or [], list):
        raise ResponseError("A list of keys is expected.", "malformed")
    return options.chosen_keys(definition, response or [])
