"""Gaps in a text: to choose, to write or to work out. A response is {"1": "a", "2": "as typed"}.

Each gap is called by its number in the definition, since its key may tell what belongs there. No
gap waits for a person: what its list or range does not accept is wrong.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from modules.questions import marking
from modules.questions.digits import readings_of
from modules.questions.errors import DefinitionError, ResponseError
from modules.questions.inputs import GAP, Post, typed, values_by_key
from modules.questions.kinds import numeric
from modules.questions.presenting import (
    Choice,
    Part,
    Presented,
    Remark,
    arrange,
    state_of,
    words_in,
)
from modules.questions.shapes import SOURCE, Definition, Shape, check_shape
from modules.questions.wording import check_accepted, example, fits, readable

KIND = "cloze"
RULES = {"per_gap": marking.share, "all_or_nothing": marking.all_or_nothing}
METHODS = tuple(RULES)
DEFAULT_METHOD = "per_gap"
RANGE = ("answer", "min", "max", "tolerance")
SHAPE = Shape(
    fields=("stem", "text", "gaps", "choices", "feedback"),
    lists={
        "gaps": Shape(
            fields=("key", "match", *RANGE, "accepted", "units", "feedback"),
            facts=("key", "match", *RANGE),
            optional=("match", *RANGE, "accepted", "units"),
        ),
        "choices": Shape(fields=("key", "gap", "text"), facts=("key", "gap")),
    },
    optional=("choices",),
    shuffled="choices",
)
IN_TEXT = re.compile(r"\[\[([^\[\]]*)\]\]")
FEWEST_CHOICES = 2
LONGEST = 200  # characters of a gap

type Gap = Mapping[str, Any]


def check(definition: Definition) -> None:
    check_shape(definition, SHAPE, METHODS)
    if not _gaps(definition):
        raise DefinitionError("gaps: at least one is needed.")
    keys = Counter(gap["key"] for gap in _gaps(definition))
    for lang, words in definition["texts"].items():
        if Counter(IN_TEXT.findall(words["text"])) != keys:
            raise DefinitionError(f"{lang}, text: it must name each gap once: [[{min(keys)}]].")
    for choice in definition["structure"].get("choices", ()):
        if choice["gap"] not in keys:
            raise DefinitionError(f'choices, "{choice["key"]}": there is no gap "{choice["gap"]}".')
    for gap in _gaps(definition):
        _check_gap(definition, gap)


def _check_gap(definition: Definition, gap: Gap) -> None:
    where = f'gaps, "{gap["key"]}"'
    choices, lists = _choices(definition, gap), _lists(definition, gap)
    ways = ["match" in gap, "answer" in gap, bool(lists)]
    if sum(ways) != 1:
        raise DefinitionError(f'{where}: it needs "match", "answer" or "accepted", one of them.')
    if "match" in gap and (gap["match"] not in choices or len(choices) < FEWEST_CHOICES):
        raise DefinitionError(f"{where}: it needs two choices at least, one of them its match.")
    if choices and "match" not in gap:
        raise DefinitionError(f'{where}: it has choices, and no "match" among them.')
    _check_range(gap, where)
    _check_lists(definition, gap, where)


def _check_range(gap: Gap, where: str) -> None:
    if "answer" in gap:
        numeric.check_range(gap)
    elif {*RANGE} & gap.keys():
        raise DefinitionError(f'{where}: "answer" is missing.')


def _check_lists(definition: Definition, gap: Gap, where: str) -> None:
    for lang, words in definition["texts"].items():
        if "accepted" in words["gaps"][gap["key"]]:
            check_accepted(words["gaps"][gap["key"]]["accepted"], f"{lang}, {where}, accepted")
    if (
        _lists(definition, gap)
        and "accepted" not in definition["texts"][SOURCE]["gaps"][gap["key"]]
    ):
        raise DefinitionError(f'{where}: "accepted" is missing in English.')


def present(definition: Definition, order: Sequence[str] | None, lang: str) -> Presented:
    """The gaps as the text has them, each with what stands before it; choices in `order`."""
    shown, words = words_in(definition, lang)
    *before, after = IN_TEXT.split(words["text"])[::2]
    gaps = {gap["key"]: (str(n), gap) for n, gap in enumerate(_gaps(definition), 1)}
    listed = arrange([choice["key"] for choice in _all_choices(definition)], order)
    parts = []
    for key, text in zip(IN_TEXT.findall(words["text"]), before, strict=True):
        number, gap = gaps[key]
        own = _choices(definition, gap)
        choices = [Choice(c, words["choices"][c]["text"]) for c in listed if c in own]
        parts.append(Part(number, text, GAP + number, tuple(choices), is_number="answer" in gap))
    return Presented(
        kind=KIND, lang=shown, stem=words["stem"], name="", parts=tuple(parts), after=after
    )


def read(post: Post) -> dict[str, str] | None:
    """From "gap-1", "gap-2" …: the key of a choice, or what was typed; blank ones are left out."""
    given = {number: typed(value) for number, value in values_by_key(post, GAP).items()}
    return {number: value for number, value in given.items() if value} or None


def mark(definition: Definition, response: Any) -> Fraction:
    given = _given(definition, response)
    gaps = _gaps(definition)
    right = sum(_is_right(definition, gap, given.get(str(n))) for n, gap in enumerate(gaps, 1))
    return RULES[definition["method"]](right, len(gaps))


def right(definition: Definition) -> dict[str, str]:
    return {str(n): _right(definition, gap) for n, gap in enumerate(_gaps(definition), 1)}


def _right(definition: Definition, gap: Gap) -> str:
    return gap.get("match") or gap.get("answer") or example(_lists(definition, gap)[0])


def explain(definition: Definition, response: Any, words: dict[str, Any]) -> tuple[Remark, ...]:
    given = _given(definition, response)
    return tuple(
        Remark(
            key=number,
            chosen=given.get(number, ""),
            state=state_of(given.get(number), right=_is_right(definition, gap, given.get(number))),
            text=words["gaps"][gap["key"]]["feedback"],
            answer=_answer(definition, gap, words),
        )
        for number, gap in ((str(n), gap) for n, gap in enumerate(_gaps(definition), 1))
    )


def answers(definition: Definition, lang: str) -> dict[str, str]:
    """Everything that is right in each gap, for who marks on paper, by the number of the gap."""
    _shown, words = words_in(definition, lang)
    gaps = enumerate(_gaps(definition), 1)
    return {str(n): _answers(definition, gap, words) for n, gap in gaps}


def _answers(definition: Definition, gap: Gap, words: Mapping[str, Any]) -> str:
    if "match" in gap:
        return words["choices"][gap["match"]]["text"]
    if "answer" in gap:
        low, high = numeric.bounds(gap)
        return gap["answer"] if low == high else f"{gap['answer']} ({low} … {high})"
    own = words["gaps"][gap["key"]].get("accepted")
    return " / ".join(readable(own or _lists(definition, gap)[0]))


def _answer(definition: Definition, gap: Gap, words: Mapping[str, Any]) -> str:
    """The key of the right choice, a number, or the first accepted answer."""
    if "match" in gap:
        return gap["match"]
    if "answer" in gap:
        return gap["answer"]
    own = words["gaps"][gap["key"]].get("accepted")
    return readable(own or _lists(definition, gap)[0])[0]


def _is_right(definition: Definition, gap: Gap, said: str | None) -> bool:
    if not said:
        return False
    if "match" in gap:
        return said == gap["match"]
    if "answer" in gap:
        units = _lines(definition, gap, "units")
        return any(numeric.is_within(gap, number) for number in readings_of(said, units or None))
    return fits(said, _lists(definition, gap))


def _gaps(definition: Definition) -> list[dict[str, Any]]:
    return definition["structure"]["gaps"]


def _all_choices(definition: Definition) -> list[dict[str, Any]]:
    return definition["structure"].get("choices", [])


def _choices(definition: Definition, gap: Gap) -> list[str]:
    return [choice["key"] for choice in _all_choices(definition) if choice["gap"] == gap["key"]]


def _lists(definition: Definition, gap: Gap) -> list[str]:
    """The accepted answers of the gap, one list for each language that has one."""
    parts = (words["gaps"][gap["key"]] for words in definition["texts"].values())
    return [part["accepted"] for part in parts if "accepted" in part]


def _lines(definition: Definition, gap: Gap, name: str) -> set[str]:
    parts = (words["gaps"][gap["key"]] for words in definition["texts"].values())
    return {line for part in parts for line in part.get(name, "").splitlines()}


def _given(definition: Definition, response: Any) -> dict[str, str]:
    if not isinstance(response or {}, dict):
        raise ResponseError("Something for each gap is expected.", "malformed")
    given = response or {}
    gaps = {str(n): gap for n, gap in enumerate(_gaps(definition), 1)}
    for number, said in given.items():
        if number not in gaps or not isinstance(said, str):
            raise ResponseError("This gap is not part of the question.", "unknown_part")
        if len(said) > LONGEST:
            raise ResponseError(f"A gap has {LONGEST} characters at most.", "too_long")
        if "match" in gaps[number] and said not in _choices(definition, gaps[number]):
            raise ResponseError("This choice is not part of the gap.", "unknown_part")
    return given
