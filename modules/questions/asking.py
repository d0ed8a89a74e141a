"""Questions asked for practice: in one language, in an order of their own, under opaque names.

Authors often write steps and responses in the right order, with keys that tell it: a, b, c. What a
page gets instead are tokens, the same for every reader, so that a page may be kept for many.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.crypto import salted_hmac

from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.freezing import define, plain_lines
from modules.questions.inputs import STEP, Post
from modules.questions.kinds import kind_of
from modules.questions.models import Question
from modules.questions.presenting import Choice, Part, Presented
from modules.questions.shapes import SOURCE, Definition

log = logging.getLogger(__name__)

TOKEN_LENGTH = 10  # hexadecimal digits


@dataclass(frozen=True)
class Asked:
    """A live practice question. `tokens` stand in `shown` for the keys of what is shuffled."""

    key: str
    definition: Definition
    shown: Presented
    tokens: Mapping[str, str]

    def read(self, post: Post) -> Any:
        """The response in the question's own keys, None for none; raises `ResponseError`."""
        response = kind_of(self.definition).read(post)
        if not response or not self.tokens:
            return response
        keys = {token: key for key, token in self.tokens.items()}
        try:
            if self.shown.kind == "ordering":
                return {keys[token]: place for token, place in response.items()}
            if self.shown.kind == "cloze":
                chosen = {part.key for part in self.shown.parts if part.choices}
                return {gap: keys[v] if gap in chosen else v for gap, v in response.items()}
            return {premise: keys[token] for premise, token in response.items()}
        except KeyError:
            raise ResponseError("This part is not part of the question.", "unknown_part") from None


def ask(key: str, lang: str) -> Asked | None:
    """The practice question `key` in `lang`, else in English; None when it cannot be asked."""
    return ask_all([key], lang).get(key)


def ask_all(keys: Collection[str], lang: str) -> dict[str, Asked]:
    """Those of the questions that are live, not retired and for practice; one query."""
    rows = Question.objects.asked().filter(key__in=keys).select_related("locale")
    tables: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("locale"):
        code = row.locale.language_code
        if code != SOURCE or row.use == Question.Use.PRACTICE:
            tables.setdefault(row.key, {})[code] = plain_lines(row.table)
    found = {}
    for key, by_language in tables.items():
        if SOURCE in by_language:
            try:
                found[key] = prepare(key, define(by_language), lang)
            except DefinitionError:
                log.exception("The live question %s cannot be asked.", key)
    return found


def prepare(key: str, definition: Definition, lang: str) -> Asked:
    """`definition` as readers of `lang` meet it."""
    shown = kind_of(definition).present(definition, None, lang)
    if shown.kind not in HIDING:
        return Asked(key, definition, shown, {})
    name, hide = HIDING[shown.kind]
    parts = definition["structure"].get(name, ())
    tokens = {part["key"]: token_of(key, part["key"]) for part in parts}
    return Asked(key, definition, hide(shown, tokens), tokens)


def token_of(question: str, part: str) -> str:
    """Stands for a part on the page; without the installation's secret it tells nothing."""
    mac = salted_hmac("modules.questions.asking", f"{question}/{part}", algorithm="sha256")
    return mac.hexdigest()[:TOKEN_LENGTH]


def _hide_steps(shown: Presented, tokens: Mapping[str, str]) -> Presented:
    """The steps in the order of their tokens, which is never the right one."""
    parts = [Part(tokens[p.key], p.text, STEP + tokens[p.key]) for p in shown.parts]
    parts.sort(key=lambda part: part.key)
    if [part.key for part in parts] == list(tokens.values()):
        parts.append(parts.pop(0))
    return replace(shown, parts=tuple(parts))


def _hide_responses(shown: Presented, tokens: Mapping[str, str]) -> Presented:
    choices = [Choice(tokens[choice.value], choice.text) for choice in shown.choices]
    return replace(shown, choices=tuple(sorted(choices, key=lambda choice: choice.value)))


def _hide_choices(shown: Presented, tokens: Mapping[str, str]) -> Presented:
    parts = []
    for part in shown.parts:
        choices = [Choice(tokens[choice.value], choice.text) for choice in part.choices]
        choices.sort(key=lambda choice: choice.value)
        parts.append(replace(part, choices=tuple(choices)))
    return replace(shown, parts=tuple(parts))


# The list of parts whose keys are hidden, and how.
type Hide = Callable[[Presented, Mapping[str, str]], Presented]
HIDING: dict[str, tuple[str, Hide]] = {
    "ordering": ("steps", _hide_steps),
    "matching": ("responses", _hide_responses),
    "cloze": ("choices", _hide_choices),
}
