"""Something shown before a trainer, who records the level reached in each criterion of a rubric.

The person sees task and rubric. Practising, she rates herself, and that is never a mark: a response
is her own rating, {"clear": "2"}.
"""

from collections.abc import Sequence
from typing import Any

from modules.questions.errors import ResponseError
from modules.questions.inputs import CRITERION as INPUT
from modules.questions.inputs import Post, values_by_key
from modules.questions.presenting import Choice, Part, Presented, Remark, words_in
from modules.questions.rubrics import CRITERION, check_criteria, check_rating, criteria_of
from modules.questions.shapes import Definition, Shape, check_shape

KIND = "teachback"
METHODS: tuple[str, ...] = ("observed",)
DEFAULT_METHOD = "observed"
SHAPE = Shape(fields=("stem", "criteria", "feedback"), lists={"criteria": CRITERION})


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    check_criteria(definition)


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The criteria as written, each with its levels to choose from; their values are points."""
    shown, words = words_in(definition, lang)
    return Presented(
        kind=KIND,
        lang=shown,
        stem=words["stem"],
        name="",
        parts=tuple(
            Part(
                one.key,
                one.text,
                INPUT + one.key,
                tuple(Choice(level.points, level.text) for level in one.levels),
            )
            for one in criteria_of(definition, shown)
        ),
    )


def read(post: Post) -> dict[str, str] | None:
    """From "criterion-clear" …, each with the points of a level; those left open are left out."""
    return values_by_key(post, INPUT) or None


def mark(definition: Definition, response: Any) -> None:
    """None, whatever she thinks of herself: the trainer who saw it gives the mark."""
    _rating(definition, response)


def right(definition: Definition) -> None:
    """Only a person can say."""


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    """What she chose, neither right nor wrong."""
    rating = _rating(definition, response)
    criteria = definition["structure"]["criteria"]
    return tuple(Remark(one["key"], rating.get(one["key"], ""), "") for one in criteria)


def _rating(definition: Definition, response: Any) -> dict[str, str]:
    if not isinstance(response or {}, dict):
        raise ResponseError("A level for each criterion is expected.", "malformed")
    check_rating(definition, response or {})
    return response or {}
