"""What was chosen in a question as one number, so that a response has a place in a table. Pure.

A question has parts with the same choices: a choice of one has one part, a choice of several a part
for each option (ticked or not), statements and pairs one for each of them. The places of what was
chosen are the digits of the number, the first part the lowest; 0 is a part without a choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learning.measurement.options import ABSENT, OMITTED
from modules.papers.asking import ONE_CHOICE
from modules.questions.kinds import kind_of, matching, multiple, multiple_truefalse
from modules.questions.options import keys_of
from modules.questions.shapes import Definition

NOTHING = 0  # the number of a response without any choice
LARGEST = np.iinfo(np.int64).max
TICKED = 0  # the place of the only choice of an option that may be ticked


@dataclass(frozen=True)
class Parts:
    """The keys of the parts of a question, and of the choices that each has."""

    keys: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def base(self) -> int:
        return len(self.choices) + 1

    @property
    def fits(self) -> bool:
        return self.base ** len(self.keys) - 1 <= LARGEST


ALONE = ("",)  # the one part of a choice of one
TICK = ("ticked",)


def parts_of(definition: Definition) -> Parts | None:
    """None for kinds without choices, and where so many do not fit in a number."""
    structure = definition["structure"]
    if definition["kind"] in ONE_CHOICE:
        found = Parts(ALONE, tuple(keys_of(definition)))
    elif definition["kind"] == multiple.KIND:
        found = Parts(tuple(keys_of(definition)), TICK)
    elif definition["kind"] == multiple_truefalse.KIND:
        found = Parts(_keys(structure["statements"]), multiple_truefalse.TRUTHS)
    elif definition["kind"] == matching.KIND:
        found = Parts(_keys(structure["premises"]), _keys(structure["responses"]))
    else:
        return None
    return found if found.fits else None


def _keys(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(row["key"] for row in rows)


def number_of(parts: Parts | None, response: Any) -> int:
    """The number of a response as its kind stores it; ABSENT where the question has none."""
    if parts is None:
        return ABSENT
    return sum(
        (place + 1) * parts.base**n
        for n, place in enumerate(_places(parts, response))
        if place >= 0
    )


def right_places(parts: Parts, definition: Definition) -> tuple[int, ...]:
    """The place of what is right in each part; OMITTED for an option that is not to be ticked.

    `definition` may be that of another version, by which the responses are marked.
    """
    return tuple(_places(parts, kind_of(definition).right(definition)))


def _places(parts: Parts, response: Any) -> list[int]:
    """For each part the place of its choice, OMITTED where there is none."""
    if parts.choices == TICK:
        ticked = set(response or ())
        return [TICKED if key in ticked else OMITTED for key in parts.keys]
    chosen = {parts.keys[0]: response} if parts.keys == ALONE else response or {}
    known = {choice: place for place, choice in enumerate(parts.choices)}
    return [known.get(str(chosen.get(key, "")), OMITTED) for key in parts.keys]


def places_in(parts: Parts, numbers: NDArray) -> NDArray:
    """(persons, parts) of places; OMITTED without a choice, ABSENT where a number is below 0."""
    powers = np.array([parts.base**n for n in range(len(parts.keys))], dtype=np.int64)
    digits = numbers[:, None] // powers % parts.base - 1
    return np.where(numbers[:, None] < 0, ABSENT, digits)
