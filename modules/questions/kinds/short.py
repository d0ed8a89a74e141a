"""Words of one's own, marked by a list or else by a person with a rubric. A response is the text.

What the list of any language accepts has the full mark at once: people mix languages.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from modules.questions import marking
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import ANSWER, Post, typed, value_of
from modules.questions.presenting import Presented, Remark, state_of, words_in
from modules.questions.shapes import Definition, Shape, check_shape, plain_number
from modules.questions.wording import check_accepted, example, fits

KIND = "short"
METHODS: tuple[str, ...] = ("by_hand", "list_only")
DEFAULT_METHOD = "by_hand"
SHAPE = Shape(
    fields=("stem", "accepted", "model", "rubric", "feedback"),
    lists={"rubric": Shape(fields=("mark", "text"), facts=("mark",), bare=True)},
    optional=("accepted",),
)
LONGEST = 5000  # characters


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    levels = [plain_number(level["mark"], "rubric") for level in definition["structure"]["rubric"]]
    if levels[:1] != [0] or levels[-1:] != [1]:
        raise DefinitionError("rubric: it must begin with the mark 0 and end with 1.")
    if any(lower >= higher for lower, higher in pairwise(levels)):
        raise DefinitionError("rubric: the marks must rise from level to level.")
    for lang, words in definition["texts"].items():
        if "accepted" in words:
            check_accepted(words["accepted"], f"{lang}, accepted")
    if definition["method"] == "list_only" and not _lists(definition):
        raise DefinitionError('accepted: "list_only" needs a list of accepted answers.')


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """Has no parts, so `order` says nothing here."""
    shown, words = words_in(definition, lang)
    return Presented(kind=KIND, lang=shown, stem=words["stem"])


def read(post: Post) -> str | None:
    """From "answer", with plain line ends and without control characters."""
    text = typed(value_of(post, ANSWER))
    _check_length(text)
    return text or None


def mark(definition: Definition, response: Any) -> Fraction | None:
    """1 when a list accepts it; else None, a person must read it, or 0 where only the list counts.

    Nothing written is worth 0 and needs no reader.
    """
    if not response:
        return marking.NOTHING
    if not isinstance(response, str):
        raise ResponseError("Text is expected.", "malformed")
    _check_length(response)
    if fits(response, _lists(definition)):
        return Fraction(1)
    return marking.NOTHING if definition["method"] == "list_only" else None


def right(definition: Definition) -> str | None:
    """An answer of the list; without one, only a person can say."""
    return next(map(example, _lists(definition)), None)


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    """What the list says; nothing where a person would say it, beside the model answer."""
    share = mark(definition, response)
    if share is None or not _lists(definition):
        return ()
    return (Remark(ANSWER, response or "", state_of(response, right=share == 1)),)


def _lists(definition: Definition) -> list[str]:
    return [words["accepted"] for words in definition["texts"].values() if "accepted" in words]


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise ResponseError(f"The text is longer than {LONGEST} characters.", "too_long")
