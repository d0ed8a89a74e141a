"""Questions on paper: options with letters, and apart from them what is right and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from string import ascii_uppercase
from typing import Any

from babel.numbers import format_decimal
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modules.editions.drawings import picture_with_places
from modules.questions.case_sets import runs_in
from modules.questions.kinds import CHOOSING, cloze, kind_of
from modules.questions.kinds.multiple_truefalse import truth_of
from modules.questions.kinds.numeric import bounds
from modules.questions.presenting import Part, Presented
from modules.questions.rubrics import Criterion, criteria_of
from modules.questions.shapes import SOURCE, Definition
from modules.questions.wording import readable
from modules.reference.lists import left_to_right, listed

LETTERS = ascii_uppercase
# Which list of a kind is printed in an order of its own: authors write it in the right one.
SHUFFLED = {"ordering": "steps", "matching": "responses", "cloze": "choices"}


@dataclass(frozen=True)
class Line:
    """One option, response or step with its letter, and what is said about it afterwards."""

    letter: str
    text: str
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Gap:
    """A numbered gap with what stands before it and what may be chosen."""

    number: int
    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A question for paper. `answer` and `feedback` belong on another page than the rest."""

    number: str
    anchor: str
    kind: str
    lang: str
    stem: str
    case: str
    case_set: str
    unit: str
    picture: str
    alt: str
    lines: tuple[Line, ...]
    premises: tuple[str, ...]
    answer: str
    feedback: str
    outcome: str = ""
    # Of questions in a row about one case: the numbers of the first, which tells it, and the last.
    first: str = ""
    last: str = ""
    gaps: tuple[Gap, ...] = ()
    after: str = ""
    reasons: tuple[tuple[str, str], ...] = ()  # of parts that have no line: name and feedback
    criteria: tuple[Criterion, ...] = ()  # that the person may see beforehand
    advice: tuple[str, str] = ("", "")  # words at least and at most


def gaps_of(shown: Presented) -> tuple[Gap, ...]:
    """The gaps of a text in its order; () for other kinds."""
    if shown.kind != "cloze":
        return ()
    return tuple(
        Gap(number, part.text, tuple(choice.text for choice in part.choices))
        for number, part in enumerate(shown.parts, 1)
    )


def printed(key: str, definition: Definition, lang: str, number: str, anchor: str = "") -> Printed:
    """The question in `lang`, or in English where it lacks `lang`."""
    shown = kind_of(definition).present(definition, _order(key, definition), lang)
    words = definition["texts"][shown.lang]
    with translation.override(shown.lang):
        lines = _lines(shown.kind, shown.parts, shown.choices, definition, words)
        answer = _answer(definition, shown, words, lines)
    return Printed(
        number=number,
        anchor=anchor or f"question-{key}",
        kind=shown.kind,
        lang=shown.lang,
        stem=shown.stem,
        case=shown.case,
        case_set=shown.case_set,
        unit=shown.unit,
        picture=picture_of(shown),
        alt=shown.alt,
        lines=lines,
        premises=tuple(p.text for p in shown.parts) if shown.kind == "matching" else (),
        answer=answer,
        feedback=words.get("feedback", ""),
        gaps=gaps_of(shown),
        after=shown.after,
        reasons=_reasons(shown, definition, words),
        criteria=criteria_of(definition, shown.lang) if shown.kind == "teachback" else (),
        advice=(shown.fewest_words, shown.most_words),
    )


def with_runs(questions: Sequence[Printed]) -> list[Printed]:
    """The questions of a list, each knowing which neighbours are about the same case."""
    return [
        replace(one, first=questions[run.first - 1].number, last=questions[run.last - 1].number)
        if run
        else one
        for one, run in zip(questions, runs_in(questions), strict=True)
    ]


def picture_of(shown: Presented) -> str:
    """The address of its picture with a letter at each place, "" where it has none."""
    if not shown.picture:
        return ""
    return picture_with_places(shown.picture, [part.spot for part in shown.parts])


def _order(key: str, definition: Definition) -> list[str] | None:
    """An order that tells nothing and is the same on every machine and in every language."""
    name = SHUFFLED.get(definition["kind"])
    if name is None:
        return None
    right = [part["key"] for part in definition["structure"].get(name, ())]
    mixed = sorted(right, key=lambda part: sha256(f"{key}/{part}".encode()).digest())
    return mixed if mixed != right else [*mixed[1:], *mixed[:1]]


