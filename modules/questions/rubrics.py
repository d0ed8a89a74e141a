"""Rubrics: criteria with levels, and the share of the full mark that levels are worth.

A short answer has levels alone, which are one criterion without a name. What was found is a rating:
the points of the level reached, as the question writes them, by criterion: {"clear": "2"}.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.presenting import words_in
from modules.questions.shapes import SOURCE, Definition, Shape, plain_number

type Rating = Mapping[str, str]

CRITERION = Shape(
    fields=("key", "text", "levels"),
    facts=("key",),
    lists={"levels": Shape(fields=("points", "text"), facts=("points",), bare=True)},
)
# The same, with the level that an example has and why.
EXEMPLIFIED = Shape(
    fields=("key", "text", "example", "why", "levels"),
    facts=("key", "example"),
    lists=CRITERION.lists,
    optional=("example", "why"),
)
WHOLE = ""  # the criterion of a short answer
# Their sums stay small, so that every share can be stored exactly.
MOST_POINTS = 100
MOST_CRITERIA = 12


@dataclass(frozen=True)
class Level:
    """One level of a criterion: its points as the question writes them, and what earns it."""

    points: str
    text: str


@dataclass(frozen=True)
class Criterion:
    """What is looked at, with its levels from the lowest to the highest."""

    key: str
    text: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> str:
        return self.levels[-1].points


def check_criteria(definition: Definition) -> None:
    """Raises `DefinitionError` unless there is a criterion, and each begins with 0 and rises."""
    criteria = definition["structure"]["criteria"]
    if not criteria:
        raise DefinitionError("criteria: at least one is needed.")
    if len(criteria) > MOST_CRITERIA:
        raise DefinitionError(f"criteria: there are more than {MOST_CRITERIA}.")
    for criterion in criteria:
        where = f'criteria, "{criterion["key"]}", levels'
        points = [plain_number(level["points"], where) for level in criterion["levels"]]
        if points[:1] != [0] or points[-1:] == [0]:
            raise DefinitionError(f"{where}: they must begin with 0 points and rise.")
        if any(lower >= higher for lower, higher in pairwise(points)):
            raise DefinitionError(f"{where}: the points must rise from level to level.")
        if points[-1] > MOST_POINTS or any((2 * one).denominator != 1 for one in points):
            raise DefinitionError(f"{where}: points are whole or half, up to {MOST_POINTS}.")


def check_example(definition: Definition) -> None:
    """Raises `DefinitionError` for an example without its levels and reasons, or the reverse."""
    words = definition["texts"][SOURCE]
    is_given = "example" in words
    for criterion in definition["structure"]["criteria"]:
        where = f'criteria, "{criterion["key"]}"'
        levels = [level["points"] for level in criterion["levels"]]
        reasons = words["criteria"][criterion["key"]]
        if ("example" in criterion) != is_given or ("why" in reasons) != is_given:
            raise DefinitionError(f'{where}: "example", its points and "why" belong together.')
        if is_given and criterion["example"] not in levels:
            raise DefinitionError(f'{where}: "example" must be the points of one of its levels.')


@dataclass(frozen=True)
class Example:
    """A piece of work as its authors rate it, and why, by criterion."""

    text: str
    rating: Rating
    reasons: Mapping[str, str]


def example_of(definition: Definition, lang: str) -> Example | None:
    """In `lang`, or in English as far as the question lacks it; None for a question without one."""
    english, words = definition["texts"][SOURCE], words_in(definition, lang)[1]
    if "example" not in english:
        return None
    criteria = definition["structure"]["criteria"]
    return Example(
        words.get("example", english["example"]),
        {one["key"]: one["example"] for one in criteria},
        {
            key: words["criteria"][key].get("why", english["criteria"][key]["why"])
            for key in (one["key"] for one in criteria)
        },
    )


def criteria_of(definition: Definition, lang: str) -> tuple[Criterion, ...]:
    """The rubric in `lang`, or in English where the question lacks `lang`; () when it has none."""
    structure, words = definition["structure"], words_in(definition, lang)[1]
    if "rubric" in structure:
        rows = (Level(row["mark"], words["rubric"][row["mark"]]) for row in structure["rubric"])
        return (Criterion(WHOLE, "", tuple(rows)),)
    return tuple(
        _criterion(row, words["criteria"][row["key"]]) for row in structure.get("criteria", ())
    )


def _criterion(row: Mapping[str, Any], words: Mapping[str, Any]) -> Criterion:
    levels = (Level(one["points"], words["levels"][one["points"]]) for one in row["levels"])
    return Criterion(row["key"], words["text"], tuple(levels))


def check_rating(definition: Definition, rating: Rating) -> None:
    """Raises `ResponseError` when a criterion or a level is not the question's; some may lack."""
    known = {one.key: [lv.points for lv in one.levels] for one in criteria_of(definition, "")}
    for key, points in rating.items():
        if points not in known.get(key, ()):
            raise ResponseError("This level is not part of the question.", "unknown_part")


def points_of(definition: Definition, rating: Rating) -> tuple[Fraction, Fraction]:
    """The points of a rating, and the most there could be; raises `ResponseError`."""
    check_rating(definition, rating)
    most = sum((Fraction(one.most) for one in criteria_of(definition, "")), Fraction(0))
    return sum(map(Fraction, rating.values()), Fraction(0)), most


def share_of(definition: Definition, rating: Rating) -> Fraction:
    """The share of the full mark, exactly: all points over the most there could be.

    Raises `ResponseError` for a rating that leaves a criterion out or does not fit.
    """
    if {one.key for one in criteria_of(definition, "")} != set(rating):
        raise ResponseError("Each criterion needs a level.", "unfinished")
    points, most = points_of(definition, rating)
    return points / most
