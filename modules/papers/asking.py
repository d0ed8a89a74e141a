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
from modules.questions.kinds import CHOOSING, kind_of, multiple, teachback
from modules.questions.marking import penalised
from modules.questions.presenting import Choice, Part, Presented, words_in
from modules.questions.shapes import Definition

# Kinds with an input of its own for each of the parts that a paper shuffles.
BY_PART = {"ordering": STEP, "multiple_truefalse": STATEMENT}
# Kinds of which one option is chosen, so that chance alone is right once in so many.
ONE_CHOICE = CHOOSING - {multiple.KIND}
# Kinds that are shown to a trainer: a paper takes no answer to them.
OBSERVED = frozenset({teachback.KIND})


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

    @property
    def penalty(self) -> Fraction:
        """The share of the full mark that a wrong choice costs where a test takes marks away.

        1/(k−1) of k options: whoever only guesses gains nothing. 0 for every other kind: a choice
        of several can fall to 0 by itself, and nobody guesses a number or a text.
        """
        options = len(self.definition["structure"].get("options", ()))
        if self.kind not in ONE_CHOICE:
            return Fraction(0)
        return -penalised(right=False, options=options)

    def cost(self, *, negative: bool) -> Fraction:
        """The marks that a wrong choice costs in a test that takes marks away, or by its method."""
        takes = negative or self.definition["method"] == "penalised"
        return self.penalty * self.full_mark if takes else Fraction(0)

    def present(self, lang: str) -> Presented:
        """The question without its key, in `lang` or in English where it lacks `lang`."""
        shown = kind_of(self.definition).present(self.definition, self.item.order or None, lang)
        if not self.places:
            return shown
        if self.kind == "matching":
            choices = (Choice(self.places[choice.value], choice.text) for choice in shown.choices)
            return replace(shown, choices=tuple(choices))
        if self.kind == "cloze":
            return replace(shown, parts=tuple(map(self._with_places, shown.parts)))
        return replace(shown, parts=tuple(map(self._named_by_place, shown.parts)))

    def shown_in(self, lang: str) -> str:
        """The language in which a reader of `lang` meets the question."""
        return words_in(self.definition, lang)[0]

    def read(self, post: Post) -> Any:
        """The response that a form sent, in the question's own names; None for none.

        Raises `ResponseError` when it does not fit the question.
        """
        given = kind_of(self.definition).read(post)
        if given and self.kind in OBSERVED:
            raise ResponseError("A trainer records this, nobody else.", "unknown_part")
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
        if self.kind == "cloze":
            return _filled(shown, given) if given else ""
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

    def _named_by_place(self, part: Part) -> Part:
        place, prefix = self.places[part.key], BY_PART.get(self.kind)
        return replace(part, key=place, name=prefix + place if prefix else part.name)

    def _with_places(self, part: Part) -> Part:
        choices = (Choice(self.places[choice.value], choice.text) for choice in part.choices)
        return replace(part, choices=tuple(choices))

    def _rename(self, response: Any, names: Mapping[str, str]) -> Any:
        if not response or not names:
            return response
        if self.kind in BY_PART:
            return {names[part]: value for part, value in response.items()}
        if self.kind == "matching":
            return {premise: names[key] for premise, key in response.items()}
        if self.kind == "cloze":
            gaps = enumerate(self.definition["structure"]["gaps"], 1)
            chosen = {str(n) for n, gap in gaps if "match" in gap}
            return {gap: names[v] if gap in chosen else v for gap, v in response.items()}
        if isinstance(response, list):
            return sorted(names[key] for key in response)
        return names[response]


def _filled(shown: Presented, given: Mapping[str, str]) -> str:
    """The text with what was given in its gaps."""
    words = []
    for part in shown.parts:
        choices = {choice.value: choice.text for choice in part.choices}
        said = given.get(part.key, "…")
        words += [part.text, f"[{choices.get(said, said)}]"]
    return "".join([*words, shown.after])


def question_of(item: Item, definition: Definition) -> PaperQuestion:
    places = {key: str(place) for place, key in enumerate(item.order, 1)}
    return PaperQuestion(item, definition, places)