def _lines(
    kind: str, parts: Sequence[Part], choices: Sequence[Any], definition: Definition, words: Any
) -> tuple[Line, ...]:
    if kind == "matching":
        return tuple(Line(LETTERS[n], choice.text) for n, choice in enumerate(choices))
    if kind == "ordering":
        return tuple(Line(LETTERS[n], part.text) for n, part in enumerate(parts))
    if kind == "multiple_truefalse":
        feedback = {key: said["feedback"] for key, said in words["statements"].items()}
        return tuple(
            Line(LETTERS[n], part.text, feedback=feedback[part.key]) for n, part in enumerate(parts)
        )
    if kind not in CHOOSING:
        return ()
    right = {row["key"] for row in definition["structure"]["options"] if row["correct"]}
    return tuple(
        Line(
            LETTERS[n],
            part.text or _judgement(part.key),
            part.key in right,
            words["options"][part.key].get("feedback", ""),
        )
        for n, part in enumerate(parts)
    )


def _reasons(shown: Presented, definition: Definition, words: Any) -> tuple[tuple[str, str], ...]:
    if shown.kind == "essay":
        return tuple((one.text, _levels(one)) for one in criteria_of(definition, shown.lang))
    if shown.kind != "cloze":
        return ()
    keys = [gap["key"] for gap in definition["structure"]["gaps"]]
    return tuple(
        (str(place), words["gaps"][keys[int(part.key) - 1]]["feedback"])
        for place, part in enumerate(shown.parts, 1)
    )


def _levels(criterion: Criterion) -> str:
    return " ".join(f"{level.points}: {level.text}" for level in criterion.levels)


def filled_gaps(shown: Presented, definition: Definition) -> str:
    """What belongs into the gaps, by their numbers on paper."""
    answers = cloze.answers(definition, shown.lang)
    numbered = (f"{n} {answers[part.key]}" for n, part in enumerate(shown.parts, 1))
    return " · ".join(numbered)


def _answer(definition: Definition, shown: Presented, words: Any, lines: Sequence[Line]) -> str:
    if definition["kind"] in CHOOSING:
        return left_to_right(", ".join(line.letter for line in lines if line.right))
    if definition["kind"] == "cloze":
        return filled_gaps(shown, definition)
    return ANSWERS.get(definition["kind"], _accepted)(definition, words, lines)


def _steps(definition: Definition, words: Any, lines: Sequence[Line]) -> str:
    letters = {line.text: line.letter for line in lines}
    steps = (words["steps"][row["key"]]["text"] for row in definition["structure"]["steps"])
    return left_to_right(" › ".join(letters[text] for text in steps))


def _pairs(definition: Definition, words: Any, lines: Sequence[Line]) -> str:
    structure, letters = definition["structure"], {line.text: line.letter for line in lines}
    texts = {row["key"]: words["responses"][row["key"]]["text"] for row in structure["responses"]}
    pairs = (letters[texts[row["match"]]] for row in structure["premises"])
    return left_to_right(", ".join(f"{n} {letter}" for n, letter in enumerate(pairs, 1)))


def _judgements(definition: Definition, words: Any, lines: Sequence[Line]) -> str:
    truths = zip(lines, truth_of(definition).values(), strict=True)
    return listed(f"{line.letter}\u00a0{_judgement(truth)}" for line, truth in truths)


def _accepted(definition: Definition, words: Any, lines: Sequence[Line]) -> str:
    return " / ".join([*readable(words.get("accepted", "")), *filter(None, [words.get("model")])])


def _judgement(truth: str) -> str:
    return _("True") if truth == "true" else _("False")


def _number(definition: Definition, words: Any, lines: Sequence[Line]) -> str:
    """The number with its unit, written as texts of the active language write numbers."""
    structure = definition["structure"]
    number, low, high = map(_grouped, (structure["answer"], *bounds(structure)))
    space = "" if words["unit"] == "%" else " "
    answer = f"{number}{space}{words['unit']}".rstrip()
    if low == high:
        return answer
    return _("{answer} (from {low} to {high} is right)").format(answer=answer, low=low, high=high)


type Answer = Callable[[Definition, Any, Sequence[Line]], str]
ANSWERS: dict[str, Answer] = {
    "ordering": _steps,
    "matching": _pairs,
    "multiple_truefalse": _judgements,
    "numeric": _number,
}


def _grouped(number: str) -> str:
    return format_decimal(Decimal(number), locale=get_language(), decimal_quantization=False)


def in_english(question: Printed, lang: str) -> bool:
    """Whether a book in `lang` shows this question in English."""
    return question.lang == SOURCE != lang
