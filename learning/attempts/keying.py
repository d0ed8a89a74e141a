"""Results of tests on paper, typed in by a trainer: the answers of each person, or totals only.

A sitting keeps what it was typed from (its grain), so that totals are never taken for answers.
Every line that is typed has an id made where it is typed: sent again, it is stored once.
"""

import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting, TypedTotal
from learning.attempts.papers import frozen_now
from learning.attempts.questions import questions_by_sitting
from learning.attempts.scoring import in_force, score
from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import User
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.contents import Form
from modules.papers.drawing import draw, versions_of
from modules.papers.models import Test
from modules.papers.naming import read_test
from modules.questions.kinds import CHOOSING, kind_of

# Everybody in a room has the same paper: its options stand in the order of this seed.
PRINTED = 0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOT_ANSWERED = "-."
# What telephones and keyboards of other scripts make of the signs of a line.
SAME_SIGN = str.maketrans("–—−‐‑_·（）", "------.()")
# What a trainer types for a question that is marked on the paper: right, half, wrong. One left open
# is worth nothing too, and says so: a mark of an earlier line must not stay in force.
SHARES = {"1": Fraction(1), "5": Fraction(1, 2), "0": Fraction(0)}


class CannotKey(Exception):
    """Why nothing was stored, by `code`; pages say it in the reader's language.

    `online`: the person has taken this test on a device. `no_form`: the course has no such form.
    `known`: the id belongs to something else.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreadable(Exception):
    """A line of answers that does not fit the paper; `position` is where, from 1.

    `code`: `letter` (this question has no such option), `share` (marked on paper: 1, 5 or 0 is
    expected), `one` (only one letter fits), `bracket` (it is not closed); of `few` and `many` the
    position is how many answers there are.
    """

    def __init__(self, code: str, position: int) -> None:
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position


@dataclass(frozen=True)
class Keyed:
    """What was typed for one question: a response in its own names, or a share of its mark."""

    position: int
    response: Any = None
    share: Fraction | None = None


# --- reading a line ------------------------------------------------------------------------------


def paper_questions(form: Form) -> list[PaperQuestion]:
    """The questions of `form` as they are printed; freezes them. Raises as `draw` does.

    Every line that is typed asks for them: as long as nothing changes they are frozen once.
    """
    paper = draw(form, PRINTED, frozen_now(form))
    versions = versions_of(paper)
    return [question_of(item, versions[item.question].content) for item in paper.items]


def read_keys(text: str, questions: Sequence[PaperQuestion]) -> list[Keyed]:
    """What "ABCDD (AC)-1A" says of each question; spaces mean nothing.

    A letter names an option as printed, letters in brackets several of them; `-` or `.` is no
    answer; of a question that the trainer marks on the paper, 1 is right, 5 half, 0 wrong, in the
    digits of any script. Raises `Unreadable` for the first place that does not fit, and stores
    nothing.
    """
    tokens = tokens_of(text)
    if len(tokens) != len(questions):
        code = "few" if len(tokens) < len(questions) else "many"
        raise Unreadable(code, len(tokens))
    return [_read(token, question) for token, question in zip(tokens, questions, strict=True)]


def tokens_of(text: str) -> list[str]:
    """What a line says of each question, without brackets. Raises `Unreadable` for an open one."""
    tokens: list[str] = []
    inside = False
    for char in plain(text):
        if char == "(" and not inside:
            tokens.append("")
            inside = True
        elif char == ")" and inside:
            inside = False
        elif inside:
            tokens[-1] += char
        else:
            tokens.append(char)
    if inside:
        raise Unreadable("bracket", len(tokens))
    return tokens


def plain(text: str) -> str:
    """A line without spaces and layout marks, in capitals, with the signs that are read."""
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    digits = (str(unicodedata.decimal(char, char)) for char in visible)
    return "".join("".join(digits).upper().translate(SAME_SIGN).split())


def _read(token: str, question: PaperQuestion) -> Keyed:
    position, is_open = question.item.position, not token or token in NOT_ANSWERED
    if question.kind in CHOOSING:
        return Keyed(position, response=None if is_open else _response(token, question))
    if not is_open and token not in SHARES:
        raise Unreadable("share", position)
    return Keyed(position, share=Fraction(0) if is_open else SHARES[token])


def _response(token: str, question: PaperQuestion) -> Any:
    position, options = question.item.position, options_of(question)
    try:
        chosen = sorted({options[LETTERS.index(letter)] for letter in token})
    except (ValueError, IndexError):
        raise Unreadable("letter", position) from None
    if question.kind == "multiple":
        return chosen
    if len(chosen) > 1:
        raise Unreadable("one", position)
    return chosen[0]


def options_of(question: PaperQuestion) -> list[str]:
    """The keys of a question's options in the order of their letters on paper."""
    if question.item.order:
        return list(question.item.order)
    definition = question.definition
    return [part.key for part in kind_of(definition).present(definition, None, "en").parts]


