"""Marks worked out a second time: from what devices were told, and the frozen questions as stored.

Shares nothing with the product but the stored JSON. It knows the kinds and rules that the course
of the drills has, and ends with a `KeyError` at any other.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

type Structure = dict[str, Any]

BY_PERSON = {"by_hand", "by_rubric"}


def one_choice(structure: Structure, said: str) -> Fraction:
    return Fraction([row["key"] for row in structure["options"] if row["correct"]] == [said])


def choices_less_wrong_ones(structure: Structure, said: list[str]) -> Fraction:
    right = [row["key"] for row in structure["options"] if row["correct"]]
    points = sum(1 if key in right else -1 for key in said)
    return Fraction(max(points, 0), len(right))


def decisions(structure: Structure, said: dict[str, str]) -> Fraction:
    rows = structure["statements"]
    return share(said.get(row["key"]) == str(row["correct"]).lower() for row in rows)


def pairs(structure: Structure, said: dict[str, str]) -> Fraction:
    return share(said.get(row["key"]) == row["match"] for row in structure["premises"])


def places(structure: Structure, said: dict[str, int]) -> Fraction:
    return share(said.get(row["key"]) == n for n, row in enumerate(structure["steps"], 1))


def a_number(structure: Structure, said: str) -> Fraction:
    return Fraction(Fraction(structure["min"]) <= Fraction(said) <= Fraction(structure["max"]))


def gaps(structure: Structure, said: dict[str, str]) -> Fraction:
    """The third gap of the sample takes words, of which the drills send the right one or "?"."""

    def is_right(gap: Structure, words: str) -> bool:
        if "match" in gap:
            return words == gap["match"]
        if "min" in gap:
            return bool(a_number(gap, words))
        return words == "contribution"

    rows = enumerate(structure["gaps"], 1)
    return share(str(n) in said and is_right(gap, said[str(n)]) for n, gap in rows)


def share(rights: Any) -> Fraction:
    found = list(rights)
    return Fraction(sum(found), len(found))


RULES: dict[str, Callable[[Structure, Any], Fraction]] = {
    "right_or_wrong": one_choice,
    "plus_minus": choices_less_wrong_ones,
    "per_decision": decisions,
    "per_pair": pairs,
    "exact_positions": places,
    "in_range": a_number,
    "per_gap": gaps,
}


def replay(paper: dict[str, Any], versions: dict[str, Any], said: dict[int, Any]) -> dict[str, Any]:
    """What the marking run of a sitting must say; `said` is the last answer by position.

    `versions` holds the content of the frozen questions by "key.n".
    """
    marks = [
        (item["outcome"], *mark_of(versions[f"{item['question']}.{item['n']}"], said.get(position)))
        for position, item in enumerate(paper["items"], 1)
    ]
    outcomes = dict.fromkeys(outcome for outcome, _got, _full in marks)
    return totals(marks) | {
        "by_outcome": {
            outcome: totals([mark for mark in marks if mark[0] == outcome]) for outcome in outcomes
        }
    }


def mark_of(content: dict[str, Any], said: Any) -> tuple[Fraction | None, Fraction]:
    """What was got, None where a person has still to read it, and the full mark."""
    full = Fraction(content["max"])
    if said is None:
        return Fraction(0), full
    if content["method"] in BY_PERSON:
        return None, full
    return RULES[content["method"]](content["structure"], said) * full, full


def totals(marks: list[tuple[str, Fraction | None, Fraction]]) -> dict[str, Any]:
    got = sum((got for _outcome, got, _full in marks if got is not None), Fraction(0))
    full = sum((full for _outcome, _got, full in marks), Fraction(0))
    return {
        "got": list(got.as_integer_ratio()),
        "full": list(full.as_integer_ratio()),
        "unmarked": sum(got is None for _outcome, got, _full in marks),
    }
