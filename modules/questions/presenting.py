"""What a template gets of a question: first without its key, after the answer with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from modules.questions.inputs import ANSWER
from modules.questions.shapes import SOURCE, Definition

type State = Literal["right", "wrong", "missed", ""]


@dataclass(frozen=True)
class Spot:
    """A place in a picture, in per cent of its width, height and width again."""

    x: str
    y: str
    radius: str


@dataclass(frozen=True)
class Part:
    """An option, premise or step; `name` is that of its input, `spot` its place in a picture."""

    key: str
    text: str
    name: str
    spot: Spot | None = None


@dataclass(frozen=True)
class Choice:
    """One entry of the select beside each premise or step."""

    value: str
    text: str


@dataclass(frozen=True)
class Presented:
    """A question without its key. `lang` is the language shown, English where its own is lacking.

    `name` is the input of the whole answer; matching and ordering have one input per part instead.
    """

    kind: str
    lang: str
    stem: str
    case: str = ""
    case_set: str = ""
    unit: str = ""
    picture: str = ""
    alt: str = ""
    name: str = ANSWER
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What is said about one part after the answer.

    `chosen` is what the person gave for the part, "" for nothing: an option's own key, the key of
    a response, a place, a number as typed. `answer` is what would have been right, where that is
    not the part itself. A wrong option left alone has the state "".
    """

    key: str
    chosen: str
    state: State
    text: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Feedback:
    """`general` is for everybody; `model` is the model answer of a question marked by a person."""

    lang: str
    parts: tuple[Remark, ...]
    general: str
    model: str = ""


def words_in(definition: Definition, lang: str) -> tuple[str, dict[str, Any]]:
    """The language shown and its texts: `lang`, or English where the question lacks `lang`."""
    shown = lang if lang in definition["texts"] else SOURCE
    return shown, definition["texts"][shown]


def arrange(keys: Sequence[str], order: Sequence[str] | None) -> list[str]:
    """`keys` in the order a paper froze, or as they are. Raises `ValueError` for other keys."""
    if not order:
        return list(keys)
    if sorted(order) != sorted(keys):
        raise ValueError(f"The order {list(order)} is not an order of {list(keys)}.")
    return list(order)


def state_of(given: object, *, right: bool) -> State:
    """For parts that are each answered by a value of their own."""
    if not given:
        return "missed"
    return "right" if right else "wrong"