def typed_lines(sittings: Iterable[Sitting]) -> dict[int, str]:
    """The lines in force of sittings whose answers were typed in, by their key; three queries."""
    questions = questions_by_sitting(sittings)
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(sitting__in=questions):
        answers[answer.sitting_id].append(answer)
    shares: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for mark in HandMark.objects.filter(sitting__in=questions).order_by("received_at", "pk"):
        shares[mark.sitting_id][mark.position] = Fraction(mark.num, mark.den)
    return {
        pk: as_typed(own, {n: one.response for n, one in in_force(answers[pk]).items()}, shares[pk])
        for pk, own in questions.items()
    }


def as_typed(
    questions: Iterable[PaperQuestion], responses: Mapping[int, Any], shares: Mapping[int, Fraction]
) -> str:
    """The line that would be typed for these responses and shares, in groups of five."""
    marks = {share: sign for sign, share in SHARES.items()}
    signs = []
    for question in questions:
        position = question.item.position
        if question.kind in CHOOSING:
            signs.append(_letters(responses.get(position), question))
        else:
            signs.append(marks.get(shares.get(position, Fraction(0)), "-"))
    return " ".join("".join(signs[at : at + 5]) for at in range(0, len(signs), 5))


def _letters(response: Any, question: PaperQuestion) -> str:
    if not response:
        return "-"
    options = options_of(question)
    chosen = response if isinstance(response, list) else [response]
    letters = "".join(sorted(LETTERS[options.index(key)] for key in chosen))
    return letters if len(letters) == 1 else f"({letters})"


# --- storing -------------------------------------------------------------------------------------


@transaction.atomic
def key_answers(
    enrolment: Enrolment,
    test: str,
    label: str,
    keyed: Sequence[Keyed],
    by: User | None,
    *,
    line_id: uuid.UUID,
    sat_at: datetime,
    via: str = Fact.Via.PAPER,
) -> Sitting:
    """Store the answers of one person, read from the line with this id, and mark them.

    `test` by its name: "pre", "retention-3".

    Typed again, the newer line is in force; the older one is kept. The same line sent once more
    changes nothing, whatever was typed meanwhile. Raises `CannotKey`.
    """
    _lock(enrolment)
    first = uuid.uuid5(line_id, f"answer {keyed[0].position}")
    stored = _stored(Answer.objects.filter(pk=first), enrolment, test)
    if stored:
        return stored
    sitting = _sitting(enrolment, test, label, Sitting.Grain.ITEM, sat_at)
    now = timezone.now()
    shared = {"sitting": sitting, "recorded_by": by, "received_at": now, "captured_via": via}
    Answer.objects.bulk_create(
        Answer(
            id=uuid.uuid5(line_id, f"answer {one.position}"),
            position=one.position,
            response=one.response,
            lang="",
            device=line_id,
            device_seq=one.position,
            **shared,
        )
        for one in keyed
    )
    HandMark.objects.bulk_create(
        HandMark(
            id=uuid.uuid5(line_id, f"mark {one.position}"),
            position=one.position,
            num=one.share.numerator,
            den=one.share.denominator,
            **shared,
        )
        for one in keyed
        if one.share is not None
    )
    score(sitting, ScoringRun.Reason.KEYED, by)
    return sitting


