"""Tests on paper: the questions of a form as they are handed out, and the sheet to mark them by.

Both are made of the same frozen paper that typed answers are read by, so letters mean the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from learning.attempts.keying import LETTERS, SHARES, as_typed, options_of
from modules.editions.questions import Gap, filled_gaps, gaps_of, picture_of
from modules.papers.asking import OBSERVED, PaperQuestion
from modules.questions.case_sets import Run, runs_in
from modules.questions.kinds import CHOOSING
from modules.questions.kinds.multiple_truefalse import truth_of
from modules.questions.kinds.numeric import bounds
from modules.questions.options import correct_keys
from modules.questions.presenting import Part
from modules.questions.rubrics import Criterion, criteria_of
from modules.questions.wording import readable
from modules.reference.lists import left_to_right, listed

LINES = 4  # to write on
APART = " · "  # between the parts of an answer


@dataclass(frozen=True)
class Asked:
    """One question on paper. Of `options`, `premises` and `steps` at most two are used."""

    position: int
    lang: str
    kind: str
    stem: str
    case: str
    case_set: str
    unit: str
    picture: str
    alt: str
    options: Sequence[tuple[str, str]]  # letter and text; of a matching what can be matched
    premises: Sequence[str]
    steps: Sequence[tuple[str, str]]  # letter and text
    statements: Sequence[str]
    run: Run | None = None
    gaps: Sequence[Gap] = ()
    after: str = ""
    criteria: Sequence[Criterion] = ()
    advice: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Key:
    """How one question is marked. `levels`: what is typed for which quality of an answer.

    `words` are the right options with their letters, for who does not have the questions at hand.
    """

    position: int
    lang: str
    stem: str
    answer: str
    marks: Fraction
    words: Sequence[tuple[str, str]] = field(default=())
    levels: Sequence[tuple[str, str]] = field(default=())


def asked_on_paper(question: PaperQuestion, lang: str) -> Asked:
    """The question without its key, in `lang` or in English where it lacks `lang`."""
    shown = question.present(lang)
    with translation.override(shown.lang):
        texts = [_words_of(part) for part in shown.parts]
    choices = [choice.text for choice in shown.choices] if shown.kind == "matching" else []
    options = texts if shown.kind in CHOOSING else choices
    return Asked(
        position=question.item.position,
        lang=shown.lang,
        kind=shown.kind,
        stem=shown.stem,
        case=shown.case,
        case_set=shown.case_set,
        unit=shown.unit,
        picture=picture_of(shown),
        alt=shown.alt,
        options=list(zip(LETTERS, options, strict=False)),
        premises=texts if shown.kind == "matching" else [],
        steps=list(zip(LETTERS, texts, strict=False)) if shown.kind == "ordering" else [],
        statements=texts if shown.kind == "multiple_truefalse" else [],
        gaps=gaps_of(shown),
        after=shown.after,
        criteria=criteria_of(question.definition, lang) if shown.kind in OBSERVED else (),
        advice=(shown.fewest_words, shown.most_words),
    )


def asked_in_runs(questions: Sequence[PaperQuestion], lang: str) -> list[Asked]:
    """All questions of a paper, each knowing which neighbours are about the same case."""
    asked = [asked_on_paper(question, lang) for question in questions]
    return [replace(one, run=run) for one, run in zip(asked, runs_in(asked), strict=True)]


def _words_of(part: Part) -> str:
    """True and false have no text of their own."""
    return part.text or _judgement(part.key)


def _judgement(truth: str) -> str:
    return _("True") if truth == "true" else _("False")


def key_of(question: PaperQuestion, lang: str) -> Key:
    """The right answer of a question, and what to type where a person marks it."""
    shown = question.present(lang)
    with translation.override(shown.lang):
        levels, answer = _levels(question, lang), _answer(question, lang)
        words = _right_words(question, lang)
    return Key(
        position=question.item.position,
        lang=shown.lang,
        stem=shown.stem,
        answer=answer,
        marks=question.full_mark,
        words=words,
        levels=levels,
    )


def _right_words(question: PaperQuestion, lang: str) -> list[tuple[str, str]]:
    if question.kind not in CHOOSING:
        return []
    right = letters_of(question)
    return [pair for pair in asked_on_paper(question, lang).options if pair[0] in right]


def _answer(question: PaperQuestion, lang: str) -> str:
    if question.kind in CHOOSING:
        return letters_of(question)
    return ANSWERS.get(question.kind, _words)(question, lang)


def _pairs(question: PaperQuestion, lang: str) -> str:
    structure = question.definition["structure"]
    printed = list(question.item.order) or [row["key"] for row in structure["responses"]]
    pairs = [LETTERS[printed.index(row["match"])] for row in structure["premises"]]
    return in_a_line(f"{n}\u00a0{letter}" for n, letter in enumerate(pairs, 1))


def _order(question: PaperQuestion, lang: str) -> str:
    right = [row["key"] for row in question.definition["structure"]["steps"]]
    printed = question.item.order or right
    pairs = zip(LETTERS, printed, strict=False)
    return in_a_line(f"{letter}\u00a0{right.index(key) + 1}" for letter, key in pairs)


def in_a_line(pairs: Iterable[str]) -> str:
    """Letters and digits, which run from left to right in every language."""
    return left_to_right(APART.join(pairs))


def _judgements(question: PaperQuestion, lang: str) -> str:
    truths = truth_of(question.definition)
    said = [_judgement(truths[key]) for key in question.item.order or truths]
    return listed(f"{n}\u00a0{word}" for n, word in enumerate(said, 1))


def _gaps(question: PaperQuestion, lang: str) -> str:
    return filled_gaps(question.present(lang), question.definition)


def _number(question: PaperQuestion, lang: str) -> str:
    structure = question.definition["structure"]
    low, high = bounds(structure)
    return structure["answer"] if low == high else f"{structure['answer']} ({low} … {high})"


def _words(question: PaperQuestion, lang: str) -> str:
    texts = question.definition["texts"]
    words = texts.get(lang, texts["en"])
    accepted = readable(words.get("accepted", ""))
    return " / ".join([*accepted, *filter(None, [words.get("model")])])


ANSWERS = {
    "matching": _pairs,
    "ordering": _order,
    "multiple_truefalse": _judgements,
    "cloze": _gaps,
    "numeric": _number,
}


def letters_of(question: PaperQuestion) -> str:
    """The letters of the right options, as printed."""
    right = correct_keys(question.definition)
    return "".join(LETTERS[n] for n, key in enumerate(options_of(question)) if key in right)


def _levels(question: PaperQuestion, lang: str) -> list[tuple[str, str]]:
    """Best first. Rubrics have words of their own; other kinds are right, half right or wrong."""
    full, half, none = SHARES
    if question.kind == "short":
        texts = question.definition["texts"]
        rubric = texts.get(lang, texts["en"])["rubric"]
        signs = {share: sign for sign, share in SHARES.items()}
        # Not in the order of the table: PostgreSQL keeps none.
        best_first = sorted(rubric.items(), key=lambda row: Fraction(row[0]), reverse=True)
        rows = [(signs.get(Fraction(mark)), words) for mark, words in best_first]
        return [(sign, words) for sign, words in rows if sign]
    if question.kind in ("essay", "teachback"):
        return _levels_of_rubric(question, lang)
    if question.kind == "numeric":
        return [(full, _("right")), (none, _("wrong"))]
    if question.kind in CHOOSING:
        return []
    return [(full, _("all right")), (half, _("at least half right")), (none, _("less"))]


def _levels_of_rubric(question: PaperQuestion, lang: str) -> list[tuple[str, str]]:
    """The shares that a line can say, and below them the rubric, to add up the points by."""
    full, half, none = SHARES
    most = sum(Fraction(one.most) for one in criteria_of(question.definition, lang))
    words = _("all {most} points").format(most=f"{float(most):g}")
    rows = [(full, words), (half, _("at least half of the points")), (none, _("less"))]
    for one in criteria_of(question.definition, lang):
        levels = "; ".join(f"{level.points}: {level.text}" for level in one.levels)
        rows.append(("", f"{one.text} – {levels}"))
    return rows


def right_line(questions: Sequence[PaperQuestion]) -> str:
    """What one would type for a paper without a mistake."""
    responses = {
        question.item.position: sorted(correct_keys(question.definition))
        for question in questions
        if question.kind in CHOOSING
    }
    by_hand = [q.item.position for q in questions if q.kind not in CHOOSING]
    return as_typed(questions, responses, dict.fromkeys(by_hand, Fraction(1)))
