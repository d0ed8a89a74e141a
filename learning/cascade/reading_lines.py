"""What is typed for one person: reading a number of marks, and why a line cannot be read.

Every sentence names the person, the place and what is possible there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _

from learning.attempts.keying import LETTERS, SHARES, Unreadable, options_of
from learning.cascade.errors import Refused
from learning.enrolment.models import Enrolment
from modules.papers.asking import PaperQuestion
from modules.questions.digits import NumberError, read_number
from modules.questions.kinds import CHOOSING
from modules.reference.lists import left_to_right

# Signs for parts of a mark. Besides these, marks have two decimals at most.
PART_SIGNS = {
    "¼": Fraction(1, 4),
    "⅓": Fraction(1, 3),
    "½": Fraction(1, 2),
    "⅔": Fraction(2, 3),
    "¾": Fraction(3, 4),
}
HUNDREDTHS = 100


def who(enrolment: Enrolment) -> str:
    """ "07-K Nasreen Gul", as the page names a participant."""
    return f"{left_to_right(enrolment.code)} {enrolment.person}"


# --- numbers of marks ----------------------------------------------------------------------------


def read_marks(enrolment: Enrolment, text: str, full: int | None) -> Fraction:
    """The marks that `text` writes: "11½", "11.5", "11,5", in the digits of any script.

    Raises `Refused` unless they lie between 0 and `full`.
    """
    if not full:
        raise Refused(_("Say first how many marks the whole test has. Nothing was saved."))
    try:
        got = number_with_part(text)
    except NumberError:
        got = None
    if got is None or not 0 <= got <= full or not _is_usual(got):
        raise Refused(
            _("{person}: write a number from 0 to {full}, such as 11, 11.5 or 11½.").format(
                person=who(enrolment), full=full
            )
        )
    return got


def _is_usual(marks: Fraction) -> bool:
    parts = {part.denominator for part in PART_SIGNS.values()}
    return marks.denominator in parts or HUNDREDTHS % marks.denominator == 0


def number_with_part(text: str) -> Fraction:
    """A number that may end in a sign such as ½ or ¾. Raises `NumberError`."""
    text = text.strip()
    part = PART_SIGNS.get(text[-1:])
    if part is None:
        return read_number(text, ())
    return part + (read_number(text[:-1], ()) if text[:-1].strip() else 0)


def marks_as_typed(marks: Fraction) -> str:
    """The same number as a trainer would type it: "11½", "11.37"; others as a fraction."""
    whole, rest = divmod(marks, 1)
    sign = next((sign for sign, part in PART_SIGNS.items() if part == rest), "")
    if sign or not rest:
        return f"{whole or ''}{sign}" or "0"
    return f"{whole}.{int(rest * HUNDREDTHS):02d}" if _is_usual(marks) else str(marks)


# --- lines of answers ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Places:
    """Positions of a paper that are typed in the same way: "1–4, 6" and the last letter there.

    `how`: "one" letter, "several" letters, or a mark "by hand".
    """

    how: str
    positions: str
    count: int
    last_letter: str


def legend_of(questions: Sequence[PaperQuestion]) -> list[Places]:
    """What is typed where on a paper, in the order in which it first occurs."""
    groups: dict[tuple[str, str], list[int]] = {}
    for question in questions:
        groups.setdefault(_way(question), []).append(question.item.position)
    return [
        Places(how, in_runs(found), len(found), letter) for (how, letter), found in groups.items()
    ]


def _way(question: PaperQuestion) -> tuple[str, str]:
    if question.kind not in CHOOSING:
        return "by hand", ""
    return "several" if question.kind == "multiple" else "one", last_letter(question)


def last_letter(question: PaperQuestion) -> str:
    return LETTERS[len(options_of(question)) - 1]


def in_runs(positions: Sequence[int]) -> str:
    """[1, 2, 3, 6] as "1–3, 6"."""
    runs = [
        [position for _at, position in run]
        for _key, run in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def unreadable(
    enrolment: Enrolment, refusal: Unreadable, questions: Sequence[PaperQuestion], label: str
) -> str:
    """Why a line cannot be read, and what would be possible at that place."""
    facts = {"person": who(enrolment), "n": refusal.position, "form": label}
    if refusal.code == "few":
        words = _(
            "{person}: this line has {n} answers, and form {form} has {total} questions. Type - for"
            " a question without an answer."
        )
        return words.format(**facts, total=len(questions))
    if refusal.code == "many":
        words = _("{person}: this line has {n} answers, and form {form} has {total} questions.")
        return words.format(**facts, total=len(questions))
    if refusal.code == "bracket":
        return _("{person}, question {n}: close the bracket after the last letter.").format(**facts)
    question = questions[refusal.position - 1]
    if refusal.code == "share":
        words = _(
            "{person}, question {n}: you mark this one on the paper. Type {right} for right, {half}"
            " for half, {wrong} for wrong."
        )
        right, half, wrong = SHARES
        return words.format(**facts, right=right, half=half, wrong=wrong)
    if refusal.code == "one":
        words = _("{person}, question {n}: only one letter, A to {last}, or - for no answer.")
    elif question.kind == "multiple":
        words = _(
            "{person}, question {n}: letters A to {last}, several of them in brackets, or - for no"
            " answer."
        )
    else:
        words = _("{person}, question {n}: a letter from A to {last}, or - for no answer.")
    return words.format(**facts, last=last_letter(question))


def cleared(enrolment: Enrolment) -> str:
    """What to do instead of emptying a field."""
    return _(
        "{person}: an emptied field removes nothing. Use “Take back” to say that this result does"
        " not count."
    ).format(person=who(enrolment))


def cannot_key(enrolment: Enrolment, code: str) -> str:
    """Why a line was not stored; see `CannotKey`."""
    sentences = {
        "online": _("{person} took this test on a device. That result stands."),
        "no_form": _("{person}: the course has no such form. Choose another one."),
        "known": _("{person}: this line was saved for somebody else. Load the page again."),
    }
    return sentences[code].format(person=who(enrolment))