@transaction.atomic
def key_total(
    enrolment: Enrolment,
    test: str,
    label: str,
    got: Fraction,
    full: int,
    by: User | None,
    *,
    line_id: uuid.UUID,
    sat_at: datetime,
    via: str = Fact.Via.PAPER,
) -> Sitting:
    """Store a total, `got` of `full` marks; a newer one replaces it. Raises `CannotKey`."""
    _lock(enrolment)
    stored = _stored(TypedTotal.objects.filter(pk=line_id), enrolment, test)
    if stored:
        return stored
    sitting = _sitting(enrolment, test, label, Sitting.Grain.TOTAL, sat_at)
    TypedTotal.objects.create(
        id=line_id,
        sitting=sitting,
        num=got.numerator,
        den=got.denominator,
        full=full,
        recorded_by=by,
        captured_via=via,
    )
    score(sitting, ScoringRun.Reason.KEYED, by)
    return sitting


@transaction.atomic
def take_back(sitting: Sitting, by: User | None, why: str) -> None:
    """A result that was typed for the wrong person counts no longer; what was typed is kept."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.handed_in_by != Sitting.HandedInBy.KEYED:
        raise CannotKey("online")
    if locked.taken_back_at is None:
        locked.taken_back_at, locked.taken_back_by, locked.taken_back_why = timezone.now(), by, why
        locked.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])


def _lock(enrolment: Enrolment) -> None:
    """Puts in order what several people type for one person at the same moment."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _stored(
    facts: QuerySet[Answer] | QuerySet[TypedTotal], enrolment: Enrolment, test: str
) -> Sitting | None:
    """The sitting that a line was stored for before; raises `CannotKey` for somebody else's."""
    fact = facts.select_related("sitting").first()
    if fact is None:
        return None
    if (fact.sitting.enrolment_id, fact.sitting.test_name) != (enrolment.pk, test):
        raise CannotKey("known")
    return fact.sitting


def _sitting(
    enrolment: Enrolment, test: str, label: str, grain: Sitting.Grain, sat_at: datetime
) -> Sitting:
    """The person's sitting on paper of this test; made when it is the first line."""
    purpose, wave = read_test(test) or (test, 0)
    own = enrolment.sittings.filter(purpose=purpose)
    sitting = own.filter(wave=wave, taken_back_at=None).first()
    if sitting is None:
        return _new_sitting(enrolment, (purpose, wave), label, grain, sat_at, own.count() + 1)
    if sitting.handed_in_by != Sitting.HandedInBy.KEYED:
        raise CannotKey("online")
    if (sitting.grain, sitting.form_label) != (grain, label):
        sitting.grain, sitting.form_label = grain, label
        sitting.paper = _paper(enrolment, label, grain)
        sitting.save(update_fields=["grain", "form_label", "paper"])
    return sitting


def _new_sitting(
    enrolment: Enrolment,
    test: tuple[str, int],
    label: str,
    grain: Sitting.Grain,
    sat_at: datetime,
    attempt_no: int,
) -> Sitting:
    purpose, wave = test
    return Sitting.objects.create(
        enrolment=enrolment,
        purpose=purpose,
        wave=wave,
        attempt_no=attempt_no,
        form_label=label,
        grain=grain,
        course_version=enrolment.cohort.course_version,
        paper=_paper(enrolment, label, grain),
        seed=PRINTED,
        started_at=sat_at,
        deadline_at=sat_at + timedelta(minutes=1),
        rules={"negative": takes_marks(enrolment, purpose)},
        handed_in_at=timezone.now(),
        handed_in_by=Sitting.HandedInBy.KEYED,
    )


def takes_marks(enrolment: Enrolment, purpose: str) -> bool:
    """Whether the test takes marks away for a wrong choice now; one query."""
    course = enrolment.cohort.course_version.course.code
    tests = Test.objects.filter(course_code=course, purpose=purpose)
    return bool(tests.values_list("negative_marking", flat=True).first())


def _paper(enrolment: Enrolment, label: str, grain: Sitting.Grain) -> dict[str, Any]:
    """The frozen paper; a total was typed without any question."""
    if grain == Sitting.Grain.TOTAL:
        return {"form": label, "items": []}
    course = enrolment.cohort.course_version.course.code
    forms = Form.objects.prefetch_related("questions")
    form = forms.filter(course_code=course, label=label).first()
    if form is None:
        raise CannotKey("no_form")
    return draw(form, PRINTED).to_json()
