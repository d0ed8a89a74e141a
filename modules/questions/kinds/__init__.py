"""The kinds of questions: one module each, with the same constants and functions.

A new kind is a new module, copied from its nearest sister and named in `KINDS`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from modules.questions.errors import DefinitionError
from modules.questions.inputs import Post
from modules.questions.kinds import (
    cloze,
    essay,
    hotspot,
    matching,
    multiple,
    multiple_truefalse,
    numeric,
    ordering,
    scenario,
    short,
    single,
    teachback,
    truefalse,
)
from modules.questions.presenting import Presented, Remark
from modules.questions.shapes import Definition, Shape


class Kind(Protocol):
    """What the module of a kind holds. A response is plain JSON; its docstring says which."""

    KIND: str
    METHODS: tuple[str, ...]
    DEFAULT_METHOD: str
    SHAPE: Shape

    def check(self, definition: Definition) -> None:
        """Raises `DefinitionError` when the question is not well made."""

    def present(self, definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
        """The question without its key. `order` as a paper froze it; None or empty: as written."""

    def read(self, post: Post) -> Any:
        """The response that a form sent, None when nothing was answered; raises `ResponseError`.

        It knows no question: `mark` tells whether the response fits, so mark before storing.
        """

    def mark(self, definition: Definition, response: Any) -> Fraction | None:
        """The share of the full mark, in [0, 1] unless "penalised"; None: a person must mark it.

        Nothing answered is worth 0, but for what is shown to a trainer. Raises `ResponseError` when
        the response does not fit.
        """

    def right(self, definition: Definition) -> Any:
        """A response that has the full mark; None where only a person can say what is right."""

    def explain(
        self, definition: Definition, response: Any, words: dict[str, Any]
    ) -> tuple[Remark, ...]:
        """What to say about each part in the language of `words`; raises `ResponseError`."""


KINDS: dict[str, Kind] = {
    "single": single,
    "scenario": scenario,
    "hotspot": hotspot,
    "multiple": multiple,
    "truefalse": truefalse,
    "multiple_truefalse": multiple_truefalse,
    "matching": matching,
    "ordering": ordering,
    "numeric": numeric,
    "short": short,
    "cloze": cloze,
    "essay": essay,
    "teachback": teachback,
}
# Those answered by choosing among options: by letters on paper, and a person never marks them.
CHOOSING = frozenset(name for name, kind in KINDS.items() if "options" in kind.SHAPE.lists)


def kind_of(definition: Mapping[str, Any]) -> Kind:
    """The module of the definition's kind; raises `DefinitionError` for an unknown one."""
    kind = KINDS.get(str(definition.get("kind")))
    if kind is None:
        raise DefinitionError(f'kind: "{definition.get("kind")}" is not one of {", ".join(KINDS)}.')
    return kind
