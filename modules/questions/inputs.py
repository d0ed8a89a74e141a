"""The names of a question's inputs, and what a form sent under them.

A form holds one question. What was sent is untrusted; whether its keys are the question's own is
seen only when it is marked.
"""

from collections.abc import Iterator
from typing import Protocol

from modules.questions.errors import ResponseError
from modules.questions.shapes import KEY

ANSWER = "answer"
PREMISE = "premise-"
STEP = "step-"
STATEMENT = "statement-"


class Post(Protocol):
    """Of Django's `QueryDict`, what is needed here."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


def values_of(post: Post, name: str) -> set[str]:
    """The values sent under `name` that are not blank."""
    return {value.strip() for value in post.getlist(name)} - {""}


def value_of(post: Post, name: str) -> str:
    """The one value sent under `name`, "" for none; raises `ResponseError` for several."""
    values = values_of(post, name)
    if len(values) > 1:
        raise ResponseError(f'"{name}" has several values.', "malformed")
    return next(iter(values), "")


def values_by_key(post: Post, prefix: str) -> dict[str, str]:
    """`{"a": "x"}` for the input "premise-a" with the value "x"; blank ones are left out."""
    names = (name for name in post if name.startswith(prefix))
    found = {name.removeprefix(prefix): value_of(post, name) for name in names}
    return {key: value for key, value in sorted(found.items()) if value and KEY.fullmatch(key)}


def as_key(value: str) -> str:
    """`value`, which must look like a key; raises `ResponseError`."""
    if not KEY.fullmatch(value):
        raise ResponseError("This is not the key of a part.", "malformed")
    return value
