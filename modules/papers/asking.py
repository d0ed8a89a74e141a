"""A question of a paper as a person meets it: in the paper's order, its parts named by their place.

The names that authors give to parts may tell what is right. A place in a shuffled order tells
nothing, and the stored response has the authors' names again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from modules.papers.drawing import Item
from modules.questions.errors import ResponseError
from modules.questions.inputs import STATEMENT, STEP, Post
from modules.questions.kinds import kind_of
from modules.questions.presenting import Choice, Part, Presented
from modules.questions.shapes import Definition

# Kinds with an input of its own for each of the parts that a paper shuffles.
BY_PART = {"ordering": STEP, "multiple_truefalse": STATEMENT}


@dataclass(frozen=True)
class PaperQuestion:
    """One item with its frozen question; `places` gives the name on the page of each part."""

    item: Item
    definition: Definition
    places: Mapping[str, str]

    @property
    def kind(self) -> str:
        return self.definition["kind"]

    @property
    def full_mark(self) -> Fraction:
        return Fraction(self.definition["max"])

    def present(self, lang: str) -> Presented:
        """The question without its key, in `lang` or in English where it lacks `lang`."""
        shown = kind_of(self.definition).present(self.definition, self.item.order or None, lang)
        if not self.places:
            return shown
        if self.kind == "matching":
            choices = (Choice(self.places[choice.value], choice.text) for choice in shown.choices)
            return replace(shown, choices=tuple(choices))
        parts = tuple(
            replace(part, key=self.places[part.key], name=self._name_of(part))
            for part in shown.parts
        )
        return replace(shown, parts=parts)

    def read(self, post: Post) -> Any:
        """The response that a form sent, in the question's own names; None for none.

        Raises `ResponseError` when it does not fit the question.
        """
        given = kind_of(self.definition).read(post)
        keys = {place: key for key, place in self.places.items()}
        try:
            response = self._rename(given, keys)
        except KeyError:
            raise ResponseError("This part is not part of the question.", "unknown_part") from None
        self.mark(response)
        return response

    def given(self, response: Any) -> Any:
        """A stored response in the names of the page."""
        return self._rename(response, self.places)

    def in_words(self, response: Any, lang: str) -> str:
        """A stored response as the person read it, without a name that an author gave a part."""
        shown = self.present(lang)
        given = self.given(response)
        texts = {part.key: part.text or part.key for part in shown.parts}
        if isinstance(given, Mapping):
            choices = {choice.value: choice.text or choice.value for choice in shown.choices}
            pairs = {texts[key]: choices[str(value)] for key, value in given.items()}
            return "; ".join(f"{text}: {value}" for text, value in pairs.items())
        chosen = given if isinstance(given, list) else [given]
        return "; ".join(str(texts.get(one, one)) for one in chosen if one)

    def mark(self, response: Any) -> Fraction | None:
        """The share of the full mark, None where a person must mark it."""
        return kind_of(self.definition).mark(self.definition, response)

    def _name_of(self, part: Part) -> str:
        prefix = BY_PART.get(self.kind)
        return prefix + self.places[part.key] if prefix else part.name

    def _rename(self, response: Any, names: Mapping[str, str]) -> Any:
        if not response or not names:
            return response
        if self.kind in BY_PART:
            return {names[part]: value for part, value in response.items()}
        if self.kind == "matching":
            return {premise: names[key] for premise, key in response.items()}
        if isinstance(response, list):
            return sorted(names[key] for key in response)
        return names[response]


def question_of(item: Item, definition: Definition) -> PaperQuestion:
    places = {key: str(place) for place, key in enumerate(item.order, 1)}
    return PaperQuestion(item, definition, places)
