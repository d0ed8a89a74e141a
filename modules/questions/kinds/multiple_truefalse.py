"""Statements to judge one by one. A response is {"a": "true", "b": "false"}.

Undecided ones are left out. The page has the words for true and false.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import STATEMENT, Post, as_key, values_by_key
from modules.questions.presenting import (
    Choice,
    Part,
    Presented,
    Remark,
    arrange,
    state_of,
    words_in,
)
from modules.questions.shapes import OPTION, Definition, Shape, check_shape

KIND = "multiple_truefalse"
RULES = {
    "per_decision": marking.share,
    "all_or_nothing": marking.all_or_nothing,
    "half_if_most": marking.half_if_most,
}
METHODS = tuple(RULES)
DEFAULT_METHOD = "per_decision"
SHAPE = Shape(
    fields=("stem", "statements", "feedback"), lists={"statements": OPTION}, shuffled="statements"
)
FEWEST = 2
TRUTHS = ("true", "false")


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if len(truth_of(definition)) < FEWEST:
        raise DefinitionError("statements: at least two are needed.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The statements in `order`, each to be given one of the two choices."""
    shown, words = words_in(definition, lang)
    return Presented(
        kind=KIND,
        lang=shown,
        stem=words["stem"],
        name="",
        parts=tuple(
            Part(key, words["statements"][key]["text"], STATEMENT + key)
            for key in arrange(list(truth_of(definition)), order)
        ),
        choices=tuple(Choice(truth, "") for truth in TRUTHS),
    )


def read(post: Post) -> dict[str, str] | None:
    """From "statement-a", "statement-b" …, each "true" or "false"; blank ones are left out."""
    return {key: as_key(value) for key, value in values_by_key(post, STATEMENT).items()} or None


def mark(definition: Definition, response: Any) -> Fraction:
    """By the rule of the definition; a statement left undecided is not right."""
    given, truth = _given(definition, response), truth_of(definition)
    right = sum(given.get(key) == value for key, value in truth.items())
    return RULES[definition["method"]](right, len(truth))


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    given = _given(definition, response)
    return tuple(
        Remark(
            key=key,
            chosen=given.get(key, ""),
            state=state_of(given.get(key), right=given.get(key) == value),
            text=words["statements"][key]["feedback"],
            answer=value,
        )
        for key, value in truth_of(definition).items()
    )


def truth_of(definition: Definition) -> dict[str, str]:
    """What is right for each statement, in the order of the definition."""
    return {
        row["key"]: "true" if row["correct"] else "false"
        for row in definition["structure"]["statements"]
    }


def _given(definition: Definition, response: Any) -> dict[str, str]:
    if not isinstance(response or {}, dict):
        raise ResponseError("A judgement for each statement is expected.", "malformed")
    given = response or {}
    known = truth_of(definition)
    if any(key not in known or value not in TRUTHS for key, value in given.items()):
        raise ResponseError("This judgement is not part of the question.", "unknown_part")
    return given
