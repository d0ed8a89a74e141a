"""Steps to put in order. A response gives the place of each step, from 1: {"a": 2, "b": 1}.

It may be unfinished, and two steps may stand on one place while somebody is still sorting with
plain selects. Such a response is kept; a place given twice is worth nothing.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import STEP, Post, values_by_key
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

KIND = "ordering"
BY_PLACE = {"exact_positions": marking.share, "all_or_nothing": marking.all_or_nothing}
METHODS: tuple[str, ...] = (*BY_PLACE, "longest_run")
DEFAULT_METHOD = "exact_positions"
SHAPE = Shape(
    fields=("stem", "steps", "feedback"),
    lists={"steps": Shape(fields=("key", "text"), facts=("key",))},
    shuffled="steps",
)
FEWEST = 2
LONGEST_PLACE = 2  # digits


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if len(_right_order(definition)) < FEWEST:
        raise DefinitionError("steps: at least two are needed.")


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The steps in `order`, each with a select of places. Without one, never in the right order."""
    shown, words = words_in(definition, lang)
    keys = arrange(_right_order(definition), order) if order else _neutral_order(definition)
    places = [str(place) for place, _ in enumerate(keys, 1)]
    return Presented(
        kind=KIND,
        lang=shown,
        stem=words["stem"],
        name="",
        parts=tuple(Part(key, words["steps"][key]["text"], STEP + key) for key in keys),
        choices=tuple(Choice(place, place) for place in places),
    )


def read(post: Post) -> dict[str, int] | None:
    """From "step-a", "step-b" …, each with a place from 1; blank ones are left out."""
    return {key: _place(value) for key, value in values_by_key(post, STEP).items()} or None


def mark(definition: Definition, response: Any) -> Fraction:
    steps = _right_order(definition)
    placed = _placed(definition, response)
    if definition["method"] == "longest_run":
        in_order = sorted(placed, key=lambda step: placed[step])
        return marking.longest_run([steps.index(step) for step in in_order], len(steps))
    right = sum(placed.get(step) == place for place, step in enumerate(steps, 1))
    return BY_PLACE[definition["method"]](right, len(steps))


def right(definition: Definition) -> dict[str, int]:
    return {step: place for place, step in enumerate(_right_order(definition), 1)}


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    given = _given(definition, response)
    placed = _placed(definition, response)
    return tuple(
        Remark(
            key=step,
            chosen=str(given.get(step, "")),
            state=state_of(given.get(step), right=placed.get(step) == place),
            answer=str(place),
        )
        for place, step in enumerate(_right_order(definition), 1)
    )


def _right_order(definition: Definition) -> list[str]:
    return [step["key"] for step in definition["structure"]["steps"]]


def _neutral_order(definition: Definition) -> list[str]:
    right = _right_order(definition)
    keys = sorted(right)
    return keys if keys != right else [*keys[1:], keys[0]]


def _place(value: str) -> int:
    if not value.isdecimal() or len(value) > LONGEST_PLACE or int(value) == 0:
        raise ResponseError("This is not a place in the order.", "malformed")
    return int(value)


def _given(definition: Definition, response: Any) -> dict[str, int]:
    if not isinstance(response or {}, dict):
        raise ResponseError("A place for each step is expected.", "malformed")
    given = response or {}
    steps = _right_order(definition)
    places = range(1, len(steps) + 1)
    for step, place in given.items():
        if step not in steps or type(place) is not int or place not in places:
            raise ResponseError("This place is not part of the question.", "unknown_part")
    return given


def _placed(definition: Definition, response: Any) -> dict[str, int]:
    """The steps that stand alone on their place."""
    given = _given(definition, response)
    taken = Counter(given.values())
    return {step: place for step, place in given.items() if taken[place] == 1}
