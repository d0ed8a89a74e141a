"""What people chose in each question: an option, several, or something for each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from learning.attempts.regrades import Regrading
from learning.measurement.options import ABSENT, Choices, count_choices, count_ticks
from learning.measurement.reading import Rests, totals_of
from learning.reporting.coding import ALONE, TICK, Parts, parts_of, places_in, right_places
from learning.reporting.columns import Version
from learning.reporting.counting import Marks
from modules.questions.models import QuestionVersion
from modules.questions.shapes import Definition

MOST_OPTIONS = 26  # that have a letter


@dataclass(frozen=True)
class Chosen:
    """By the place of the question. `choices`: of those with options, one or several of which are
    chosen; `parts`: of statements and pairs, the choices in each.
    """

    choices: Mapping[int, Choices] = field(default_factory=dict)
    parts: Mapping[int, tuple[Choices, ...]] = field(default_factory=dict)

    def of_one(self, column: int) -> "Chosen":
        """With one question alone."""
        return Chosen(
            {0: self.choices[column]} if column in self.choices else {},
            {0: self.parts[column]} if column in self.parts else {},
        )


def chosen_in(marks: Marks, definitions: Mapping[Version, Definition]) -> Chosen:
    """Of those who were given each question, by the key that marks it now; two queries."""
    there = ~np.isnan(marks.marks).all(axis=1)
    if not there.any():
        return Chosen()
    rests, whole = Rests(marks.marks, marks.full), np.full(len(there), np.nan)
    whole[there] = totals_of(marks.marks[there], marks.full)
    in_force = _in_force(definitions)
    choices, several = {}, {}
    for column, version in enumerate(marks.versions):
        parts = parts_of(definitions[version])
        if parts is None or max(len(parts.keys), len(parts.choices)) > MOST_OPTIONS:
            continue
        places = places_in(parts, marks.chosen(column))
        own, rest = rests.of_item(column)
        beside = np.full(len(there), np.nan)
        beside[own] = rest
        totals = np.where(places[:, 0] == ABSENT, np.nan, whole)
        right = right_places(parts, in_force[version])
        if parts.keys == ALONE or parts.choices == TICK:
            choices[column] = _of_options(parts, places, right, beside, totals)
        else:
            several[column] = _of_parts(parts, places, right, beside, totals)
    return Chosen(choices, several)


def _of_options(
    parts: Parts, places: NDArray, right: tuple[int, ...], rests: NDArray, totals: NDArray
) -> Choices:
    if parts.choices == TICK:
        keys = {place for place, tick in enumerate(right) if tick >= 0}
        return count_ticks(places, parts.keys, keys, rests, totals)
    return count_choices(places[:, 0], parts.choices, _key(right[0]), rests, totals)


def _of_parts(
    parts: Parts, places: NDArray, right: tuple[int, ...], rests: NDArray, totals: NDArray
) -> tuple[Choices, ...]:
    """Each part as a question of its own beside the marks in the other questions."""
    count = partial(count_choices, options=parts.choices, rests=rests, totals=totals)
    return tuple(count(places[:, n], right=_key(key)) for n, key in enumerate(right))


def _key(place: int) -> int | None:
    return None if place < 0 else place


def _in_force(definitions: Mapping[Version, Definition]) -> dict[Version, Definition]:
    """By what each version is marked: itself, or another version that was decided to hold."""
    keys = {key for (key, _n), one in definitions.items() if parts_of(one) is not None}
    made = Regrading.objects.filter(
        question_key__in=keys, how=Regrading.How.VERSION, programme=None
    )
    decided = {(one.question_key, n): one.to_n or n for one in made for n in one.from_ns}
    stored = QuestionVersion.objects.filter(key__in={key for key, _n in decided}) if decided else ()
    known = {(one.key, one.n): one.content for one in stored}
    return {v: known.get((v[0], decided.get(v, v[1])), one) for v, one in definitions.items()}
