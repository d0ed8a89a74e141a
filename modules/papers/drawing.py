"""Drawing a paper: its questions as they are now, each with an order of its own.

A paper is a plain value. Whoever gives it to somebody keeps it: neither an edit of a question nor a
crash changes a test under the person who sits it.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modules.papers.contents import Form
from modules.questions.freezing import freeze_all
from modules.questions.kinds import kind_of
from modules.questions.models import Question, QuestionVersion
from modules.questions.shapes import SOURCE, Definition

SEEDS = 2**31  # a seed is at least 0 and less than this
# Options that lean on the others, and so keep the last places. English decides for all languages.
LEANING = re.compile(
    r"\b(?:all|none|both|neither|any)(?: of)? (?:the above|these|those|them|the others?|"
    r"the options|the answers)\b",
    re.IGNORECASE,
)
NUMBER_FIRST = re.compile(r"\W*[0-9]")


@dataclass(frozen=True)
class Item:
    """One question of a paper: its version "key.n", and the order of its parts, () for as written.

    The outcome stands here because a frozen question does not hold it, and marks are added up by
    it for ever.
    """

    position: int  # from 1
    question: str
    n: int
    outcome: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """`form` is "" where the questions were drawn from a pool."""

    form: str
    items: tuple[Item, ...]

    def item(self, position: int) -> Item | None:
        return self.items[position - 1] if 1 <= position <= len(self.items) else None

    def to_json(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "items": [
                {"question": i.question, "n": i.n, "outcome": i.outcome, "order": list(i.order)}
                for i in self.items
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Paper":
        return cls(
            form=value["form"],
            items=tuple(
                Item(position, **{**item, "order": tuple(item["order"])})
                for position, item in enumerate(value["items"], 1)
            ),
        )


@dataclass(frozen=True)
class Frozen:
    """One question of a form as it is now: the version of its content, and its outcome."""

    question: str
    n: int
    outcome: str


def freeze_form(form: Form) -> tuple[Frozen, ...]:
    """The questions of `form` as they are now, in their order.

    Raises `Question.DoesNotExist` and `DefinitionError` as `freeze` does.
    """
    return freeze_keys(form.question_keys)


def freeze_keys(keys: Sequence[str]) -> tuple[Frozen, ...]:
    """The same of any questions."""
    return _as_they_are(keys, freeze_all(keys))


def _as_they_are(
    keys: Sequence[str], versions: Mapping[str, QuestionVersion]
) -> tuple[Frozen, ...]:
    english = Question.objects.filter(key__in=keys, locale__language_code=SOURCE)
    outcomes = dict(english.values_list("key", "outcome"))
    return tuple(Frozen(key, versions[key].n, outcomes[key]) for key in keys)


def draw(form: Form, seed: int, frozen: Sequence[Frozen] = ()) -> Paper:
    """The paper of `form` for a seed in [0, SEEDS): the same seed gives the same order again.

    The questions keep the positions of the form, so questions about one case stay together.
    `frozen` is what `freeze_form` said before, where nothing has changed since.
    """
    return paper_asking(form.label, form.question_keys, seed, frozen)


def paper_asking(
    label: str, keys: Sequence[str], seed: int, frozen: Sequence[Frozen] = ()
) -> Paper:
    """A paper that asks `keys` in their order; without `frozen`, as they are now.

    Options, statements, steps and responses are shuffled, except true and false, options in order
    of number, and those that say "all of the above", which stay last. A version in `frozen` that
    was never stored after all is no harm: then all are frozen now.
    """
    versions = versions_by_key(frozen) if frozen else {}
    if len(versions) < len(frozen) or not frozen:
        versions = freeze_all(keys)
        frozen = _as_they_are(keys, versions)
    return Paper(
        form=label,
        items=tuple(
            Item(
                position=position,
                question=one.question,
                n=one.n,
                outcome=one.outcome,
                order=order_of(versions[one.question].content, seed, position),
            )
            for position, one in enumerate(frozen, 1)
        ),
    )


def versions_of(paper: Paper) -> dict[str, QuestionVersion]:
    """The frozen questions of a paper by key; one query."""
    return versions_by_key(paper.items)


def versions_by_key(frozen: Sequence[Item | Frozen]) -> dict[str, QuestionVersion]:
    """Those of the versions that are stored; one query."""
    wanted = {one.question: one.n for one in frozen}
    found = QuestionVersion.objects.filter(key__in=wanted)
    return {version.key: version for version in found if wanted[version.key] == version.n}


def order_of(definition: Definition, seed: int, position: int) -> tuple[str, ...]:
    """The order of the parts of the question at `position`; () when it has none to shuffle."""
    name = kind_of(definition).SHAPE.shuffled
    if not name:
        return ()
    keys = [part["key"] for part in definition["structure"].get(name, ())]
    if not keys:
        return ()
    # One source of chance for each position: a question more does not move the others.
    chance = random.Random(f"{seed}/{position}")  # noqa: S311 (an order, not a secret)
    shuffle = SHUFFLES[name]
    return tuple(shuffle(keys, definition, chance))


def _shuffled(keys: Sequence[str], chance: random.Random) -> list[str]:
    return chance.sample(keys, len(keys))


def _shuffle_options(
    keys: list[str], definition: Definition, chance: random.Random
) -> Sequence[str]:
    texts = {key: words["text"] for key, words in definition["texts"][SOURCE]["options"].items()}
    if all(NUMBER_FIRST.match(texts[key]) for key in keys):
        return keys
    last = [key for key in keys if LEANING.search(texts[key])]
    return [*_shuffled([key for key in keys if key not in last], chance), *last]


def _shuffle_steps(keys: list[str], definition: Definition, chance: random.Random) -> Sequence[str]:
    """Never in the right order, in which the steps are written."""
    order = _shuffled(keys, chance)
    return order if order != keys else [*order[1:], order[0]]


def _shuffle_all(keys: list[str], definition: Definition, chance: random.Random) -> Sequence[str]:
    return _shuffled(keys, chance)


type Shuffle = Callable[[list[str], Definition, random.Random], Sequence[str]]
SHUFFLES: dict[str, Shuffle] = {
    "options": _shuffle_options,
    "steps": _shuffle_steps,
    "responses": _shuffle_all,
    "statements": _shuffle_all,
    "choices": _shuffle_all,
}
