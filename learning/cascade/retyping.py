"""Typing a slip a second time without sight of the first, and deciding where the two differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from learning.attempts.keying import as_typed
from learning.attempts.models import Sitting
from learning.attempts.results import result_of
from learning.cascade.comparing import Comparison, Typed, compare
from learning.cascade.doubling import (
    Slip,
    What,
    doublings_of,
    first_typists,
    has_somebody_else,
    lines_in_force,
    typed_of,
)
from learning.cascade.entering import (
    Line,
    Papers,
    Row,
    enter_answers,
    enter_total,
    questions_asked,
    read_line,
)
from learning.cascade.errors import Refused
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.reading_lines import cannot_key, marks_as_typed, read_marks, who
from learning.cascade.second_entries import SecondEntry
from learning.cascade.stamping import Stale, stamp
from learning.people.facts import Fact
from learning.people.models import User
from modules.papers.models import Purpose


@dataclass(frozen=True)
class Second:
    """What is typed a second time: the line, and the marks of the whole test for a total."""

    line: Line
    full: int | None = None


@transaction.atomic
def enter_second(
    event: Event, slip: Slip, second: Second, papers: Papers, by: User | None
) -> SecondEntry:
    """Store what was typed a second time of a slip; the result in force stays as it is.

    The same line sent once more changes nothing. Raises `Refused` where nothing is to be typed a
    second time, for the person who typed it first while somebody else could, and for what cannot
    be read.
    """
    lock_open(event)
    sitting = _locked(slip)
    stored = SecondEntry.objects.filter(pk=second.line.id).first()
    if stored:
        return _same(stored, slip)
    by_first = _may_type(event, slip, by)
    first = lines_in_force([sitting])[sitting.pk]
    typed = _read(slip, sitting, second, papers)
    entry = _entry(sitting, What.TYPED, typed, compare(first, typed), by)
    entry.id, entry.by_first = second.line.id, by_first
    entry.save()
    return entry


def _locked(slip: Slip) -> Sitting:
    """The result with its row locked: who types or decides at the same moment waits."""
    locked = Sitting.objects.select_for_update(of=("self",)).select_related("enrolment__person")
    sitting = locked.filter(pk=slip.sitting.pk, taken_back_at=None).first()
    if sitting is None:
        raise Refused(
            _("{person}: this result was taken back meanwhile.").format(person=who(slip.enrolment))
        )
    return sitting


def _same(stored: SecondEntry, slip: Slip) -> SecondEntry:
    if stored.sitting_id != slip.sitting.pk:
        raise Refused(cannot_key(slip.enrolment, "known"))
    return stored


def _may_type(event: Event, slip: Slip, by: User | None) -> bool:
    """Whether it is the same person again. Raises `Refused` for whom it is not to type."""
    found = doublings_of(event)[Purpose(slip.sitting.purpose)]
    now = found.slip_of(slip.enrolment)
    facts = {"person": who(slip.enrolment)}
    if now and now.second:
        raise Refused(_("{person} was typed a second time already.").format(**facts))
    if now not in found.due:
        raise Refused(_("{person} is not to be typed a second time.").format(**facts))
    first = first_typists([slip]).get(slip.sitting.pk)
    is_same = by is not None and first == by.pk
    if is_same and has_somebody_else(event, by):
        words = _("{person}: you typed this slip first. Somebody else of the team types it now.")
        raise Refused(words.format(**facts))
    return is_same


def _read(slip: Slip, sitting: Sitting, second: Second, papers: Papers) -> Typed:
    line = second.line
    if sitting.grain == Sitting.Grain.TOTAL:
        got = read_marks(slip.enrolment, line.text, second.full)
        return Typed(sitting.grain, line.label, marks_as_typed(got), second.full)
    questions = questions_asked(sitting, slip.enrolment, line.label, papers)
    keyed = read_line(slip.enrolment, line, questions)
    responses = {one.position: one.response for one in keyed}
    shares = {one.position: one.share for one in keyed if one.share is not None}
    return Typed(sitting.grain, line.label, as_typed(questions, responses, shares))


def _entry(
    sitting: Sitting, what: str, typed: Typed, compared: Comparison, by: User | None
) -> SecondEntry:
    return SecondEntry(
        sitting=sitting,
        what=what,
        grain=typed.grain,
        form_label=typed.label,
        line=typed.line,
        full=typed.full,
        compared=compared.compared,
        differing=len(compared.differing),
        recorded_by=by,
        captured_via=Fact.Via.PAPER,
    )


# --- deciding ------------------------------------------------------------------------------------


def stamp_of(slip: Slip) -> str:
    """What changes with either of the two lines that somebody decides between."""
    return stamp(slip.now, slip.agreed and slip.agreed.pk)


@transaction.atomic
def decide(
    event: Event, slip: Slip, second: Second, papers: Papers, by: User | None, *, seen: str
) -> SecondEntry:
    """Put in force what the slip says; what was typed before is kept, with who decided.

    `seen`: the stamp of what the person had before her; raises `Stale` when the lines are others
    by now. Raises `Refused` for what cannot be read.
    """
    lock_open(event)
    sitting = _locked(slip)
    now = doublings_of(event)[Purpose(sitting.purpose)].slip_of(slip.enrolment)
    if now is None or now.second is None or not now.differs or stamp_of(now) != seen:
        words = _("{person}: somebody typed or decided meanwhile. Nothing was changed.")
        raise Stale(words.format(person=who(slip.enrolment)))
    decided = _read(slip, sitting, second, papers)
    if decided != now.now:
        _put_in_force(event, now, second, papers, by)
    compared = compare(now.now, decided) if now.now else Comparison(1, ())
    entry = _entry(sitting, What.DECIDED, decided, compared, by)
    entry.corrects = now.second
    entry.save()
    return entry


def _put_in_force(
    event: Event, slip: Slip, second: Second, papers: Papers, by: User | None
) -> None:
    row = Row(slip.enrolment, result_of(slip.sitting), second.line.label)
    if slip.is_total:
        enter_total(event, row, slip.sitting.purpose, second.line, second.full, by)
    else:
        enter_answers(event, row, slip.sitting.purpose, second.line, papers, by)


@dataclass(frozen=True)
class Choice:
    """One thing to decide: both readings of a question, or of the whole slip at position 0."""

    position: int
    first: str
    second: str


def choices_of(slip: Slip) -> list[Choice]:
    """Question by question where both lines are of one form, else the slip as a whole."""
    if slip.now is None or slip.agreed is None or slip.difference is None:
        return []
    first, second = slip.now, typed_of(slip.agreed)
    if is_whole(slip):
        return [Choice(0, first.line, second.line)]
    pairs = list(zip(first.signs, second.signs, strict=True))
    return [Choice(n, *pairs[n - 1]) for n in slip.difference.differing]


def is_whole(slip: Slip) -> bool:
    """Whether one decides about the slip as a whole: of a total, and of two forms."""
    if slip.is_total or slip.now is None or slip.agreed is None:
        return True
    other = typed_of(slip.agreed)
    return slip.now.label != other.label or len(slip.now.signs) != len(other.signs)


def composed(slip: Slip, chosen: Mapping[int, str]) -> str:
    """The line in force with what was chosen at these positions."""
    signs = list(slip.now.signs) if slip.now else []
    for position, sign in chosen.items():
        signs[position - 1] = sign
    return " ".join(sign if len(sign) == 1 else f"({sign})" for sign in signs)
