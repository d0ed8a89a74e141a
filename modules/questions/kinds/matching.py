"""A response for each premise; one may serve several. A response is {"a": "x", "b": "y"}."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import PREMISE, Post, as_key, values_by_key
from modules.questions.presenting import (
    Choice,
    Part,
    Presented,
    Remark,
    arrange,
    state_of,
    words_in,
)
from modules.questions.shapes import Definition, Shape, check_shape

KIND = "matching"
RULES = {"per_pair": marking.share, "all_or_nothing": marking.all_or_nothing}
METHODS = tuple(RULES)
DEFAULT_METHOD = "per_pair"
SHAPE = Shape(
    fields=("stem", "premises", "responses", "feedback"),
    lists={
        "premises": Shape(fields=("key", "text", "match", "feedback"), facts=("key", "match")),
        "responses": Shape(fields=("key", "text"), facts=("key",)),
    },
    shuffled="responses",
)
FEWEST = 2


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if len(_key(definition)) < FEWEST:
        raise DefinitionError("premises: at least two are needed.")
    if len(_responses(definition)) < FEWEST:
        raise DefinitionError("responses: at least two are needed.")
    for premise, match in _key(definition).items():
        if match not in _responses(definition):
            raise DefinitionError(f'premises, "{premise}": there is no response "{match}".')


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The premises as written, each with a select over the responses in `order`."""
    shown, words = words_in(definition, lang)
    return Presented(
        kind=KIND,
        lang=shown,
        stem=words["stem"],
        name="",
        parts=tuple(
            Part(key, words["premises"][key]["text"], PREMISE + key) for key in _key(definition)
        ),
        choices=tuple(
            Choice(key, words["responses"][key]["text"])
            for key in arrange(_responses(definition), order)
        ),
    )


def read(post: Post) -> dict[str, str] | None:
    """From "premise-a", "premise-b" …, each with the key of a response; blank ones are left out."""
    return {key: as_key(value) for key, value in values_by_key(post, PREMISE).items()} or None


def mark(definition: Definition, response: Any) -> Fraction:
    key = _key(definition)
    given = _given(definition, response)
    right = sum(given.get(premise) == match for premise, match in key.items())
    return RULES[definition["method"]](right, len(key))


def right(definition: Definition) -> dict[str, str]:
    return _key(definition)


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    given = _given(definition, response)
    return tuple(
        Remark(
            key=premise,
            chosen=given.get(premise, ""),
            state=state_of(given.get(premise), right=given.get(premise) == match),
            text=words["premises"][premise]["feedback"],
            answer=match,
        )
        for premise, match in _key(definition).items()
    )


def _key(definition: Definition) -> dict[str, str]:
    return {premise["key"]: premise["match"] for premise in definition["structure"]["premises"]}


def _responses(definition: Definition) -> list[str]:
    return [response["key"] for response in definition["structure"]["responses"]]


def _given(definition: Definition, response: Any) -> dict[str, str]:
    if not isinstance(response or {}, dict):
        raise ResponseError("Pairs of keys are expected.", "malformed")
    given = response or {}
    premises, responses = _key(definition), _responses(definition)
    if any(key not in premises or value not in responses for key, value in given.items()):
        raise ResponseError("This pair is not part of the question.", "unknown_part")
    return given
